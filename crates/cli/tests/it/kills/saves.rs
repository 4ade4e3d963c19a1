//! A site that is killed while an officer writes.

use std::{
    fmt, thread,
    time::{Duration, Instant},
};

use domain::people::{Officer, OfficerId, Role, Scope};
use store::Store;
use time::macros::datetime;
use web::accounts;

use super::{
    chance::Chance,
    desk::{Desk, Seen, Typed},
};
use crate::support::{Office, Site};

const ACCOUNT: &str = "wsmz-01";
const PASSWORD: &str = "Xieren7402.";
const NAME: &str = "示例确认";

/// Saves in the time over which the kills are spread.
const SAVES: u64 = 20;

/// What the kills met.
#[derive(Debug, Clone, Default)]
pub(crate) struct SavesTally {
    n_kills: u32,
    /// Kills before the first save was told.
    n_before: u32,
    n_told: u64,
    /// Saves that were under way, and are there.
    n_kept: u32,
    /// Saves that were under way, and are not there.
    n_lost: u32,
}

/// Kills a site so many times in the middle of an officer's saves, and looks each time whether
/// all that was told saved is there.
pub(crate) fn kill_saves(office: fn() -> Office, times: u32, seed: u64) -> SavesTally {
    let (mut chance, mut tally) = (Chance::new(seed), SavesTally::default());
    let office = office();
    let edition = begin(&office);
    let site = office.serve();
    let desk = Desk::sign_in(&site.address, ACCOUNT, PASSWORD, edition);
    let seen = desk.open(&site.address);
    let started = Instant::now();
    let mut typed = desk.type_on(&site.address, seen, SAVES);
    let length = started.elapsed();
    site.kill();
    for _ in 0..times {
        let site = office.serve();
        let seen = desk.open(&site.address);
        tally.looked(seen.save, typed);
        let first = seen.save;
        typed = type_until_killed(&desk, seen, site, chance.moment(length));
        tally.killed(first, typed);
    }
    let site = office.serve();
    tally.looked(desk.open(&site.address).save, typed);
    site.kill();
    office.run(&["verify", "--json"]).check(0, &[r#""wrong":[]"#]);
    tally
}

fn type_until_killed(desk: &Desk, seen: Seen, site: Site, moment: Duration) -> Typed {
    let address = site.address.clone();
    thread::scope(|scope| {
        let typing = scope.spawn(move || desk.type_on(&address, seen, u64::from(u32::MAX)));
        thread::sleep(moment);
        site.kill();
        typing.join().unwrap()
    })
}

/// Brings in an item that is not published, opens an account, and returns the item's draft.
fn begin(office: &Office) -> i64 {
    let table = format!(
        "事项名称,事项类型,实施主体,部门代码,区划代码\n{NAME},行政确认,武山县民政局,MZ,620524\n"
    );
    let file = office.file("list.csv", table);
    office.import(&[&file, "--standard", "wushan"]);
    let url = office.existing_database().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let body = store.bodies(None).await.unwrap().remove(0).id;
        let clerk = Officer {
            id: OfficerId(0),
            account: ACCOUNT.into(),
            name: "录入岗".into(),
            scope: Scope::Body(body),
            roles: vec![Role::Editor],
            must_change_password: false,
            stamp: 1,
            is_closed: false,
        };
        let now = datetime!(2026-03-02 01:00 UTC);
        accounts::add_with(&store, &clerk, PASSWORD, OfficerId(0), now).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let item = tx.items_by_name(body, &[NAME]).await.unwrap().remove(0).id;
        let draft = tx.current_editions(&[item]).await.unwrap().remove(0).id;
        drop(tx);
        store.close().await;
        draft.0
    })
}

impl SavesTally {
    /// At least half of all kills came after a save that was told.
    pub(crate) fn has_enough_between(&self) -> bool {
        self.n_before * 2 <= self.n_kills
    }

    fn killed(&mut self, first: u64, typed: Typed) {
        self.n_kills += 1;
        self.n_before += u32::from(typed.told == first);
        self.n_told += typed.told - first;
    }

    /// Holds what is there after a kill to what was told before it.
    fn looked(&mut self, save: u64, typed: Typed) {
        assert!(save >= typed.told, "save {} was told, and {save} is there", typed.told);
        assert!(save <= typed.sent, "{save} is there, of {} that were sent", typed.sent);
        self.n_kept += u32::from(save > typed.told);
        self.n_lost += u32::from(save < typed.sent);
    }
}

impl fmt::Display for SavesTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SavesTally { n_kills, n_before, n_told, n_kept, n_lost } = self;
        writeln!(f, "sites killed while an officer wrote: {n_kills}")?;
        writeln!(f, "  before the first save was told: {n_before}")?;
        writeln!(f, "saves told, and all there: {n_told}")?;
        write!(f, "saves under way, which are there: {n_kept}, and are not: {n_lost}")
    }
}
