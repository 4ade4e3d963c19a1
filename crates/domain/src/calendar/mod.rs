//! Working days of China, as the State Council orders them year by year.
//!
//! A year without an order has no answer here: what may not be known is told,
//! not guessed from Mondays to Fridays.

mod due;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;
use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday, macros::offset};

pub use self::due::Due;

/// The country keeps one time, whatever the machine's zone is set to.
const CHINA: UtcOffset = offset!(+8);

/// Returns the date on the wall of the office at this moment.
pub fn office_day(at: OffsetDateTime) -> Date {
    at.to_offset(CHINA).date()
}

/// 工作日历：历年放假与调休安排
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

/// 没有这一年的节假日安排
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("没有 {year} 年的节假日安排（现有 {first}—{last} 年），不能推算工作日")]
pub struct NoData {
    pub year: i32,
    pub first: i32,
    pub last: i32,
}

impl Calendar {
    /// Returns the calendar that ships with the program.
    pub fn shipped() -> &'static Calendar {
        static SHIPPED: OnceLock<Calendar> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Calendar::from_toml(include_str!("../../../../standards/holidays/china.toml"))
                .expect("the shipped calendar is read by a test")
        })
    }

    /// Reads a calendar; the fault is in words for whoever wrote the file.
    pub fn from_toml(text: &str) -> Result<Calendar, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut years = BTreeMap::new();
        for entry in file.year {
            let number = entry.year;
            let year = Year::read(entry)?;
            if years.insert(number, year).is_some() {
                return Err(format!("{number} 年写了两次，请合并为一张表"));
            }
        }
        if years.is_empty() {
            return Err("节假日文件里没有任何年份，请至少写一张 [[year]] 表".to_owned());
        }
        Ok(Calendar { years })
    }

    /// Returns the years that the calendar knows, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// Tells whether offices work on a day; `NoData` for a year whose order is not known.
    pub fn is_working_day(&self, date: Date) -> Result<bool, NoData> {
        let year = self.year(date.year())?;
        Ok(year.is_working_day(date))
    }

    /// Returns the day on which `n` working days after `start` end.
    ///
    /// The start day is not counted. With `n` = 0 it is `start` itself.
    pub fn add_working_days(&self, start: Date, n: u32) -> Result<Date, NoData> {
        let mut date = start;
        self.year(date.year())?;
        let mut left = n;
        while left > 0 {
            date = date.next_day().ok_or_else(|| self.no_data(date.year() + 1))?;
            if self.is_working_day(date)? {
                left -= 1;
            }
        }
        Ok(date)
    }

    /// Counts the working days after `start` up to and with `end`; 0 if `end` is not later.
    pub fn working_days_between(&self, start: Date, end: Date) -> Result<u32, NoData> {
        let mut date = start;
        self.year(start.year())?;
        let mut n = 0;
        while date < end {
            date = date.next_day().ok_or_else(|| self.no_data(date.year() + 1))?;
            n += u32::from(self.is_working_day(date)?);
        }
        Ok(n)
    }

    pub fn working_days_in(&self, year: i32) -> Result<u32, NoData> {
        let known = self.year(year)?;
        let mut date =
            Date::from_calendar_date(year, Month::January, 1).map_err(|_| self.no_data(year))?;
        let mut n = 0;
        while date.year() == year {
            n += u32::from(known.is_working_day(date));
            let Some(next) = date.next_day() else { break };
            date = next;
        }
        Ok(n)
    }

    fn year(&self, year: i32) -> Result<&Year, NoData> {
        self.years.get(&year).ok_or_else(|| self.no_data(year))
    }

    fn no_data(&self, year: i32) -> NoData {
        let first = self.years.keys().next().copied().unwrap_or(year);
        let last = self.years.keys().next_back().copied().unwrap_or(year);
        NoData { year, first, last }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Vec<YearEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearEntry {
    year: i32,
    /// Where the order can be read; kept in the file for whoever checks it.
    #[serde(rename = "notices")]
    _notices: Vec<String>,
    off: Vec<String>,
    work: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    off: BTreeSet<Date>,
    work: BTreeSet<Date>,
}

impl Year {
    fn read(entry: YearEntry) -> Result<Year, String> {
        let off = days(entry.year, &entry.off)?;
        let work = days(entry.year, &entry.work)?;
        if let Some(date) = off.iter().find(|date| is_weekend(**date)) {
            return Err(format!("{date} 是周末，本来就不上班，不必写进 off"));
        }
        if let Some(date) = work.iter().find(|date| !is_weekend(**date)) {
            return Err(format!("{date} 不是周末，本来就上班，不必写进 work"));
        }
        Ok(Year { off, work })
    }

    fn is_working_day(&self, date: Date) -> bool {
        if is_weekend(date) { self.work.contains(&date) } else { !self.off.contains(&date) }
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn days(year: i32, texts: &[String]) -> Result<BTreeSet<Date>, String> {
    texts
        .iter()
        .map(|text| {
            day(year, text).ok_or_else(|| {
                format!("{year} 年的“{text}”不是日期，请写成“月-日”，例如 \"10-01\"")
            })
        })
        .collect()
}

fn day(year: i32, text: &str) -> Option<Date> {
    let (month, day) = text.split_once('-')?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests;
