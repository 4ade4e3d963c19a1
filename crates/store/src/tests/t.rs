use std::time::Instant;
use crate::Store;
#[tokio::test]
async fn speed() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/a.db?mode=rwc", dir.path().display());
    let t = Instant::now();
    let s = Store::open(&url).await.unwrap();
    eprintln!("sqlite open {:?}", t.elapsed());
    s.close().await;
    eprintln!("size {}", std::fs::metadata(dir.path().join("a.db")).unwrap().len());
    let t = Instant::now();
    let s = Store::open(&url).await.unwrap();
    eprintln!("sqlite again {:?}", t.elapsed());
    s.close().await;
    sqlx::any::install_default_drivers();
    let base = "postgres://postgres@127.0.0.1:54329/";
    let admin = sqlx::AnyPool::connect(&format!("{base}postgres")).await.unwrap();
    let t = Instant::now();
    sqlx::raw_sql("create database speed1").execute(&admin).await.unwrap();
    eprintln!("pg create {:?}", t.elapsed());
    let t = Instant::now();
    let s = Store::open(&format!("{base}speed1")).await.unwrap();
    eprintln!("pg open {:?}", t.elapsed());
    s.close().await;
    for strategy in ["wal_log", "file_copy"] {
    for _ in 0..3 {
    let t = Instant::now();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database speed2 template speed1 strategy {strategy}"))).execute(&admin).await.unwrap();
    eprintln!("pg template {strategy} {:?}", t.elapsed());
    let t = Instant::now();
    let s = Store::open(&format!("{base}speed2")).await.unwrap();
    eprintln!("pg open {:?}", t.elapsed());
    s.close().await;
    let t = Instant::now();
    sqlx::raw_sql("drop database speed2").execute(&admin).await.unwrap();
    eprintln!("pg drop {:?}", t.elapsed());
    }}
    sqlx::raw_sql("drop database speed1").execute(&admin).await.unwrap();
}
