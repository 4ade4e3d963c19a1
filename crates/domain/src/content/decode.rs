//! Reading values back. The form alone tells which kind a value is, so that each is read
//! in one pass: a catalogue of a million items is read through whenever it is imported,
//! indexed or shown.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use time::Date;

use super::{Limit, LimitUnit, Money, Row, Value};

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Row, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a whole number, true or false, codes, rows, a date, a limit or money")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        let too_large = |_| E::invalid_value(de::Unexpected::Unsigned(number), &self);
        i64::try_from(number).map(Value::Number).map_err(too_large)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Some(first) = list.next_element::<Entry>()? else {
            return Ok(Value::Codes(Vec::new()));
        };
        match first {
            Entry::Code(code) => rest(list, code).map(Value::Codes),
            Entry::Row(row) => rest(list, row).map(Value::Rows),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "date" => seen.date = Some(map.next_value::<DayText>()?.0),
                "fen" => seen.fen = Some(map.next_value()?),
                "limit" => seen.amount = Some(map.next_value()?),
                "unit" => seen.unit = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    return Err(A::Error::unknown_field(&key, &["date", "limit", "unit", "fen"]));
                }
            }
        }
        seen.value().ok_or_else(|| A::Error::custom("a date, a limit with its unit, or money"))
    }
}

fn rest<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    mut list: A,
    first: T,
) -> Result<Vec<T>, A::Error> {
    let mut all = vec![first];
    while let Some(next) = list.next_element()? {
        all.push(next);
    }
    Ok(all)
}

/// What an object said, whichever kind it is.
#[derive(Default)]
struct Seen {
    date: Option<Date>,
    fen: Option<i64>,
    amount: Option<u32>,
    unit: Option<LimitUnit>,
}

impl Seen {
    fn value(self) -> Option<Value> {
        match self {
            Seen { date: Some(date), fen: None, amount: None, unit: None } => {
                Some(Value::Date { date })
            }
            Seen { date: None, fen: Some(fen), amount: None, unit: None } => {
                Some(Value::Money(Money { fen }))
            }
            Seen { date: None, fen: None, amount: Some(amount), unit: Some(unit) } => {
                Some(Value::Limit(Limit { amount, unit }))
            }
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
struct DayText(#[serde(with = "super::value::iso_date")] Date);

/// One of a list: a code, or a row.
enum Entry {
    Code(String),
    Row(Row),
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entry, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code or a row")
            }

            fn visit_str<E: Error>(self, code: &str) -> Result<Entry, E> {
                Ok(Entry::Code(code.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                RowVisitor.visit_map(map).map(Entry::Row)
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row with its id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let (mut id, mut fields) = (None, BTreeMap::new());
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                id = Some(map.next_value()?);
            } else {
                fields.insert(key, map.next_value()?);
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        Ok(Row { id, fields })
    }
}
