//! What differs between two contents of an item, element by element.
//!
//! One notion for all who compare: the reviewer, the list of versions, the portal's
//! news, and a save that came too late.

mod rows;
mod text;

use std::collections::BTreeSet;

pub use self::{
    rows::{FieldChange, RowChange},
    text::{TextPiece, text_pieces},
};
use crate::{
    content::{Content, Value},
    standard::Standard,
};

/// 变化：一个要素，前后两版不同。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementChange {
    pub element: String,
    pub difference: Difference,
}

/// 怎么不同。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// At most one side is a list; absent is `None`.
    Value { before: Option<Value>, after: Option<Value> },
    /// The rows as they come now, those that are gone at the end.
    Rows(Vec<RowChange>),
}

/// Returns the elements that differ, in the order of the standard, what it lacks at the end.
///
/// Rows are the same by their ids, else by what they are: a row that says the same as one
/// before, or bears the same name, is no new row.
pub fn diff(old: &Content, new: &Content, standard: &Standard) -> Vec<ElementChange> {
    let change = |key: &str| {
        let difference = difference(key, old.get(key), new.get(key), standard)?;
        Some(ElementChange { element: key.to_owned(), difference })
    };
    keys(&[old, new], standard).into_iter().filter_map(change).collect()
}

/// Returns the elements that any of the contents says, in the order of the standard,
/// what it lacks at the end.
pub(super) fn keys<'a>(contents: &[&'a Content], standard: &'a Standard) -> Vec<&'a str> {
    let said = contents.iter().flat_map(|content| content.iter().map(|(key, _)| key));
    let said: BTreeSet<&str> = said.collect();
    let known = standard.elements().iter().map(|element| element.key.as_str());
    let mut keys: Vec<&str> = known.filter(|key| said.contains(key)).collect();
    let known: BTreeSet<&str> = keys.iter().copied().collect();
    keys.extend(said.difference(&known));
    keys
}

fn difference(
    key: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    standard: &Standard,
) -> Option<Difference> {
    if before == after {
        return None;
    }
    let (old, new) = match (before, after) {
        (Some(Value::Rows(old)), Some(Value::Rows(new))) => (old.as_slice(), new.as_slice()),
        (Some(Value::Rows(old)), None) => (old.as_slice(), &[][..]),
        (None, Some(Value::Rows(new))) => (&[][..], new.as_slice()),
        (before, after) => {
            return Some(Difference::Value { before: before.cloned(), after: after.cloned() });
        }
    };
    let changes = rows::diff(old, new, standard.element(key));
    (!changes.is_empty()).then_some(Difference::Rows(changes))
}

#[cfg(test)]
mod tests;
