//! The index is put in order once nobody publishes, and asked what everybody asks first.

use std::{mem, time::Duration};

use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

use crate::{AppState, follow::FollowError, overview};

/// Publications that come closer together than this are put in order together.
const QUIET: Duration = Duration::from_secs(3);

/// Puts the index in order after each burst of publications, until told to stop.
pub(crate) async fn settle(state: AppState, mut stopping: watch::Receiver<bool>) {
    let mut ticks = interval(QUIET);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut seen, mut settled) = (state.index.seq(), None);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        let seq = state.index.seq();
        let is_quiet = mem::replace(&mut seen, seq) == seq;
        if !is_quiet || settled == Some(seq) {
            continue;
        }
        // What is not finished at the end of the process is begun anew with the next.
        let outcome = tokio::select! {
            outcome = put_in_order(&state) => outcome,
            _ = stopping.wait_for(|stop| *stop) => return,
        };
        settled = Some(seq);
        if let Err(error) = outcome {
            tracing::error!(%error, "the index was not put in order");
        }
    }
}

async fn put_in_order(state: &AppState) -> Result<(), FollowError> {
    state.index.settle().await?;
    let state = state.clone();
    Ok(tokio::task::spawn_blocking(move || overview::ask_beforehand(&state)).await??)
}
