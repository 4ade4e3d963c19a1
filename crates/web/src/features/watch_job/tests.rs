use domain::people::{Role, Scope};
use store::Order;

use crate::testkit::{NOW, Site, officer};

#[tokio::test]
async fn a_job_is_seen_by_who_ordered_it() {
    let site = Site::start().await;
    let clerk = site.officer(officer("clerk", Scope::Everywhere, &[Role::Editor])).await;
    let other = site.officer(officer("other", Scope::Everywhere, &[Role::Editor])).await;
    let mut tx = site.state.store.begin().await.unwrap();
    let by = clerk.officer.id;
    let order = Order { kind: "step", what: "\"recall\"", by, now: NOW };
    let job = tx.add_job(order, &[(1, 1), (2, 1)]).await.unwrap();
    tx.commit().await.unwrap();
    let path = format!("/workbench/jobs/{}", job.0);
    clerk.get(&path).await.check(200, &["批量收回", "0 / 2"]);
    clerk.get("/workbench/jobs").await.check(200, &["批量收回"]);
    assert_eq!(other.get(&path).await.status, 404);
    other.get("/workbench/jobs").await.check(200, &["还没有任务"]);
}
