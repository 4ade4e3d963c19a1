//! A full disk, on SQLite: the engine is told how many pages it may have.

use sqlx::migrate::MigrateError;

use super::{
    db::{self, Db},
    sample::{add_item, code, coded},
};
use crate::StoreError;

const PAGES: &str = "select page_count from pragma_page_count";

impl Db {
    /// Lets the writer's file grow by so many pages and no further.
    async fn leave_pages(&self, n: i64) {
        let most = n + self.number(PAGES).await;
        self.by_hand(&format!("pragma max_page_count = {most}")).await.unwrap();
    }

    async fn fill(&self) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        for n in 100..400 {
            add_item(&mut tx, &coded(&"长名".repeat(500), &code(n))).await?;
        }
        tx.commit().await
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_saved_is_still_there() {
    db::in_sqlite(async |db: Db| {
        let saved = db.published(&coded("养老机构备案", &code(1))).await;
        for n in 2..=3 {
            db.leave_pages(30).await;
            let refused = db.fill().await.unwrap_err();
            assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
            assert!(refused.to_string().contains("磁盘已满"));
            assert_eq!(db.number("select count(*) from item").await, n - 1);
            // There is room again.
            db.draft(&coded("以后的事项", &code(n as u32))).await;
        }
        assert_eq!(db.edition(saved.id).await, saved);
        assert_eq!(db.store.verify().await.unwrap().wrong, []);
        db.fill().await.unwrap();
        assert_eq!(db.number("select count(*) from item").await, 303);
    })
    .await;
}

#[tokio::test]
async fn a_disk_that_is_full_when_the_schema_is_brought_up_to_date_is_told_alike() {
    db::in_sqlite(async |db: Db| {
        db.leave_pages(0).await;
        let sql = "insert into serial (scope, next) select code || name, 1 from region";
        let refused = sqlx::query(sql).execute(&db.store.writers).await.unwrap_err();
        let refused = sqlx::Error::from(MigrateError::ExecuteMigration(refused, 2));
        assert!(matches!(StoreError::from(refused), StoreError::DiskFull));
    })
    .await;
}
