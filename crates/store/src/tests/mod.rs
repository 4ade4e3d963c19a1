//! Every test runs on both engines, each time in a database of its own.

/// Makes two tests of each function: one on SQLite, one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                crate::tests::db::in_sqlite(super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                crate::tests::db::in_postgres(super::$name).await;
            }
        }
    )+};
}

mod approvals;
mod arranging;
mod backup;
mod bodies;
mod chains;
mod constraints;
mod db;
mod disk;
mod drafts;
mod editions;
mod files;
mod following;
mod handled;
mod ids;
mod imports;
mod items;
mod jobs;
mod libraries;
mod listing;
mod notices;
mod office;
mod officers;
mod portal;
mod publishing;
mod query;
mod replay;
mod sample;
mod schema;
mod serials;
mod talking;
mod tasks;
mod texts;
