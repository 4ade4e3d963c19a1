//! What an officer is told of, and how many tasks are counted for them.

use domain::{
    edition::{Action, Edition, State},
    people::{OfficerId, Scope},
};
use time::{Duration, macros::date};

use super::{
    db::Db,
    sample::{NOW, code, coded, record},
};
use crate::{Noticed, Tray};

on_both!(
    what_is_approved_for_a_day_is_told_of_to_its_author_and_to_who_publishes,
    what_was_published_lately_is_told_of_to_who_submitted_it,
    a_draft_that_lies_is_told_of_to_who_wrote_in_it_last,
    no_more_is_counted_than_is_asked_for,
);

const AUTHOR: OfficerId = OfficerId(7);
const OTHER: OfficerId = OfficerId(9);

fn elsewhere() -> Scope {
    Scope::Region("620525".parse().unwrap())
}

fn names(noticed: &[Noticed]) -> Vec<(&str, time::Date)> {
    noticed.iter().map(|it| (it.task.name.as_str(), it.on)).collect()
}

impl Db {
    async fn goes_to(&self, draft: &Edition, state: State) -> Edition {
        let mut edition = self.step(draft, Action::Submit).await;
        while edition.state != state {
            let action = match edition.state {
                State::Approved => Action::Publish,
                _ => Action::Approve,
            };
            edition = self.step(&edition, action).await;
        }
        edition
    }
}

async fn what_is_approved_for_a_day_is_told_of_to_its_author_and_to_who_publishes(db: Db) {
    for (n, on) in (1..).zip([date!(2026 - 04 - 01), date!(2026 - 03 - 20)]) {
        let mut record = coded(&format!("备案{n}"), &code(n));
        record.effective_on = Some(on);
        db.goes_to(&db.draft(&record).await, State::Approved).await;
    }
    let told = async |scope, whose| db.store.days_to_come(scope, whose, 10).await.unwrap();
    let expected = [("备案2", date!(2026 - 03 - 20)), ("备案1", date!(2026 - 04 - 01))];
    assert_eq!(names(&told(Scope::Everywhere, None).await), expected);
    assert_eq!(names(&told(Scope::Everywhere, Some(AUTHOR)).await), expected);
    assert_eq!(told(Scope::Everywhere, Some(OTHER)).await, []);
    assert_eq!(told(elsewhere(), None).await, []);
}

async fn what_was_published_lately_is_told_of_to_who_submitted_it(db: Db) {
    let published = db.goes_to(&db.draft(&coded("备案", &code(1))).await, State::Published).await;
    let told = async |scope, officer, since| {
        db.store.published_of(scope, officer, since, 10).await.unwrap()
    };
    let today = date!(2026 - 03 - 02);
    let found = told(Scope::Everywhere, AUTHOR, today).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].task.edition, found[0].task.name.as_str()), (published.id, "备案"));
    let day_after = found[0].on.next_day().unwrap();
    assert_eq!(told(Scope::Everywhere, AUTHOR, day_after).await, [], "it is no news any more");
    assert_eq!(told(Scope::Everywhere, OTHER, today).await, []);
    assert_eq!(told(elsewhere(), AUTHOR, today).await, []);
}

async fn a_draft_that_lies_is_told_of_to_who_wrote_in_it_last(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.save_draft(&draft, &draft.record, AUTHOR, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let told = async |scope, officer, since| {
        db.store.idle_drafts(scope, officer, since, 10).await.unwrap()
    };
    let later = NOW + Duration::DAY;
    let expected = [("养老机构备案", date!(2026 - 03 - 02))];
    assert_eq!(names(&told(Scope::Everywhere, AUTHOR, later).await), expected);
    assert_eq!(told(Scope::Everywhere, AUTHOR, NOW).await, []);
    assert_eq!(told(Scope::Everywhere, OTHER, later).await, []);
    assert_eq!(told(elsewhere(), AUTHOR, later).await, []);
    let draft = db.edition(draft.id).await;
    db.step(&draft, Action::Submit).await;
    assert_eq!(told(Scope::Everywhere, AUTHOR, later).await, [], "it lies no more");
}

async fn no_more_is_counted_than_is_asked_for(db: Db) {
    for n in 1..=3 {
        let draft = db.draft(&coded(&format!("备案{n}"), &code(n))).await;
        db.step(&draft, Action::Submit).await;
    }
    let tray = Tray::Review { desks: vec!["department".into()], publishes: false };
    let count = async |scope, most| db.store.count_waiting(scope, &tray, most).await.unwrap();
    assert_eq!(count(Scope::Everywhere, 2).await, 2);
    assert_eq!(count(Scope::Everywhere, 100).await, 3);
    assert_eq!(count(elsewhere(), 100).await, 0);
}
