//! How numbers, periods and dates read on a page.
//!
//! A number keeps its unit: the two are joined by a no-break space. Nothing is
//! said with a zero: 即办, 不用跑, 不收费.

use domain::{content::Limit, edition::State};
use time::{
    Date, OffsetDateTime, Time, Weekday, format_description::well_known::Rfc3339, macros::offset,
};

const NO_BREAK: char = '\u{a0}';

/// Characters that stand after a number as its unit.
const UNITS: &str = "个日天月年份次项人元万亿张页号楼层周岁";

/// Returns a period: `20 个工作日`, `60 日`, `即办`.
pub(crate) fn limit(limit: Limit) -> String {
    if limit.is_immediate() {
        return limit.to_string();
    }
    counted(limit.amount, limit.unit.suffix())
}

/// Returns how often one must come: `1 次`, `不用跑`.
pub(crate) fn visits(n_visits: i64) -> String {
    if n_visits <= 0 { "不用跑".to_owned() } else { counted(n_visits, "次") }
}

pub(crate) fn counted(n: impl std::fmt::Display, unit: &str) -> String {
    format!("{n}{NO_BREAK}{unit}")
}

/// Keeps the numbers of a running text with their units.
pub(crate) fn joined(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut after_digit = false;
    while let Some(c) = rest.next() {
        let before_unit = rest.peek().is_some_and(|next| UNITS.contains(*next));
        result.push(if c == ' ' && after_digit && before_unit { NO_BREAK } else { c });
        after_digit = c.is_ascii_digit();
    }
    result
}

/// Returns `2026 年 3 月 2 日`.
pub(crate) fn full_date(date: Date) -> String {
    format!("{} {}", counted(date.year(), "年"), month_and_day(date))
}

/// Returns `12 月 18 日（星期五）`, with the year where it is not that of `today`.
pub(crate) fn day(date: Date, today: Date) -> String {
    let words = if date.year() == today.year() { month_and_day(date) } else { full_date(date) };
    format!("{words}（{}）", weekday(date.weekday()))
}

/// Returns `2026-11-20 12:00`, the office's clock, of a time as it is stored.
pub(crate) fn moment(stored: &str) -> String {
    OffsetDateTime::parse(stored, &Rfc3339).map_or_else(|_| stored.to_owned(), at_time)
}

/// Returns `2026-11-20 12:00`, the office's clock.
pub(crate) fn at_time(at: OffsetDateTime) -> String {
    let at = at.to_offset(offset!(+8));
    format!("{} {}", at.date(), time_of_day(at.time()))
}

/// Returns `14:32` by the office's clock, with the day before it where that is not `today`.
pub(crate) fn recently(at: OffsetDateTime, today: Date) -> String {
    let here = at.to_offset(offset!(+8));
    if here.date() == today { time_of_day(here.time()) } else { at_time(at) }
}

/// Returns how the stylesheet marks a state: by a shape beside its word.
pub(crate) fn state_mark(state: State) -> &'static str {
    match state {
        State::Draft => "",
        State::InReview | State::Approved => "is-review",
        State::Returned => "is-back",
        State::Published => "is-live",
        State::Suspended | State::Superseded | State::Withdrawn => "is-off",
    }
}

/// Returns `08:30`.
pub(crate) fn time_of_day(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Returns `11-20`.
pub(crate) fn short_date(date: Date) -> String {
    format!("{:02}-{:02}", u8::from(date.month()), date.day())
}

fn month_and_day(date: Date) -> String {
    format!("{} {}", counted(u8::from(date.month()), "月"), counted(date.day(), "日"))
}

fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// Rounds a number that was only estimated to its first two digits.
pub(crate) fn rounded(number: usize) -> usize {
    let unit = 10_usize.pow(number.checked_ilog10().unwrap_or(0).saturating_sub(1));
    (number + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::content::LimitUnit;
    use time::macros::date;

    #[test]
    fn a_period_keeps_its_unit_and_zero_is_a_word() {
        assert_eq!(limit(Limit::working_days(20)), "20\u{a0}个工作日");
        assert_eq!(limit(Limit::new(60, LimitUnit::Day)), "60\u{a0}日");
        assert_eq!(limit(Limit::IMMEDIATE), "即办");
        assert_eq!(visits(0), "不用跑");
        assert_eq!(visits(1), "1\u{a0}次");
    }

    #[test]
    fn running_text_changes_only_between_a_number_and_its_unit() {
        assert_eq!(joined("有 50 个以上的会员，3 万元"), "有 50\u{a0}个以上的会员，3\u{a0}万元");
        assert_eq!(joined("A 4 B 份 "), "A 4 B 份 ");
    }

    #[test]
    fn a_date_says_its_weekday_and_a_year_that_is_not_this_one() {
        let today = date!(2026 - 11 - 20);
        assert_eq!(day(date!(2026 - 12 - 18), today), "12\u{a0}月 18\u{a0}日（星期五）");
        assert_eq!(day(date!(2027 - 1 - 4), today), "2027\u{a0}年 1\u{a0}月 4\u{a0}日（星期一）");
        assert_eq!(short_date(date!(2026 - 11 - 3)), "11-03");
    }

    #[test]
    fn an_estimate_has_two_digits_that_mean_something() {
        let rounded = [0, 7, 99, 123, 4_567, 99_900].map(rounded);
        assert_eq!(rounded, [0, 7, 99, 120, 4_600, 100_000]);
    }
}
