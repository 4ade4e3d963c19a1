use domain::edition::Action;
use time::{Duration, macros::date};

use crate::{
    Settings,
    origin::Origin,
    testkit::{NOW, Page, Site, attributes, full_record},
};

const CODE: &str = "62052400MZ-XK-0001";

/// In force since March 2; renamed on November 18; suspended on the 19th; changed again on the
/// 20th, which is today.
async fn with_a_past() -> Site {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.renames(CODE, "社团登记", NOW - Duration::days(2)).await;
    site.stops(CODE, Action::Suspend, "设备检修", NOW - Duration::days(1)).await;
    site.renames(CODE, "社会组织登记", NOW).await;
    site
}

async fn on(site: &Site, day: &str) -> Page {
    site.get(&format!("/items/{CODE}?on={day}")).await
}

#[tokio::test]
async fn a_guide_is_read_as_it_stood_on_a_day() {
    let site = with_a_past().await;
    for (day, name, edition) in [
        ("2026-03-02", "社会团体成立登记", "第 1 版"),
        ("2026-11-17", "社会团体成立登记", "第 1 版"),
        ("2026-11-18", "社团登记", "第 2 版"),
        ("2026-11-20", "社会组织登记", "第 3 版"),
    ] {
        let page = on(&site, day).await;
        page.check(200, &[edition]);
        assert_eq!(page.all("h1"), [name], "{day}");
    }
    let stopped = on(&site, "2026-11-19").await;
    stopped.check(200, &["社团登记", "11 月 19 日起，这一项暂停办理。原因：设备检修"]);
}

