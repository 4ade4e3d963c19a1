//! What the site does by itself: jobs that are not done yet, and publications whose day has come.

#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use domain::{edition::Refusal, item::EditionId, people::Actor};
use store::{Job, JobId, StoreError};
use time::Date;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

use super::{changes, import::upload, steps};
use crate::{
    AppState, Shared,
    workflow::{Step, Taking, cases},
};

/// How long an order may wait to be begun.
const PAUSE: Duration = Duration::from_millis(500);

/// Editions looked at together.
const PAGE: u32 = 100;

/// 替站点办事的：jobs and publications of the day.
pub struct Worker {
    state: AppState,
    /// Editions that can not be published though their day has come; told once.
    told: HashSet<EditionId>,
    imports: HashMap<JobId, JoinHandle<()>>,
}

/// Works over and over until told to stop; then it ends between two units of work.
///
/// A failure is logged, once while it lasts, and tried again.
pub async fn work(state: AppState, mut stopping: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut worker = Worker::new(state);
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
            match worker.turn().await {
                Ok(true) => {}
                Ok(false) => break None,
                // Another writer was in the way.
                Err(StoreError::Collided) => {}
                Err(error) => break Some(error.to_string()),
            }
        };
        match &fault {
            Some(error) if fault != last => tracing::error!(%error, "a job does not go on"),
            None if last.is_some() => tracing::info!("jobs go on again"),
            _ => {}
        }
        last = fault;
    }
}

impl Worker {
    pub fn new(state: AppState) -> Worker {
        Worker { state, told: HashSet::new(), imports: HashMap::new() }
    }

    /// Publishes what is due and takes a chunk of every job; tells whether any job was there.
    pub async fn turn(&mut self) -> Result<bool, StoreError> {
        self.publish_due().await?;
        let jobs = self.state.store.unfinished_jobs().await?;
        self.bring_in(&jobs);
        let Shared { store, standards, clock, .. } = &*self.state;
        let known: Vec<_> = jobs
            .iter()
            .filter(|job| matches!(job.kind.as_str(), steps::KIND | changes::KIND))
            .collect();
        let mut outcome = Ok(!known.is_empty());
        for job in known {
            // One that does not go on keeps no other from its chunk.
            if let Err(error) = steps::chunk(store, job.id, standards, clock.now()).await {
                outcome = Err(error);
            }
        }
        outcome
    }

    /// Has each import go on beside the others, as long as it takes.
    fn bring_in(&mut self, jobs: &[Job]) {
        self.imports.retain(|_, it| !it.is_finished());
        for job in jobs.iter().filter(|job| job.kind == upload::KIND) {
            let (state, job) = (self.state.clone(), job.clone());
            self.imports.entry(job.id).or_insert_with(|| {
                tokio::spawn(async move {
                    if let Err(error) = upload::work(&state, &job).await {
                        tracing::error!(job.id = job.id.0, %error, "an import does not go on");
                    }
                })
            });
        }
    }

    /// Publishes approved editions whose day has come.
    async fn publish_due(&mut self) -> Result<(), StoreError> {
        let today = self.state.clock.today();
        let mut after = None::<(Date, EditionId)>;
        loop {
            let due = self.state.store.due_editions(today, after, PAGE).await?;
            let Some(last) = due.last() else { return Ok(()) };
            after = Some(*last);
            for (_, id) in due {
                if let Err(refusal) = self.publish(id).await?
                    && self.told.insert(id)
                {
                    tracing::warn!(edition.id = id.0, %refusal, "not published on its day");
                }
            }
        }
    }

    async fn publish(&self, id: EditionId) -> Result<Result<(), Refusal>, StoreError> {
        let Shared { store, standards, clock, .. } = &*self.state;
        let actor = Actor::operator();
        let taking = Taking { actor: &actor, standards, now: clock.now() };
        let mut tx = store.begin().await?;
        let Some(case) = cases(&mut tx, &actor, &[id]).await?.pop() else { return Ok(Ok(())) };
        match taking.decide(&mut tx, &case, &Step::Publish).await? {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(decisions) => match tx.record(&decisions).await {
                // Somebody has just published or returned it.
                Err(StoreError::Stale { .. }) => return Ok(Ok(())),
                recorded => recorded?,
            },
        }
        tx.commit().await.map(Ok)
    }
}
