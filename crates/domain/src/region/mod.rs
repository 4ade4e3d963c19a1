//! Administrative regions: their codes, and the table of the whole country.

pub mod regions;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// 行政区划级别
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Province,
    City,
    County,
    Township,
}

/// 行政区划代码：省、市、县 6 位，乡镇（街道）9 位
///
/// Ordered so that a region comes before all that lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(u32);

/// 行政区划
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub code: RegionCode,
    pub name: &'static str,
    pub parent: Option<RegionCode>,
    pub level: Level,
}

/// 不是行政区划代码
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}”不是行政区划代码：{reason}")]
pub struct NotARegionCode {
    pub text: String,
    pub reason: &'static str,
}

/// Tells whether a county may register these two digits for a township; 00 is the county itself.
pub fn are_township_digits(text: &str) -> bool {
    text.len() == 2 && text != "00" && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl RegionCode {
    /// Reads a code of 2, 4, 6, 9 or 12 digits; short ones name the province or the city.
    ///
    /// The county rule's 8 digits are another thing: their last two are registered, not national.
    pub fn parse(text: &str) -> Result<RegionCode, NotARegionCode> {
        let refuse = |reason| NotARegionCode { text: text.to_owned(), reason };
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refuse("应全部是数字，例如 620524"));
        }
        let nine = match text.len() {
            2 | 4 | 6 => format!("{text:0<9}"),
            9 => text.to_owned(),
            12 if text.ends_with("000") => text[..9].to_owned(),
            12 => return Err(refuse("村（社区）一级的代码不在本库，请改用所属乡镇的代码")),
            _ => return Err(refuse("应为 6 位（省、市、县）或 9 位（乡镇、街道）")),
        };
        let number = nine.parse().map_err(|_| refuse("应全部是数字，例如 620524"))?;
        if number < 110_000_000 {
            return Err(refuse("省级代码从 11 起"));
        }
        let code = RegionCode(number);
        if code.city_part() == 0 && number % 10_000_000 != 0 {
            return Err(refuse("市级两位是 00，下级代码就应全部是 0"));
        }
        Ok(code)
    }

    pub fn level(&self) -> Level {
        match (self.0 % 1_000, self.0 / 1_000 % 100, self.city_part()) {
            (1.., _, _) => Level::Township,
            (_, 1.., _) => Level::County,
            (_, _, 1..) => Level::City,
            _ => Level::Province,
        }
    }

    /// Returns the region above by the code alone; a province has none.
    pub fn parent(&self) -> Option<RegionCode> {
        let unit = match self.level() {
            Level::Province => return None,
            Level::City => 10_000_000,
            Level::County => 100_000,
            Level::Township => 1_000,
        };
        Some(RegionCode(self.0 / unit * unit))
    }

    /// Whether `other` is this region or lies in it.
    pub fn contains(&self, other: &RegionCode) -> bool {
        let unit = self.unit();
        self.0 / unit == other.0 / unit
    }

    /// Returns the digits with which every code of the subtree begins: `62`, `6205`, `620524`.
    pub fn subtree_prefix(&self) -> String {
        (self.0 / self.unit()).to_string()
    }

    fn city_part(&self) -> u32 {
        self.0 / 100_000 % 100
    }

    fn unit(&self) -> u32 {
        match self.level() {
            Level::Province => 10_000_000,
            Level::City => 100_000,
            Level::County => 1_000,
            Level::Township => 1,
        }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = if self.level() == Level::Township { self.0 } else { self.0 / 1_000 };
        write!(f, "{digits}")
    }
}

impl FromStr for RegionCode {
    type Err = NotARegionCode;

    fn from_str(text: &str) -> Result<RegionCode, NotARegionCode> {
        RegionCode::parse(text)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = NotARegionCode;

    fn try_from(text: String) -> Result<RegionCode, NotARegionCode> {
        RegionCode::parse(&text)
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> String {
        code.to_string()
    }
}

#[cfg(test)]
mod tests;
