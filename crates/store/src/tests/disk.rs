//! A full disk, on SQLite: the engine is told how many pages it may have.

use domain::edition::Edition;

use super::{
    db::{self, Db},
    sample::{add_item, code, coded},
};
use crate::StoreError;

const PAGES: &str = "select page_count from pragma_page_count";

impl Db {
    async fn fill(&self) -> Result<Vec<Edition>, StoreError> {
        let mut tx = self.store.begin().await?;
        let mut drafts = Vec::new();
        for n in 100..400 {
            drafts.push(add_item(&mut tx, &coded(&"长名".repeat(500), &code(n))).await?);
        }
        tx.commit().await?;
        Ok(drafts)
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_saved_is_still_there() {
    db::in_sqlite(async |db: Db| {
        let saved = db.published(&coded("养老机构备案", &code(1))).await;
        let n_pages = db.number(PAGES).await;
        db.by_hand(&format!("pragma max_page_count = {}", n_pages + 30)).await.unwrap();
        for _ in 0..2 {
            let refused = db.fill().await.unwrap_err();
            assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
            assert!(refused.to_string().contains("磁盘已满"));
        }
        assert_eq!(db.number("select count(*) from item").await, 1);
        assert_eq!(db.edition(saved.id).await, saved);
        assert_eq!(db.store.verify().await.unwrap().wrong, []);

        db.by_hand("pragma max_page_count = 1000000").await.unwrap();
        let drafts = db.fill().await.unwrap();
        assert_eq!(drafts.len(), 300);
        assert_eq!(db.number("select count(*) from item").await, 301);
    })
    .await;
}
