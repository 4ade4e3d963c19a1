use crate::{
    Settings,
    testkit::{NOW, Site, attributes, bare_record, full_record, named},
};
use domain::{content::Value, item::ItemRecord, region::RegionCode, standard::Operation};

#[tokio::test]
async fn a_citizen_sees_themes_frequent_items_changes_and_departments() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let page = site.get("/").await;
    page.check(200, &["武山县政务服务", "您要办什么事？", "共 1 个部门、1 项"]);
    assert_eq!(page.all(".sx-themes a"), ["设立变更1 项"]);
    assert_eq!(
        page.all(".sx-hot tbody tr"),
        ["社会团体成立登记武山县民政局 20 个工作日 1 次 不收费"]
    );
    assert_eq!(page.all(".sx-depts a"), ["武山县民政局1 项"]);
    assert_eq!(page.all(".sx-chips a"), ["成立协会"]);
    let [date, what] = [page.all(".sx-rows time"), page.all(".sx-rows div")].map(|it| it.concat());
    assert_eq!((date.as_str(), what.as_str()), ("03-02", "社会团体成立登记武山县民政局 首次公布"));
    assert_eq!(
        page.links(".sx-depts a"),
        ["/search?region=620524&department=%E6%AD%A6%E5%B1%B1%E5%8E%BF%E6%B0%91%E6%94%BF%E5%B1%80"]
    );
}

#[tokio::test]
async fn a_catalogue_without_themes_is_found_by_kind() {
    let site = Site::start().await;
    site.publishes(bare_record()).await;
    let page = site.get("/").await;
    assert_eq!(page.all("main h2"), ["按类型找", "最近有变化", "按部门找"]);
    assert_eq!(page.all(".sx-hot").len(), 0);
}

#[tokio::test]
async fn the_region_switch_lists_regions_with_items_and_the_choice_stays() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes(bare_record()).await;
    let page = site.get("/?region=620524").await;
    assert_eq!(page.all("header .sx-drop summary")[0], "当前地区：武山县");
    let places = page.links("header .sx-drop-body a");
    assert_eq!(places[..3], ["/?region=511603", "/?region=620524", "/?region=all"]);
    let other = site.get("/?region=511603").await;
    assert_eq!(other.all("header .sx-drop summary")[0], "当前地区：前锋区");
    assert_eq!(other.all("#depts .sx-depts a"), ["区教科体局1 项"]);
    assert!(other.links("main a").iter().all(|it| !it.contains("region=620524")));
    let everywhere = site.get("/?region=all").await;
    everywhere.check(200, &["全部地区", "共 2 个部门、2 项"]);
    assert_eq!(everywhere.all(".sx-rows li").len(), 2);
}

#[tokio::test]
async fn the_region_is_the_one_set_else_the_first_with_items() {
    let region = Some(RegionCode::parse("620524").unwrap());
    let site = Site::with(Settings { region, ..Settings::default() }).await;
    site.publishes(bare_record()).await;
    site.get("/").await.check(200, &["武山县还没有公布事项"]);
    let site = Site::start().await;
    site.get("/").await.check(200, &["全部地区还没有公布事项"]);
    site.publishes(bare_record()).await;
    site.get("/?region=nonsense").await.check(200, &["前锋区"]);
}

#[tokio::test]
async fn what_stopped_is_among_the_changes() {
    let site = Site::start().await;
    site.publishes(named("62052400MZ-XK-0002", "农药经营许可")).await;
    site.withdraws("62052400MZ-XK-0002", "设备检修").await;
    let page = site.get("/").await;
    assert_eq!(page.all(".sx-hot").len(), 0);
    site.publishes(full_record()).await;
    let page = site.get("/?region=620524").await;
    assert!(page.all(".sx-rows li").iter().any(|it| it.contains("取消，不再办理：设备检修")));
}

#[tokio::test]
async fn what_changed_is_said_and_not_only_that_it_did() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let mut record = full_record();
    record.content.put("visits", Value::Number(0));
    site.republishes(record.clone()).await;
    let changes = async || site.get("/?region=620524").await.all(".sx-rows div");
    assert_eq!(changes().await, ["社会团体成立登记到办事现场次数由 1 次改为不用跑"]);
    site.republishes(record.clone()).await;
    assert_eq!(changes().await, ["社会团体成立登记更新为第 3 版，公开的内容没有变"]);
    site.suspends("62052400MZ-XK-0001", "设备检修").await;
    site.stops("62052400MZ-XK-0001", Operation::Resume, "修好了", NOW).await;
    assert_eq!(changes().await, ["社会团体成立登记恢复办理"]);
}

fn in_hall(n: usize) -> ItemRecord {
    let mut record = named(&format!("62052400MZ-XK-{n:04}"), &format!("登记 {n}"));
    record.content.put("handling.hall", Value::Flag(true));
    record
}

#[tokio::test]
async fn the_hall_is_where_most_of_the_frequent_items_are_done() {
    let site = Site::start().await;
    for n in 1..=3 {
        site.publishes(in_hall(n)).await;
    }
    let page = site.get("/?region=620524").await;
    page.check(200, &["办事大厅", "政务服务中心", "3 项高频事项里，3 项在这里办"]);
    let hours = ["今天 11 月 20 日（星期五） 08:30–12:00 正在办公现在不办公 开始办公"];
    assert_eq!(page.all(".sx-hall .sx-today"), hours);
    let spans = attributes(&page.body, ".sx-today", "data-spans");
    assert_eq!(spans, ["08:30-12:00"]);
    assert_eq!(page.all(".sx-hall [data-open]:not([hidden])").len(), 0);
}

#[tokio::test]
async fn no_hall_is_made_up_where_the_items_are_done_elsewhere() {
    let site = Site::start().await;
    site.publishes(in_hall(1)).await;
    for n in 2..=3 {
        site.publishes(named(&format!("62052400MZ-XK-{n:04}"), &format!("登记 {n}"))).await;
    }
    let page = site.get("/?region=620524").await;
    assert!(!page.body.contains("办事大厅"));
    page.check(200, &["甘肃省天水市武山县"]);
}
