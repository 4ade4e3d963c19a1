use std::{collections::HashSet, time::Duration};

use super::db::{self, Db};
use crate::Store;

on_both!(
    ids_are_given_in_order_and_none_is_lost_between_steps,
    ids_never_repeat_across_two_stores_with_rollbacks_in_between,
);

const LARGEST_THAT_ALL_READERS_KEEP: i64 = 1 << 53;

async fn take(store: &Store, n: usize, keep: bool) -> Vec<i64> {
    let mut tx = store.begin().await.unwrap();
    let mut ids = Vec::with_capacity(n);
    for _ in 0..n {
        ids.push(tx.new_id().await.unwrap());
    }
    if keep {
        tx.commit().await.unwrap();
    }
    ids
}

async fn ids_are_given_in_order_and_none_is_lost_between_steps(db: Db) {
    let mut ids = Vec::new();
    for n in [1, 2, 500, 500, 1] {
        ids.extend(take(&db.store, n, true).await);
    }
    assert_eq!(ids, (1..=1_004).collect::<Vec<_>>());
}

async fn ids_never_repeat_across_two_stores_with_rollbacks_in_between(db: Db) {
    let other = db.open_again().await.unwrap();
    let mut takers = tokio::task::JoinSet::new();
    for (taker, store) in [&db.store, &other, &db.store, &other].into_iter().enumerate() {
        let store = store.clone();
        takers.spawn(async move {
            let mut kept = Vec::new();
            for n in 0..12 {
                let keep = (n + taker) % 3 != 0;
                let ids = take(&store, 270, keep).await;
                kept.extend(ids.into_iter().filter(|_| keep));
            }
            kept
        });
    }
    let mut seen = HashSet::new();
    while let Some(kept) = takers.join_next().await {
        for id in kept.unwrap() {
            assert!(seen.insert(id), "{id} was given twice");
            assert!((1..LARGEST_THAT_ALL_READERS_KEEP).contains(&id));
        }
    }
    assert_eq!(seen.len(), 4 * 8 * 270);
    other.close().await;
}

/// On SQLite there is one writer at a time anyway.
#[tokio::test]
async fn a_writer_that_took_a_block_of_ids_holds_up_no_other_on_postgres() {
    db::in_postgres(async |db: Db| {
        let mut first = db.store.begin().await.unwrap();
        let id = first.new_id().await.unwrap();
        let mut second = db.store.begin().await.unwrap();
        let other = tokio::time::timeout(Duration::from_secs(20), second.new_id()).await;
        assert_ne!(other.expect("the first one's step is still open").unwrap(), id);
    })
    .await;
}
