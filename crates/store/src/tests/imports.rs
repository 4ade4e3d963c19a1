use domain::{
    edition::Edition,
    item::{ImportId, ItemId},
};
use time::Duration;

use super::{
    db::Db,
    sample::{NOW, code, coded},
};
use crate::{Import, ImportRow, ImportState, Outcome, Store};

on_both!(
    an_import_is_kept_with_its_state,
    the_rows_of_an_import_are_read_back_page_by_page,
    a_thousand_rows_are_kept_at_once,
    the_place_of_an_item_in_an_import_is_known,
    the_last_import_is_the_one_that_started_last,
);

async fn start(store: &Store, source: &str, minutes: i64) -> ImportId {
    let mut tx = store.begin().await.unwrap();
    let now = NOW + Duration::minutes(minutes);
    let id = tx.start_import(source, "wushan", now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn row(number: u64, outcome: Outcome, edition: Option<&Edition>) -> ImportRow {
    ImportRow {
        number,
        place: format!("第 {} 行", number + 1),
        outcome,
        item: edition.map(|it| it.item),
        edition: edition.map(|it| it.id),
        replaced: None,
        report: "[]".into(),
    }
}

async fn an_import_is_kept_with_its_state(db: Db) {
    let id = start(&db.store, "事项.xlsx", 0).await;
    let check = async |state: ImportState| {
        let import = db.store.import(id).await.unwrap().unwrap();
        let Import { started_at, .. } = import.clone();
        assert_eq!((import.source.as_str(), import.standard.as_str()), ("事项.xlsx", "wushan"));
        assert_eq!(import.state, state);
        assert!(started_at.starts_with("2026-03-02T"), "{started_at}");
    };
    check(ImportState::Running).await;
    for state in [ImportState::Done, ImportState::Undone] {
        let mut tx = db.store.begin().await.unwrap();
        tx.set_import_state(id, state).await.unwrap();
        tx.commit().await.unwrap();
        check(state).await;
    }
    assert_eq!(db.store.import(ImportId(id.0 + 1)).await.unwrap(), None);
}

async fn the_rows_of_an_import_are_read_back_page_by_page(db: Db) {
    let first = db.published(&coded("甲", &code(1))).await;
    let second = db.next_draft(&first, "甲二").await;
    let id = start(&db.store, "事项.csv", 0).await;
    let rows = vec![
        row(1, Outcome::Imported, Some(&first)),
        ImportRow { replaced: Some(first.id), ..row(2, Outcome::Updated, Some(&second)) },
        row(3, Outcome::Unchanged, Some(&second)),
        ImportRow { report: "缺少“事项名称”".into(), ..row(4, Outcome::Rejected, None) },
        row(9, Outcome::Rejected, None),
    ];
    let mut tx = db.store.begin().await.unwrap();
    tx.add_import_rows(id, &rows[2..]).await.unwrap();
    tx.add_import_rows(id, &rows[..2]).await.unwrap();
    tx.add_import_rows(id, &[]).await.unwrap();
    tx.commit().await.unwrap();

    let mut read = Vec::new();
    loop {
        let after = read.last().map_or(0, |row: &ImportRow| row.number);
        let page = db.store.import_rows(id, after, 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    assert_eq!(read, rows);
    assert_eq!(db.store.import_rows(ImportId(id.0 + 1), 0, 10).await.unwrap(), []);
}

async fn a_thousand_rows_are_kept_at_once(db: Db) {
    let id = start(&db.store, "事项.csv", 0).await;
    let rows: Vec<_> = (1..=1_000).map(|n| row(n, Outcome::Rejected, None)).collect();
    let mut tx = db.store.begin().await.unwrap();
    tx.add_import_rows(id, &rows).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.import_rows(id, 0, 2_000).await.unwrap(), rows);
}

async fn the_place_of_an_item_in_an_import_is_known(db: Db) {
    let item = db.published(&coded("甲", &code(1))).await;
    let elsewhere = start(&db.store, "以前.csv", 0).await;
    let id = start(&db.store, "事项.csv", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.add_import_rows(elsewhere, &[row(7, Outcome::Imported, Some(&item))]).await.unwrap();
    tx.add_import_rows(id, &[row(3, Outcome::Unchanged, Some(&item))]).await.unwrap();
    let items = [item.item, ItemId(item.item.0 + 1_000)];
    let places = tx.rows_of_items(id, &items).await.unwrap();
    assert_eq!(places, [(item.item, "第 4 行".to_owned())]);
    assert_eq!(tx.rows_of_items(id, &[]).await.unwrap(), []);
}

async fn the_last_import_is_the_one_that_started_last(db: Db) {
    assert_eq!(db.store.last_import().await.unwrap(), None);
    let other = db.open_again().await.unwrap();
    start(&db.store, "一.csv", 0).await;
    start(&other, "二.csv", 1).await;
    let last = start(&db.store, "三.csv", 2).await;
    assert_eq!(db.store.last_import().await.unwrap().map(|it| it.id), Some(last));
    other.close().await;
}
