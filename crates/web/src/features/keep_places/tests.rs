use domain::{
    edition::State,
    item::ItemRecord,
    people::{Role, Scope},
    standard::Operation,
};
use time::{Date, macros::date};

use crate::testkit::{Desk, Site, full_record, officer};

const TODAY: Date = date!(2026 - 11 - 20);

const CODE: &str = "62052400MZ-XK-0001";

async fn clerk(site: &Site, region: &str) -> Desk {
    let scope = Scope::Region(region.parse().unwrap());
    site.officer(officer(&format!("clerk-{region}"), scope, &[Role::Editor])).await
}

const HALL: [(&str, &str); 5] = [
    ("name", "政务服务中心"),
    ("address", "示例路 1 号二楼"),
    ("hours", "周一至周五 08:30–12:00"),
    ("phone", "0938-0000010"),
    ("windows", "8 号窗口\r\n9 号窗口|0938-0000009"),
];

async fn registered(desk: &Desk) -> String {
    let done = desk.post("/workbench/places/new", &HALL).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.header("location").to_owned()
}

/// States of the item's editions, each with the addresses of its windows.
async fn editions(site: &Site) -> Vec<(State, String)> {
    let mut tx = site.state.store.begin().await.unwrap();
    let item = tx.items_by_code(&[CODE]).await.unwrap().remove(0);
    drop(tx);
    let editions = site.state.store.editions_of(Scope::Everywhere, item.id).await.unwrap();
    let windows = |it: &domain::edition::Edition| {
        let rows = it.record.content.rows("windows").iter();
        rows.map(|row| row.text("address").to_owned()).collect::<Vec<_>>().join("；")
    };
    editions.iter().map(|it| (it.state, windows(it))).collect()
}

#[tokio::test]
async fn a_place_is_registered_and_corrected_by_its_own_office() {
    let site = Site::start().await;
    let (desk, elsewhere) = (clerk(&site, "620524").await, clerk(&site, "620525").await);
    let path = registered(&desk).await;
    desk.get(&path).await.check(200, &["示例路 1 号二楼", "9 号窗口", "0938-0000009"]);
    desk.get("/workbench/places").await.check(200, &["政务服务中心", "共 1 处"]);
    let wrong = [("name", ""), ("address", "示例路"), ("coordinates", "东边")];
    let wrong = desk.post("/workbench/places/new", &wrong).await;
    wrong.check(422, &["写上名称", "坐标写成"]);
    assert_eq!(wrong.attributes("#address", "value"), ["示例路"]);
    let edit = format!("{path}/edit");
    let moved = [("name", "政务服务中心"), ("address", "新址三楼"), ("revision", "0")];
    assert_eq!(desk.post(&edit, &moved).await.status, 303);
    desk.post(&edit, &moved).await.check(422, &["别人先保存了"]);
    for path in [&path, &edit] {
        assert_eq!(elsewhere.get(path).await.status, 404);
    }
    assert_eq!(elsewhere.post(&edit, &moved).await.status, 404);
    assert_eq!(elsewhere.post(&format!("{path}/spread"), &[]).await.status, 404);
}

#[tokio::test]
async fn what_a_region_keeps_is_used_below_and_changed_there_alone() {
    let site = Site::start().await;
    let path = registered(&clerk(&site, "620000").await).await;
    let county = clerk(&site, "620524").await;
    let page = county.get(&path).await;
    page.check(200, &["政务服务中心"]);
    assert!(!page.body.contains("/edit"));
    assert_eq!(county.get(&format!("{path}/edit")).await.status, 404);
    county.get("/workbench/places").await.check(200, &["上级登记"]);
}

/// Publishes an item one of whose windows was filled from the place.
async fn publishes_an_item_at(site: &Site, path: &str) {
    let id = path.rsplit('/').next().unwrap();
    let mut record = ItemRecord { effective_on: Some(TODAY), ..full_record() };
    let rows = serde_json::json!([
        {"id": "r1", "name": "8 号窗口", "address": "示例路 1 号二楼",
         "hours": "周一至周五 08:30–12:00", "phone": "0938-0000010", "place": id},
        {"id": "r2", "name": "派出所", "address": "另一处"}
    ]);
    record.content.put("windows", serde_json::from_value(rows).unwrap());
    site.publishes(record).await;
    site.queries_follow().await;
}

async fn moves(desk: &Desk, path: &str) {
    let mut moved = HALL.to_vec();
    moved[1] = ("address", "新址三楼");
    moved.push(("revision", "0"));
    desk.post(&format!("{path}/edit"), &moved).await;
}

#[tokio::test]
async fn a_corrected_place_reaches_its_items_through_review_alone() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    let path = registered(&desk).await;
    publishes_an_item_at(&site, &path).await;
    let same = desk.get(&path).await;
    same.check(200, &["社会团体成立登记"]);
    assert!(!same.body.contains("与这里不同") && !same.body.contains("/spread"));

    moves(&desk, &path).await;
    desk.get(&path).await.check(200, &["与这里不同", "改用到它的事项"]);
    for told in ["已改 1 份草稿", "没有要改的草稿"] {
        let done = desk.post(&format!("{path}/spread"), &[]).await;
        desk.get(done.header("location")).await.check(200, &[told]);
    }
    assert_eq!(
        editions(&site).await,
        [
            (State::Published, "示例路 1 号二楼；另一处".to_owned()),
            (State::Draft, "新址三楼；另一处".to_owned())
        ]
    );
    site.index_follows().await;
    let guide = site.get("/items/62052400MZ-XK-0001").await;
    guide.check(200, &["示例路 1 号二楼"]);
    assert!(!guide.body.contains("新址三楼"));
    let json = site.get("/items/62052400MZ-XK-0001.json").await;
    assert!(!json.body.contains("\"place\""), "where a row is from is nobody's but the office's");
}

#[tokio::test]
async fn a_change_for_a_corrected_place_has_no_day_yet() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    let path = registered(&desk).await;
    publishes_an_item_at(&site, &path).await;
    moves(&desk, &path).await;
    desk.post(&format!("{path}/spread"), &[]).await;
    let live = site.live(CODE).await;
    let all = site.state.store.editions_of(Scope::Everywhere, live.item).await.unwrap();
    let days: Vec<_> = all.iter().map(|it| it.record.effective_on).collect();
    assert_eq!(days, [Some(TODAY), None]);
}

#[tokio::test]
async fn a_corrected_place_is_not_written_into_a_suspension() {
    let site = Site::start().await;
    let desk = clerk(&site, "620524").await;
    let path = registered(&desk).await;
    publishes_an_item_at(&site, &path).await;
    site.begins(CODE, Operation::Suspend, "大厅搬迁").await;
    moves(&desk, &path).await;
    desk.post(&format!("{path}/spread"), &[]).await;
    let old = "示例路 1 号二楼；另一处".to_owned();
    assert_eq!(editions(&site).await, [(State::Published, old.clone()), (State::Draft, old)]);
}
