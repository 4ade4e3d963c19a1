//! The limit of a bulk approval: the events and publications that it left, inserted one by one
//! in one transaction, as durably, into the same tables of a database of their own.
//!
//! `one_by_one DATABASE EVENTS PUBLICATIONS COPY` takes the last rows of DATABASE, makes the
//! file COPY and prints the seconds.
#![expect(clippy::print_stdout, reason = "the figure is what it is run for")]

use std::{env, time::Instant};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row, any::AnyRow};

/// A table, and its columns with whether they hold numbers.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, bool)],
}

const EVENT: Table = Table {
    name: "event",
    columns: &[
        ("seq", true),
        ("edition_id", true),
        ("body", false),
        ("hash", false),
        ("officer_id", true),
    ],
};

const PUBLICATION: Table = Table {
    name: "publication",
    columns: &[
        ("seq", true),
        ("item_id", true),
        ("edition_id", true),
        ("code", false),
        ("region", false),
        ("from_on", false),
        ("notice", false),
        ("hash", false),
    ],
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let [database, n_events, n_publications, copy] = arguments.as_slice() else {
        return Err("name the database, how many events and publications, and the copy".into());
    };
    sqlx::any::install_default_drivers();
    let mut source = AnyConnection::connect(&format!("sqlite://{database}")).await?;
    let events = last_rows(&mut source, &EVENT, n_events.parse()?).await?;
    let publications = last_rows(&mut source, &PUBLICATION, n_publications.parse()?).await?;

    let mut copy = AnyConnection::connect(&format!("sqlite://{copy}?mode=rwc")).await?;
    let settings = "pragma foreign_keys = off; pragma journal_mode = wal; \
                    pragma synchronous = full";
    sqlx::raw_sql(settings).execute(&mut copy).await?;
    for table in [&EVENT, &PUBLICATION] {
        let made = "select sql from sqlite_schema where tbl_name = $1 and sql is not null";
        for row in sqlx::query(made).bind(table.name).fetch_all(&mut source).await? {
            let sql: String = row.try_get(0)?;
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut copy).await?;
        }
    }
    let started = Instant::now();
    let mut tx = copy.begin().await?;
    for row in &events {
        insert(&mut tx, &EVENT, row).await?;
    }
    for row in &publications {
        insert(&mut tx, &PUBLICATION, row).await?;
    }
    tx.commit().await?;
    println!("{:.3}", started.elapsed().as_secs_f64());
    Ok(())
}

impl Table {
    fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

async fn last_rows(
    source: &mut AnyConnection,
    table: &Table,
    n: i64,
) -> Result<Vec<AnyRow>, sqlx::Error> {
    let (columns, name) = (table.column_list(), table.name);
    let sql = format!(
        "select {columns} from {name} where seq > (select max(seq) from {name}) - $1 order by seq"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(n).fetch_all(source).await
}

async fn insert(tx: &mut AnyConnection, table: &Table, row: &AnyRow) -> Result<(), sqlx::Error> {
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
    let (into, columns) = (table.name, table.column_list());
    let sql = format!("insert into {into} ({columns}) values ({})", places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (at, (_, is_number)) in table.columns.iter().enumerate() {
        query = match is_number {
            true => query.bind(row.try_get::<Option<i64>, _>(at)?),
            false => query.bind(row.try_get::<Option<String>, _>(at)?),
        };
    }
    query.execute(tx).await?;
    Ok(())
}
