//! Lists as they stand in a cell: as lines, as a column, as a table.

use std::collections::{BTreeMap, BTreeSet};

use super::{CellValue, Columns};
use crate::{
    content::{Row, Value, number_rows, read_field, read_rows, show_single},
    standard::{Element, Field, Place, Standard},
    text::tidy,
};

/// Reads a nested table whose headers are the fields' labels or mapped spellings.
pub(super) fn nested(
    table: &[Vec<(String, String)>],
    element: &Element,
    columns: Columns<'_>,
    standard: &Standard,
) -> (Vec<Row>, BTreeSet<String>) {
    let mut given = BTreeSet::new();
    let mut rows = Vec::new();
    for cells in table {
        let mut fields = BTreeMap::new();
        for (header, text) in cells {
            let Some(field) = field_of(header, element, columns) else { continue };
            let value = read_field(text, field, standard);
            given.insert(field.key.clone());
            if let Some(value) = value {
                fields.insert(field.key.clone(), value);
            }
        }
        rows.push(fields);
    }
    (number_rows(rows), given)
}

/// Returns the field that a nested table's header means.
fn field_of<'a>(header: &str, element: &'a Element, columns: Columns<'_>) -> Option<&'a Field> {
    let by_label = element.fields.iter().find(|it| it.label == *header);
    by_label.or_else(|| match columns.place(header) {
        Some(Place::Field(key, field)) if *key == element.key => element.field(field),
        _ => None,
    })
}

/// The texts of a field's own column, where its cell holds a table.
pub(super) fn column_of_table<'a>(
    value: &'a CellValue,
    element: &Element,
    field: &Field,
    columns: Columns<'_>,
) -> Option<impl Iterator<Item = &'a str>> {
    let CellValue::Table(rows) = value else { return None };
    let is_ours =
        |header: &str| field_of(header, element, columns).is_some_and(|it| it.key == field.key);
    let at = rows.first()?.iter().position(|(header, _)| is_ours(header))?;
    Some(rows.iter().map(move |row| row.get(at).map_or("", |(_, text)| text.as_str())))
}

/// Reads a column that stands in one cell, a line a row.
pub(super) fn read_lines(
    lines: &[String],
    element: &Element,
    field: &Field,
    standard: &Standard,
) -> Vec<Option<Value>> {
    let read = |line: &String| read_field(element.unwrapped(&field.key, line), field, standard);
    lines.iter().map(read).collect()
}

/// Tells whether a list that stands in one cell as `text` is read as what its rows say at
/// `place`: these fields of a whole element, or one of its columns. Where it is not, the
/// writer of a form draws a table.
pub fn is_read_as(
    text: &str,
    rows: &[Row],
    place: &Place,
    fields: &[&str],
    standard: &Standard,
) -> bool {
    let (Place::Element(key) | Place::Field(key, _)) = place else { return false };
    let Some(element) = standard.element(key) else { return false };
    let text = tidy(text);
    // What a table would say of the field: 无 is nothing there too.
    let said = |row: &Row, key: &str| {
        let (field, value) = element.field(key).zip(row.fields.get(key))?;
        read_field(&show_single(value, field.shape(), standard), field, standard)
    };
    let Place::Field(_, key) = place else {
        let only = |row: &Row| -> BTreeMap<String, Value> {
            fields.iter().filter_map(|key| Some(((*key).to_owned(), said(row, key)?))).collect()
        };
        let said = rows.iter().map(only).filter(|fields| !fields.is_empty());
        return said.eq(read_rows(&text, element, standard).into_iter().map(|row| row.fields));
    };
    let Some(field) = element.field(key) else { return false };
    let mut said: Vec<Option<Value>> = rows.iter().map(|row| said(row, key)).collect();
    // Lines that are blank at the end are as good as none.
    said.truncate(said.iter().rposition(Option::is_some).map_or(0, |at| at + 1));
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    said == read_lines(&lines, element, field, standard)
}

/// Rows out of one cell, and the fields that they speak of: a form may show fewer than there are.
pub(super) fn said(rows: Vec<Row>) -> (Vec<Row>, BTreeSet<String>) {
    let fields = rows.iter().flat_map(|row| row.fields.keys().cloned()).collect();
    (rows, fields)
}

pub(super) fn plain(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => text.trim().to_owned(),
        other => texts(other).join("、"),
    }
}

pub(super) fn texts(value: &CellValue) -> Vec<String> {
    match value {
        CellValue::Text(text) => text.lines().map(str::to_owned).collect(),
        CellValue::List(list) => list.clone(),
        CellValue::Table(rows) => {
            let words = |row: &Vec<(String, String)>| {
                row.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
            };
            rows.iter().map(words).collect()
        }
    }
}
