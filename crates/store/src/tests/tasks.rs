//! What waits for whom, and since when.

use domain::{
    edition::{Action, Edition, Grounds, Remark, State, decide},
    item::EditionId,
    people::{Actor, OfficerId, Role, Scope},
    region::RegionCode,
    standard::Operation,
};
use time::{Duration, OffsetDateTime, macros::date};

use super::{
    db::Db,
    sample::{NOW, code, coded, decided_at, office, record, region, wushan},
};
use crate::{Arrival, Neighbours, Task, TaskFilter, TaskKey, Tray};

on_both!(
    a_desk_sees_what_waits_at_it_longest_first,
    what_lies_outside_the_scope_does_not_wait_for_one,
    a_list_is_narrowed_by_what_an_officer_looks_for,
    a_list_is_read_by_pages,
    one_goes_from_a_task_to_those_beside_it,
    what_was_returned_waits_for_its_author_with_all_that_was_written,
    what_is_done_waits_for_nobody,
    an_edition_of_another_s_is_not_there,
    what_takes_effect_on_a_day_is_due_on_it_and_after,
    a_save_says_who_and_when,
    of_fifty_approvals_at_once_one_wins_and_every_other_is_told,
);

fn at_desk(desk: &str) -> Tray {
    Tray::Review { desks: vec![desk.to_owned()], publishes: false }
}

fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|it| it.name.as_str()).collect()
}

impl Db {
    /// Submits an item so many hours after [`NOW`].
    async fn submits(&self, name: &str, n: u32, hours: i64) -> Edition {
        self.submits_at(&self.draft(&coded(name, &code(n))).await, hours).await
    }

    async fn submits_at(&self, draft: &Edition, hours: i64) -> Edition {
        let now = NOW + Duration::hours(hours);
        self.try_record(&[decided_at(draft, Action::Submit, now)]).await.unwrap();
        self.edition(draft.id).await
    }

    async fn waiting(&self, tray: &Tray, filter: &TaskFilter) -> Vec<Task> {
        self.store.tasks(Scope::Everywhere, tray, filter, None, 100).await.unwrap()
    }
}

async fn a_desk_sees_what_waits_at_it_longest_first(db: Db) {
    db.submits("后来的", 1, 5).await;
    let first = db.submits("先来的", 2, 1).await;
    let passed = db.submits("过了部门的", 3, 0).await;
    db.step(&passed, Action::Approve).await;
    db.draft(&record("没有送的")).await;
    let waiting = db.waiting(&at_desk("department"), &TaskFilter::default()).await;
    assert_eq!(names(&waiting), ["先来的", "后来的"]);
    let task = &waiting[0];
    assert_eq!((task.edition, task.revision), (first.id, first.revision));
    assert_eq!((task.operation, task.body_name.as_str()), (Operation::Create, "武山县民政局"));
    assert_eq!(task.since, Some(NOW + Duration::hours(1)));
    assert_eq!((task.submitted_by, task.n_findings), (Some(OfficerId(7)), Some(0)));
    let both = ["establishment", "department"].map(str::to_owned).to_vec();
    let tray = Tray::Review { desks: both, publishes: true };
    let waiting = db.waiting(&tray, &TaskFilter::default()).await;
    assert_eq!(names(&waiting), ["过了部门的", "先来的", "后来的"]);
    let nothing = Tray::Review { desks: vec![], publishes: false };
    assert_eq!(db.waiting(&nothing, &TaskFilter::default()).await, []);
}

