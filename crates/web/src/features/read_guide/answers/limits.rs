use domain::{
    calendar::{Calendar, NoData},
    content::{Limit, LimitUnit, keys},
    flow::Flow,
};
use time::Date;

use super::{
    super::{guide::Days, sheet::SheetRow},
    Answer, Sheet,
};
use crate::words;

/// 要多久。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Long {
    pub(crate) promised: Option<String>,
    pub(crate) statutory: Option<String>,
    pub(crate) is_immediate: bool,
    pub(crate) due: Due,
    pub(crate) spans: Vec<Span>,
    pub(crate) notes: Vec<String>,
    pub(crate) special: Vec<Special>,
}

/// The day by which it will be done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Due {
    /// Accepted on the one day (今天, or the next on which the office is open), done by the other.
    On { accepted: String, done: String },
    /// The holidays of that year are not known yet.
    Unknown { year: i32 },
    /// Minutes and hours need no date.
    None,
}

/// 一个环节在时限里占的一段。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) limit: String,
    /// Left edge and width, in hundredths of the bar.
    pub(crate) left: String,
    pub(crate) width: String,
}

/// 不计入时限的特别程序。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Special {
    pub(crate) name: String,
    pub(crate) words: String,
}

impl Long {
    pub(crate) fn read(sheet: Sheet<'_>, days: Days, calendar: &Calendar) -> Answer<Long> {
        let content = &sheet.item.item.content;
        let (promised, statutory) = (content.promised_limit(), content.statutory_limit());
        let keys = [keys::PROMISED_LIMIT, keys::STATUTORY_LIMIT];
        let notes = [keys::PROMISED_NOTE, keys::STATUTORY_NOTE].map(|key| sheet.words(key));
        let long = Long {
            promised: promised.map(words::limit),
            statutory: statutory.map(words::limit),
            is_immediate: promised.or(statutory).is_some_and(Limit::is_immediate),
            due: promised.or(statutory).map_or(Due::None, |limit| due(limit, days, calendar)),
            spans: spans(&on_the_longest_way(sheet)),
            notes: notes.into_iter().flatten().collect(),
            special: sheet.rows(keys::SPECIAL_PROCEDURES).into_iter().map(special).collect(),
        };
        let is_empty = promised.is_none()
            && statutory.is_none()
            && long.notes.is_empty()
            && long.special.is_empty();
        Answer::of((!is_empty).then_some(long), "办理时限", &keys, sheet)
    }
}

/// The steps whose time adds up: of a flow with branches, those that take longest.
fn on_the_longest_way(sheet: Sheet<'_>) -> Vec<SheetRow<'_>> {
    let rows = sheet.rows(keys::STEPS);
    let all = sheet.item.item.content.rows(keys::STEPS);
    let Some(flow) = Flow::of(all).filter(Flow::branches) else { return rows };
    let Some(way) = flow.longest_way() else { return Vec::new() };
    let ids: Vec<&str> =
        way.nodes.iter().filter_map(|node| Some(all[flow.nodes[*node].row?].id.as_str())).collect();
    rows.into_iter().filter(|row| ids.contains(&row.row().id.as_str())).collect()
}

/// Counts from the day on which the office can accept: that of the guide, or its next working
/// day.
fn due(limit: Limit, days: Days, calendar: &Calendar) -> Due {
    let today = days.today;
    if limit.is_immediate() {
        return Due::None;
    }
    let counted = || -> Result<Option<(Date, Date)>, NoData> {
        let accepted = open_day(days.guide, calendar)?;
        let done = match limit.unit {
            LimitUnit::WorkingDay => Some(calendar.add_working_days(accepted, limit.amount)?),
            LimitUnit::Day => accepted.checked_add(time::Duration::days(limit.amount.into())),
            LimitUnit::Month => months_later(accepted, limit.amount),
            LimitUnit::Year => months_later(accepted, limit.amount.saturating_mul(12)),
            LimitUnit::Minute | LimitUnit::Hour => None,
        };
        Ok(done.map(|done| (accepted, done)))
    };
    match counted() {
        Ok(Some((accepted, done))) => Due::On {
            accepted: if accepted == today { "今天".into() } else { words::day(accepted, today) },
            done: words::day(done, today),
        },
        Ok(None) => Due::None,
        Err(NoData { year, .. }) => Due::Unknown { year },
    }
}

fn open_day(mut day: Date, calendar: &Calendar) -> Result<Date, NoData> {
    while !calendar.is_working_day(day)? {
        let Some(next) = day.next_day() else { break };
        day = next;
    }
    Ok(day)
}

/// Returns the same day that many months later, or the last of a shorter month.
fn months_later(date: Date, n_months: u32) -> Option<Date> {
    let months = date.year() * 12 + i32::from(u8::from(date.month())) - 1;
    let months = months.checked_add(i32::try_from(n_months).ok()?)?;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = date.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).ok()
}

