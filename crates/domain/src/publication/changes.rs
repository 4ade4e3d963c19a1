//! What changed between two publications of an item, as far as the public sees.

use std::collections::BTreeSet;

use super::PublicItem;
use crate::{
    content::{Row, Value},
    standard::Standard,
};

/// 变化：一个要素，前后两版不同。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub element: String,
    pub difference: Difference,
}

/// 怎么不同。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Neither side is a list; absent is `None`, and so is a word such as 无.
    Value { before: Option<Value>, after: Option<Value> },
    /// By the ids of the rows; their order tells nothing.
    Rows { added: Vec<Row>, removed: Vec<Row>, n_changed: usize },
}

/// Returns the elements that differ, in the order of the standard, what it lacks at the end.
pub fn changes(before: &PublicItem, after: &PublicItem, standard: &Standard) -> Vec<Change> {
    let (old, new) = (&before.item.content, &after.item.content);
    let keys: BTreeSet<&str> = old.iter().chain(new.iter()).map(|(key, _)| key).collect();
    let known = standard.elements().iter().map(|element| element.key.as_str());
    let known: Vec<&str> = known.filter(|key| keys.contains(key)).collect();
    let unknown = keys.iter().copied().filter(|key| !known.contains(key));
    let all = known.iter().copied().chain(unknown);
    all.filter_map(|key| {
        let difference = difference(old.get(key), new.get(key), standard)?;
        Some(Change { element: key.to_owned(), difference })
    })
    .collect()
}

fn difference(
    before: Option<&Value>,
    after: Option<&Value>,
    standard: &Standard,
) -> Option<Difference> {
    if before == after {
        return None;
    }
    match (before, after) {
        (Some(Value::Rows(old)), Some(Value::Rows(new))) => rows(old, new),
        (Some(Value::Rows(old)), None) => rows(old, &[]),
        (None, Some(Value::Rows(new))) => rows(&[], new),
        (before, after) => {
            let [before, after] = [before, after].map(|value| told(value, standard));
            (before != after).then_some(Difference::Value { before, after })
        }
    }
}

fn told(value: Option<&Value>, standard: &Standard) -> Option<Value> {
    let is_blank = |value: &&Value| value.as_text().is_some_and(|text| standard.is_blank(text));
    value.filter(|value| !is_blank(value)).cloned()
}

fn rows(old: &[Row], new: &[Row]) -> Option<Difference> {
    let lacks = |rows: &[Row], row: &&Row| rows.iter().all(|it| it.id != row.id);
    let added: Vec<Row> = new.iter().filter(|row| lacks(old, row)).cloned().collect();
    let removed: Vec<Row> = old.iter().filter(|row| lacks(new, row)).cloned().collect();
    let is_changed = |row: &&Row| old.iter().any(|it| it.id == row.id && it.fields != row.fields);
    let n_changed = new.iter().filter(is_changed).count();
    let is_same = added.is_empty() && removed.is_empty() && n_changed == 0;
    (!is_same).then_some(Difference::Rows { added, removed, n_changed })
}