async fn what_lies_outside_the_scope_does_not_wait_for_one(db: Db) {
    for (n, (place, body)) in
        (1..).zip([("620524", "甲局"), ("620524100", "乙镇"), ("620525", "丙局")])
    {
        let mut record = coded(body, &code(n));
        record.region = region(place);
        record.body = office(body, None);
        db.submits_at(&db.draft(&record).await, i64::from(n)).await;
    }
    let tray = at_desk("department");
    let check = async |scope: Scope, expected: &[&str]| {
        let none = TaskFilter::default();
        let tasks = db.store.tasks(scope, &tray, &none, None, 100).await.unwrap();
        assert_eq!(names(&tasks), expected, "{scope:?}");
        let n = db.store.count_tasks(scope, &tray, &none).await.unwrap();
        assert_eq!(n, expected.len() as u64, "{scope:?}");
        let bodies = db.store.task_bodies(scope, &tray).await.unwrap();
        assert_eq!(bodies.iter().map(|(.., n)| n).sum::<u64>(), n, "{scope:?}");
        let first = tasks[0].edition;
        assert!(db.store.edition_within(scope, first).await.unwrap().is_some());
    };
    let place = |code: &str| Scope::Region(code.parse::<RegionCode>().unwrap());
    check(Scope::Everywhere, &["甲局", "乙镇", "丙局"]).await;
    check(place("620524"), &["甲局", "乙镇"]).await;
    check(place("620525"), &["丙局"]).await;
    let all = db.waiting(&tray, &TaskFilter::default()).await;
    check(Scope::Body(all[1].body), &["乙镇"]).await;
}

async fn a_list_is_narrowed_by_what_an_officer_looks_for(db: Db) {
    db.submits("养老机构备案", 1, 0).await;
    let live = db.published(&coded("殡葬_服务", &code(2))).await;
    db.submits_at(&db.begun(&live, Operation::Suspend).await, 30).await;
    let check = async |filter: TaskFilter, expected: &[&str]| {
        let found = db.waiting(&at_desk("department"), &filter).await;
        assert_eq!(names(&found), expected, "{filter:?}");
    };
    let words = |words: &str| TaskFilter { words: Some(words.into()), ..TaskFilter::default() };
    check(words("备案"), &["养老机构备案"]).await;
    check(words("xk-0002"), &["殡葬_服务"]).await;
    check(words("_"), &["殡葬_服务"]).await;
    check(words("%"), &[]).await;
    let operation = |it| TaskFilter { operation: Some(it), ..TaskFilter::default() };
    check(operation(Operation::Suspend), &["殡葬_服务"]).await;
    check(operation(Operation::Withdraw), &[]).await;
    let findings = |it| TaskFilter { findings: Some(it), ..TaskFilter::default() };
    check(findings(false), &["养老机构备案", "殡葬_服务"]).await;
    check(findings(true), &[]).await;
    let arrived = |desk: &str, from: Option<OffsetDateTime>, before: Option<OffsetDateTime>| {
        let (standard, desk) = ("wushan".to_owned(), desk.to_owned());
        let arrived = Some(vec![Arrival { standard, desk, from, before }]);
        TaskFilter { arrived, ..TaskFilter::default() }
    };
    let day = Some(NOW + Duration::hours(24));
    check(arrived("department", None, day), &["养老机构备案"]).await;
    check(arrived("department", day, None), &["殡葬_服务"]).await;
    check(arrived("service", None, None), &[]).await;
    check(TaskFilter { arrived: Some(vec![]), ..TaskFilter::default() }, &[]).await;
    let body = db.waiting(&at_desk("department"), &TaskFilter::default()).await[0].body;
    check(TaskFilter { body: Some(body), ..words("养老") }, &["养老机构备案"]).await;
}

async fn a_list_is_read_by_pages(db: Db) {
    for n in 1..=7 {
        db.submits(&format!("事项{n}"), n, i64::from(n / 3)).await;
    }
    let (tray, none) = (at_desk("department"), TaskFilter::default());
    let (mut seen, mut after) = (Vec::new(), None::<TaskKey>);
    loop {
        let page =
            db.store.tasks(Scope::Everywhere, &tray, &none, after.as_ref(), 2).await.unwrap();
        let Some(last) = page.last() else { break };
        // As it travels in an address.
        after = Some(last.key().to_string().parse().unwrap());
        seen.extend(page.iter().map(|it| it.edition));
    }
    let all: Vec<EditionId> = db.waiting(&tray, &none).await.iter().map(|it| it.edition).collect();
    assert_eq!(seen, all);
    assert_eq!(seen.len(), 7);
    assert_eq!("2026~x".parse::<TaskKey>(), Err(()));
}

