//! How long a bulk approval that publishes takes, alone and beside an open site, and how the
//! site's pages answer meanwhile. `one_by_one` of the store inserts the rows that it leaves, to
//! compare.
//!
//! `bulk N DATABASE` makes the file DATABASE, approves and publishes N editions in it twice, and
//! prints the seconds and how many events and publications that left; then the seconds beside
//! the open site, and p50 and p99 in milliseconds of the portal's home and of the to-do list.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

#[expect(dead_code, reason = "the load bench uses more of it")]
#[path = "load/client.rs"]
mod client;
#[expect(dead_code, reason = "the load bench uses more of it")]
#[path = "load/figures.rs"]
mod figures;

use std::{
    env,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    content::{Content, Value, keys},
    edition::{Action, Decision, Edition, Grounds, State, decide},
    item::{BodyRef, EditionId, ItemRecord},
    people::{Actor, Officer, OfficerId, Role, Scope},
    standard::{Operation, Standard, Standards},
};
use search::Index;
use store::{Item, JobId, Store};
use time::{OffsetDateTime, macros::datetime};
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
    task::JoinHandle,
    time::interval,
};
use web::{
    AppState, Clock, Files, Listeners, Settings, Step, accounts,
    jobs::{steps, work::Worker},
};

use self::{client::Request, figures::Times};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);
const CHUNK: usize = 1_000;
const ACCOUNT: &str = "shenhe";
const PASSWORD: &str = "Ceshi.7402";

/// How often each page is asked for while the job runs.
const EVERY: Duration = Duration::from_millis(50);

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
    let numbers: Vec<usize> = (1..=2 * n).collect();
    let (alone, beside) = numbers.split_at(n);
    let alone = waiting(&store, standard, alone).await?;
    let beside = waiting(&store, standard, beside).await?;

    let index = Index::in_memory()?;
    let clock = Clock::Fixed(NOW);
    let files = Files::in_folder(Path::new(&format!("{database}-files")))?;
    let settings = Settings::default();
    let state = AppState::new(store.clone(), index, files, standards.clone(), clock, settings);
    let before = store.verify().await?;
    let started = Instant::now();
    let job = order(&store, reviewer, &alone).await?;
    let mut worker = Worker::new(state.clone());
    while worker.turn().await? {}
    let bulk = started.elapsed();
    is_done(&store, job, n).await?;
    let after = store.verify().await?;
    assert_eq!(after.wrong, []);
    let n_events = after.n_events - before.n_events;
    let n_publications = after.n_publications - before.n_publications;
    let meanwhile = beside_a_site(state, reviewer, &beside).await?;
    store.close().await;
    println!("{:.3} {n_events} {n_publications} {meanwhile}", bulk.as_secs_f64());
    Ok(())
}

/// Does the same while the site is open and its pages are asked for, and returns the figures.
async fn beside_a_site(
    state: AppState,
    reviewer: OfficerId,
    waiting: &[(EditionId, i64)],
) -> Outcome<String> {
    let store = state.store.clone();
    let public = TcpListener::bind("127.0.0.1:0").await?;
    let address = public.local_addr()?.to_string();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(async move {
        let listeners = Listeners { public, operators: None };
        let told = async {
            let _ = stopped.await;
        };
        web::serve(listeners, state, Duration::from_secs(10), told).await
    });
    let mut sender = client::connect(&address).await?;
    let cookie = client::sign_in(&mut sender, &address, (ACCOUNT, PASSWORD)).await?;
    let (end, ended) = watch::channel(false);
    let ask = |path: &str| {
        let request = Request::page(path).by(&cookie);
        tokio::spawn(ask(address.clone(), request, ended.clone()))
    };
    let pages: [JoinHandle<Outcome<Times>>; 2] = [ask("/"), ask("/workbench/tasks?tray=review")];

    let started = Instant::now();
    let job = order(&store, reviewer, waiting).await?;
    let mut ticks = interval(EVERY);
    while store.job(job).await?.is_none_or(|it| it.ended_at.is_none()) {
        ticks.tick().await;
    }
    let mut told = format!("{:.3}", started.elapsed().as_secs_f64());
    end.send_replace(true);
    for page in pages {
        let mut times = page.await??;
        for percent in [50, 99] {
            told += &format!(" {:.1}", times.percentile(percent).as_secs_f64() * 1_000.0);
        }
    }
    is_done(&store, job, waiting.len()).await?;
    let _ = stop.send(());
    serving.await??;
    Ok(told)
}

/// Asks for a page again and again until told to end.
async fn ask(address: String, request: Request, ended: watch::Receiver<bool>) -> Outcome<Times> {
    let mut sender = client::connect(&address).await?;
    let (mut times, mut ticks) = (Times::default(), interval(EVERY));
    while !*ended.borrow() {
        ticks.tick().await;
        let started = Instant::now();
        client::answer(&mut sender, &address, &request).await?;
        times.add(started.elapsed());
    }
    Ok(times)
}

async fn order(store: &Store, reviewer: OfficerId, waiting: &[(EditionId, i64)]) -> Outcome<JobId> {
    let step = Step::Approve { publish: true };
    Ok(steps::order(store, reviewer, &step, waiting, NOW).await?)
}

async fn is_done(store: &Store, job: JobId, n: usize) -> Outcome<()> {
    let job = store.job(job).await?.ok_or("the job is gone")?;
    assert_eq!((job.n_done, job.n_refused), (n as u64, 0), "all of them were to be published");
    Ok(())
}

/// Makes the account of one who reviews at every desk and publishes.
async fn open_account(store: &Store, standard: &Standard) -> Outcome<OfficerId> {
    let officer = Officer {
        id: OfficerId(0),
        account: ACCOUNT.into(),
        name: "审核岗".into(),
        scope: Scope::Everywhere,
        roles: reviewing(standard, OfficerId(0)).roles,
        must_change_password: false,
        stamp: 1,
        is_closed: false,
    };
    Ok(accounts::add_with(store, &officer, PASSWORD, OfficerId(0), NOW).await?)
}

fn reviewing(standard: &Standard, id: OfficerId) -> Actor {
    let desks = standard.desks.iter().map(|desk| Role::Reviewer { desk: desk.id.clone() });
    Actor { id, scope: Scope::Everywhere, roles: desks.chain([Role::Publisher]).collect() }
}

/// Brings editions to the last desk: every second one changes an item that is live, and
/// each was saved as often as people do.
async fn waiting(
    store: &Store,
    standard: &Standard,
    numbers: &[usize],
) -> Outcome<Vec<(EditionId, i64)>> {
    let mut waiting = Vec::with_capacity(numbers.len());
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
