use search::Index;

use super::{FollowError, catch_up};
use crate::testkit::{Site, bare_record, full_record, sound};

#[tokio::test]
async fn an_index_that_was_lost_is_made_again_from_the_publications() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes(bare_record()).await;
    site.withdraws("62052400MZ-XK-0001", "依据已经废止").await;
    let (store, standards) = (&site.state.store, &site.state.standards);
    let index = Index::in_memory().unwrap();
    assert_eq!(catch_up(store, &index, standards).await.unwrap(), 3);
    assert_eq!(index.seq(), store.last_publication().await.unwrap());
    assert_eq!(index.search(&search::Query::default()).unwrap().total, 1);
    assert_eq!(catch_up(store, &index, standards).await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_published_bit_by_bit_is_put_together_and_found_as_before() {
    let site = Site::start().await;
    for n in 1..=5 {
        site.publishes(sound(&format!("62052400MZ-XK-000{n}"), "社会团体登记")).await;
    }
    let index = &site.state.index;
    let found = || index.search(&search::Query::default()).unwrap().total;
    assert_eq!((index.n_scattered(), found()), (5, 5));
    assert!(index.settle().await.unwrap());
    assert_eq!((index.n_scattered(), found()), (0, 5));
    assert!(!index.settle().await.unwrap());
}

#[tokio::test]
async fn an_index_of_later_data_than_the_database_is_told() {
    let later = Site::start().await;
    later.publishes(full_record()).await;
    let earlier = Site::start().await;
    let (store, standards) = (&earlier.state.store, &earlier.state.standards);
    let refused = catch_up(store, &later.state.index, standards).await.unwrap_err();
    assert!(matches!(refused, FollowError::Ahead { indexed: 1, published: 0 }), "{refused}");
    assert!(refused.to_string().contains("shixiang reindex"));
}
