//! A copy of everything while others write, and back into either engine.

use std::collections::BTreeMap;

use domain::{people::OfficerId, standard::Operation};

use super::{
    db::{self, Db},
    sample::{NOW, code, coded},
};
use crate::{
    Engine, Order, Selection, Store, StoreError,
    backup::{FOLLOWED, Row, Table, tables},
};

on_both!(
    what_was_backed_up_is_restored_on_either_engine,
    a_copy_is_of_one_moment_while_others_publish,
    every_table_and_column_is_backed_up,
    a_database_with_a_catalogue_is_not_restored_into,
    a_restore_that_is_broken_off_leaves_nothing,
    a_row_that_does_not_fit_its_table_is_named,
    a_backup_from_before_a_column_is_restored_without_it,
    a_table_that_was_looked_at_is_in_nobody_s_way,
);

pub(super) type Copy = BTreeMap<&'static str, Vec<Row>>;

pub(super) async fn copy_of(store: &Store) -> Copy {
    let mut snapshot = store.snapshot().await.unwrap();
    let mut copy = Copy::new();
    for table in tables() {
        let rows = copy.entry(table.name).or_default();
        loop {
            let page = snapshot.page(table, rows.last()).await.unwrap();
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
    }
    copy
}

pub(super) async fn restore(store: &Store, copy: &Copy) -> Result<(), StoreError> {
    let mut restoring = store.restore().await?;
    for table in tables() {
        for rows in copy[table.name].chunks(100) {
            restoring.add(table, table.columns, rows).await?;
        }
    }
    restoring.commit().await
}

async fn catalogue_of(store: &Store) -> Vec<String> {
    let page = store.current_page(&Selection::default(), None, 1_000).await.unwrap();
    page.iter().map(|(_, edition)| format!("{edition:?}")).collect()
}

fn table(name: &str) -> &'static Table {
    tables().find(|table| table.name == name).unwrap()
}

impl Db {
    /// 120 items, so that there is more than a page, of which some have a history.
    async fn fill_two_pages(&self) {
        for n in 1..=120 {
            let item = self.published(&coded(&format!("示例事项{n}"), &code(n))).await;
            match n % 40 {
                0 => drop(self.goes(&item, Operation::Withdraw).await),
                1 => {
                    let draft = self.next_draft(&item, "改了名的事项").await;
                    self.replace(&item, &draft).await;
                }
                2 => drop(self.next_draft(&item, "还没有公布的").await),
                _ => {}
            }
        }
    }
}

/// Restores into a database of its own and goes on working there.
async fn check_restored(other: Db, copy: Copy) {
    restore(&other.store, &copy).await.unwrap();
    assert!(copy_of(&other.store).await == copy, "the copy changed on its way");
    assert_eq!(other.store.verify().await.unwrap().wrong, []);
    // New ids do not meet the restored ones.
    other.published(&coded("以后的事项", &code(900))).await;
}

async fn what_was_backed_up_is_restored_on_either_engine(db: Db) {
    db.fill_two_pages().await;
    let copy = copy_of(&db.store).await;
    assert_eq!(copy["item"].len(), 120);
    let same = Store::open(&db.empty_neighbour().await).await.unwrap();
    restore(&same, &copy).await.unwrap();
    assert!(copy_of(&same).await == copy, "the copy changed on its way");
    assert_eq!(catalogue_of(&same).await, catalogue_of(&db.store).await);
    assert_eq!(same.verify().await.unwrap(), db.store.verify().await.unwrap());
    same.close().await;
    match db.store.engine() {
        Engine::Sqlite => db::in_postgres(|other| check_restored(other, copy)).await,
        Engine::Postgres => db::in_sqlite(|other| check_restored(other, copy)).await,
    }
}

async fn a_copy_is_of_one_moment_while_others_publish(db: Db) {
    db.published(&coded("示例事项", &code(1))).await;
    let writer = {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 2..=60 {
                db.published(&coded("示例事项", &code(n))).await;
            }
        })
    };
    let mut n_copies = 0;
    while !writer.is_finished() || n_copies == 0 {
        let copy = copy_of(&db.store).await;
        let n = copy["publication"].len();
        assert_eq!(copy["event"].len(), n);
        for row in &copy["chain_head"] {
            assert_eq!(row[1], n, "the end of the chain is of another moment");
        }
        n_copies += 1;
    }
    writer.await.unwrap();
    assert_eq!(copy_of(&db.store).await["publication"].len(), 60);
}

