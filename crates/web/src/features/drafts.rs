//! What is only written, and not published, is in nothing that the public can open.

use domain::{
    content::{Content, Row, Value},
    edition::Edition,
    standard::{Operation, Standard, ValueKind},
};
use store::Item;

use crate::{
    map::Who,
    testkit::{Site, full_record},
};

/// A word that is nowhere but in a draft, in each form in which it could be asked for.
const MARK: &str = "未公布暗记";

/// Content with the mark in every element and every field of a list.
fn marked(standard: &Standard) -> Content {
    let mut content = Content::new();
    for element in standard.elements() {
        let value = match element.kind {
            ValueKind::Rows => {
                let fields = element.fields.iter().map(|it| (it.key.clone(), word(&it.key)));
                Value::Rows(vec![Row { id: "r1".into(), fields: fields.collect() }])
            }
            _ => word(&element.key),
        };
        content.put(&element.key, value);
    }
    content
}

/// The mark, and where it stands, so that a leak is named.
fn word(key: &str) -> Value {
    Value::Text(format!("{MARK}{key}"))
}

/// An item whose live edition is plain and whose next one is marked all over, and one that
/// was never published.
async fn site_with_drafts() -> Site {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    writes_drafts(&site).await;
    site
}

async fn writes_drafts(site: &Site) {
    let store = &site.state.store;
    let standard = site.state.standards.get("wushan").unwrap();
    let mut tx = store.begin().await.unwrap();
    let live = tx.items_by_code(&["62052400MZ-XK-0001"]).await.unwrap().remove(0);
    let new = Item {
        id: tx.new_item_id().await.unwrap(),
        name: format!("{MARK}新事项"),
        code: Some("62052400MZ-XK-0002".into()),
        ..live.clone()
    };
    tx.add_items(std::slice::from_ref(&new)).await.unwrap();
    for (item, number) in [(&live, 2), (&new, 1)] {
        let mut record = full_record();
        record.code = item.code.clone();
        record.content = marked(standard);
        let id = tx.new_edition_id().await.unwrap();
        let draft = Edition::draft(id, item.id, number, Operation::Change, record, standard);
        tx.add_drafts(&[draft]).await.unwrap();
    }
    tx.commit().await.unwrap();
    site.index_follows().await;
}

/// The words of a Word file are packed, and can not be looked for as they are.
#[tokio::test]
async fn the_guide_as_word_is_the_same_to_the_byte_before_and_after_a_draft() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let guide = "/items/62052400MZ-XK-0001.docx";
    let before = site.get(guide).await;
    writes_drafts(&site).await;
    let after = site.get(guide).await;
    assert_eq!((before.status, after.status), (200, 200));
    assert!(before.body == after.body && before.header("etag") == after.header("etag"));
    assert_eq!(site.get("/items/62052400MZ-XK-0002.docx").await.status, 404);
}

#[tokio::test]
async fn a_draft_can_not_be_seen_by_the_public() {
    let site = site_with_drafts().await;
    let mut asked = 0;
    for (path, who) in site.places() {
        if *who != Who::Anyone {
            continue;
        }
        for path in addresses(path) {
            let page = site.get(&path).await;
            assert!(page.status < 500, "{path}");
            assert!(!page.body.contains(MARK), "{path} shows a draft");
            asked += 1;
        }
    }
    assert!(asked > 30, "{asked} addresses asked");
}

#[tokio::test]
async fn a_search_for_what_stands_in_a_draft_finds_nothing() {
    let site = site_with_drafts().await;
    for words in [MARK, "暗记", "weigongbuanji", "wgbaj"] {
        let found = site.get(&format!("/search?q={words}&region=all")).await;
        assert!(found.all(".sx-result").is_empty(), "{words}");
        // The words that were typed come back in the field and the title, and nowhere else.
        assert!(!found.body.contains("新事项"), "{words}");
        let suggested = site.get(&format!("/suggest?q={words}")).await;
        assert!(!suggested.body.contains("新事项"), "{words}: {}", suggested.body);
    }
}

/// Returns what a stranger may ask for at a place: each form, filter and fault of it.
fn addresses(path: &str) -> Vec<String> {
    let codes = ["62052400MZ-XK-0001", "62052400MZ-XK-0002"];
    match path {
        "/" => ["/", "/?region=620524", "/?region=all", "/?region=x"].map(String::from).into(),
        "/search" => {
            let asked = ["", "q=登记", "kind=XK", "department=武山县民政局", "sort=name", "page=2"];
            let regions = ["", "&region=all", "&region=620524"];
            let all = asked.iter().flat_map(|it| regions.map(|at| format!("/search?{it}{at}")));
            all.collect()
        }
        "/items/{code}" => codes
            .iter()
            .flat_map(|code| {
                ["", ".json", "?on=2026-11-20", ".json?on=2026-11-20", "?on=x", ".json?x=1"]
                    .map(|form| format!("/items/{code}{form}"))
            })
            .collect(),
        "/changes.atom" => ["", "?region=all", "?region=620524", "?before=9", "?before=x"]
            .map(|it| format!("/changes.atom{it}"))
            .into(),
        "/sitemap.xml" => ["", "?part=1", "?part=9"].map(|it| format!("/sitemap.xml{it}")).into(),
        path => vec![
            path.replace("{page}", "import")
                .replace("{hash}", "x")
                .replace("{*path}", "css/base.css"),
        ],
    }
}
