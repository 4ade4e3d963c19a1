//! 内容: the document of an edition.
//!
//! An ordered map from element key to value. The standard is its only schema:
//! form, import, export, diff and query all walk the standard, and no code
//! repeats the list of elements.

mod decode;
mod form;
pub mod keys;
mod limit;
mod read;
mod show;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::form::next_row_id;
use self::form::next_row_number;
pub use self::{
    form::{
        Pasted, RowEdit, field_name, form_pairs, form_texts, form_unit, new_row_ids, paste_rows,
        read_form, rows_name, unit_name,
    },
    limit::{Limit, LimitUnit},
    read::{number_rows, read_field, read_rows, read_value},
    show::{show_row, show_row_as, show_single, show_value},
    value::{Money, Row, Value},
};
use crate::standard::Standard;

/// 内容：要素到值，按要素名排序，所以同样的内容总是同样的字节。
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content {
    values: BTreeMap<String, Value>,
}

impl Content {
    pub fn new() -> Content {
        Content::default()
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Puts a value; an empty one takes the element away, so that empty and absent are one.
    pub fn put(&mut self, key: &str, value: Value) {
        if value.is_empty() {
            self.values.remove(key);
        } else {
            self.values.insert(key.to_owned(), value);
        }
    }

    pub fn with(mut self, key: &str, value: Value) -> Content {
        self.put(key, value);
        self
    }

    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.values.remove(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the text of an element. As with all that follow, what is absent or holds another
    /// kind of value is empty or `None`.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::as_text).unwrap_or_default()
    }

    /// Returns the lines of a text that are not blank, without spaces around them.
    pub fn lines(&self, key: &str) -> impl Iterator<Item = &str> {
        self.text(key).lines().map(str::trim).filter(|line| !line.is_empty())
    }

    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    pub fn number(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Value::as_number)
    }

    pub fn limit(&self, key: &str) -> Option<Limit> {
        self.get(key).and_then(Value::as_limit)
    }

    pub fn codes(&self, key: &str) -> &[String] {
        self.get(key).and_then(Value::as_codes).unwrap_or_default()
    }

    pub fn rows(&self, key: &str) -> &[Row] {
        match self.get(key) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    pub fn name(&self) -> &str {
        self.text(keys::NAME)
    }

    pub fn statutory_limit(&self) -> Option<Limit> {
        self.limit(keys::STATUTORY_LIMIT)
    }

    pub fn promised_limit(&self) -> Option<Limit> {
        self.limit(keys::PROMISED_LIMIT)
    }

    /// Returns what a condition on this element is compared with.
    pub fn codes_or_flag(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::Codes(codes)) => codes.clone(),
            Some(Value::Flag(flag)) => vec![flag.to_string()],
            Some(Value::Text(text)) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    /// Returns what the public may see: elements and fields that the standard calls public.
    pub fn public(&self, standard: &Standard) -> Content {
        let mut public = Content::new();
        for (key, value) in self.iter() {
            let Some(element) = standard.element(key).filter(|element| element.public) else {
                continue;
            };
            let mut value = value.clone();
            if let Value::Rows(rows) = &mut value {
                for row in rows.iter_mut() {
                    row.fields.retain(|key, _| element.field(key).is_some_and(|it| it.public));
                }
                rows.retain(|row| !row.fields.is_empty());
            }
            public.put(key, value);
        }
        public
    }

    /// Returns `newer`, its rows bearing the ids of the rows here that say the same,
    /// so that a list brought in again is the list that was there.
    pub fn rows_kept(&self, newer: &Content) -> Content {
        let mut result = newer.clone();
        for (key, value) in &mut result.values {
            if let (Value::Rows(new), Some(Value::Rows(old))) = (value, self.get(key)) {
                keep_row_ids(old, new);
            }
        }
        result
    }
}

/// Gives each new row the id of the old row with the same fields, else of the old
/// row at its place, else one that no row had.
fn keep_row_ids(old: &[Row], new: &mut [Row]) {
    let mut free: Vec<&Row> = old.iter().collect();
    let mut given: Vec<Option<String>> = vec![None; new.len()];
    for (row, id) in new.iter().zip(&mut given) {
        if let Some(at) = free.iter().position(|it| it.fields == row.fields) {
            *id = Some(free.remove(at).id.clone());
        }
    }
    for (at, id) in given.iter_mut().enumerate().filter(|(_, id)| id.is_none()) {
        let same_place = old.get(at).and_then(|row| free.iter().position(|it| it.id == row.id));
        *id = same_place.map(|at| free.remove(at).id.clone());
    }
    let mut next = next_row_number(old.iter().map(|row| row.id.as_str()));
    for (row, id) in new.iter_mut().zip(given) {
        row.id = id.unwrap_or_else(|| {
            next += 1;
            format!("r{}", next - 1)
        });
    }
}

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
mod tests;
