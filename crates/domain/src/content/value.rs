use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;

use super::Limit;

/// 要素的值。种类是封闭的；写成 JSON 时能看出是哪一种。
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Flag(bool),
    Number(i64),
    Text(String),
    /// Codes of the element's list; one that the list lacks is kept as it came.
    Codes(Vec<String>),
    Rows(Vec<Row>),
    Date {
        #[serde(with = "iso_date")]
        date: Date,
    },
    Limit(Limit),
    Money(Money),
}

/// 子表的一行，带着不变的行号。
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub id: String,
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
}

/// 金额，以分计。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub fen: i64,
}

impl Value {
    /// Tells whether there is nothing in it, so that it need not be kept.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Codes(codes) => codes.is_empty(),
            Value::Rows(rows) => rows.is_empty(),
            Value::Flag(_)
            | Value::Number(_)
            | Value::Date { .. }
            | Value::Limit(_)
            | Value::Money(_) => false,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn as_limit(&self) -> Option<Limit> {
        match self {
            Value::Limit(limit) => Some(*limit),
            _ => None,
        }
    }

    pub(super) fn as_codes(&self) -> Option<&[String]> {
        match self {
            Value::Codes(codes) => Some(codes),
            _ => None,
        }
    }
}

/// A column that a row does not fill, or fills with another kind of value, is empty or `None`.
impl Row {
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_text).unwrap_or_default()
    }

    pub fn number(&self, field: &str) -> Option<i64> {
        self.fields.get(field).and_then(Value::as_number)
    }

    pub fn codes(&self, field: &str) -> &[String] {
        self.fields.get(field).and_then(Value::as_codes).unwrap_or_default()
    }

    pub fn limit(&self, field: &str) -> Option<Limit> {
        self.fields.get(field).and_then(Value::as_limit)
    }
}

time::serde::format_description!(pub(super) iso_date, Date, "[year]-[month]-[day]");
