use domain::{
    content::{Value, keys},
    edition::{Edition, State},
    item::ItemId,
    people::{Role, Scope},
};
use time::macros::datetime;

use crate::testkit::{Desk, Page, Site, full_record, officer};

const CODE: &str = "62052400MZ-XK-0001";

impl Site {
    /// Publishes an item in March, and under another name in October.
    async fn has_past(&self) -> ItemId {
        self.publishes(full_record()).await;
        self.renames(CODE, "社会团体登记", datetime!(2026-10-12 02:00 UTC)).await;
        let mut tx = self.state.store.begin().await.unwrap();
        tx.items_by_code(&[CODE]).await.unwrap()[0].id
    }

    async fn all_editions(&self, item: ItemId) -> Vec<Edition> {
        self.state.store.editions_of(Scope::Everywhere, item).await.unwrap()
    }
}

impl Desk {
    async fn restores(&self, old: &Edition, newest: &Edition) -> Page {
        let (id, revision) = (newest.id.to_string(), newest.revision.to_string());
        let path = format!("/workbench/editions/{}/restore", old.id);
        self.post(&path, &[("edition", &id), ("revision", &revision)]).await
    }
}

fn path(edition: &Edition) -> String {
    format!("/workbench/editions/{}", edition.id)
}

#[tokio::test]
async fn an_edition_is_read_whole_with_what_the_public_is_not_told() {
    let site = Site::start().await;
    let item = site.has_past().await;
    let desk = site.officer(officer("reader", Scope::Everywhere, &[Role::Supervisor])).await;
    let [old, live] = site.all_editions(item).await.try_into().unwrap();
    let page = desk.get(&path(&old)).await;
    page.check(
        200,
        &["社会团体成立登记", "第 1 版", "登记申请书", "不公布的话", "国务院令第 250 号"],
    );
    assert!(!page.body.contains("恢复这一版"), "a supervisor writes nothing");
    let page = desk.get(&path(&live)).await;
    page.check(200, &["社会团体登记", "第 2 版", "按基线公布"]);
    assert_eq!(
        page.links(".sx-head .end a")[0],
        format!("/workbench/items/{item}/compare?from=1&to=2")
    );
    assert_eq!(desk.get("/workbench/editions/404").await.status, 404);
}

#[tokio::test]
async fn an_old_edition_comes_back_as_a_new_draft() {
    let site = Site::start().await;
    let item = site.has_past().await;
    let clerk = site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await;
    let [old, live] = site.all_editions(item).await.try_into().unwrap();
    clerk.get(&path(&old)).await.check(200, &["恢复这一版"]);
    assert!(!clerk.get(&path(&live)).await.body.contains("恢复这一版"));
    let done = clerk.restores(&old, &live).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let [_, _, draft] = site.all_editions(item).await.try_into().unwrap();
    assert_eq!(done.header("location"), format!("/workbench/editions/{}/edit", draft.id));
    assert_eq!((draft.state, &draft.record.content), (State::Draft, &old.record.content));
    clerk.get(&path(&old)).await.check(200, &["现在不能恢复这一版"]);
    clerk.restores(&old, &live).await.check(422, &["在您看过以后又改过或办过"]);
    clerk.restores(&old, &draft).await.check(422, &["不能变更"]);
    assert_eq!(site.all_editions(item).await.len(), 3);
}

#[tokio::test]
async fn an_item_is_read_as_the_public_saw_it_on_a_day() {
    let site = Site::start().await;
    let item = site.has_past().await;
    let [old, live] = site.all_editions(item).await.try_into().unwrap();
    let desk = site.officer(officer("reader", Scope::Everywhere, &[Role::Supervisor])).await;
    let on = async |day: &str| desk.get(&format!("/workbench/items/{item}/on?day={day}")).await;
    let check = async |day: &str, edition: &Edition| {
        let led = on(day).await;
        assert_eq!(led.header("location"), format!("{}?on={day}", path(edition)));
        let page = desk.get(led.header("location")).await;
        page.check(200, &["公众看到的是这一版"]);
        assert_eq!(page.links("[role=status] a"), [format!("/items/{CODE}?on={day}")]);
    };
    check("2026-04-01", &old).await;
    check("2026-10-11", &old).await;
    check("2026-10-12", &live).await;
    let page = on("2026-03-01").await;
    page.check(404, &["2026 年 3 月 1 日还没有公布", "最早公布是2026 年 3 月 2 日"]);
    on("2026-12-01").await.check(404, &["还没有到"]);
    on("someday").await.check(400, &["不是日期"]);
    let none = desk.get(&format!("/workbench/items/{item}/on")).await;
    assert_eq!(none.header("location"), format!("/workbench/items/{item}"));
}

#[tokio::test]
async fn what_lies_outside_the_scope_is_neither_read_nor_restored() {
    let site = Site::start().await;
    let item = site.has_past().await;
    let mut record = full_record();
    record.body.name = "武山县教育局".into();
    record.body.letters = Some("JY".into());
    record.code = Some("62052400JY-XK-0001".into());
    record.content.put(keys::NAME, Value::Text("别的".into()));
    site.publishes(record).await;
    let scope = Scope::Body(site.body("武山县教育局").await);
    let other = site.officer(officer("other", scope, &[Role::Editor])).await;
    let [old, live] = site.all_editions(item).await.try_into().unwrap();
    assert_eq!(other.get(&path(&old)).await.status, 404);
    assert_eq!(other.restores(&old, &live).await.status, 404);
    let on = format!("/workbench/items/{item}/on?day=2026-04-01");
    assert_eq!(other.get(&on).await.status, 404);
    assert_eq!(other.get(&format!("/workbench/items/{item}/compare")).await.status, 404);
}
