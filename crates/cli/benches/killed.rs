//! The long form of the tests that kill: `cargo xtask bench killed [--times N] [--seed N]`.
#![expect(clippy::unwrap_used, reason = "a check that can not go on has failed")]
#![expect(clippy::print_stdout, reason = "a bench speaks to the person who started it")]

#[path = "../tests/it/kills/mod.rs"]
mod kills;
#[path = "../tests/it/postgres.rs"]
mod postgres;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support.rs"]
mod support;

use std::{env, thread, time::Instant};

use self::support::Office;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let at = arguments.iter().position(|it| it == name);
        at.map_or(otherwise, |at| arguments[at + 1].parse().expect("a number"))
    };
    let times = u32::try_from(number("--times", 200)).expect("a number of kills");
    let seed = number("--seed", 1);
    let kill = |engine: &str, office: fn() -> Office| {
        let started = Instant::now();
        let tally = kills::kill(office, times, seed);
        println!("{engine}, seed {seed}, {:.0} s\n{tally}", started.elapsed().as_secs_f64());
        assert!(tally.has_enough_between(), "too few between the first and the last write");
        let saves = kills::kill_saves(office, times, seed);
        println!("{engine}, seed {seed}, {:.0} s\n{saves}", started.elapsed().as_secs_f64());
        assert!(saves.has_enough_between(), "too few after a save that was told");
    };
    thread::scope(|scope| {
        scope.spawn(|| kill("SQLite", Office::new));
        scope.spawn(|| kill("PostgreSQL", Office::on_postgres));
    });
}
