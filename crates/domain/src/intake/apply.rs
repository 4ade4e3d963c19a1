use std::collections::{BTreeMap, BTreeSet};

use super::{Given, Proposal};
use crate::{
    content::{Content, Row, Value, read_rows, show_value},
    standard::{Element, Standard},
};

impl Proposal {
    /// Returns what `old` becomes when this row is brought in.
    ///
    /// An element that the row does not speak of stays as it is, and so does one
    /// that reads the same: a form shows less of a row than the item holds.
    pub fn applied_to(&self, old: &Content, standard: &Standard) -> Content {
        let new = &self.record.content;
        let Some(given) = &self.given else {
            return old.rows_kept(new);
        };
        let mut result = old.clone();
        for (key, given) in given {
            let (Some(element), value) = (standard.element(key), new.get(key)) else { continue };
            let show = |value: &Value| show_value(value, element, standard);
            match (old.get(key), value, given) {
                (Some(was), Some(is), Given::Whole) if show(was) == show(is) => {}
                (Some(was @ Value::Rows(_)), Some(Value::Rows(is)), Given::Fields(fields))
                    if reads_as(was, is, fields, element, standard) => {}
                (Some(Value::Rows(was)), Some(Value::Rows(is)), Given::Fields(fields)) => {
                    let merged = merge_rows(was, is, |field| fields.contains(field));
                    result.put(key, Value::Rows(merged));
                }
                (_, Some(is), _) => result.put(key, is.clone()),
                (_, None, _) => {
                    result.remove(key);
                }
            }
        }
        old.rows_kept(&result)
    }
}

/// Whether the list, shown in one cell, is read as these rows: a line that was cut in two, or
/// lost its number, when the form was read is no change.
fn reads_as(
    was: &Value,
    is: &[Row],
    given: &BTreeSet<String>,
    element: &Element,
    standard: &Standard,
) -> bool {
    let in_format = |field: &String| element.row_format.iter().any(|part| part.field == *field);
    let reread = read_rows(&show_value(was, element, standard), element, standard);
    given.iter().all(in_format)
        && reread.iter().map(|row| &row.fields).eq(is.iter().map(|row| &row.fields))
}

/// Lays the given fields of each new row over the old row that it continues:
/// the one whose given fields say the same, else the one at its place.
fn merge_rows(old: &[Row], new: &[Row], given: impl Fn(&str) -> bool) -> Vec<Row> {
    let only_given = |row: &Row| -> BTreeMap<String, Value> {
        row.fields
            .iter()
            .filter(|(key, _)| given(key))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    };
    let mut free: Vec<&Row> = old.iter().collect();
    let mut result = Vec::with_capacity(new.len());
    for (at, row) in new.iter().enumerate() {
        let same = free.iter().position(|it| only_given(it) == row.fields);
        let at_place = || {
            let place = old.get(at)?;
            let taken_by_later = new[at + 1..].iter().any(|it| it.fields == only_given(place));
            free.iter().position(|it| it.id == place.id).filter(|_| !taken_by_later)
        };
        let Some(found) = same.or_else(at_place) else {
            result.push(Row { id: String::new(), fields: row.fields.clone() });
            continue;
        };
        let base = free.remove(found);
        let mut fields = base.fields.clone();
        fields.retain(|key, _| !given(key));
        fields.extend(row.fields.clone());
        result.push(Row { id: base.id.clone(), fields });
    }
    result
}
