//! What an officer has had a hand in.

use domain::{
    edition::Action,
    people::{OfficerId, Scope},
};

use super::{
    db::Db,
    sample::{code, coded},
};

on_both!(what_one_has_handled_is_there_once_with_what_was_done_last, an_import_is_nobody_s_work);

const REVIEWER: OfficerId = OfficerId(8);

impl Db {
    async fn handled(&self, officer: OfficerId, finished: bool) -> Vec<(String, Action)> {
        let all = Scope::Everywhere;
        let handled = self.store.handled_by(all, officer, finished, None, 10).await.unwrap();
        handled.into_iter().map(|it| (it.task.name, it.event.action)).collect()
    }
}

async fn what_one_has_handled_is_there_once_with_what_was_done_last(db: Db) {
    let one = db.draft(&coded("甲", &code(1))).await;
    let other = db.draft(&coded("乙", &code(2))).await;
    let mut one = db.step(&one, Action::Submit).await;
    let other = db.step(&other, Action::Submit).await;
    db.step(&other, Action::Approve).await;
    one = db.step(&one, Action::Approve).await;
    one = db.step(&one, Action::Return).await;

    let entry = |name: &str, action| (name.to_owned(), action);
    let open = [entry("甲", Action::Return), entry("乙", Action::Approve)];
    assert_eq!(db.handled(REVIEWER, false).await, open);
    assert_eq!(db.handled(REVIEWER, true).await, []);
    let submitted = [entry("乙", Action::Submit), entry("甲", Action::Submit)];
    assert_eq!(db.handled(OfficerId(7), false).await, submitted);
    assert_eq!(db.handled(OfficerId(9), false).await, []);

    let all = Scope::Everywhere;
    let page = db.store.handled_by(all, REVIEWER, false, None, 1).await.unwrap();
    let next = db.store.handled_by(all, REVIEWER, false, Some(page[0].seq), 1).await.unwrap();
    assert_eq!(next[0].task.name, "乙");
    let outside = Scope::Region("620525".parse().unwrap());
    assert_eq!(db.store.handled_by(outside, REVIEWER, false, None, 9).await.unwrap(), []);

    one = db.step(&one, Action::Discard).await;
    assert_eq!(db.handled(REVIEWER, true).await, [entry("甲", Action::Discard)]);
    assert!(!one.state.is_open());
}

async fn an_import_is_nobody_s_work(db: Db) {
    let published = db.published(&coded("甲", &code(1))).await;
    let by_hand = "update event set officer_id = null";
    assert_eq!(db.by_hand(by_hand).await.unwrap(), 1);
    let wrong = db.store.verify().await.unwrap().wrong;
    assert_eq!(wrong.len(), 1, "the sample's officer is 8, and the event says so");
    assert_eq!(db.handled(OfficerId(0), true).await, []);
    assert!(published.state.is_live());
}
