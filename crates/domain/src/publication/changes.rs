//! What changed between two publications of an item, as far as the public sees.

use super::PublicItem;
use crate::{
    content::Value,
    edition::{Difference, ElementChange, diff},
    standard::Standard,
};

/// Returns the elements that differ for the public, in the order of the standard.
///
/// A list in another order tells it nothing, and a word such as 无 tells as much as silence.
pub fn changes(before: &PublicItem, after: &PublicItem, standard: &Standard) -> Vec<ElementChange> {
    let changes = diff(&before.item.content, &after.item.content, standard);
    changes.into_iter().filter_map(|change| told(change, standard)).collect()
}

fn told(change: ElementChange, standard: &Standard) -> Option<ElementChange> {
    let difference = match change.difference {
        Difference::Value { before, after } => {
            let [before, after] = [before, after].map(|it| it.filter(|it| says(it, standard)));
            (before != after).then_some(Difference::Value { before, after })?
        }
        Difference::Rows(mut rows) => {
            rows.retain(|row| !row.is_only_moved());
            (!rows.is_empty()).then_some(Difference::Rows(rows))?
        }
    };
    Some(ElementChange { difference, ..change })
}

fn says(value: &Value, standard: &Standard) -> bool {
    value.as_text().is_none_or(|text| !standard.is_blank(text))
}
