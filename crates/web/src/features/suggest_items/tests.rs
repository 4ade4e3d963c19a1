use serde_json::{Value, json};

use crate::testkit::{Site, bare_record, full_record, named};

async fn suggestions(site: &Site, path: &str) -> Vec<Value> {
    let page = site.get(path).await;
    page.check(200, &[]);
    assert_eq!(page.header("content-type"), "application/json");
    let answer: Value = serde_json::from_str(&page.body).unwrap();
    answer["suggestions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_types_a_name_is_led_to_the_guide_with_the_words_marked() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    assert_eq!(
        suggestions(&site, "/suggest?q=登记&region=620524").await,
        [json!({
            "href": "/items/62052400MZ-XK-0001",
            "name": [{"text": "社会团体成立", "marked": false}, {"text": "登记", "marked": true}],
            "why": [], "body": "武山县民政局", "region": null
        })]
    );
}

#[tokio::test]
async fn who_types_everyday_words_is_told_why_the_item_is_meant() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let found = suggestions(&site, "/suggest?q=商会&region=620524").await;
    let why = found[0]["why"].as_array().unwrap();
    assert!(why.contains(&json!({"text": "商会", "marked": true})), "{why:?}");
}

#[tokio::test]
async fn the_region_holds_and_is_named_where_it_is_another() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes(bare_record()).await;
    assert_eq!(suggestions(&site, "/suggest?q=入学&region=620524").await, [] as [Value; 0]);
    let found = suggestions(&site, "/suggest?q=入学&region=all").await;
    assert_eq!(found[0]["region"], "前锋区");
}

#[tokio::test]
async fn nothing_typed_suggests_nothing_and_much_is_cut_to_eight() {
    let site = Site::start().await;
    for n in 1..=10 {
        site.publishes(named(&format!("62052400MZ-XK-{n:04}"), &format!("登记 {n}"))).await;
    }
    assert_eq!(suggestions(&site, "/suggest").await.len(), 0);
    assert_eq!(suggestions(&site, "/suggest?q=%20").await.len(), 0);
    assert_eq!(suggestions(&site, "/suggest?q=登记").await.len(), 8);
}

#[tokio::test]
async fn a_parameter_that_it_does_not_know_is_refused() {
    let site = Site::start().await;
    site.get("/suggest?q=登记&limit=3").await.check(400, &["limit"]);
}
