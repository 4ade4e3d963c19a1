use domain::{people::OfficerId, query::Query};
use sqlx::{Row, any::AnyRow};

use crate::{Store, StoreError, Tx};

/// 常用查询：一个人留下的条件和选的列。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    pub id: i64,
    pub name: String,
    pub query: Query,
    /// Places, as a standard writes them.
    pub columns: Vec<String>,
}

impl Store {
    /// Returns what an officer keeps, by name.
    pub async fn saved_queries(&self, officer: OfficerId) -> Result<Vec<SavedQuery>, StoreError> {
        let rows = sqlx::query(
            "select id, name, query, columns from saved_query where officer_id = $1
             order by name, id",
        )
        .bind(officer.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    /// Keeps a query under a name; what the officer kept under it before makes way.
    pub async fn save_query(
        &mut self,
        officer: OfficerId,
        name: &str,
        query: &Query,
        columns: &[String],
    ) -> Result<(), StoreError> {
        let id = self.new_id().await?;
        sqlx::query(
            "insert into saved_query (id, officer_id, name, query, columns)
             values ($1, $2, $3, $4, $5)
             on conflict (officer_id, name) do update
             set query = excluded.query, columns = excluded.columns",
        )
        .bind(id)
        .bind(officer.0)
        .bind(name)
        .bind(serde_json::to_string(query).expect("a query holds only strings as keys"))
        .bind(columns.join("\n"))
        .execute(&mut *self.inner)
        .await?;
        Ok(())
    }

    /// Takes one of an officer's queries away, and tells whether it was there.
    pub async fn forget_query(&mut self, officer: OfficerId, id: i64) -> Result<bool, StoreError> {
        let gone = sqlx::query("delete from saved_query where id = $1 and officer_id = $2")
            .bind(id)
            .bind(officer.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(gone.rows_affected() == 1)
    }
}

fn read(row: &AnyRow) -> Result<SavedQuery, StoreError> {
    let id: i64 = row.try_get("id")?;
    let query: String = row.try_get("query")?;
    let columns: String = row.try_get("columns")?;
    let query = serde_json::from_str(&query).map_err(|err| StoreError::Inconsistent {
        table: "saved_query",
        id,
        detail: err.to_string(),
    })?;
    let columns = columns.lines().map(str::to_owned).collect();
    Ok(SavedQuery { id, name: row.try_get("name")?, query, columns })
}