/// All but who is signed in and what they are about to do: after a restore everyone signs in anew.
async fn every_table_and_column_is_backed_up(db: Db) {
    let sql = match db.store.engine() {
        Engine::Sqlite => {
            "select t.name || '.' || c.name from sqlite_schema t, pragma_table_info(t.name) c
             where t.type = 'table' and t.name not in ('_sqlx_migrations', 'session', 'upload', 'draft_save', 'draft_open')"
        }
        Engine::Postgres => {
            "select (table_name || '.' || column_name)::text from information_schema.columns
             where table_schema = 'public' and table_name not in ('_sqlx_migrations', 'session', 'upload', 'draft_save', 'draft_open')"
        }
    };
    let mut there = db.texts(sql).await;
    let columns = |table: &Table| {
        let name = table.name;
        table.columns.iter().map(move |(column, _)| format!("{name}.{column}")).collect::<Vec<_>>()
    };
    let mut backed_up: Vec<String> = tables().flat_map(columns).collect();
    there.retain(|it| !it.split_once('.').is_some_and(|(table, _)| FOLLOWED.contains(&table)));
    there.sort();
    backed_up.sort();
    assert_eq!(there, backed_up, "add what is new to the tables, and raise FORM");
}

async fn a_database_with_a_catalogue_is_not_restored_into(db: Db) {
    db.published(&coded("示例事项", &code(1))).await;
    let copy = copy_of(&db.store).await;
    let refused = restore(&db.store, &copy).await.unwrap_err().to_string();
    for word in ["事项 1 行", "公布 1 行", "--data"] {
        assert!(refused.contains(word), "{refused}");
    }
    assert_eq!(copy_of(&db.store).await, copy);
}

async fn a_restore_that_is_broken_off_leaves_nothing(db: Db) {
    db.fill_two_pages().await;
    let copy = copy_of(&db.store).await;
    let other = Store::open(&db.empty_neighbour().await).await.unwrap();
    let empty = copy_of(&other).await;
    let mut restoring = other.restore().await.unwrap();
    for name in ["region", "body", "item"] {
        restoring.add(table(name), table(name).columns, &copy[name]).await.unwrap();
    }
    drop(restoring);
    assert!(copy_of(&other).await == empty, "something of the restore has stayed");
    restore(&other, &copy).await.unwrap();
    other.close().await;
}

async fn a_row_that_does_not_fit_its_table_is_named(db: Db) {
    let mut restoring = db.store.restore().await.unwrap();
    for row in [vec![], vec!["MZ-XK".into()], vec!["MZ-XK".into(), "1".into()]] {
        let refused = restoring.add(table("serial"), table("serial").columns, &[row]).await;
        let refused = refused.unwrap_err();
        assert!(matches!(refused, StoreError::Inconsistent { table: "serial", .. }));
    }
}

async fn a_backup_from_before_a_column_is_restored_without_it(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let order = Order { kind: "import", what: "{}", by: OfficerId(1), now: NOW };
    tx.add_counted_job(order, 3, &"a".repeat(64)).await.unwrap();
    tx.commit().await.unwrap();
    let copy = copy_of(&db.store).await;
    let job = table("job");
    let names: Vec<String> = job.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (last, former) = names.split_last().unwrap();
    assert_eq!(last, "file_hash");
    let columns = job.columns_named(former).unwrap();
    let rows: Vec<Row> = copy["job"].iter().map(|row| row[..former.len()].to_vec()).collect();

    let other = Store::open(&db.empty_neighbour().await).await.unwrap();
    let mut restoring = other.restore().await.unwrap();
    for name in ["officer", "id_block"] {
        restoring.add(table(name), table(name).columns, &copy[name]).await.unwrap();
    }
    restoring.add(job, &columns, &rows).await.unwrap();
    restoring.commit().await.unwrap();
    let mut expected = copy["job"].clone();
    expected[0][former.len()] = serde_json::Value::Null;
    assert_eq!(copy_of(&other).await["job"], expected);
    assert_eq!(other.needed_files("").await.unwrap(), [""; 0]);
    other.close().await;

    assert_eq!(job.columns_named(&names[1..]), None, "without its key");
    assert_eq!(job.columns_named(&["id".to_owned(), "colour".to_owned()]), None);
}

async fn a_table_that_was_looked_at_is_in_nobody_s_way(db: Db) {
    let copy = copy_of(&db.store).await;
    let hash = "a".repeat(64);
    let clerk = db.officer("clerk").await;
    let mut tx = db.store.begin().await.unwrap();
    tx.note_brought(clerk, &hash, NOW).await.unwrap();
    tx.commit().await.unwrap();
    restore(&db.store, &copy).await.unwrap();
    assert!(!db.store.has_brought(clerk, &hash).await.unwrap());
}
