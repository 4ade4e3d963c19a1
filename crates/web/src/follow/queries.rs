//! 综合查询 follows what is saved and decided, while the site serves.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

use crate::AppState;

/// How long a saved draft may wait for queries to know it.
const PAUSE: Duration = Duration::from_millis(500);

/// Items taken in one step, so that nobody who saves waits for it long.
const BATCH: u32 = 50;

/// Keeps queries in step with the editions until told to stop.
///
/// A failure is logged, once while it lasts, and tried again: queries answer with what they
/// have. Of several machines on one database each may follow.
pub(crate) async fn follow_queries(state: AppState, mut stopping: watch::Receiver<bool>) {
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
            let today = state.clock.today();
            match state.store.follow_queries(&state.standards, today, BATCH).await {
                Ok(None) => break None,
                // Whoever waits to write comes first.
                Ok(Some(_)) => tokio::task::yield_now().await,
                Err(error) => break Some(error.to_string()),
            }
        };
        match &fault {
            Some(error) if fault != last => {
                tracing::error!(%error, "queries do not follow the editions");
            }
            None if last.is_some() => tracing::info!("queries follow the editions again"),
            _ => {}
        }
        last = fault;
    }
}
