use domain::{
    edition::{Action, State},
    event::Event,
    publication::{Notice, Shown, Stop},
    standard::Operation,
};
use time::{Duration, macros::date};

use super::{
    db::Db,
    sample::{NOW, REASON, code, coded, decided, record},
};

on_both!(
    publishing_writes_the_state_the_event_and_the_notice,
    a_submission_is_an_event_and_tells_the_public_nothing,
    nothing_decided_writes_nothing,
    publishing_again_ends_the_former_publication_and_keeps_it,
    a_withdrawal_shows_its_reason,
    a_suspension_shows_its_reason_until_the_item_is_back,
    a_publication_ends_on_the_day_that_the_next_is_decided,
    a_thousand_items_are_published_as_one_step,
    writers_of_both_chains_do_not_lock_each_other_out,
);

const OPEN: &str = "select count(*) from publication where until_seq is null";

impl Db {
    async fn event(&self, seq: i64) -> Event {
        let sql = format!("select body from event where seq = {seq}");
        serde_json::from_str(&self.text(&sql).await).unwrap()
    }
}

async fn publishing_writes_the_state_the_event_and_the_notice(db: Db) {
    let record = coded("养老机构备案", &code(1));
    let edition = db.published(&record).await;
    assert_eq!((edition.state, edition.revision), (State::Published, 2));

    let event = db.event(1).await;
    assert_eq!((event.item, event.edition), (edition.item.0, edition.id.0));
    assert_eq!(
        (event.action, event.from, event.to),
        (Action::LoadBaseline, State::Draft, State::Published)
    );
    assert_eq!((event.by, event.at, event.reason.as_str()), (8, NOW, REASON));

    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    let Notice::Published(item) = shown.notice else { panic!("{:?}", shown.notice) };
    assert_eq!((shown.seq, item.edition, item.from), (1, 1, NOW.date()));
    assert_eq!(item.item, record);
    assert_eq!(shown.hash, db.text("select hash from publication").await);
}

async fn a_submission_is_an_event_and_tells_the_public_nothing(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    db.step(&draft, Action::Submit).await;
    let event = db.event(1).await;
    assert_eq!((event.action, event.desk.as_deref()), (Action::Submit, Some("department")));
    assert_eq!(db.store.last_publication().await.unwrap(), 0);
}

async fn nothing_decided_writes_nothing(db: Db) {
    db.try_record(&[]).await.unwrap();
    assert_eq!(db.number("select count(*) from event").await, 0);
    assert_eq!(db.number("select count(*) from chain_head").await, 0);
}

async fn publishing_again_ends_the_former_publication_and_keeps_it(db: Db) {
    let first = db.published(&coded("养老机构备案", &code(1))).await;
    let kept = "select notice from publication where seq = 1";
    let before = db.text(kept).await;
    let draft = db.next_draft(&first, "养老机构设立备案").await;
    let second = db.replace(&first, &draft).await;

    assert_eq!(db.edition(first.id).await.state, State::Superseded);
    assert_eq!(second.state, State::Published);
    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    assert_eq!((shown.seq, shown.notice.item().item.name()), (2, "养老机构设立备案"));
    assert_eq!(db.text(kept).await, before);
    assert_eq!(db.number("select until_seq from publication where seq = 1").await, 2);
    assert_eq!(db.number(OPEN).await, 1);

    let history = db.store.public_history(&code(1)).await.unwrap();
    let told: Vec<_> = history.iter().map(|it| (it.notice.item().edition, it.shown)).collect();
    let day = NOW.date();
    let shown = |until| Shown { from: day, until };
    assert_eq!(told, [(2, shown(None)), (1, shown(Some(day)))]);
}

async fn a_withdrawal_shows_its_reason(db: Db) {
    let live = db.published(&coded("养老机构备案", &code(1))).await;
    db.goes(&live, Operation::Withdraw).await;
    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    let Notice::Withdrawn { item, reason, .. } = shown.notice else { panic!("{:?}", shown.notice) };
    assert_eq!((item.item.name(), reason.as_str()), ("养老机构备案", REASON));
    let history = db.store.public_history(&code(1)).await.unwrap();
    let told: Vec<_> =
        history.iter().map(|it| (it.notice.item().edition, it.notice.stop())).collect();
    assert_eq!(told, [(2, Some((Stop::Withdrawn, REASON))), (1, None)]);
    assert_eq!(db.number(OPEN).await, 1);
}

async fn a_suspension_shows_its_reason_until_the_item_is_back(db: Db) {
    let live = db.published(&coded("养老机构备案", &code(1))).await;
    let suspended = db.goes(&live, Operation::Suspend).await;
    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    assert!(matches!(shown.notice, Notice::Suspended { reason, .. } if reason == REASON));
    db.goes(&suspended, Operation::Resume).await;
    let shown = db.store.public_item(&code(1)).await.unwrap().unwrap();
    assert!(matches!(shown.notice, Notice::Published(_)));
    assert_eq!(shown.seq, 3);
}

async fn a_publication_ends_on_the_day_that_the_next_is_decided(db: Db) {
    let mut record = coded("养老机构备案", &code(1));
    record.effective_on = Some(date!(2025 - 07 - 01));
    let live = db.published(&record).await;
    db.goes_at(&live, Operation::Withdraw, NOW + Duration::days(30)).await;
    let until = db.text("select until_on from publication where seq = 1").await;
    assert_eq!(until, "2026-04-01");
    let history = db.store.public_history(&code(1)).await.unwrap();
    let from: Vec<_> = history.iter().map(|it| it.notice.since()).collect();
    assert_eq!(from, [date!(2026 - 04 - 01), date!(2025 - 07 - 01)], "withdrawn on that day");
    let shown: Vec<_> = history.iter().map(|it| it.shown.until).collect();
    assert_eq!(shown, [None, Some(date!(2026 - 04 - 01))]);
}

async fn a_thousand_items_are_published_as_one_step(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let mut decisions = Vec::new();
    for n in 1..=1_000 {
        let draft = super::sample::add_item(&mut tx, &coded("示例事项", &code(n))).await.unwrap();
        decisions.push(decided(&draft, Action::LoadBaseline));
    }
    tx.record(&decisions).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.last_publication().await.unwrap(), 1_000);
    assert_eq!(db.number("select count(*) from event").await, 1_000);
    let verdict = db.store.verify().await.unwrap();
    assert_eq!((verdict.n_events, verdict.n_publications), (1_000, 1_000));
    assert_eq!(verdict.wrong, []);
}

/// One that closes before it publishes, as an import does, beside one that only publishes.
async fn writers_of_both_chains_do_not_lock_each_other_out(db: Db) {
    for n in 0..10 {
        let submitted = db.draft(&coded("甲", &code(3 * n + 1))).await;
        let published = db.draft(&coded("乙", &code(3 * n + 2))).await;
        let other = db.draft(&coded("丙", &code(3 * n + 3))).await;
        let in_two_steps = async {
            let mut tx = db.store.begin().await?;
            tx.record(&[decided(&submitted, Action::Submit)]).await?;
            tokio::task::yield_now().await;
            tx.record(&[decided(&published, Action::LoadBaseline)]).await?;
            tx.commit().await
        };
        let (one, two) = tokio::join!(in_two_steps, db.try_step(&other, Action::LoadBaseline));
        one.unwrap();
        two.unwrap();
    }
    assert_eq!(db.store.verify().await.unwrap().wrong, []);
}
