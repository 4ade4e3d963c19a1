use std::collections::HashSet;

use domain::standard::Operation;
use roxmltree::{Document, Node};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    Settings,
    origin::Origin,
    testkit::{NOW, Page, Site, bare_record, full_record, named},
};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CODE: &str = "62052400MZ-XK-0001";
const HOST: &str = "https://zwfw.example.gov.cn";

async fn site() -> Site {
    let public_url = Some(Origin::parse(HOST).unwrap());
    Site::with(Settings { public_url, ..Settings::default() }).await
}

fn children<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |it| it.has_tag_name((ATOM, name)))
}

fn text<'a>(node: Node<'a, 'a>, name: &'a str) -> &'a str {
    let found: Vec<_> = children(node, name).collect();
    assert_eq!(found.len(), 1, "one {name}");
    found[0].text().unwrap_or_default()
}

fn links<'a>(node: Node<'a, 'a>, relation: &str) -> Vec<&'a str> {
    let of = children(node, "link").filter(|it| it.attribute("rel") == Some(relation));
    of.map(|it| it.attribute("href").unwrap()).collect()
}

/// What RFC 4287 demands of every feed (4.1.1, 4.1.2, 4.2), and no more.
#[track_caller]
fn check_musts(page: &Page) {
    assert_eq!(page.header("content-type"), "application/atom+xml; charset=utf-8");
    let document = Document::parse(&page.body).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    assert_eq!(links(feed, "self").len(), 1);
    let mut ids = HashSet::new();
    let entries: Vec<_> = children(feed, "entry").collect();
    for node in entries.iter().chain([&feed]).copied() {
        let id = text(node, "id");
        assert!(id.starts_with("urn:uuid:") && id.len() == 45, "{id}");
        assert!(ids.insert(id), "{id} stands twice");
        assert!(!text(node, "title").is_empty());
        OffsetDateTime::parse(text(node, "updated"), &Rfc3339).unwrap();
        assert_eq!(links(node, "alternate").len(), 1, "without content, one alternate");
        for link in children(node, "link") {
            assert!(link.attribute("href").unwrap().starts_with(HOST));
        }
    }
    for entry in entries {
        let author = children(entry, "author").next().expect("each entry names its author");
        assert!(!text(author, "name").is_empty());
        assert!(children(entry, "summary").count() <= 1);
        let category = children(entry, "category").next().unwrap();
        assert!(!category.attribute("term").unwrap().is_empty());
    }
}

/// Returns the titles of the entries, the newest first.
fn titles(page: &Page) -> Vec<String> {
    let document = Document::parse(&page.body).unwrap();
    let entries = children(document.root_element(), "entry");
    entries.map(|it| text(it, "title").replace('\u{a0}', " ")).collect()
}

#[tokio::test]
async fn a_feed_says_what_happened_to_each_item() {
    let site = site().await;
    let day = Duration::days(1);
    site.publishes(full_record()).await;
    site.renames(CODE, "社团登记", NOW - 3 * day).await;
    site.stops(CODE, Operation::Suspend, "设备检修", NOW - 2 * day).await;
    site.stops(CODE, Operation::Resume, "", NOW - day).await;
    site.withdraws(CODE, "依据废止").await;
    let feed = site.get("/changes.atom").await;
    feed.check(200, &[]);
    check_musts(&feed);
    assert_eq!(
        titles(&feed),
        [
            "社团登记：取消，不再办理",
            "社团登记：恢复办理",
            "社团登记：暂停办理",
            "社团登记：更新为第 2 版",
            "社会团体成立登记：首次公布",
        ]
    );
    let document = Document::parse(&feed.body).unwrap();
    let newest = children(document.root_element(), "entry").next().unwrap();
    assert_eq!(text(newest, "updated"), "2026-11-20T00:00:00+08:00");
    let summary = text(newest, "summary").replace('\u{a0}', " ");
    assert_eq!(summary, "2026 年 11 月 20 日起取消，不再办理。原因：依据废止");
    assert_eq!(links(newest, "alternate"), [format!("{HOST}/items/{CODE}")]);
}

#[tokio::test]
async fn a_feed_is_of_a_region_and_every_page_names_it() {
    let site = site().await;
    site.publishes(full_record()).await;
    site.publishes(bare_record()).await;
    for (region, n_entries) in
        [("620524", 1), ("620000", 1), ("511603", 1), ("all", 2), ("440000", 0)]
    {
        let feed = site.get(&format!("/changes.atom?region={region}")).await;
        check_musts(&feed);
        assert_eq!(titles(&feed).len(), n_entries, "{region}");
    }
    let named = "link[rel=alternate][type='application/atom+xml']";
    for path in ["/?region=620524", &format!("/items/{CODE}"), "/search?region=620524"] {
        assert_eq!(site.get(path).await.links(named), ["/changes.atom?region=620524"], "{path}");
    }
    site.get("/changes.atom?region=x").await.check(400, &["参数 region 的值 x 认不出"]);
    site.get("/changes.atom?since=1").await.check(400, &["不认识的参数", "since"]);
}

#[tokio::test]
async fn older_changes_are_on_the_next_page_each_once() {
    let site = site().await;
    for n in 0..120 {
        site.publishes(named(&format!("62052400MZ-XK-{n:04}"), &format!("第{n}项"))).await;
    }
    let mut seen = Vec::new();
    let mut next = Some("/changes.atom?region=620524".to_owned());
    let mut feeds = HashSet::new();
    while let Some(path) = next {
        let page = site.get(&path).await;
        check_musts(&page);
        seen.extend(titles(&page));
        let document = Document::parse(&page.body).unwrap();
        let feed = document.root_element();
        assert_eq!(links(feed, "self"), [format!("{HOST}{path}")]);
        feeds.insert(text(feed, "id").to_owned());
        next = links(feed, "next").first().map(|it| it.strip_prefix(HOST).unwrap().to_owned());
    }
    let expected: Vec<_> = (0..120).rev().map(|n| format!("第{n}项：首次公布")).collect();
    assert_eq!(seen, expected);
    assert_eq!(feeds.len(), 1, "pages of one feed");
}

#[tokio::test]
async fn what_is_known_by_an_id_keeps_it_under_another_address_and_after_other_changes() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let ids = |page: &Page| {
        let document = Document::parse(&page.body).unwrap();
        let all = document.descendants().filter(|it| it.has_tag_name((ATOM, "id")));
        all.map(|it| it.text().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = ids(&site.ask("/changes.atom", &[("host", "old.test")]).await);
    site.publishes(bare_record()).await;
    let after = ids(&site.ask("/changes.atom", &[("host", "new.test")]).await);
    assert_eq!((after.len(), &after[0], &after[2]), (3, &before[0], &before[1]));
    let county = ids(&site.get("/changes.atom?region=620524").await);
    assert_ne!(county[0], before[0], "the feed of a region is another one");
    assert_eq!(county[1], before[1]);
}

#[tokio::test]
async fn a_name_of_any_characters_keeps_the_feed_whole() {
    let site = site().await;
    site.publishes(named(CODE, "]]>&<b>\"'\u{b}\u{1}登记")).await;
    let feed = site.get("/changes.atom").await;
    check_musts(&feed);
    assert_eq!(titles(&feed), ["]]>&<b>\"'□□登记：首次公布"]);
}

#[tokio::test]
async fn a_catalogue_without_changes_has_a_feed_of_none() {
    let feed = site().await.get("/changes.atom").await;
    check_musts(&feed);
    assert_eq!(titles(&feed).len(), 0);
}
