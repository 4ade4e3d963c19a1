use domain::{
    edition::{Action, Remark, State},
    item::EditionId,
    people::{Actor, Officer, OfficerId, Role, Scope},
};
use store::{Doing, Job, JobId, OfficerAction};

use super::*;
use crate::{
    jobs::work::Worker,
    testkit::{NOW, Site, bare_record, editor, reviewer, sound},
};

const DEPARTMENT: &str = "department";

impl Site {
    /// Opens an account with these rights and returns who it is.
    async fn has_officer(&self, scope: Scope, roles: &[Role], is_closed: bool) -> Actor {
        let account = format!("岗位{}", roles.len());
        let mut officer = Officer {
            id: OfficerId(0),
            account,
            name: "审核岗".into(),
            scope,
            roles: roles.to_vec(),
            must_change_password: false,
            stamp: 1,
            is_closed,
        };
        let mut tx = self.state.store.begin().await.unwrap();
        let action = OfficerAction::Added;
        let doing = Doing { by: OfficerId(0), action, detail: "", at: NOW };
        officer.id = tx.add_officer(&officer, "", doing).await.unwrap();
        tx.commit().await.unwrap();
        officer.actor()
    }

    async fn has_reviewer(&self) -> Actor {
        let desk = |it: &str| Role::Reviewer { desk: it.into() };
        let roles = [desk(DEPARTMENT), desk("establishment"), desk("service"), Role::Publisher];
        self.has_officer(Scope::Everywhere, &roles, false).await
    }

    /// Submits so many items of one office.
    async fn has_waiting(&self, n: u32) -> Vec<(EditionId, i64)> {
        let mut waiting = Vec::new();
        for n in 1..=n {
            let code = format!("62052400MZ-XK-{n:04}");
            let draft = self.drafts(sound(&code, &format!("示例许可{n}"))).await;
            let step = Step::Submit { reason: String::new() };
            let submitted = self.takes(&editor(), draft.id, &step).await.unwrap();
            waiting.push((submitted.id, submitted.revision));
        }
        waiting
    }

    async fn orders(&self, by: &Actor, step: Step, targets: &[(EditionId, i64)]) -> Job {
        let store = &self.state.store;
        let id = order(store, by.id, &step, targets, NOW).await.unwrap();
        let mut worker = Worker::new(self.state.clone());
        while worker.turn().await.unwrap() {}
        self.job(id).await
    }

    async fn job(&self, id: JobId) -> Job {
        self.state.store.job(id).await.unwrap().unwrap()
    }

    async fn refusals(&self, job: &Job) -> Vec<(u64, String)> {
        let refused = self.state.store.refused_steps(job.id, 0, 100).await.unwrap();
        refused.into_iter().map(|it| (it.number, it.refusal.unwrap())).collect()
    }
}

#[tokio::test]
async fn many_are_approved_in_one_job_each_with_its_event() {
    let site = Site::start().await;
    let (reviewer, waiting) = (site.has_reviewer().await, site.has_waiting(5).await);
    let job = site.orders(&reviewer, Step::Approve { publish: false }, &waiting).await;
    assert_eq!((job.n_done, job.n_refused, job.ended_at), (5, 0, Some(NOW)));
    for (id, _) in waiting {
        assert_eq!(site.edition(id).await.desk.as_deref(), Some("establishment"));
        let events = site.state.store.events_of_edition(id).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.action, last.by), (Action::Approve, reviewer.id.0));
    }
}

#[tokio::test]
async fn each_item_goes_through_the_same_rules_and_each_refusal_is_told() {
    let site = Site::start().await;
    let desk = Role::Reviewer { desk: DEPARTMENT.into() };
    let reviewer = site.has_officer(Scope::Everywhere, &[desk], false).await;
    let mut waiting = site.has_waiting(4).await;
    site.takes(&reviewer, waiting[0].0, &Step::Approve { publish: false }).await.unwrap();
    waiting[0].1 += 1;
    waiting[2].1 -= 1;
    waiting.push((EditionId(404), 1));
    waiting.push(waiting[1]);
    let job = site.orders(&reviewer, Step::Approve { publish: false }, &waiting).await;
    assert_eq!((job.n_done, job.n_refused), (6, 4));
    let refusals = site.refusals(&job).await;
    let words = |n: u64| &*refusals.iter().find(|it| it.0 == n).unwrap().1;
    assert!(words(1).contains("编办审核"), "{}", words(1));
    assert!(words(3).contains("以后又改过"), "{}", words(3));
    assert!(words(5).contains("找不到"), "{}", words(5));
    assert!(words(6).contains("找不到"), "done once, though it was named twice");
    assert_eq!(site.edition(waiting[2].0).await.desk.as_deref(), Some(DEPARTMENT));
    assert_eq!(site.edition(waiting[3].0).await.desk.as_deref(), Some("establishment"));
}

