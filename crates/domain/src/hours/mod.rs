//! Opening hours of a window, read out of the words that an office wrote.
//!
//! Only what is surely understood is read: a wrong 正在办公 sends a person on a
//! journey for nothing, while the office's own words are never wrong.

mod read;

use time::{Date, Time, Weekday};

use crate::calendar::Calendar;

/// 办公时间：工作日里哪些天、哪几段。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningHours {
    /// No weekday is in two of them.
    rules: Vec<Rule>,
}

/// 一段办公时间。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSpan {
    pub from: Time,
    pub to: Time,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// Of Monday to Friday.
    days: Vec<Weekday>,
    spans: Vec<OpenSpan>,
}

const WEEK: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// The longest row of days off in a year, with room.
const FURTHEST_OPENING_DAYS: usize = 15;

impl OpeningHours {
    /// Reads the words whole, or not at all.
    pub fn read(text: &str) -> Option<OpeningHours> {
        read::rules(text).map(|rules| OpeningHours { rules })
    }

    /// Returns the hours of a day, none where it is closed; `None` where it can not be told.
    pub fn on(&self, day: Date, calendar: &Calendar) -> Option<&[OpenSpan]> {
        if !calendar.is_working_day(day).ok()? {
            return Some(&[]);
        }
        if WEEK.contains(&day.weekday()) {
            let rule = self.rules.iter().find(|rule| rule.days.contains(&day.weekday()));
            return Some(rule.map_or(&[], |rule| &rule.spans));
        }
        // A weekend that is worked has the hours of every day, if there are such.
        match self.rules.as_slice() {
            [rule] if rule.days.len() == WEEK.len() => Some(&rule.spans),
            _ => None,
        }
    }

    /// Returns the day after `day` on which it opens next, and when; `None` where it can
    /// not be told.
    pub fn next_after(&self, day: Date, calendar: &Calendar) -> Option<(Date, Time)> {
        let days = std::iter::successors(day.next_day(), |day| day.next_day());
        for day in days.take(FURTHEST_OPENING_DAYS) {
            if let [first, ..] = self.on(day, calendar)? {
                return Some((day, first.from));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
