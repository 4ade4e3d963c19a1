//! Binding lists of values: `Any` takes `$n` on both engines, but no arrays.
//!
//! The one statement that is written otherwise for one of them is the long insert.

use sqlx::{Any, AssertSqlSafe, any::AnyArguments, query::Query};

use crate::{Engine, StoreError, Tx};

/// A value to bind.
#[derive(Debug, Clone)]
pub enum Bind {
    Int(i64),
    Text(String),
    NoInt,
    NoText,
}

/// Parameters of one statement that inserts; both engines take more.
const MAX_PARAMETERS: usize = 2_000;

impl From<i64> for Bind {
    fn from(number: i64) -> Bind {
        Bind::Int(number)
    }
}

impl From<&str> for Bind {
    fn from(text: &str) -> Bind {
        Bind::Text(text.to_owned())
    }
}

impl From<String> for Bind {
    fn from(text: String) -> Bind {
        Bind::Text(text)
    }
}

impl From<Option<String>> for Bind {
    fn from(text: Option<String>) -> Bind {
        text.map_or(Bind::NoText, Bind::Text)
    }
}

impl From<Option<i64>> for Bind {
    fn from(number: Option<i64>) -> Bind {
        number.map_or(Bind::NoInt, Bind::Int)
    }
}

pub(crate) fn bind_all(sql: String, values: Vec<Bind>) -> Query<'static, Any, AnyArguments> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Bind::Int(number) => query.bind(number),
            Bind::Text(text) => query.bind(text),
            Bind::NoInt => query.bind(None::<i64>),
            Bind::NoText => query.bind(None::<String>),
        };
    }
    query
}

/// Returns `($1, $2, …)` for one list, starting after `offset` parameters.
pub(crate) fn placeholders(offset: usize, count: usize) -> String {
    let numbers: Vec<String> = (1..=count).map(|n| format!("${}", offset + n)).collect();
    format!("({})", numbers.join(", "))
}

/// Ends a query of table `t` that is read from the newest on: so many of those before one.
pub(crate) fn newest_first(before: Option<i64>, limit: i64, values: &mut Vec<Bind>) -> String {
    let mut bind = |value: i64| {
        values.push(Bind::Int(value));
        format!("${}", values.len())
    };
    let before = before.map(|it| format!(" and t.id < {}", bind(it))).unwrap_or_default();
    format!("{before} order by t.id desc limit {}", bind(limit))
}

impl Tx {
    /// Inserts rows of equal length with as few statements as the engine takes.
    pub(crate) async fn insert(
        &mut self,
        into: &str,
        rows: Vec<Vec<Bind>>,
    ) -> Result<(), StoreError> {
        self.insert_rows(into, rows, "").await
    }

    /// Inserts those rows that are not there yet.
    pub(crate) async fn insert_missing(
        &mut self,
        into: &str,
        rows: Vec<Vec<Bind>>,
    ) -> Result<(), StoreError> {
        self.insert_rows(into, rows, "on conflict do nothing").await
    }

    /// Inserts rows, and does `otherwise` with those that are there already.
    pub(crate) async fn insert_rows(
        &mut self,
        into: &str,
        rows: Vec<Vec<Bind>>,
        otherwise: &str,
    ) -> Result<(), StoreError> {
        let Some(width) = rows.first().map(Vec::len) else { return Ok(()) };
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Bind>> = rows.by_ref().take(MAX_PARAMETERS / width).collect();
            let lists: Vec<String> =
                (0..chunk.len()).map(|at| self.row_placeholders(at * width, width)).collect();
            let sql = format!("insert into {into} values {} {otherwise}", lists.join(", "));
            let values = chunk.into_iter().flatten().collect();
            bind_all(sql, values).execute(&mut *self.inner).await?;
        }
        Ok(())
    }

    /// Changes a row as it was read; `Stale` where none is so any more.
    pub(crate) async fn change_one(
        &mut self,
        sql: impl Into<String>,
        values: Vec<Bind>,
        (what, id): (&'static str, i64),
    ) -> Result<(), StoreError> {
        let changed = bind_all(sql.into(), values).execute(&mut *self.inner).await?;
        match changed.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { what, id }),
        }
    }

    /// Returns the placeholders of one row. SQLite looks each `$n` up among all of the statement's
    /// names, which takes a tenth of an import, while `?` has none; PostgreSQL knows only `$n`.
    fn row_placeholders(&self, offset: usize, width: usize) -> String {
        match self.engine {
            Engine::Sqlite => format!("({})", vec!["?"; width].join(", ")),
            Engine::Postgres => placeholders(offset, width),
        }
    }
}

/// Escapes what `like` gives a meaning, with `!`.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