#[tokio::test]
async fn many_are_returned_with_one_remark_for_all() {
    let site = Site::start().await;
    let (reviewer, waiting) = (site.has_reviewer().await, site.has_waiting(3).await);
    let remarks = vec![Remark::on_all("依据不全")];
    site.orders(&reviewer, Step::Return { remarks: remarks.clone() }, &waiting).await;
    for (id, _) in &waiting {
        let events = site.state.store.events_of_edition(*id).await.unwrap();
        assert_eq!(events.last().unwrap().remarks, remarks);
    }
    let nothing = site.orders(&reviewer, Step::Return { remarks: vec![] }, &waiting).await;
    assert_eq!(nothing.n_refused, 3);
}

#[tokio::test]
async fn many_are_submitted_with_codes_and_what_has_faults_is_kept_back() {
    let site = Site::start().await;
    let editor = site.has_officer(Scope::Everywhere, &[Role::Editor], false).await;
    let mut drafts = Vec::new();
    for name in ["甲许可", "乙许可"] {
        let mut record = sound("", name);
        record.code = None;
        drafts.push(site.drafts(record).await);
    }
    let faulty = site.drafts(bare_record()).await;
    let targets: Vec<_> = drafts.iter().chain([&faulty]).map(|it| (it.id, it.revision)).collect();
    let job = site.orders(&editor, Step::Submit { reason: String::new() }, &targets).await;
    let refusals = site.refusals(&job).await;
    assert_eq!(refusals.iter().map(|it| it.0).collect::<Vec<_>>(), [3], "{refusals:?}");
    assert_eq!(site.edition(faulty.id).await, faulty, "nothing was given to it, no code either");
    let mut codes = Vec::new();
    for draft in drafts {
        let edition = site.edition(draft.id).await;
        assert_eq!(edition.state, State::InReview);
        codes.push(edition.record.code.unwrap());
    }
    assert_eq!(codes, ["62052400MZ-XK-0001", "62052400MZ-XK-0002"]);
}

#[tokio::test]
async fn the_last_desk_approves_and_publishes_in_one_step() {
    let site = Site::start().await;
    let reviewer = site.has_reviewer().await;
    let waiting = site.has_waiting(2).await;
    let to_service: Vec<_> = {
        site.orders(&reviewer, Step::Approve { publish: false }, &waiting).await;
        waiting.iter().map(|(id, revision)| (*id, revision + 1)).collect()
    };
    let refused = site.orders(&reviewer, Step::Approve { publish: true }, &to_service).await;
    assert_eq!(refused.n_refused, 2, "a desk before the last publishes nothing");
    site.orders(&reviewer, Step::Approve { publish: false }, &to_service).await;
    let last: Vec<_> = to_service.iter().map(|(id, revision)| (*id, revision + 1)).collect();
    let job = site.orders(&reviewer, Step::Approve { publish: true }, &last).await;
    assert_eq!(job.n_refused, 0, "{:?}", site.refusals(&job).await);
    for (id, _) in last {
        assert_eq!(site.edition(id).await.state, State::Published);
    }
    assert_eq!(site.state.store.verify().await.unwrap().wrong, []);
}

#[tokio::test]
async fn a_job_goes_on_where_it_was_when_the_program_ended() {
    let site = Site::start().await;
    let (reviewer, waiting) = (site.has_reviewer().await, site.has_waiting(5).await);
    let crate::Shared { store, standards, .. } = &*site.state;
    let step = Step::Approve { publish: false };
    let id = order(store, reviewer.id, &step, &waiting, NOW).await.unwrap();
    take(store, id, standards, NOW, 2).await.unwrap();
    assert_eq!(site.job(id).await.n_done, 2);
    // Another program, later.
    let mut worker = Worker::new(site.state.clone());
    while worker.turn().await.unwrap() {}
    let job = site.job(id).await;
    assert_eq!((job.n_done, job.n_refused), (5, 0));
    for (id, revision) in waiting {
        assert_eq!(site.edition(id).await.revision, revision + 1, "each was done once");
    }
}

#[tokio::test]
async fn a_job_has_the_rights_that_its_orderer_has_now() {
    let site = Site::start().await;
    let desk = Role::Reviewer { desk: DEPARTMENT.into() };
    let closed = site.has_officer(Scope::Everywhere, &[desk.clone(), Role::Editor], true).await;
    let elsewhere = Scope::Region("620525".parse().unwrap());
    let other = site.has_officer(elsewhere, &[desk], false).await;
    let waiting = site.has_waiting(2).await;
    let job = site.orders(&closed, Step::Approve { publish: false }, &waiting).await;
    assert!(site.refusals(&job).await.iter().all(|it| it.1.contains("停用")));
    let job = site.orders(&other, Step::Approve { publish: false }, &waiting).await;
    assert!(site.refusals(&job).await.iter().all(|it| it.1.contains("范围")));
    let unknown = reviewer(&[DEPARTMENT]);
    let job = site.orders(&unknown, Step::Approve { publish: false }, &waiting).await;
    assert_eq!(job.n_refused, 2, "an account that is not there decides nothing");
}
