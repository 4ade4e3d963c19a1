use sqlx::Row as _;

use super::{
    Column, FOLLOWED, Row, Table,
    snapshot::bind,
    table::{Restored, column_list},
    tables,
};
use crate::{Engine, Store, StoreError, Tx, sql::Bind};

/// A restore under way: nobody sees anything of it before [`Restoring::commit`], and
/// nothing of it stays without.
pub struct Restoring {
    tx: Tx,
}

impl Store {
    /// Begins to restore, if there is no catalogue here yet.
    pub async fn restore(&self) -> Result<Restoring, StoreError> {
        let mut tx = self.begin().await?;
        if self.engine == Engine::Postgres {
            // Nobody else may begin a catalogue meanwhile; on SQLite nobody can.
            let names: Vec<&str> = tables().map(|table| table.name).collect();
            let sql = format!("lock table {} in exclusive mode", names.join(", "));
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx.inner).await?;
        }
        tx.refuse_content().await?;
        // Those that refer to others go first; nobody stays signed in, or about to import.
        let anew = tables().rev().filter(|table| table.restored == Restored::Anew);
        let anew = anew.map(|table| table.name);
        for name in ["session", "upload"].into_iter().chain(anew).chain(FOLLOWED.iter().copied()) {
            let sql = format!("delete from {name}");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx.inner).await?;
        }
        Ok(Restoring { tx })
    }
}

impl Restoring {
    /// Writes rows of a table, which come in the order of [`tables`]. Columns that an older
    /// backup lacks have no value.
    pub async fn add(
        &mut self,
        table: &Table,
        columns: &[Column],
        rows: &[Row],
    ) -> Result<(), StoreError> {
        let binds = rows.iter().map(|row| binds(table, columns, row));
        let binds = binds.collect::<Result<Vec<_>, _>>()?;
        let into = format!("{} ({})", table.name, column_list(columns));
        let otherwise = match table.restored {
            Restored::Over => overwriting(table, columns),
            Restored::IntoEmpty | Restored::Anew => String::new(),
        };
        self.tx.insert_rows(&into, binds, &otherwise).await
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

impl Tx {
    async fn refuse_content(&mut self) -> Result<(), StoreError> {
        let mut found = Vec::new();
        for table in tables().filter(|table| table.restored == Restored::IntoEmpty) {
            let sql = format!("select count(*) as n from {}", table.name);
            let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *self.inner).await?;
            let n: i64 = row.try_get("n")?;
            if n > 0 {
                found.push(format!("{} {n} 行", table.title));
            }
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(StoreError::NotEmpty { found: found.join("、") }),
        }
    }
}

fn binds(table: &Table, columns: &[Column], row: &Row) -> Result<Vec<Bind>, StoreError> {
    let cells = row.iter().zip(columns).map(|(value, (_, kind))| bind(value, *kind));
    let cells: Option<Vec<Bind>> = cells.collect();
    let misfit = || StoreError::Inconsistent {
        table: table.name,
        id: row.first().and_then(|it| it.as_i64()).unwrap_or_default(),
        detail: "备份里的这一行与表的列对不上".to_owned(),
    };
    cells.filter(|_| row.len() == columns.len()).ok_or_else(misfit)
}

fn overwriting(table: &Table, columns: &[Column]) -> String {
    let key = &table.columns[..table.n_keys];
    let said = columns.iter().filter(|it| !key.contains(it));
    let set: Vec<String> = said.map(|(it, _)| format!("{it} = excluded.{it}")).collect();
    format!("on conflict ({}) do update set {}", column_list(key), set.join(", "))
}