#[tokio::test]
async fn a_past_guide_says_so_and_leads_to_today_s() {
    let site = with_a_past().await;
    let guide = format!("/items/{CODE}");
    for day in ["2026-03-02", "2026-11-19"] {
        let page = on(&site, day).await;
        assert!(page.all("[role=note]").concat().contains("现行的是第 3 版。"), "{day}");
        assert_eq!(page.links("[role=note] a"), std::slice::from_ref(&guide), "{day}");
        assert_eq!(attributes(&page.body, "meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.links("link[rel=canonical]"), std::slice::from_ref(&guide));
        assert_eq!(page.header("x-robots-tag"), "noindex");
    }
    let today = on(&site, "2026-11-20").await;
    today.check(200, &["这一页是 2026 年 11 月 20 日的样子。从那时到现在没有变过。"]);
    let now = site.get(&guide).await;
    assert_eq!(now.all("[role=note]").len(), 0);
    assert_eq!(now.header("x-robots-tag"), "");
}

#[tokio::test]
async fn a_site_that_knows_its_address_tells_the_one_of_each_guide() {
    let public_url = Some(Origin::parse("https://zwfw.example.gov.cn").unwrap());
    let site = Site::with(Settings { public_url, ..Settings::default() }).await;
    site.publishes(full_record()).await;
    let guide = format!("/items/{CODE}");
    let expected = [format!("https://zwfw.example.gov.cn{guide}")];
    for path in [guide.clone(), format!("{guide}?from=home"), format!("{guide}?on=2026-03-02")] {
        assert_eq!(site.get(&path).await.links("link[rel=canonical]"), expected, "{path}");
    }
    site.suspends(CODE, "设备检修").await;
    assert_eq!(site.get(&guide).await.links("link[rel=canonical]"), expected);

    let nameless = with_a_past().await;
    assert!(nameless.get(&guide).await.links("link[rel=canonical]").is_empty());
}

#[tokio::test]
async fn what_a_past_guide_promises_is_counted_from_its_day() {
    let site = with_a_past().await;
    let page = on(&site, "2026-03-02").await;
    page.check(200, &["3 月 2 日（星期一）受理，最晚 3 月 30 日（星期一）办结。"]);
    assert!(!page.all("#long").concat().contains("今天"), "{}", page.body);
    assert_eq!(page.links("main .sx-btn-primary").len(), 0, "nobody applies by a past guide");
}

#[tokio::test]
async fn every_edition_of_the_list_leads_to_the_guide_of_its_day() {
    let site = with_a_past().await;
    let page = site.get(&format!("/items/{CODE}")).await;
    assert_eq!(
        page.all("#versions li"),
        [
            "第 3 版2026-11-20 现行。",
            "第 2 版2026-11-19 暂停办理：设备检修",
            "第 2 版2026-11-18 已被新版代替。看当时的指南",
            "第 1 版2026-03-02 已被新版代替。看当时的指南",
        ]
    );
    let links = page.links("#versions li a");
    assert_eq!(
        links,
        [format!("/items/{CODE}?on=2026-11-18"), format!("/items/{CODE}?on=2026-03-02")]
    );
    for (link, edition) in links.iter().zip(["第 2 版", "第 1 版"]) {
        site.get(link).await.check(200, &[edition]);
    }
}

#[tokio::test]
async fn an_edition_that_did_not_last_a_day_has_no_day_to_be_read_on() {
    let site = with_a_past().await;
    site.renames(CODE, "社会组织成立登记", NOW).await;
    let page = site.get(&format!("/items/{CODE}")).await;
    assert_eq!(page.all("#versions li")[1], "第 3 版2026-11-20 已被新版代替。");
    on(&site, "2026-11-20").await.check(200, &["社会组织成立登记", "第 4 版"]);
}

#[tokio::test]
async fn data_and_document_are_had_as_of_a_day_too() {
    let site = with_a_past().await;
    let page = on(&site, "2026-03-02").await;
    let data = format!("/items/{CODE}.json?on=2026-03-02");
    let document = format!("/items/{CODE}.docx?on=2026-03-02");
    let links = page.links("main a");
    assert!(links.contains(&data) && links.contains(&document), "{links:?}");
    site.get(&data).await.check(200, &["\"edition\":1", "社会团体成立登记"]);
    let document = site.get(&document).await;
    let name = format!("attachment; filename=\"{CODE}_2026-03-02.docx\"");
    assert!(document.header("content-disposition").starts_with(&name));
    assert_eq!((document.status, document.header("x-robots-tag")), (200, "noindex"));
    let stopped = format!("/items/{CODE}.json?on=2026-11-19");
    site.get(&stopped).await.check(200, &["{\"suspended\":", "设备检修"]);
    site.get(&format!("{data}&edition=2")).await.check(400, &["edition"]);
    let small = site.get("/items/62052400mz-xk-0001?on=2026-03-02").await;
    assert_eq!(small.header("location"), format!("/items/{CODE}?on=2026-03-02"));
}

#[tokio::test]
async fn a_day_without_a_guide_leads_to_one_that_has_it() {
    let site = with_a_past().await;
    let early = on(&site, "2026-03-01").await;
    early.check(404, &["2026 年 3 月 1 日还没有公布这一项。最早的一版从 2026 年 3 月 2 日起。"]);
    let first = format!("/items/{CODE}?on=2026-03-02");
    assert_eq!(early.links("main ul a")[..2], [format!("/items/{CODE}"), first]);
    for path in
        [format!("/items/{CODE}?on=2026-11-21"), format!("/items/{CODE}.json?on=2031-01-01")]
    {
        site.get(&path).await.check(404, &["还没有到。到那一天指南怎么写，现在不知道。"]);
    }
    for day in ["2026-3-2", "20260302", "2026-02-30", "昨天", "2026-W10-1", "2026-061"] {
        on(&site, day).await.check(400, &["认不出的日期", day, "请照 2026-03-02 的样子写"]);
    }
}

#[tokio::test]
async fn what_is_announced_for_a_coming_day_is_told() {
    let site = Site::start().await;
    let mut record = full_record();
    record.effective_on = Some(date!(2026 - 12 - 01));
    site.publishes(record).await;
    let page = on(&site, "2026-12-01").await;
    page.check(404, &["已经公布的是：第 1 版，2026 年 12 月 1 日起生效。"]);
    let early = on(&site, "2026-11-01").await;
    early.check(404, &["2026 年 11 月 1 日还没有公布这一项。"]);
    assert_eq!(early.links("main ul a").len(), 2, "there is no first one to be read yet");
}

#[tokio::test]
async fn who_finds_an_item_withdrawn_may_still_read_how_it_was() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.withdraws(CODE, "依据已经废止").await;
    let page = site.get(&format!("/items/{CODE}")).await;
    let last = format!("/items/{CODE}?on=2026-11-19");
    assert_eq!(page.links("main ul a")[0], last);
    site.get(&last).await.check(200, &["社会团体成立登记", "这一项现在已经取消。"]);
}
