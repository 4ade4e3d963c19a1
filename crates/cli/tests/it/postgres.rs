//! Databases of PostgreSQL, each gone with its test.

use std::{
    env, process,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

pub(crate) struct Database {
    pub(crate) url: String,
    name: String,
}

impl Database {
    pub(crate) fn new() -> Database {
        static N_MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("cli_{}_{}", process::id(), N_MADE.fetch_add(1, Ordering::Relaxed));
        administer(&format!("create database {name}"));
        let server = server();
        let (server, _) = server.rsplit_once('/').expect("the server's URL names a database");
        Database { url: format!("{server}/{name}"), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        administer(&format!("drop database if exists {} with (force)", self.name));
    }
}

fn administer(sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect(&server()).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[expect(clippy::disallowed_methods, reason = "the one setting of the tests, not of the program")]
fn server() -> String {
    env::var("SHIXIANG_TEST_POSTGRES").expect(
        "SHIXIANG_TEST_POSTGRES is not set: the program is tested on PostgreSQL too; \
         run `cargo xtask test rust`, which starts a server and sets it",
    )
}
