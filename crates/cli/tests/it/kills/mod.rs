//! Killing the program, and looking at what it left.

mod chance;
mod county;
mod desk;
mod moment;
mod saves;
mod tally;

use std::{fs, process::Command};

use self::{
    chance::Chance,
    county::County,
    moment::{Killed, Lengths},
};
pub(crate) use self::{saves::kill_saves, tally::Tally};
use crate::support::Office;

/// Kills after which a county has grown so large that a new one is taken.
const KILLS_A_COUNTY: u32 = 6;

/// Kills an import so many times, at moments spread over its whole run, and each time a site
/// or a backup beside it; then a restore of what came out.
pub(crate) fn kill(office: fn() -> Office, times: u32, seed: u64) -> Tally {
    let mut chance = Chance::new(seed);
    let lengths = Lengths::measure(office);
    let mut tally = Tally::default();
    let mut county = County::new(office());
    for n in 0..times {
        if n > 0 && n % KILLS_A_COUNTY == 0 {
            check_restore(&county, office, &mut chance, &mut tally);
            county = County::new(office());
        }
        county.next_catalogue();
        let length = lengths.of(&county);
        let killed = match n % 3 {
            0 => Killed::import(&county, chance.moment(length)),
            1 => Killed::import_and_site(&county, chance.moment(length)),
            _ => Killed::import_and_backup(&county, chance.moment(length)),
        };
        county.check_after(&killed, &mut tally);
    }
    check_restore(&county, office, &mut chance, &mut tally);
    tally
}

/// Kills a restore: it has done nothing, or all of it.
fn check_restore(county: &County, office: fn() -> Office, chance: &mut Chance, tally: &mut Tally) {
    let file = county.backup();
    let restore = |office: &Office| -> Command {
        let mut command = office.command();
        command.args(["restore", &file]);
        command
    };
    let length = moment::length(restore(&office()));
    let other = office();
    moment::kill_at(&mut [restore(&other)], chance.moment(length));
    let is_whole = other.run(&["export", "items.jsonl", "--out", "items"]).status == 0
        && !fs::read(other.path("items")).unwrap().is_empty();
    tally.restored(is_whole);
    if !is_whole {
        other.run(&["restore", &file]).check(0, &["校验完好"]);
    }
    county.check_same(&other);
}
