//! Commands that answer from what the standards and calendars say.

use super::support::Office;

#[test]
fn codes_are_explained_segment_by_segment() {
    let office = Office::new();
    let check = |code: &str, status: i32, words: &[&str]| {
        office.run(&["code", "explain", code]).check(status, words);
    };
    check("11440000006939756B2440101007000", 0, &["广东省", "行政许可", "01007", "省级"]);
    check("11440000006939801C244010300100104", 0, &["行政许可", "业务办理项", "04"]);
    check("62052400MZ-XK-0001", 0, &["甘肃省天水市武山县", "行政许可", "0001"]);
    check("XK0010100Y", 0, &["行政许可", "00101", "00Y"]);
    check(
        "511A0138000000-511602000000-000-115113010833722043-1-00",
        0,
        &["广安区", "没有来源说明这一段"],
    );
    check("13440000515356094L", 2, &["应为 A"]);
}

#[test]
fn working_days_skip_holidays_and_unknown_years_are_refused() {
    let office = Office::new();
    for (date, days, words) in [
        ("2026-09-28", "+20", "2026-10-30"),
        ("2026-02-09", "+5", "2026-02-14"),
        ("2025-09-26", "+10", "2025-10-16"),
        ("2024-04-30", "+1", "2024-05-06"),
        ("2026-04-30", "+3", "2026-05-08"),
    ] {
        office.run(&["workdays", date, days]).check(0, &[words]);
    }
    office.run(&["workdays", "2031-01-04", "+1"]).check(1, &["没有 2031 年的节假日安排"]);
    office.run(&["workdays", "明天", "+1"]).check(1, &["不是日期"]);
}
