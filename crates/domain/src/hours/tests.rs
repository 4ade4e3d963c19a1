use time::{
    Date,
    macros::{date, time},
};

use super::*;

fn said(spans: &[OpenSpan]) -> String {
    let one = |it: &OpenSpan| {
        let [from, to] = [it.from, it.to].map(|it| format!("{:02}:{:02}", it.hour(), it.minute()));
        format!("{from}-{to}")
    };
    spans.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Checks the hours of a day: `closed`, `unknown` or spans.
#[track_caller]
fn check(text: &str, day: Date, expected: &str) {
    let hours = OpeningHours::read(text).unwrap_or_else(|| panic!("{text} is not understood"));
    let on = match hours.on(day, Calendar::shipped()) {
        None => "unknown".to_owned(),
        Some([]) => "closed".to_owned(),
        Some(spans) => said(spans),
    };
    assert_eq!(on, expected, "{text} on {day}");
}

const WEDNESDAY: Date = date!(2026 - 11 - 25);
const FRIDAY: Date = date!(2026 - 11 - 27);
const SATURDAY: Date = date!(2026 - 11 - 28);
/// 国庆节.
const HOLIDAY: Date = date!(2026 - 10 - 01);
/// A Saturday that is worked.
const WORKED_SATURDAY: Date = date!(2026 - 02 - 14);

#[test]
fn hours_are_read_as_offices_spell_them() {
    for (text, expected) in [
        ("周一至周五 08:30–12:00，14:30–18:00（法定节假日除外）", "08:30-12:00 14:30-18:00"),
        ("周一至周五 08:30—12:00，14:30—18:00", "08:30-12:00 14:30-18:00"),
        ("周一至周五 08:30–12:00", "08:30-12:00"),
        ("工作日9:00—17:00", "09:00-17:00"),
        ("工作日：上午9:00-12:00，下午14:00-17:00，法定节假日除外。", "09:00-12:00 14:00-17:00"),
        (
            "受理时间：周一至周五（法定节假日除外）上午08：30-12:00，下午14:00-17:30",
            "08:30-12:00 14:00-17:30",
        ),
        ("工作日：8:00-12:00，14:00-17:00", "08:00-12:00 14:00-17:00"),
        ("星期一到星期五 上午8点30分至12点，下午2点半至6点", "08:30-12:00 14:30-18:00"),
        ("每周一至五 9时-17时整，中午不休息", "09:00-17:00"),
        ("上午9:00-12:00、下午1:30-5:00（工作日）", "09:00-12:00 13:30-17:00"),
        ("工作日 上午9:00—下午5:00；周六、周日及法定节假日休息", "09:00-17:00"),
        ("办公时间：法定工作日09:00:00~17:00:00", "09:00-17:00"),
        ("周一、三、五 9:00-12:00", "09:00-12:00"),
        ("周一至周四 9:00-17:00，周五 9:00-12:00", "09:00-17:00"),
    ] {
        check(text, WEDNESDAY, expected);
    }
}

#[test]
fn the_calendar_decides_on_holidays_and_worked_weekends() {
    let daily = "周一至周五 08:30–12:00，14:30–18:00（法定节假日除外）";
    check(daily, SATURDAY, "closed");
    check(daily, HOLIDAY, "closed");
    check(daily, WORKED_SATURDAY, "08:30-12:00 14:30-18:00");
    check(daily, date!(2035 - 11 - 26), "unknown");
}

#[test]
fn days_of_the_week_differ_and_a_worked_weekend_is_then_unknown() {
    let short_friday = "周一至周四 9:00-17:00，周五 9:00-12:00";
    check(short_friday, FRIDAY, "09:00-12:00");
    check(short_friday, WORKED_SATURDAY, "unknown");
    check("周一、三、五 9:00-12:00", date!(2026 - 11 - 26), "closed");
}

#[test]
fn what_is_not_surely_understood_is_not_read() {
    for text in [
        "",
        "08:30–12:00，14:30–18:00",
        "周一至周五",
        "法定工作日（夏季：8:00-12:00，15:00-18:00；冬季：8:30-12:00，14:30-18:00）",
        "周一至周六 9:00-17:00",
        "周一至周日 9:00-17:00",
        "全天24小时",
        "每天 9:00-17:00",
        "工作日 9:00-12:00，2:00-5:00",
        "工作日 17:00-9:00",
        "工作日 9:00-25:00",
        "工作日 9:00-12:60",
        "工作日 上午14:00-17:00",
        "周一至周五 9:00-12:00，周五 14:00-17:00",
        "周五至周一 9:00-12:00",
        "工作日 9:00-17:00（周五下午不办理）",
        "9:00-12:00 周一至周四，14:00-17:00 周五",
        "周一、三为1、2号窗，周二、四、五为1号窗",
        "示例路305号5号楼808房；时间：工作日9:00—17:00",
    ] {
        assert_eq!(OpeningHours::read(text), None, "{text}");
    }
}

#[test]
fn who_comes_too_late_learns_when_it_opens_next() {
    let hours = OpeningHours::read("周一至周五 08:30–12:00").unwrap();
    let next = |day| hours.next_after(day, Calendar::shipped());
    assert_eq!(next(FRIDAY), Some((date!(2026 - 11 - 30), time!(8:30))));
    assert_eq!(next(date!(2026 - 09 - 30)), Some((date!(2026 - 10 - 08), time!(8:30))));
    assert_eq!(next(date!(2026 - 02 - 13)), Some((WORKED_SATURDAY, time!(8:30))));
    assert_eq!(next(date!(2026 - 12 - 31)), None);
}
