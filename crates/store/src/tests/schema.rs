use domain::region::Level;

use super::db::Db;
use crate::Store;

on_both!(
    migrating_again_changes_nothing,
    all_regions_of_the_country_are_there,
    machines_that_start_together_make_one_schema_with_its_regions,
);

async fn migrating_again_changes_nothing(db: Db) {
    const REGIONS: &str = "select count(*) from region";
    const MIGRATIONS: &str = "select count(*) from _sqlx_migrations";
    let before = (db.number(REGIONS).await, db.number(MIGRATIONS).await);
    for _ in 0..2 {
        db.open_again().await.unwrap().close().await;
    }
    assert_eq!((db.number(REGIONS).await, db.number(MIGRATIONS).await), before);
}

async fn all_regions_of_the_country_are_there(db: Db) {
    assert_eq!(db.store.count_regions(Level::Province).await.unwrap(), 31);
    let n_cities = db.store.count_regions(Level::City).await.unwrap();
    assert!((330..400).contains(&n_cities), "{n_cities} cities");
    let n_counties = db.store.count_regions(Level::County).await.unwrap();
    assert!((2_800..3_300).contains(&n_counties), "{n_counties} counties");
    let n_townships = db.store.count_regions(Level::Township).await.unwrap();
    assert!(n_townships > 41_000, "{n_townships} townships");

    const ABOVE: &str = "select above.name from region join region above on above.code = \
         region.parent where region.code = ";
    let check = async |code: &str, expected: &str| {
        assert_eq!(db.text(&format!("{ABOVE}'{code}'")).await, expected, "{code}");
    };
    check("620524100", "武山县").await;
    check("620524", "天水市").await;
    check("620500", "甘肃省").await;
    let sql = "select count(*) from region where parent is null";
    assert_eq!(db.number(sql).await, 31, "only provinces have nothing above");
}

async fn machines_that_start_together_make_one_schema_with_its_regions(db: Db) {
    let url = db.empty_neighbour().await;
    let opened = tokio::join!(Store::open(&url), Store::open(&url), Store::open(&url));
    let (one, two, three) = (opened.0.unwrap(), opened.1.unwrap(), opened.2.unwrap());
    for store in [&one, &two, &three] {
        assert_eq!(store.count_regions(Level::Province).await.unwrap(), 31);
    }
    for store in [one, two, three] {
        store.close().await;
    }
}