async fn one_goes_from_a_task_to_those_beside_it(db: Db) {
    for n in 1..=4 {
        db.submits(&format!("事项{n}"), n, i64::from(n / 2)).await;
    }
    let tray = at_desk("department");
    let waiting = db.waiting(&tray, &TaskFilter::default()).await;
    for (at, task) in waiting.iter().enumerate() {
        let beside = db.store.task_neighbours(Scope::Everywhere, &tray, &task.key()).await.unwrap();
        let edition = |at: Option<usize>| at.and_then(|at| waiting.get(at)).map(|it| it.edition);
        let expected = Neighbours {
            n_before: at as u64,
            total: 4,
            before: edition(at.checked_sub(1)),
            after: edition(Some(at + 1)),
        };
        assert_eq!(beside, expected);
        let since = task.since.unwrap();
        assert_eq!(TaskKey::new(since, task.edition), task.key());
    }
    let outside = Scope::Body(domain::item::BodyId(404));
    let nothing = Neighbours { n_before: 0, total: 0, before: None, after: None };
    let beside = db.store.task_neighbours(outside, &tray, &waiting[0].key()).await;
    assert_eq!(beside.unwrap(), nothing);
}

async fn what_was_returned_waits_for_its_author_with_all_that_was_written(db: Db) {
    let waiting = db.submits("养老机构备案", 1, 0).await;
    let reviewer = Actor {
        id: OfficerId(8),
        scope: Scope::Everywhere,
        roles: vec![Role::Reviewer { desk: "department".into() }],
    };
    let remarks = [Remark::on("limits.promised", "长于法定"), Remark::on_all("依据不全")];
    let grounds = Grounds { remarks: &remarks, ..Grounds::at(NOW, wushan()) };
    db.try_record(&[decide(&reviewer, &waiting, Action::Return, grounds).unwrap()]).await.unwrap();

    let returned = db.edition(waiting.id).await;
    assert_eq!(returned.record, waiting.record);
    assert_eq!(returned.returned_from.as_deref(), Some("department"));
    let events = db.store.events_of_edition(waiting.id).await.unwrap();
    assert_eq!(events.last().unwrap().remarks, remarks);
    let check = async |to: Option<i64>, expected: &[&str]| {
        let tray = Tray::Returned { to: to.map(OfficerId) };
        assert_eq!(names(&db.waiting(&tray, &TaskFilter::default()).await), expected, "{to:?}");
    };
    check(Some(7), &["养老机构备案"]).await;
    check(Some(8), &[]).await;
    check(None, &["养老机构备案"]).await;
    assert_eq!(db.waiting(&at_desk("department"), &TaskFilter::default()).await, []);
    assert_eq!(db.store.verify().await.unwrap().wrong, []);
}

async fn what_is_done_waits_for_nobody(db: Db) {
    let mut edition = db.submits("养老机构备案", 1, 0).await;
    for _ in 0..3 {
        edition = db.step(&edition, Action::Approve).await;
    }
    let tray = Tray::Review { desks: vec![], publishes: true };
    assert_eq!(db.waiting(&tray, &TaskFilter::default()).await.len(), 1);
    let times = db.store.edition_times(edition.id).await.unwrap().unwrap();
    assert_eq!((times.submitted_at, times.waiting_since), (Some(NOW), Some(NOW)));
    db.step(&edition, Action::Publish).await;
    assert_eq!(db.waiting(&tray, &TaskFilter::default()).await, []);
    let recalled = db.submits("殡葬服务", 2, 0).await;
    let own = Actor { id: OfficerId(7), scope: Scope::Everywhere, roles: vec![Role::Editor] };
    let recall = decide(&own, &recalled, Action::Recall, Grounds::at(NOW, wushan())).unwrap();
    db.try_record(&[recall]).await.unwrap();
    assert_eq!(db.number("select count(*) from edition where waiting_since is not null").await, 0);
}

