//! The index follows the publications: at start, and ever after.

use std::{sync::Arc, time::Duration};

use domain::standard::Standards;
use search::{Index, SearchError};
use store::{Store, StoreError};
use tokio::time::{MissedTickBehavior, interval};

use crate::AppState;

/// How long a publication may wait for the portal's search to know it.
const PAUSE: Duration = Duration::from_secs(1);

/// Publications taken at once, so that memory does not grow with the catalogue.
const BATCH: u32 = 2_000;

/// 索引跟不上公布时的原因。
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(
        "检索库记到第 {indexed} 条公布，公布记录只有 {published} 条：数据可能恢复成了较早的备份，\
         请运行 shixiang reindex 重建检索库"
    )]
    Ahead { indexed: i64, published: i64 },
    #[error("更新检索库的线程没有做完：{0}")]
    Unfinished(#[from] tokio::task::JoinError),
}

/// Brings the index up to the last publication, over and over, until dropped.
///
/// A failure is logged, once while it lasts, and tried again: the portal goes on with
/// what it has.
pub async fn follow(state: AppState) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = None;
    loop {
        ticks.tick().await;
        let caught_up = catch_up(&state.store, &state.index, &state.standards).await;
        let fault = caught_up.err().map(|error| error.to_string());
        match &fault {
            Some(error) if fault != last => {
                tracing::error!(%error, "the index does not follow the publications");
            }
            None if last.is_some() => tracing::info!("the index follows the publications again"),
            _ => {}
        }
        last = fault;
    }
}

/// Brings the index up to the last publication and returns how many it took.
pub async fn catch_up(
    store: &Store,
    index: &Index,
    standards: &Arc<Standards>,
) -> Result<u64, FollowError> {
    let mut n_taken = 0;
    loop {
        let publications = store.publications_after(index.seq(), BATCH).await?;
        if publications.is_empty() {
            refuse_ahead(index.seq(), store.last_publication().await?)?;
            return Ok(n_taken);
        }
        n_taken += publications.len() as u64;
        let (index, standards) = (index.clone(), standards.clone());
        tokio::task::spawn_blocking(move || index.apply(&publications, &standards)).await??;
    }
}

fn refuse_ahead(indexed: i64, published: i64) -> Result<(), FollowError> {
    match indexed <= published {
        true => Ok(()),
        false => Err(FollowError::Ahead { indexed, published }),
    }
}

#[cfg(test)]
mod tests;
