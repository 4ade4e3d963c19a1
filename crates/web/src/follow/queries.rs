//! 综合查询 follows what is saved and decided, while the site serves.

use std::{mem, time::Duration};

use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

use store::StoreError;

use crate::AppState;

/// How long a saved draft may wait for queries to know it.
const PAUSE: Duration = Duration::from_millis(500);

/// Items taken in one step, so that nobody who saves waits for it long.
const BATCH: u32 = 10;

/// More than people write between two looks: an import, or a job on many items.
const BULK: i64 = 200;

/// What waited at the last look.
#[derive(Debug, Default)]
struct Backlog {
    n_waiting: i64,
}

impl Backlog {
    /// Tells whether it grows as it does under an import, which is then to be let go first.
    fn is_pressed(&mut self, n_waiting: i64) -> bool {
        n_waiting - mem::replace(&mut self.n_waiting, n_waiting) > BULK
    }
}

/// Keeps queries in step with the editions until told to stop.
///
/// A failure is logged, once while it lasts, and tried again: queries answer with what they
/// have. Of several machines on one database each may follow.
pub(crate) async fn follow_queries(state: AppState, mut stopping: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut backlog = Backlog::default();
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
            match step(&state, &mut backlog).await {
                // Whoever waits to write comes first.
                Ok(Pace::On) => tokio::task::yield_now().await,
                Ok(Pace::Rest) => break None,
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

/// What comes after a step.
enum Pace {
    On,
    Rest,
}

async fn step(state: &AppState, backlog: &mut Backlog) -> Result<Pace, StoreError> {
    let today = state.clock.today();
    if state.store.follow_queries(&state.standards, today, BATCH).await?.is_none() {
        backlog.is_pressed(0);
        return Ok(Pace::Rest);
    }
    let due = state.store.queries_due().await?;
    Ok(if backlog.is_pressed(due.n_waiting) { Pace::Rest } else { Pace::On })
}

#[cfg(test)]
mod tests {
    use super::Backlog;

    #[test]
    fn an_import_goes_first_and_what_it_left_is_taken_up_at_once() {
        let mut backlog = Backlog::default();
        let looks = [3, 1_003, 3_503, 3_453, 3_403, 3_420, 0, 40];
        let pressed = looks.map(|n_waiting| backlog.is_pressed(n_waiting));
        assert_eq!(pressed, [false, true, true, false, false, false, false, false]);
    }
}
