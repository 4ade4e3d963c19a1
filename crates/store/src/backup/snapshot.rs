use serde_json::Value;
use sqlx::{Any, Row as _, Transaction, any::AnyRow};

use super::{Kind, Row, Table, table::column_list};
use crate::{
    Engine, Store, StoreError,
    chains::Chain,
    sql::{Bind, bind_all, placeholders},
};

/// Rows read at once: an edition is some kilobytes, seldom a megabyte.
const PAGE: i64 = 100;

/// The whole database as it was at one moment, while others go on writing.
pub struct Snapshot {
    pub(crate) inner: Transaction<'static, Any>,
}

/// 链尾：最后一条的序号与哈希。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    pub chain: &'static str,
    pub seq: i64,
    pub hash: String,
}

impl Store {
    /// Opens a view of the database that does not move.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let inner = match self.engine {
            // SQLite takes its view at the first reading, and keeps it until the end.
            Engine::Sqlite => self.readers.begin().await?,
            Engine::Postgres => {
                const BEGIN: &str = "begin isolation level repeatable read, read only";
                self.readers.begin_with(BEGIN).await?
            }
        };
        Ok(Snapshot { inner })
    }
}

impl Snapshot {
    /// Returns where both chains end.
    pub async fn chain_ends(&mut self) -> Result<Vec<ChainEnd>, StoreError> {
        let mut ends = Vec::new();
        for chain in [Chain::Event, Chain::Publication] {
            let head = sqlx::query("select seq, hash from chain_head where chain = $1")
                .bind(chain.as_str())
                .fetch_optional(&mut *self.inner)
                .await?;
            if let Some(row) = head {
                let (seq, hash) = (row.try_get("seq")?, row.try_get("hash")?);
                ends.push(ChainEnd { chain: chain.as_str(), seq, hash });
            }
        }
        Ok(ends)
    }

    /// Returns the next rows of a table in the order of its key; none at its end.
    pub async fn page(
        &mut self,
        table: &Table,
        after: Option<&Row>,
    ) -> Result<Vec<Row>, StoreError> {
        let keys = &table.columns[..table.n_keys];
        let key: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
        let key = key.join(", ");
        let mut values = after.map_or(Ok(Vec::new()), |row| key_of(row, table))?;
        let beyond = match values.len() {
            0 => String::new(),
            n => format!("where ({key}) > {}", placeholders(0, n)),
        };
        values.push(PAGE.into());
        let sql = format!(
            "select {} from {} {beyond} order by {key} limit ${}",
            column_list(table.columns),
            table.name,
            values.len(),
        );
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(|row| read(row, table)).collect()
    }
}

/// A key without a value, which SQLite lets stand, would end the reading before the end.
fn key_of(row: &Row, table: &Table) -> Result<Vec<Bind>, StoreError> {
    let columns = &table.columns[..table.n_keys];
    let key = row.iter().zip(columns).map(|(value, (_, kind))| match value {
        Value::Null => None,
        value => bind(value, *kind),
    });
    key.collect::<Option<_>>().ok_or_else(|| StoreError::Inconsistent {
        table: table.name,
        id: 0,
        detail: "主键没有值".to_owned(),
    })
}

/// Turns a value of a row into what the database takes; `None` for one of another kind.
pub(super) fn bind(value: &Value, kind: Kind) -> Option<Bind> {
    match (value, kind) {
        (Value::Null, Kind::Int) => Some(Bind::NoInt),
        (Value::Null, Kind::Text) => Some(Bind::NoText),
        (Value::Number(number), Kind::Int) => number.as_i64().map(Bind::Int),
        (Value::String(text), Kind::Text) => Some(Bind::Text(text.clone())),
        _ => None,
    }
}

fn read(row: &AnyRow, table: &Table) -> Result<Row, StoreError> {
    let cell = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Int => row.try_get::<Option<i64>, _>(at)?.map_or(Value::Null, Value::from),
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map_or(Value::Null, Value::from),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}