/// Returns how the steps share the time, where at least two say so in working days.
fn spans(steps: &[SheetRow<'_>]) -> Vec<Span> {
    let in_days = |row: &SheetRow<'_>| {
        let limit = row.row().limit("limit")?;
        let is_days = limit.unit == LimitUnit::WorkingDay && !limit.is_immediate();
        is_days.then(|| (row.text("name"), limit))
    };
    let parts: Vec<(String, Limit)> = steps.iter().filter_map(in_days).collect();
    let total: u32 = parts.iter().map(|(_, limit)| limit.amount).sum();
    if parts.len() < 2 || total == 0 {
        return Vec::new();
    }
    let mut before = 0;
    let span = |(name, limit): (String, Limit)| {
        let percent = |n: u32| f64::from(n) * 100.0 / f64::from(total);
        let left = percent(before);
        before += limit.amount;
        // The gap of 0.3 parts one stretch from the next.
        let width = (percent(limit.amount) - 0.3).max(0.3);
        let (left, width) = (format!("{left:.1}"), format!("{width:.1}"));
        Span { name, limit: words::limit(limit), left, width }
    };
    parts.into_iter().map(span).collect()
}

fn special(row: SheetRow<'_>) -> Special {
    let limit = row.row().limit("limit").map(words::limit);
    let body = row.words("body").map(|body| format!("由{body}实施"));
    let parts = [limit, body, row.words("note")];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join("，");
    Special { name: row.text("name"), words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn check(limit: Limit, today: Date, expected: Due) {
        assert_eq!(due(limit, Days::of(today), Calendar::shipped()), expected);
    }

    fn on(accepted: &str, done: &str) -> Due {
        let joined = |text: &str| text.replace(' ', "\u{a0}").replace("月\u{a0}", "月 ");
        Due::On { accepted: joined(accepted), done: joined(done) }
    }

    #[test]
    fn working_days_pass_over_holidays() {
        let expected = on("今天", "10 月 30 日（星期五）");
        check(Limit::working_days(20), date!(2026 - 9 - 28), expected);
    }

    #[test]
    fn on_a_sunday_the_office_accepts_on_monday() {
        let expected = on("11 月 23 日（星期一）", "12 月 21 日（星期一）");
        check(Limit::working_days(20), date!(2026 - 11 - 22), expected);
    }

    #[test]
    fn a_past_guide_counts_from_its_day_and_says_the_year() {
        let days = Days { guide: date!(2025 - 9 - 26), today: date!(2026 - 11 - 20) };
        let expected = Due::On {
            accepted: words::day(days.guide, days.today),
            done: words::day(date!(2025 - 10 - 16), days.today),
        };
        assert_eq!(due(Limit::working_days(10), days, Calendar::shipped()), expected);
        assert_eq!(
            words::day(days.guide, days.today).replace('\u{a0}', " "),
            "2025 年 9 月 26 日（星期五）"
        );
    }

    #[test]
    fn days_and_months_are_counted_as_they_come() {
        let today = date!(2026 - 3 - 31);
        check(Limit::new(60, LimitUnit::Day), today, on("今天", "5 月 30 日（星期六）"));
        check(Limit::new(1, LimitUnit::Month), today, on("今天", "4 月 30 日（星期四）"));
        check(Limit::new(2, LimitUnit::Hour), today, Due::None);
        check(Limit::IMMEDIATE, today, Due::None);
    }

    #[test]
    fn a_year_without_holidays_is_told_and_not_guessed() {
        check(Limit::working_days(30), date!(2026 - 12 - 1), Due::Unknown { year: 2027 });
        check(Limit::working_days(1), date!(2031 - 5 - 5), Due::Unknown { year: 2031 });
    }

    #[test]
    fn the_end_of_february_is_its_last_day() {
        assert_eq!(months_later(date!(2024 - 1 - 31), 1), Some(date!(2024 - 2 - 29)));
        assert_eq!(months_later(date!(2026 - 12 - 15), 12), Some(date!(2027 - 12 - 15)));
    }
}
