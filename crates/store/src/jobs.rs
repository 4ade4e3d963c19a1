//! 任务: long work in steps, whose progress is written with what it does.

use domain::people::OfficerId;
use sqlx::{Row, any::AnyRow};
use time::OffsetDateTime;

use crate::{
    Store, StoreError, Tx,
    officers::{read_time, time_text},
    sql::{Bind, bind_all},
};

/// 任务编号。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub i64);

/// 一个任务。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    /// What is to be done with each, as JSON.
    pub what: String,
    pub by: OfficerId,
    pub n_steps: u64,
    pub n_done: u64,
    pub n_refused: u64,
    pub started_at: OffsetDateTime,
    pub ended_at: Option<OffsetDateTime>,
}

/// 任务的一步。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStep {
    /// From 1.
    pub number: u64,
    /// What it is done to.
    pub target: i64,
    /// The revision that was seen when it was ordered.
    pub revision: i64,
    /// Why it was not done, where it was refused.
    pub refusal: Option<String>,
}

/// A job to be done: of what kind, what, and by whose order.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub kind: &'a str,
    pub what: &'a str,
    pub by: OfficerId,
    pub now: OffsetDateTime,
}

const JOB: &str = "select id, kind, what, officer_id, n_steps, n_done, n_refused, started_at, \
     ended_at from job";

impl Tx {
    /// Writes down a job; `targets` are what its steps are done to, each with the revision
    /// that was seen.
    pub async fn add_job(
        &mut self,
        order: Order<'_>,
        targets: &[(i64, i64)],
    ) -> Result<JobId, StoreError> {
        let id = self.new_id().await?;
        let n_steps = i64::try_from(targets.len()).unwrap_or(i64::MAX);
        // Work on nothing is done.
        let ended_at = targets.is_empty().then(|| time_text(order.now));
        let job = vec![
            Bind::Int(id),
            order.kind.into(),
            order.what.into(),
            order.by.0.into(),
            n_steps.into(),
            0.into(),
            0.into(),
            time_text(order.now).into(),
            ended_at.into(),
        ];
        let into = "job (id, kind, what, officer_id, n_steps, n_done, n_refused, started_at, \
                    ended_at)";
        self.insert(into, vec![job]).await?;
        let steps = (1..).zip(targets).map(|(number, (target, revision))| {
            vec![Bind::Int(id), Bind::Int(number), (*target).into(), (*revision).into()]
        });
        self.insert("job_step (job_id, number, target, revision)", steps.collect()).await?;
        Ok(JobId(id))
    }

    /// Writes down a job of so many steps that keeps its own account of them, and reads a file.
    pub async fn add_counted_job(
        &mut self,
        order: Order<'_>,
        n_steps: u64,
        file_hash: &str,
    ) -> Result<JobId, StoreError> {
        let job = self.add_job(order, &[]).await?;
        let sql = "update job set n_steps = $1, ended_at = $2, file_hash = $3 where id = $4";
        let ended_at = (n_steps == 0).then(|| time_text(order.now));
        let values = vec![int(n_steps).into(), ended_at.into(), file_hash.into(), job.0.into()];
        bind_all(sql.into(), values).execute(&mut *self.inner).await?;
        Ok(job)
    }

    /// Counts steps of a job that keeps its own account as done. The last ends the job.
    pub async fn count_steps(
        &mut self,
        id: JobId,
        n_steps: u64,
        n_refused: u64,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "update job set n_done = n_done + $1, n_refused = n_refused + $2,
                   ended_at = case when n_done + $1 = n_steps then $3 else null end
                   where id = $4 and ended_at is null";
        let values =
            vec![int(n_steps).into(), int(n_refused).into(), time_text(now).into(), id.0.into()];
        bind_all(sql.into(), values).execute(&mut *self.inner).await?;
        Ok(())
    }

    /// Ends a job that can not go on, and says why.
    pub async fn give_up(
        &mut self,
        job: &Job,
        why: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let step = vec![Bind::Int(job.id.0), 1.into(), 0.into(), 0.into(), why.into()];
        let into = "job_step (job_id, number, target, revision, refusal)";
        self.insert(into, vec![step]).await?;
        let n_left = job.n_steps - job.n_done;
        self.count_steps(job.id, n_left, n_left, now).await
    }

