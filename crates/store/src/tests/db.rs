//! A database for each test: a copy of one that was made, with its regions, once a process.

use std::{
    env, fs, panic, process,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tokio::sync::OnceCell;

use crate::{Engine, Store, StoreError};

/// The database of one test.
#[derive(Clone)]
pub(super) struct Db {
    pub(super) store: Store,
    url: String,
}

impl Db {
    /// Opens the same database once more, as another process would.
    pub(super) async fn open_again(&self) -> Result<Store, StoreError> {
        Store::open(&self.url).await
    }

    /// Returns the same database as another process sees it.
    pub(super) async fn in_another_process(&self) -> Db {
        Db { store: self.open_again().await.unwrap(), url: self.url.clone() }
    }

    /// Returns where a database without any table answers; it goes when this one does.
    pub(super) async fn empty_neighbour(&self) -> String {
        let url = neighbour(&self.url);
        match self.store.engine() {
            Engine::Sqlite => format!("{url}?mode=rwc"),
            Engine::Postgres => {
                let (_, name) = url.rsplit_once('/').expect("the URL names a database");
                administer(&format!("create database {name}")).await;
                url
            }
        }
    }

    /// Runs a statement behind the store's back and returns how many rows it touched.
    pub(super) async fn by_hand(&self, sql: &str) -> Result<u64, StoreError> {
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&self.store.writers).await?;
        Ok(done.rows_affected())
    }

    /// Returns what a `select` of one number says.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&self.store.readers).await;
        row.unwrap().try_get(0).unwrap()
    }

    /// Returns what a `select` of one text a row says.
    pub(super) async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&self.store.readers).await;
        rows.unwrap().iter().map(|row| row.try_get(0).unwrap()).collect()
    }

    /// Returns what a `select` of one text says.
    pub(super) async fn text(&self, sql: &str) -> String {
        let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&self.store.readers).await;
        row.unwrap().try_get(0).unwrap()
    }
}

pub(super) async fn in_sqlite<T>(test: impl FnOnce(Db) -> T)
where
    T: Future<Output = ()>,
{
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(sqlite_template).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalogue.db");
    fs::write(&file, template).unwrap();
    let url = format!("sqlite://{}", file.display());
    let store = Store::open(&url).await.unwrap();
    test(Db { store: store.clone(), url }).await;
    store.close().await;
}

pub(super) async fn in_postgres<T>(test: impl FnOnce(Db) -> T)
where
    T: Future<Output = ()> + Send + 'static,
{
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    static N_MADE: AtomicU32 = AtomicU32::new(0);
    let template = TEMPLATE.get_or_init(postgres_template).await;
    let name = format!("{template}_{}", N_MADE.fetch_add(1, Ordering::Relaxed));
    administer(&format!("create database {name} template {template}")).await;
    let url = beside_server(&name);
    let store = Store::open(&url).await.unwrap();
    let outcome = tokio::spawn(test(Db { store: store.clone(), url })).await;
    store.close().await;
    administer(&format!("drop database {name} with (force)")).await;
    administer(&format!("drop database if exists {} with (force)", neighbour(&name))).await;
    if let Err(failed) = outcome {
        panic::resume_unwind(failed.into_panic());
    }
}

async fn sqlite_template() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    let store = Store::open(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    store.close().await;
    fs::read(file).unwrap()
}

/// Stays until the cluster goes; only a process's first test can know that it is needed.
async fn postgres_template() -> String {
    let name = format!("store_{}", process::id());
    administer(&format!("drop database if exists {name} with (force)")).await;
    administer(&format!("create database {name}")).await;
    let store = Store::open(&beside_server(&name)).await.unwrap();
    store.close().await;
    name
}

fn neighbour(of: &str) -> String {
    format!("{of}_empty")
}

async fn administer(sql: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&server()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Returns where the database of this name answers on the test server.
fn beside_server(name: &str) -> String {
    let server = server();
    let (server, _) = server.rsplit_once('/').expect("the server's URL names a database");
    format!("{server}/{name}")
}

#[expect(clippy::disallowed_methods, reason = "the one setting of the tests, not of the program")]
fn server() -> String {
    env::var("SHIXIANG_TEST_POSTGRES").expect(
        "SHIXIANG_TEST_POSTGRES is not set: the store is tested on PostgreSQL too; \
         run `cargo xtask test rust`, which starts a server and sets it",
    )
}