async fn an_edition_of_another_s_is_not_there(db: Db) {
    let edition = db.submits("养老机构备案", 1, 0).await;
    let outside = Scope::Region("620525".parse().unwrap());
    assert_eq!(db.store.edition_within(outside, edition.id).await.unwrap(), None);
    assert_eq!(db.store.events_of_item(outside, edition.item).await.unwrap(), []);
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.edition_within(outside, edition.id).await.unwrap(), None);
    let inside = Scope::Region("620524".parse().unwrap());
    assert_eq!(tx.edition_within(inside, edition.id).await.unwrap(), Some(edition.clone()));
    assert_eq!(tx.open_edition(edition.item).await.unwrap(), Some(edition.clone()));
    drop(tx);
    let events = db.store.events_of_item(inside, edition.item).await.unwrap();
    assert_eq!(events.iter().map(|it| it.action).collect::<Vec<_>>(), [Action::Submit]);
}

async fn what_takes_effect_on_a_day_is_due_on_it_and_after(db: Db) {
    let mut approved = Vec::new();
    for (n, on) in (1..).zip([None, Some(date!(2026 - 04 - 01)), Some(date!(2026 - 03 - 20))]) {
        let mut record = coded("养老机构备案", &code(n));
        record.effective_on = on;
        let mut edition = db.submits_at(&db.draft(&record).await, 0).await;
        while edition.state != State::Approved {
            edition = db.step(&edition, Action::Approve).await;
        }
        approved.push(edition.id);
    }
    let due = async |on, after, limit| db.store.due_editions(on, after, limit).await.unwrap();
    let [_, april, march] = [approved[0], approved[1], approved[2]];
    let (of_march, of_april) = ((date!(2026 - 03 - 20), march), (date!(2026 - 04 - 01), april));
    assert_eq!(due(date!(2026 - 03 - 19), None, 10).await, []);
    assert_eq!(due(date!(2026 - 03 - 20), None, 10).await, [of_march]);
    assert_eq!(due(date!(2026 - 05 - 01), None, 10).await, [of_march, of_april]);
    assert_eq!(due(date!(2026 - 05 - 01), Some(of_march), 10).await, [of_april]);
    let returned = db.edition(march).await;
    db.step(&returned, Action::Return).await;
    assert_eq!(due(date!(2026 - 05 - 01), None, 10).await, [of_april]);
}

async fn a_save_says_who_and_when(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let times = db.store.edition_times(draft.id).await.unwrap().unwrap();
    assert_eq!(times.saved, None);
    let mut tx = db.store.begin().await.unwrap();
    tx.save_draft(&draft, &draft.record, OfficerId(7), NOW).await.unwrap();
    tx.commit().await.unwrap();
    let times = db.store.edition_times(draft.id).await.unwrap().unwrap();
    assert_eq!(times.saved, Some((NOW, OfficerId(7))));
    assert_eq!((times.submitted_at, times.waiting_since), (None, None));
    assert_eq!(db.store.edition_times(EditionId(404)).await.unwrap(), None);
}

async fn of_fifty_approvals_at_once_one_wins_and_every_other_is_told(db: Db) {
    let waiting = db.submits("养老机构备案", 1, 0).await;
    let before = db.number("select count(*) from event").await;
    let mut approvals = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (db, waiting) = (db.clone(), waiting.clone());
        approvals.spawn(async move { db.try_step(&waiting, Action::Approve).await });
    }
    let outcomes = approvals.join_all().await;
    let n_won = outcomes.iter().filter(|it| it.is_ok()).count();
    assert_eq!(n_won, 1);
    for lost in outcomes.iter().filter_map(|it| it.as_ref().err()) {
        assert!(matches!(lost, crate::StoreError::Stale { .. }), "{lost}");
    }
    assert_eq!(db.number("select count(*) from event").await, before + 1);
    assert_eq!(db.edition(waiting.id).await.desk.as_deref(), Some("establishment"));
    assert_eq!(db.store.verify().await.unwrap().wrong, []);
}