    /// Takes the next steps of a job for this unit of work alone: another machine that works on
    /// it waits until this one has committed. `None` once the job has ended.
    pub async fn take_steps(
        &mut self,
        id: JobId,
        limit: u32,
    ) -> Result<Option<(Job, Vec<JobStep>)>, StoreError> {
        let hold = "update job set n_done = n_done where id = $1 and ended_at is null";
        let held = bind_all(hold.into(), vec![id.0.into()]).execute(&mut *self.inner).await?;
        if held.rows_affected() == 0 {
            return Ok(None);
        }
        let sql = format!("{JOB} where id = $1");
        let row = bind_all(sql, vec![id.0.into()]).fetch_one(&mut *self.inner).await?;
        let job = read(&row)?;
        let sql = "select number, target, revision, refusal from job_step
                   where job_id = $1 and number > $2 order by number limit $3";
        let values = vec![id.0.into(), int(job.n_done).into(), i64::from(limit).into()];
        let rows = bind_all(sql.into(), values).fetch_all(&mut *self.inner).await?;
        Ok(Some((job, rows.iter().map(step).collect::<Result<_, _>>()?)))
    }

    /// Counts steps that were taken as done; those with a refusal keep it. The last ends the job.
    pub async fn finish_steps(
        &mut self,
        job: &Job,
        steps: &[JobStep],
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let refused: Vec<&JobStep> = steps.iter().filter(|it| it.refusal.is_some()).collect();
        for step in &refused {
            let sql = "update job_step set refusal = $1 where job_id = $2 and number = $3";
            let values =
                vec![step.refusal.clone().into(), job.id.0.into(), int(step.number).into()];
            bind_all(sql.into(), values).execute(&mut *self.inner).await?;
        }
        let n_done = job.n_done + steps.len() as u64;
        let n_refused = job.n_refused + refused.len() as u64;
        let ended_at = (n_done == job.n_steps).then(|| time_text(now));
        let sql = "update job set n_done = $1, n_refused = $2, ended_at = $3 where id = $4";
        let values =
            vec![int(n_done).into(), int(n_refused).into(), ended_at.into(), job.id.0.into()];
        bind_all(sql.into(), values).execute(&mut *self.inner).await?;
        Ok(())
    }
}

impl Store {
    /// Returns the jobs that are not done, the oldest first.
    pub async fn unfinished_jobs(&self) -> Result<Vec<Job>, StoreError> {
        let sql = format!("{JOB} where ended_at is null order by started_at, id");
        let rows = bind_all(sql, vec![]).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    pub async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        let sql = format!("{JOB} where id = $1");
        let row = bind_all(sql, vec![id.0.into()]).fetch_optional(&self.readers).await?;
        row.as_ref().map(read).transpose()
    }

    /// Returns the newest jobs, of one officer or of all.
    pub async fn jobs(
        &self,
        of: Option<OfficerId>,
        before: Option<&Job>,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        let mut values = vec![Bind::Int(i64::from(limit))];
        let mut bind = |value: Bind| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut chosen = "1 = 1".to_owned();
        if let Some(officer) = of {
            chosen += &format!(" and officer_id = {}", bind(officer.0.into()));
        }
        if let Some(job) = before {
            let (at, id) = (bind(time_text(job.started_at).into()), bind(job.id.0.into()));
            chosen += &format!(" and (started_at < {at} or (started_at = {at} and id < {id}))");
        }
        let sql = format!("{JOB} where {chosen} order by started_at desc, id desc limit $1");
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Returns a page of the steps of a job that were refused, in their order.
    pub async fn refused_steps(
        &self,
        id: JobId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<JobStep>, StoreError> {
        let sql = "select number, target, revision, refusal from job_step
                   where job_id = $1 and number > $2 and refusal is not null
                   order by number limit $3";
        let values = vec![id.0.into(), int(after).into(), i64::from(limit).into()];
        let rows = bind_all(sql.into(), values).fetch_all(&self.readers).await?;
        rows.iter().map(step).collect()
    }
}

fn read(row: &AnyRow) -> Result<Job, StoreError> {
    let id: i64 = row.try_get("id")?;
    let (started_at, ended_at): (String, Option<String>) =
        (row.try_get("started_at")?, row.try_get("ended_at")?);
    let wrong = || StoreError::Inconsistent { table: "job", id, detail: started_at.clone() };
    let count = |column: &str| -> Result<u64, StoreError> {
        Ok(row.try_get::<i64, _>(column)?.unsigned_abs())
    };
    Ok(Job {
        id: JobId(id),
        kind: row.try_get("kind")?,
        what: row.try_get("what")?,
        by: OfficerId(row.try_get("officer_id")?),
        n_steps: count("n_steps")?,
        n_done: count("n_done")?,
        n_refused: count("n_refused")?,
        started_at: read_time(&started_at).ok_or_else(wrong)?,
        ended_at: ended_at.as_deref().and_then(read_time),
    })
}

fn step(row: &AnyRow) -> Result<JobStep, StoreError> {
    Ok(JobStep {
        number: row.try_get::<i64, _>("number")?.unsigned_abs(),
        target: row.try_get("target")?,
        revision: row.try_get("revision")?,
        refusal: row.try_get("refusal")?,
    })
}

fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
