use domain::{
    content::{Value, keys},
    edition::{Action, Edition, State},
    item::BodyId,
    people::{OfficerId, Scope},
};

use super::{
    db::Db,
    sample::{NOW, code, coded, decided, record},
};
use crate::StoreError;

on_both!(
    a_draft_is_saved_and_read_back,
    a_stale_save_is_refused_and_leaves_the_draft_alone,
    what_is_in_review_is_not_saved,
    of_two_savers_at_once_exactly_one_wins,
    a_decision_upon_an_old_reading_is_refused,
    of_two_decisions_at_once_exactly_one_wins,
    one_stale_decision_takes_the_whole_batch_back,
    an_edition_walks_its_route_from_desk_to_desk,
    a_second_live_edition_is_refused_by_its_name,
    a_second_draft_is_refused_by_its_name,
    the_current_editions_are_the_newest_and_the_live,
    an_edition_that_is_not_there_is_none,
);

fn is_stale<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Stale { .. }))
}

impl Db {
    async fn save(&self, edition: &Edition, name: &str) -> Result<Edition, StoreError> {
        let mut record = edition.record.clone();
        record.content.put(keys::NAME, Value::Text(name.into()));
        let mut tx = self.store.begin().await?;
        let saved = tx.save_draft(edition, &record, OfficerId(7), NOW).await?;
        tx.commit().await?;
        Ok(saved)
    }
}

async fn a_draft_is_saved_and_read_back(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    assert_eq!(db.edition(draft.id).await, draft);
    let saved = db.save(&draft, "养老机构设立备案").await.unwrap();
    assert_eq!(saved.revision, 2);
    assert_eq!(db.edition(draft.id).await, saved);
    assert_eq!(db.number("select count(*) from event").await, 0, "saving is no event");
}

async fn a_stale_save_is_refused_and_leaves_the_draft_alone(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let saved = db.save(&draft, "甲写的").await.unwrap();
    assert!(is_stale(&db.save(&draft, "乙写的").await));
    assert_eq!(db.edition(draft.id).await, saved);
}

async fn what_is_in_review_is_not_saved(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let submitted = db.step(&draft, Action::Submit).await;
    assert!(is_stale(&db.save(&submitted, "审核中改名").await));
    let returned = db.step(&submitted, Action::Return).await;
    db.save(&returned, "退回后改名").await.unwrap();
}

async fn of_two_savers_at_once_exactly_one_wins(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let (one, other) = tokio::join!(db.save(&draft, "甲写的"), db.save(&draft, "乙写的"));
    assert!(is_stale(&one) != is_stale(&other), "{one:?} {other:?}");
    let winner = one.or(other).unwrap();
    assert_eq!(db.edition(draft.id).await, winner);
}

async fn a_decision_upon_an_old_reading_is_refused(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    db.save(&draft, "后来写的").await.unwrap();
    assert!(is_stale(&db.try_step(&draft, Action::Submit).await));
    assert_eq!(db.number("select count(*) from event").await, 0);
}

async fn of_two_decisions_at_once_exactly_one_wins(db: Db) {
    for n in 1..=10 {
        let draft = db.draft(&coded("殡葬服务", &code(n))).await;
        let waiting = db.step(&draft, Action::Submit).await;
        let before = db.number("select count(*) from event").await;
        let approval = db.try_step(&waiting, Action::Approve);
        let (one, other) = tokio::join!(approval, db.try_step(&waiting, Action::Return));
        assert!(is_stale(&one) != is_stale(&other), "{one:?} {other:?}");
        let expected = if one.is_ok() { State::InReview } else { State::Returned };
        assert_eq!(db.edition(draft.id).await.state, expected);
        assert_eq!(db.number("select count(*) from event").await, before + 1);
    }
}

async fn one_stale_decision_takes_the_whole_batch_back(db: Db) {
    let fresh = db.draft(&coded("甲", &code(1))).await;
    let stale = db.draft(&coded("乙", &code(2))).await;
    db.save(&stale, "乙的新名").await.unwrap();
    let decisions = [&fresh, &stale].map(|it| decided(it, Action::LoadBaseline));
    assert!(is_stale(&db.try_record(&decisions).await));
    assert_eq!(db.edition(fresh.id).await, fresh);
    assert_eq!(db.number("select count(*) from publication").await, 0);
    assert_eq!(db.number("select count(*) from event").await, 0);
}

async fn an_edition_walks_its_route_from_desk_to_desk(db: Db) {
    let mut edition = db.draft(&coded("养老机构备案", &code(1))).await;
    let steps = [
        (Action::Submit, State::InReview, Some("department")),
        (Action::Approve, State::InReview, Some("establishment")),
        (Action::Return, State::Returned, None),
        (Action::Submit, State::InReview, Some("department")),
        (Action::Approve, State::InReview, Some("establishment")),
        (Action::Approve, State::InReview, Some("service")),
        (Action::Approve, State::Approved, None),
        (Action::Publish, State::Published, None),
    ];
    for (n, (action, state, desk)) in (1..).zip(steps) {
        edition = db.step(&edition, action).await;
        assert_eq!((edition.state, edition.desk.as_deref()), (state, desk), "{action:?}");
        assert_eq!(edition.submitted_by, Some(OfficerId(7)));
        assert_eq!(edition.revision, 1 + n);
        assert_eq!(db.number("select count(*) from event").await, n);
    }
}

async fn a_second_live_edition_is_refused_by_its_name(db: Db) {
    let live = db.published(&coded("养老机构备案", &code(1))).await;
    let draft = db.next_draft(&live, "养老机构设立备案").await;
    let refused = db.try_step(&draft, Action::LoadBaseline).await.unwrap_err();
    assert_eq!(refused.to_string(), "在用版本 已被占用");
    assert_eq!(db.edition(live.id).await, live);
}

async fn a_second_draft_is_refused_by_its_name(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let mut tx = db.store.begin().await.unwrap();
    let id = tx.new_edition_id().await.unwrap();
    let second = Edition { id, number: 2, ..draft };
    let refused = tx.add_drafts(&[second]).await.unwrap_err();
    assert_eq!(refused.to_string(), "在办版本 已被占用");
}

async fn the_current_editions_are_the_newest_and_the_live(db: Db) {
    let first = db.published(&coded("甲", &code(1))).await;
    let draft = db.next_draft(&first, "甲二").await;
    let second = db.replace(&first, &draft).await;
    let third = db.next_draft(&second, "甲三").await;
    let other = db.draft(&record("乙")).await;

    let mut tx = db.store.begin().await.unwrap();
    let current = tx.current_editions(&[first.item, other.item]).await.unwrap();
    assert_eq!(current, [second.clone(), third.clone(), other.clone()]);
    assert_eq!(tx.current_editions(&[]).await.unwrap(), []);
    drop(tx);
    let all = db.store.editions_of(Scope::Everywhere, first.item).await.unwrap();
    assert_eq!(all.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3]);
    let mut beside =
        db.store.editions_with_live(Scope::Everywhere, &[third.id, other.id]).await.unwrap();
    beside.sort_by_key(|(it, _)| it.id.0);
    assert_eq!(beside, [(third.clone(), Some(second)), (other, None)]);
    let elsewhere = Scope::Body(BodyId(404));
    assert_eq!(db.store.editions_with_live(elsewhere, &[third.id]).await.unwrap(), []);
    assert_eq!(db.store.editions_of(elsewhere, first.item).await.unwrap(), []);
}

async fn an_edition_that_is_not_there_is_none(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.edition(domain::item::EditionId(404)).await.unwrap(), None);
}
