//! 批量送审、通过、退回…: one step taken on many editions, each by the same rules as alone.
//!
//! A chunk is one unit of work together with the job's progress; what is refused is told of
//! each.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use domain::{
    edition::{Action, Decision},
    item::EditionId,
    people::{Actor, OfficerId, Scope},
    standard::Standards,
};
use store::{Job, JobId, JobStep, Order, Store, StoreError, Tx};
use time::OffsetDateTime;

use super::changes::{self, Change};
use crate::{
    refusals,
    workflow::{Case, Step, Taking, cases},
};

/// What kind of job this is.
pub const KIND: &str = "step";

/// Steps taken as one unit of work. On SQLite other writers wait so long.
const CHUNK: u32 = 200;

/// Orders a step on many editions, each at the revision that was seen.
pub async fn order(
    store: &Store,
    by: OfficerId,
    step: &Step,
    targets: &[(EditionId, i64)],
    now: OffsetDateTime,
) -> Result<JobId, StoreError> {
    let what = serde_json::to_string(step).expect("a step holds only strings as keys");
    let targets: Vec<(i64, i64)> = targets.iter().map(|(id, revision)| (id.0, *revision)).collect();
    let mut tx = store.begin().await?;
    let job = tx.add_job(Order { kind: KIND, what: &what, by, now }, &targets).await?;
    tx.commit().await?;
    Ok(job)
}

/// Takes the next chunk of a job.
///
/// Where somebody else moves one of its editions meanwhile, or a rule of the database stands
/// in one's way, the chunk is done step by step, so that only that one is refused.
pub(crate) async fn chunk(
    store: &Store,
    id: JobId,
    standards: &Standards,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    match take(store, id, standards, now, CHUNK).await {
        Err(StoreError::Stale { .. } | StoreError::Taken { .. }) => {}
        done => return done,
    }
    for _ in 0..CHUNK {
        match take(store, id, standards, now, 1).await {
            Err(error @ (StoreError::Stale { .. } | StoreError::Taken { .. })) => {
                refuse_next(store, id, &error, now).await?;
            }
            done => done?,
        }
    }
    Ok(())
}

/// What a job does with each of its targets.
enum Ordered {
    Step(Step),
    Change(Change),
}

impl Ordered {
    fn of(job: &Job) -> Option<Ordered> {
        match job.kind.as_str() {
            KIND => serde_json::from_str(&job.what).ok().map(Ordered::Step),
            changes::KIND => serde_json::from_str(&job.what).ok().map(Ordered::Change),
            _ => None,
        }
    }
}

async fn take(
    store: &Store,
    id: JobId,
    standards: &Standards,
    now: OffsetDateTime,
    limit: u32,
) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let Some((job, mut steps)) = tx.take_steps(id, limit).await? else { return Ok(()) };
    match (orderer(store, &job).await?, Ordered::of(&job)) {
        (Some(actor), Some(ordered)) => {
            let taking = Taking { actor: &actor, standards, now };
            match ordered {
                Ordered::Step(step) => run(&mut tx, taking, &step, &mut steps).await?,
                Ordered::Change(change) => change.run(&mut tx, taking, &mut steps).await?,
            }
        }
        (None, _) => refuse_all(&mut steps, "下达任务的账号已停用"),
        (_, None) => refuse_all(&mut steps, "这个版本的程序不认识这种任务，请用较新的版本"),
    }
    tx.finish_steps(&job, &steps, now).await?;
    tx.commit().await
}

/// Returns who ordered the job, with the rights of today.
async fn orderer(store: &Store, job: &Job) -> Result<Option<Actor>, StoreError> {
    if job.by == Actor::operator().id {
        return Ok(Some(Actor::operator()));
    }
    let officer = store.officer(Scope::Everywhere, job.by).await?;
    Ok(officer.filter(|it| !it.is_closed).map(|it| it.actor()))
}

async fn run(
    tx: &mut Tx,
    taking: Taking<'_>,
    step: &Step,
    steps: &mut [JobStep],
) -> Result<(), StoreError> {
    let ids: Vec<EditionId> = steps.iter().map(|it| EditionId(it.target)).collect();
    let cases = cases(tx, taking.actor, &ids).await?;
    let mut cases: HashMap<i64, Case> = cases.into_iter().map(|it| (it.edition.id.0, it)).collect();
    let mut decisions = Vec::new();
    for job_step in steps {
        // Named twice, it is done once.
        let Some(case) = cases.remove(&job_step.target) else {
            job_step.refusal = Some("找不到这个版本，或者它不在您的范围内".into());
            continue;
        };
        if case.edition.revision != job_step.revision {
            job_step.refusal = Some(CHANGED.into());
            continue;
        }
        match taking.decide(tx, &case, step).await? {
            Ok(decided) => decisions.extend(decided),
            Err(refusal) => {
                let standard = taking.standard(&case.edition);
                job_step.refusal = Some(refusals::words_of(&refusal, standard));
            }
        }
    }
    // Alike ones follow each other, and are written together; what ends comes before what begins.
    decisions.sort_by_key(|it| (phase(it), it.edition().revision));
    tx.record(&decisions).await
}

const CHANGED: &str = "在您看过以后又改过或办过，请看过再办";

fn phase(decision: &Decision) -> u8 {
    match decision.action() {
        Action::Supersede => 1,
        Action::Publish => 2,
        _ => 0,
    }
}

fn refuse_all(steps: &mut [JobStep], why: &str) {
    for step in steps {
        step.refusal = Some(why.to_owned());
    }
}

async fn refuse_next(
    store: &Store,
    id: JobId,
    error: &StoreError,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let Some((job, mut steps)) = tx.take_steps(id, 1).await? else { return Ok(()) };
    match error {
        StoreError::Stale { .. } => refuse_all(&mut steps, CHANGED),
        error => refuse_all(&mut steps, &error.to_string()),
    }
    tx.finish_steps(&job, &steps, now).await?;
    tx.commit().await
}
