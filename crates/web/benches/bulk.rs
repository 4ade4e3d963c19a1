//! How long a bulk approval that publishes takes. `one_by_one` of the store inserts the rows
//! that it leaves, to compare.
//!
//! `bulk N DATABASE` makes the file DATABASE, approves and publishes N editions in it, and
//! prints the seconds and how many events and publications that left.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

use std::{env, path::Path, sync::Arc, time::Instant};

use domain::{
    content::{Content, Value, keys},
    edition::{Action, Decision, Edition, Grounds, State, decide},
    item::{BodyRef, EditionId, ItemRecord},
    people::{Actor, Officer, OfficerId, Role, Scope},
    standard::{Operation, Standard, Standards},
};
use search::Index;
use store::{Doing, Item, OfficerAction, Store};
use time::{OffsetDateTime, macros::datetime};
use web::{
    AppState, Clock, Files, Settings, Step,
    jobs::{steps, work::Worker},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);
const CHUNK: usize = 1_000;

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let [n, database] = arguments.as_slice() else {
        return Err("say how many editions, and the database to make".into());
    };
    let n: usize = n.parse()?;
    let store = Store::open(&format!("sqlite://{database}?mode=rwc")).await?;
    let standards = Arc::new(Standards::shipped()?);
    let standard = standards.get("wushan").ok_or("the standard is gone")?;
    let reviewer = open_account(&store, standard).await?;
    let waiting = waiting(&store, standard, n).await?;

    let index = Index::in_memory()?;
    let clock = Clock::Fixed(NOW);
    let files = Files::in_folder(Path::new(&format!("{database}-files")))?;
    let settings = Settings::default();
    let state = AppState::new(store.clone(), index, files, standards.clone(), clock, settings);
    let before = store.verify().await?;
    let started = Instant::now();
    let step = Step::Approve { publish: true };
    let job = steps::order(&store, reviewer, &step, &waiting, NOW).await?;
    let mut worker = Worker::new(state);
    while worker.turn().await? {}
    let bulk = started.elapsed();
    let job = store.job(job).await?.ok_or("the job is gone")?;
    assert_eq!((job.n_done, job.n_refused), (n as u64, 0), "all of them were to be published");
    let after = store.verify().await?;
    assert_eq!(after.wrong, []);
    store.close().await;
    println!(
        "{:.3} {} {}",
        bulk.as_secs_f64(),
        after.n_events - before.n_events,
        after.n_publications - before.n_publications
    );
    Ok(())
}

/// Makes the account of one who reviews at every desk and publishes.
async fn open_account(store: &Store, standard: &Standard) -> Outcome<OfficerId> {
    let officer = Officer {
        id: OfficerId(0),
        account: "shenhe".into(),
        name: "审核岗".into(),
        scope: Scope::Everywhere,
        roles: reviewing(standard, OfficerId(0)).roles,
        must_change_password: false,
        stamp: 1,
        is_closed: false,
    };
    let mut tx = store.begin().await?;
    let doing = Doing { by: OfficerId(0), action: OfficerAction::Added, detail: "", at: NOW };
    let id = tx.add_officer(&officer, "", doing).await?;
    tx.commit().await?;
    Ok(id)
}

fn reviewing(standard: &Standard, id: OfficerId) -> Actor {
    let desks = standard.desks.iter().map(|desk| Role::Reviewer { desk: desk.id.clone() });
    Actor { id, scope: Scope::Everywhere, roles: desks.chain([Role::Publisher]).collect() }
}

/// Brings so many editions to the last desk: every second one changes an item that is live, and
/// each was saved as often as people do.
async fn waiting(store: &Store, standard: &Standard, n: usize) -> Outcome<Vec<(EditionId, i64)>> {
    let mut waiting = Vec::with_capacity(n);
    let numbers: Vec<usize> = (1..=n).collect();
    for numbers in numbers.chunks(CHUNK) {
        let mut tx = store.begin().await?;
        let mut at_desk = Vec::new();
        for number in numbers {
            let record = record(*number);
            let body = match tx.body(record.region, &record.body.name).await? {
                Some(body) => body,
                None => tx.add_body(record.region, &record.body).await?,
            };
            let item = Item::of(tx.new_item_id().await?, body.id, &record);
            tx.add_items(std::slice::from_ref(&item)).await?;
            let mut first = 1;
            if number % 2 == 0 {
                let id = tx.new_edition_id().await?;
                let old =
                    Edition::draft(id, item.id, 1, Operation::Baseline, record.clone(), standard);
                tx.add_drafts(std::slice::from_ref(&old)).await?;
                let grounds = Grounds::at(NOW, standard);
                tx.record(&[decide(&Actor::operator(), &old, Action::LoadBaseline, grounds)?])
                    .await?;
                first = 2;
            }
            let id = tx.new_edition_id().await?;
            let draft = Edition::draft(id, item.id, first, Operation::Change, record, standard);
            let revision = fastrand::i64(1..30);
            let draft = Edition { revision, ..draft };
            tx.add_drafts(std::slice::from_ref(&draft)).await?;
            at_desk.push(draft);
        }
        let submitter =
            Actor { id: OfficerId(7), scope: Scope::Everywhere, roles: vec![Role::Editor] };
        let reviewer = reviewing(standard, OfficerId(8));
        for (actor, action) in [
            (&submitter, Action::Submit),
            (&reviewer, Action::Approve),
            (&reviewer, Action::Approve),
        ] {
            let decided = at_desk
                .iter()
                .map(|edition| decide(actor, edition, action, Grounds::at(NOW, standard)));
            let decisions: Vec<Decision> = decided.collect::<Result<_, _>>()?;
            tx.record(&decisions).await?;
            at_desk = decisions.iter().map(Decision::after).collect();
        }
        assert!(at_desk.iter().all(|it| it.state == State::InReview));
        tx.commit().await?;
        waiting.extend(at_desk.iter().map(|it| (it.id, it.revision)));
    }
    Ok(waiting)
}

/// An item of some kilobytes, as items are.
fn record(number: usize) -> ItemRecord {
    let text = |n: usize| Value::Text("申请人应当符合法律、法规规定的条件。".repeat(n));
    ItemRecord {
        standard: "wushan".into(),
        region: "620524".parse().expect("a region of the country"),
        body: BodyRef {
            name: format!("武山县第{}局", number % 40),
            credit_code: None,
            letters: None,
        },
        code: Some(format!("62052400{:02}-XK-{number:05}", number % 40)),
        kind: "XK".into(),
        parent: None,
        position: None,
        effective_on: None,
        content: Content::new()
            .with(keys::NAME, Value::Text(format!("示例许可{number}")))
            .with("conditions", text(30))
            .with("procedure", text(30)),
    }
}
