use domain::item::{BodyId, ItemId, ItemRecord};

use super::{
    db::Db,
    sample::{add_item, body_of, code, coded, record},
};
use crate::{Item, StoreError};

on_both!(
    items_are_read_back_by_code_and_by_name,
    a_code_once_bound_stays,
    a_thousand_items_are_added_at_once,
    a_code_that_is_taken_refuses_the_step,
);

fn item(id: i64, body: BodyId, name: &str, code: Option<String>) -> Item {
    Item {
        id: ItemId(id),
        body,
        standard: "wushan".into(),
        kind: "XK".into(),
        name: name.into(),
        code,
        parent: None,
        position: None,
    }
}

async fn items_are_read_back_by_code_and_by_name(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record("甲")).await.id;
    let other_record = super::sample::office("武山县教育局", None);
    let other = tx.add_body(super::sample::region("620524"), &other_record).await.unwrap().id;
    let with_all =
        Item { parent: Some(code(9)), position: Some(3), ..item(1, body, "甲", Some(code(1))) };
    let bare = item(2, body, "乙", None);
    let namesake = item(3, other, "甲", Some(code(2)));
    tx.add_items(&[with_all.clone(), bare.clone(), namesake.clone()]).await.unwrap();

    let codes = [code(1), code(2), code(3)];
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let mut found = tx.items_by_code(&codes).await.unwrap();
    found.sort_by_key(|it| it.id);
    assert_eq!(found, [with_all.clone(), namesake]);
    let mut found = tx.items_by_name(body, &["甲", "乙", "丙"]).await.unwrap();
    found.sort_by_key(|it| it.id);
    assert_eq!(found, [with_all, bare]);
    assert_eq!(tx.items_by_code(&[]).await.unwrap(), []);
    assert_eq!(tx.items_by_name(body, &[]).await.unwrap(), []);
    tx.commit().await.unwrap();

    let mut known = db.store.known_codes(&codes).await.unwrap();
    known.sort();
    assert_eq!(known, [code(1), code(2)]);
    assert_eq!(db.store.known_codes(&[]).await.unwrap(), [""; 0]);
}

async fn a_code_once_bound_stays(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let item = add_item(&mut tx, &record("甲")).await.unwrap().item;
    let mut renamed = ItemRecord { position: Some(5), ..record("乙") };
    for given in [Some(code(1)), Some(code(2)), None] {
        renamed.code = given;
        tx.update_item(item, &renamed).await.unwrap();
        let read = tx.items_by_code(&[&code(1)]).await.unwrap().remove(0);
        assert_eq!((read.id, read.name.as_str(), read.position), (item, "乙", Some(5)));
    }
}

async fn a_thousand_items_are_added_at_once(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record("甲")).await.id;
    let names: Vec<String> = (1..=1_000).map(|n| format!("事项{n}")).collect();
    let items: Vec<Item> = (1..).zip(&names).map(|(id, name)| item(id, body, name, None)).collect();
    tx.add_items(&items).await.unwrap();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut found = tx.items_by_name(body, &names).await.unwrap();
    found.sort_by_key(|it| it.id);
    assert_eq!(found, items);
}

async fn a_code_that_is_taken_refuses_the_step(db: Db) {
    db.draft(&coded("甲", &code(1))).await;
    let mut tx = db.store.begin().await.unwrap();
    let refused = add_item(&mut tx, &coded("乙", &code(1))).await;
    assert!(matches!(refused, Err(StoreError::Taken { constraint: "事项编码" })), "{refused:?}");
    drop(tx);
    assert_eq!(db.number("select count(*) from item").await, 1);
}
