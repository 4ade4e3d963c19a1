//! Killed at any moment: what was told is there, nothing half done shows, and the same
//! command again finishes it. `cargo xtask bench killed` is the long form of these tests.

use super::{kills, support::Office};

#[test]
fn nothing_is_lost_or_left_in_half_on_sqlite() {
    check(Office::new);
}

#[test]
fn nothing_is_lost_or_left_in_half_on_postgres() {
    check(Office::on_postgres);
}

#[expect(clippy::print_stdout, reason = "what the kills met is told with the test")]
fn check(office: fn() -> Office) {
    let tally = kills::kill(office, 6, 20_260_302);
    println!("{tally}");
    assert!(tally.has_enough_between(), "too few between the first and the last write:\n{tally}");
}

#[test]
fn what_an_officer_was_told_saved_is_there_after_a_kill_on_sqlite() {
    check_saves(Office::new);
}

#[test]
fn what_an_officer_was_told_saved_is_there_after_a_kill_on_postgres() {
    check_saves(Office::on_postgres);
}

#[expect(clippy::print_stdout, reason = "what the kills met is told with the test")]
fn check_saves(office: fn() -> Office) {
    let tally = kills::kill_saves(office, 5, 20_260_302);
    println!("{tally}");
    assert!(tally.has_enough_between(), "too few after a save that was told:\n{tally}");
}
