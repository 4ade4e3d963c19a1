use std::fmt;

use serde::{Deserialize, Serialize};

/// 时限：多少、什么单位；0 就是即办。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    #[serde(rename = "limit")]
    pub amount: u32,
    pub unit: LimitUnit,
}

/// 时限单位。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    Minute,
    Hour,
    WorkingDay,
    Day,
    Month,
    Year,
}

impl LimitUnit {
    pub const ALL: [LimitUnit; 6] = [
        LimitUnit::Minute,
        LimitUnit::Hour,
        LimitUnit::WorkingDay,
        LimitUnit::Day,
        LimitUnit::Month,
        LimitUnit::Year,
    ];

    /// 单位怎么写在数后面。
    pub fn suffix(self) -> &'static str {
        match self {
            LimitUnit::Minute => "分钟",
            LimitUnit::Hour => "小时",
            LimitUnit::WorkingDay => "个工作日",
            LimitUnit::Day => "日",
            LimitUnit::Month => "个月",
            LimitUnit::Year => "年",
        }
    }

    /// Finds the unit that a text after a number means: 工作日, 个工作日, 天, 自然日, W, N …
    pub fn read(text: &str) -> Option<LimitUnit> {
        let text = text.trim().trim_start_matches('个').trim_end_matches(['内', '以']);
        Some(match text {
            "分钟" | "分" => LimitUnit::Minute,
            "小时" | "时" | "H" => LimitUnit::Hour,
            "工作日" | "工作天" | "W" | "1" => LimitUnit::WorkingDay,
            "日" | "天" | "自然日" | "日历日" | "N" | "2" => LimitUnit::Day,
            "月" => LimitUnit::Month,
            "年" => LimitUnit::Year,
            _ => return None,
        })
    }
}

impl Limit {
    pub const IMMEDIATE: Limit = Limit { amount: 0, unit: LimitUnit::WorkingDay };

    /// Returns a limit; of no amount it is 即办, in whatever unit.
    pub fn new(amount: u32, unit: LimitUnit) -> Limit {
        if amount == 0 { Limit::IMMEDIATE } else { Limit { amount, unit } }
    }

    pub fn working_days(amount: u32) -> Limit {
        Limit::new(amount, LimitUnit::WorkingDay)
    }

    pub fn is_immediate(self) -> bool {
        self.amount == 0
    }

    /// Converts for comparison: a month counts 22 and a year 250 working days
    /// (the indicator scripts' figures), a week of days five working days.
    pub fn in_working_days(self) -> f64 {
        let amount = f64::from(self.amount);
        match self.unit {
            LimitUnit::Minute => amount / 480.0,
            LimitUnit::Hour => amount / 8.0,
            LimitUnit::WorkingDay => amount,
            LimitUnit::Day => amount * 5.0 / 7.0,
            LimitUnit::Month => amount * 22.0,
            LimitUnit::Year => amount * 250.0,
        }
    }

    /// Reads 「20个工作日」「30(工作日)」「5 天」「即办」「当场办结」; a bare number takes `unit`.
    pub fn read(text: &str, unit: LimitUnit) -> Option<Limit> {
        let text = crate::text::fold_width(text);
        let text = text.trim();
        if matches!(
            text,
            "即办" | "即时办结" | "当场办结" | "当场" | "立等可取" | "即时" | "当日办结" | "即办件"
        ) {
            return Some(Limit::IMMEDIATE);
        }
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let amount: u32 = text[..digits].parse().ok()?;
        let rest = text[digits..].trim().trim_start_matches('(').trim_end_matches(')');
        let unit = if rest.is_empty() { unit } else { LimitUnit::read(rest)? };
        Some(Limit::new(amount, unit))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_immediate() {
            return f.write_str("即办");
        }
        write!(f, "{}{}", self.amount, self.unit.suffix())
    }
}
