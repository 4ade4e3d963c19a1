//! The hours of today, for a page that says whether a window is open.
//!
//! A page is a function of the date and never of the time of day: that it is open
//! right now is the browser's to say (`assets/js/hours.js`).

use domain::{
    calendar::Calendar,
    hours::{OpenSpan, OpeningHours},
};
use time::Date;

use crate::words;

/// 今天的办公时间。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Today {
    /// On the wall of the office, for the module.
    pub(crate) day: Date,
    /// 11 月 25 日（星期三）
    pub(crate) date: String,
    /// 08:30–12:00，14:30–18:00; empty where it is closed all day.
    pub(crate) hours: String,
    /// The same for the module: 08:30-12:00 14:30-18:00.
    pub(crate) spans: String,
    /// 11 月 26 日（星期四）08:30; empty where it can not be told.
    pub(crate) next: String,
}

impl Today {
    /// Reads what an office wrote; `None` where that does not surely say when it is open.
    pub(crate) fn read(written: &str, today: Date, calendar: &Calendar) -> Option<Today> {
        let hours = OpeningHours::read(written)?;
        let spans = hours.on(today, calendar)?;
        let next = hours
            .next_after(today, calendar)
            .map(|(day, time)| format!("{}{}", words::day(day, today), words::time_of_day(time)));
        Some(Today {
            day: today,
            date: words::day(today, today),
            hours: joined(spans, "–", "，"),
            spans: joined(spans, "-", " "),
            next: next.unwrap_or_default(),
        })
    }
}

fn joined(spans: &[OpenSpan], dash: &str, between: &str) -> String {
    let one = |span: &OpenSpan| {
        format!("{}{dash}{}", words::time_of_day(span.from), words::time_of_day(span.to))
    };
    spans.iter().map(one).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn today_is_told_for_people_and_for_the_module() {
        let written = "周一至周五 08:30–12:00，14:30–18:00";
        let read = |day| Today::read(written, day, Calendar::shipped()).unwrap();
        let friday = read(date!(2026 - 11 - 20));
        assert_eq!(friday.hours, "08:30–12:00，14:30–18:00");
        assert_eq!(friday.spans, "08:30-12:00 14:30-18:00");
        assert_eq!(friday.next, "11\u{a0}月 23\u{a0}日（星期一）08:30");
        let saturday = read(date!(2026 - 11 - 21));
        assert_eq!((saturday.hours.as_str(), saturday.spans.as_str()), ("", ""));
        assert_eq!(Today::read("请先打电话", date!(2026 - 11 - 20), Calendar::shipped()), None);
    }
}
