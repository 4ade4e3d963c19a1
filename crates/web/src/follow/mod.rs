//! The index follows the publications: at start, and ever after.

mod queries;
mod settling;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{publication::Publication, standard::Standards};
use search::{Index, SearchError};
use store::{Store, StoreError};
use time::OffsetDateTime;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

pub(crate) use self::{queries::follow_queries, settling::settle};
use crate::AppState;

/// How long a publication may wait for the portal's search to know it.
const PAUSE: Duration = Duration::from_millis(250);

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

/// A start waits for so many publications; for more the site opens at once.
const SOON: i64 = 5_000;

/// When the index last had every publication.
#[derive(Debug)]
pub(crate) struct Progress {
    caught_up_at: Mutex<OffsetDateTime>,
    /// It lacks so much since the start that every search must say so.
    is_rebuilding: AtomicBool,
}

impl Progress {
    pub(crate) fn new(now: OffsetDateTime) -> Progress {
        Progress { caught_up_at: Mutex::new(now), is_rebuilding: AtomicBool::new(false) }
    }

    pub(crate) fn caught_up_at(&self) -> OffsetDateTime {
        *self.caught_up_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_rebuilding(&self) -> bool {
        self.is_rebuilding.load(Ordering::Relaxed)
    }

    pub(crate) fn rebuilds(&self) {
        self.is_rebuilding.store(true, Ordering::Relaxed);
    }

    pub(crate) fn caught_up(&self, now: OffsetDateTime) {
        self.is_rebuilding.store(false, Ordering::Relaxed);
        *self.caught_up_at.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

/// Brings the index up to the last publication, over and over, until told to stop; then it
/// ends between two commits.
///
/// A failure is logged, once while it lasts, and tried again: the portal goes on with
/// what it has.
pub async fn follow(state: AppState, mut stopping: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = None;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        let fault = loop {
            if *stopping.borrow() {
                return;
            }
            match state.take_batch().await {
                Ok(true) => {}
                Ok(false) => break None,
                Err(error) => break Some(error.to_string()),
            }
        };
        match &fault {
            Some(error) if fault != last => {
                tracing::error!(%error, "the index does not follow the publications");
            }
            None if last.is_some() => tracing::info!("the index follows the publications again"),
            _ => {}
        }
        if fault.is_none() {
            state.following.caught_up(state.clock.now());
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
        match take(store, index, standards).await?.len() {
            0 => return Ok(n_taken),
            n => n_taken += n as u64,
        }
    }
}

impl AppState {
    /// Brings the index along before the site opens, where that is soon done. A new or broken
    /// one is left to [`follow`]: guides need none, and searches say what they lack.
    pub async fn prepare(&self) -> Result<(), FollowError> {
        if self.store.last_publication().await? - self.index.seq() > SOON {
            tracing::warn!("the index is built anew while the site is open");
            self.following.rebuilds();
            return Ok(());
        }
        while self.take_batch().await? {}
        Ok(())
    }

    /// Brings the index and the pages one commit further, and tells whether there was anything
    /// to take.
    pub(crate) async fn take_batch(&self) -> Result<bool, FollowError> {
        let taken = take(&self.store, &self.index, &self.standards).await?;
        if !taken.is_empty() {
            self.pages.forget(&taken);
        }
        Ok(!taken.is_empty())
    }
}

/// Takes the next publications into the index in one commit, and returns them.
async fn take(
    store: &Store,
    index: &Index,
    standards: &Arc<Standards>,
) -> Result<Vec<Publication>, FollowError> {
    let publications = store.publications_after(index.seq(), BATCH).await?;
    if publications.is_empty() {
        refuse_ahead(index.seq(), store.last_publication().await?)?;
        return Ok(publications);
    }
    let (index, standards) = (index.clone(), standards.clone());
    let apply = move || index.apply(&publications, &standards).map(|()| publications);
    Ok(tokio::task::spawn_blocking(apply).await??)
}

fn refuse_ahead(indexed: i64, published: i64) -> Result<(), FollowError> {
    match indexed <= published {
        true => Ok(()),
        false => Err(FollowError::Ahead { indexed, published }),
    }
}

#[cfg(test)]
mod tests;
