//! Long work, in steps that are counted with what they do.

use domain::people::OfficerId;
use time::Duration;

use super::{
    db::Db,
    sample::{NOW, record},
};
use crate::{Job, JobId, JobStep, Order, StoreError};

on_both!(
    a_job_is_done_in_chunks_that_are_counted_with_what_they_do,
    a_chunk_that_is_given_up_is_taken_again,
    two_machines_share_a_job_without_doing_a_step_twice,
    the_newest_jobs_come_first,
    a_job_on_nothing_is_done,
);

fn order<'a>(by: i64) -> Order<'a> {
    Order { kind: "approve", what: "{}", by: OfficerId(by), now: NOW }
}

impl Db {
    async fn orders(&self, by: i64, n: i64) -> JobId {
        let targets: Vec<(i64, i64)> = (1..=n).map(|n| (100 + n, n)).collect();
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.add_job(order(by), &targets).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn job(&self, id: JobId) -> Job {
        self.store.job(id).await.unwrap().unwrap()
    }

    /// Does the next chunk; refuses every third step. Returns the numbers of the steps.
    async fn chunk(&self, id: JobId, limit: u32) -> Result<Option<Vec<u64>>, StoreError> {
        let mut tx = self.store.begin().await?;
        let Some((job, mut steps)) = tx.take_steps(id, limit).await? else { return Ok(None) };
        for step in steps.iter_mut().filter(|it| it.number % 3 == 0) {
            step.refusal = Some(format!("第 {} 步不行", step.number));
        }
        tx.finish_steps(&job, &steps, NOW + Duration::minutes(1)).await?;
        tx.commit().await?;
        Ok(Some(steps.iter().map(|it| it.number).collect()))
    }
}

async fn a_job_is_done_in_chunks_that_are_counted_with_what_they_do(db: Db) {
    let id = db.orders(7, 7).await;
    assert_eq!(db.chunk(id, 3).await.unwrap(), Some(vec![1, 2, 3]));
    let job = db.job(id).await;
    assert_eq!((job.n_done, job.n_refused, job.ended_at), (3, 1, None));
    assert_eq!(db.store.unfinished_jobs().await.unwrap(), [job]);
    assert_eq!(db.chunk(id, 3).await.unwrap(), Some(vec![4, 5, 6]));
    assert_eq!(db.chunk(id, 3).await.unwrap(), Some(vec![7]));
    let job = db.job(id).await;
    assert_eq!((job.n_done, job.n_refused, job.n_steps), (7, 2, 7));
    assert_eq!(job.ended_at, Some(NOW + Duration::minutes(1)));
    assert_eq!(db.chunk(id, 3).await.unwrap(), None);
    assert_eq!(db.store.unfinished_jobs().await.unwrap(), []);
    let refused = db.store.refused_steps(id, 3, 10).await.unwrap();
    let refusal = Some("第 6 步不行".to_owned());
    assert_eq!(refused, [JobStep { number: 6, target: 106, revision: 6, refusal }]);
}

async fn a_chunk_that_is_given_up_is_taken_again(db: Db) {
    let id = db.orders(7, 4).await;
    let mut tx = db.store.begin().await.unwrap();
    let (job, steps) = tx.take_steps(id, 2).await.unwrap().unwrap();
    tx.finish_steps(&job, &steps, NOW).await.unwrap();
    drop(tx);
    assert_eq!(db.job(id).await.n_done, 0);
    assert_eq!(db.chunk(id, 2).await.unwrap(), Some(vec![1, 2]));
}

async fn two_machines_share_a_job_without_doing_a_step_twice(db: Db) {
    let id = db.orders(7, 60).await;
    let machine = async |db: Db| {
        let mut done = Vec::new();
        loop {
            match db.chunk(id, 4).await {
                Ok(Some(steps)) => done.extend(steps),
                Ok(None) => return done,
                Err(StoreError::Collided) => {}
                Err(err) => panic!("{err}"),
            }
        }
    };
    let other = db.in_another_process().await;
    let (mut done, more) = tokio::join!(machine(db.clone()), machine(other));
    done.extend(more);
    done.sort_unstable();
    assert_eq!(done, (1..=60).collect::<Vec<_>>());
    assert_eq!(db.job(id).await.n_refused, 20);
}

async fn the_newest_jobs_come_first(db: Db) {
    let one = db.orders(7, 1).await;
    let two = db.orders(8, 1).await;
    let three = db.orders(7, 1).await;
    let ids = |jobs: Vec<Job>| jobs.iter().map(|it| it.id).collect::<Vec<_>>();
    let all = db.store.jobs(None, None, 10).await.unwrap();
    assert_eq!(ids(all), [three, two, one]);
    let own = db.store.jobs(Some(OfficerId(7)), None, 1).await.unwrap();
    let next = db.store.jobs(Some(OfficerId(7)), own.last(), 1).await.unwrap();
    assert_eq!((ids(own), ids(next)), (vec![three], vec![one]));
    assert_eq!(db.store.job(JobId(404)).await.unwrap(), None);
}

async fn a_job_on_nothing_is_done(db: Db) {
    db.draft(&record("别的")).await;
    let id = db.orders(7, 0).await;
    assert_eq!(db.job(id).await.ended_at, Some(NOW));
    assert_eq!(db.chunk(id, 5).await.unwrap(), None);
}
