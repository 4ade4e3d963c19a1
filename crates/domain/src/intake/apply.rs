use std::collections::{BTreeMap, BTreeSet};

use super::{Given, Proposal};
use crate::{
    content::{Content, Row, Value, read_field, read_rows, show_single, show_value},
    standard::{Element, Place, Standard},
    text::tidy,
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
            let show = |value: &Value| tidy(&show_value(value, element, standard));
            match (old.get(key), value, given) {
                (Some(was), Some(is), Given::Whole) if show(was) == show(is) => {}
                // 无 in the item and a blank cell say the same.
                (Some(was), None, _) if standard.is_blank(&show(was)) => {}
                (Some(was), Some(Value::Rows(is)), Given::Fields(fields))
                    if reads_as(was, is, fields, element, standard) => {}
                (Some(Value::Rows(was)), _, Given::Fields(fields)) => {
                    let shown = Shown { given: fields, element, standard };
                    result.put(key, Value::Rows(merge_rows(was, new.rows(key), &shown)));
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

/// Lays what each new row says over the old row that it continues: the one that says the
/// same, else the one at its place. An old row that says nothing in the fields which were
/// shown could not be seen, and stays where it was.
fn merge_rows(old: &[Row], new: &[Row], shown: &Shown<'_>) -> Vec<Row> {
    let seen: Vec<&Row> = old.iter().filter(|row| !shown.of(row).is_empty()).collect();
    let mut free = seen.clone();
    let mut result = Vec::with_capacity(old.len().max(new.len()));
    for (at, row) in new.iter().enumerate() {
        if let Some(same) = free.iter().position(|it| shown.of(it) == row.fields) {
            result.push(free.remove(same).clone());
            continue;
        }
        let at_place = || {
            let place = seen.get(at)?;
            let taken_by_later = new[at + 1..].iter().any(|it| it.fields == shown.of(place));
            free.iter().position(|it| it.id == place.id).filter(|_| !taken_by_later)
        };
        result.push(match at_place() {
            Some(found) => shown.laid_over(free.remove(found), row),
            None => Row { id: String::new(), fields: row.fields.clone() },
        });
    }
    for (at, row) in old.iter().enumerate().filter(|(_, row)| shown.of(row).is_empty()) {
        let before = old[..at].iter().rev();
        let after = before.filter_map(|it| result.iter().position(|new| new.id == it.id)).next();
        result.insert(after.map_or(0, |it| it + 1), row.clone());
    }
    result
}

/// What was shown of a list's rows where it was written.
struct Shown<'a> {
    given: &'a BTreeSet<String>,
    element: &'a Element,
    standard: &'a Standard,
}

impl Shown<'_> {
    /// Returns what a row says, as it is read back: 无 says nothing.
    fn of(&self, row: &Row) -> BTreeMap<String, Value> {
        let fields = row.fields.iter().filter(|(key, _)| self.speaks_of(key));
        let read = fields.filter_map(|(key, value)| {
            let field = self.element.field(key)?;
            let text = show_single(value, field.shape(), self.standard);
            Some((key.clone(), read_field(&text, field, self.standard)?))
        });
        read.collect()
    }

    /// Whether a cell speaks of a field. A cell in which nothing is said speaks of what a
    /// line of the list says in every form: no form is known to have shown the rest.
    fn speaks_of(&self, field: &str) -> bool {
        if !self.given.is_empty() {
            return self.given.contains(field);
        }
        let forms = self.standard.forms.iter().flat_map(|form| &form.cells);
        let of_it = forms.filter(|cell| match &cell.source {
            Place::Element(key) => *key == self.element.key && !cell.row_format.is_empty(),
            _ => false,
        });
        let mut formats = of_it.map(|cell| &cell.row_format).chain([&self.element.row_format]);
        formats.all(|format| format.iter().any(|part| part.field == field))
    }

    fn laid_over(&self, base: &Row, row: &Row) -> Row {
        let mut was = self.of(base);
        let mut fields = base.fields.clone();
        for (key, value) in &row.fields {
            if was.remove(key).as_ref() != Some(value) {
                fields.insert(key.clone(), value.clone());
            }
        }
        fields.retain(|key, _| !was.contains_key(key));
        Row { id: base.id.clone(), fields }
    }
}
