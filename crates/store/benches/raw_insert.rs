//! The limit of an import: its lines as they are, inserted as statements of 500 rows into a
//! table with nothing but a number and a text, as durably as the catalogue itself.
//!
//! `raw_insert LINES DATABASE` makes the file DATABASE and prints rows a second.
#![expect(clippy::print_stdout, reason = "the figure is what it is run for")]

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader},
    time::Instant,
};

use sqlx::{AnyConnection, AssertSqlSafe, Connection};

/// Rows of one statement.
const ROWS: usize = 500;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let [lines, database] = arguments.as_slice() else {
        return Err("name the file of lines and the database to make".into());
    };
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&format!("sqlite://{database}?mode=rwc")).await?;
    let settings = "pragma journal_mode = wal; pragma synchronous = full";
    sqlx::raw_sql(settings).execute(&mut connection).await?;
    let table = "create table line (number integer primary key, text text not null)";
    sqlx::raw_sql(table).execute(&mut connection).await?;

    let started = Instant::now();
    let mut lines = BufReader::new(File::open(lines)?).lines();
    let mut n_rows = 0;
    loop {
        let chunk: Vec<String> = lines.by_ref().take(ROWS).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            break;
        }
        n_rows += chunk.len();
        let places: Vec<String> = (1..=chunk.len()).map(|n| format!("(${n})")).collect();
        let sql = format!("insert into line (text) values {}", places.join(", "));
        let mut insert = sqlx::query(AssertSqlSafe(sql));
        for line in chunk {
            insert = insert.bind(line);
        }
        insert.execute(&mut connection).await?;
    }
    println!("{:.0}", n_rows as f64 / started.elapsed().as_secs_f64());
    Ok(())
}
