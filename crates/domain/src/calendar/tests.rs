use time::Date;
use time::macros::date;

use super::*;

fn check(start: Date, n: u32, expected: Date) {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.add_working_days(start, n), Ok(expected), "{start} + {n}");
    assert_eq!(calendar.working_days_between(start, expected), Ok(n), "{start} to {expected}");
}

fn refused(result: Result<impl std::fmt::Debug, NoData>, year: i32) {
    assert_eq!(result.expect_err("this year has no data").year, year);
}

#[test]
fn a_limit_in_working_days_ends_on_the_day_that_the_notices_give() {
    check(date!(2026 - 09 - 28), 20, date!(2026 - 10 - 30));
    check(date!(2026 - 02 - 09), 5, date!(2026 - 02 - 14));
    check(date!(2025 - 09 - 26), 10, date!(2025 - 10 - 16));
    check(date!(2024 - 04 - 30), 1, date!(2024 - 05 - 06));
    check(date!(2026 - 04 - 30), 3, date!(2026 - 05 - 08));
    check(date!(2025 - 12 - 30), 2, date!(2026 - 01 - 04));
    check(date!(2026 - 10 - 03), 0, date!(2026 - 10 - 03));
}

#[test]
fn a_year_has_as_many_working_days_as_its_notice_leaves() {
    let calendar = Calendar::shipped();
    for (year, n) in [(2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
        assert_eq!(calendar.working_days_in(year), Ok(n), "{year}");
    }
    assert_eq!(calendar.years().collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
}

#[test]
fn a_saturday_may_be_worked_and_a_monday_may_be_off() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.is_working_day(date!(2026 - 02 - 14)), Ok(true));
    assert_eq!(calendar.is_working_day(date!(2026 - 02 - 16)), Ok(false));
    assert_eq!(calendar.is_working_day(date!(2026 - 03 - 02)), Ok(true));
    assert_eq!(calendar.is_working_day(date!(2026 - 03 - 01)), Ok(false));
}

#[test]
fn a_year_without_a_notice_is_told_and_not_guessed() {
    let calendar = Calendar::shipped();
    refused(calendar.working_days_in(2031), 2031);
    refused(calendar.is_working_day(date!(2031 - 05 - 06)), 2031);
    refused(calendar.add_working_days(date!(2031 - 05 - 06), 0), 2031);
    refused(calendar.add_working_days(date!(2026 - 12 - 28), 10), 2027);
    refused(calendar.working_days_between(date!(2026 - 12 - 28), date!(2027 - 01 - 04)), 2027);
    refused(calendar.working_days_between(date!(2006 - 12 - 28), date!(2007 - 01 - 04)), 2006);
    assert_eq!(
        calendar.working_days_in(2031).unwrap_err().to_string(),
        "没有 2031 年的节假日安排（现有 2007—2026 年），不能推算工作日"
    );
}

#[test]
fn a_broken_calendar_says_which_entry_to_mend() {
    let check = |text: &str, expected: &str| {
        let fault = Calendar::from_toml(text).expect_err(expected);
        assert!(fault.contains(expected), "{fault}");
    };
    let year = "[[year]]\nyear = 2026\nnotices = []\n";
    check(&format!("{year}off = [\"13-01\"]\nwork = []"), "“13-01”不是日期");
    check(&format!("{year}off = [\"01-03\"]\nwork = []"), "2026-01-03 是周末");
    check(&format!("{year}off = []\nwork = [\"01-05\"]"), "2026-01-05 不是周末");
    check(&format!("{year}off = []\nwork = []\n{year}off = []\nwork = []"), "2026 年写了两次");
    check("year = []", "没有任何年份");
    check(&format!("{year}off = []\nwork = []\nholidays = []"), "holidays");
}

#[test]
fn what_waits_at_a_desk_is_due_after_its_working_days() {
    let check = |arrived, today, on, days_left| {
        let due = Due::of(Calendar::shipped(), arrived, 5, today);
        assert_eq!(due, Ok(Due { on, days_left }), "{arrived} {today}");
    };
    let today = date!(2026 - 11 - 20);
    check(date!(2026 - 11 - 12), today, date!(2026 - 11 - 19), -1);
    check(date!(2026 - 11 - 13), today, date!(2026 - 11 - 20), 0);
    check(date!(2026 - 11 - 16), today, date!(2026 - 11 - 23), 1);
    check(date!(2026 - 11 - 20), today, date!(2026 - 11 - 27), 5);
    // On the Saturday after the last day it is late, though no working day has passed.
    check(date!(2026 - 11 - 13), date!(2026 - 11 - 21), date!(2026 - 11 - 20), -1);
    let unknown = Due::of(Calendar::shipped(), date!(2026 - 12 - 30), 5, today);
    assert_eq!(unknown.unwrap_err().year, 2027);
}

#[test]
fn what_is_late_is_found_by_the_day_of_its_arrival() {
    let calendar = Calendar::shipped();
    for (day, limit) in [
        (date!(2026 - 11 - 20), 5),
        (date!(2026 - 11 - 21), 5),
        (date!(2026 - 10 - 08), 3),
        (date!(2026 - 11 - 20), 0),
    ] {
        let last = calendar.last_arrival_due_before(day, limit).unwrap();
        let due = |arrived| calendar.add_working_days(arrived, limit).unwrap();
        assert!(due(last) < day && day <= due(last.next_day().unwrap()), "{day} {limit}: {last}");
    }
}
