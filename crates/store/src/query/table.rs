use sqlx::{Any, Row, Transaction};

use crate::{Engine, Store, StoreError};

/// As in the migration, but kept once: SQLite keeps the rows of a table apart from its key, and
/// of these rows, which are nothing but key, it would keep two copies.
const KEPT_ONCE: &str = "create table query_entry (
    term bigint not null,
    office bigint not null,
    item_id bigint not null,
    primary key (term, office, item_id)
) without rowid";

impl Store {
    /// Gives SQLite's index of queries its shape, once; the follower fills it anew.
    pub(crate) async fn shape_queries(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            return Ok(());
        }
        let mut alone = self.begin_alone().await?;
        if !is_kept_once(&mut alone).await? {
            let sql = format!(
                "drop table query_entry; {KEPT_ONCE};
                 delete from query_term; delete from query_item; delete from query_progress"
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *alone).await?;
        }
        Ok(alone.commit().await?)
    }
}

async fn is_kept_once(step: &mut Transaction<'static, Any>) -> Result<bool, StoreError> {
    let sql = "select sql from sqlite_schema where type = 'table' and name = 'query_entry'";
    let made: String = sqlx::query(sql).fetch_one(&mut **step).await?.try_get("sql")?;
    Ok(made.ends_with("without rowid"))
}
