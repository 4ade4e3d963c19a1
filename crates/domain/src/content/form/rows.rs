use std::collections::BTreeMap;

use crate::{
    content::Row,
    standard::{Element, Standard, ValueKind},
};

/// 对子表的一步操作。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowEdit {
    /// An empty row at the end.
    Add,
    /// The same again, below.
    Copy(String),
    Delete(String),
    Up(String),
    Down(String),
    /// To this place, from 0; beyond the end is the end.
    MoveTo(String, usize),
}

impl RowEdit {
    /// Reads what a button says: `materials.add`, `materials.r3.up`, `materials.r3.to-2`
    /// for the second place.
    pub fn parse<'a>(text: &str, standard: &'a Standard) -> Option<(&'a Element, RowEdit)> {
        let lists = standard.elements().iter().filter(|it| it.kind == ValueKind::Rows);
        lists.into_iter().find_map(|element| {
            let edit = text.strip_prefix(element.key.as_str())?.strip_prefix('.')?;
            Some((element, RowEdit::of_row(edit)?))
        })
    }

    fn of_row(text: &str) -> Option<RowEdit> {
        let Some((id, verb)) = text.rsplit_once('.') else {
            return (text == "add").then_some(RowEdit::Add);
        };
        let id = id.to_owned();
        Some(match verb {
            "copy" => RowEdit::Copy(id),
            "delete" => RowEdit::Delete(id),
            "up" => RowEdit::Up(id),
            "down" => RowEdit::Down(id),
            verb => {
                RowEdit::MoveTo(id, verb.strip_prefix("to-")?.parse::<usize>().ok()?.max(1) - 1)
            }
        })
    }

    /// Returns the rows after the step; one about a row that is gone changes nothing.
    pub fn apply(&self, rows: &[Row]) -> Vec<Row> {
        let mut rows = rows.to_vec();
        let id = next_row_id(rows.iter().map(|row| row.id.as_str()));
        let place = |id: &str| rows.iter().position(|row| row.id == *id);
        match self {
            RowEdit::Add => rows.push(Row { id, fields: BTreeMap::new() }),
            RowEdit::Copy(of) => {
                if let Some(at) = place(of) {
                    rows.insert(at + 1, Row { id, ..rows[at].clone() });
                }
            }
            RowEdit::Delete(id) => rows.retain(|row| row.id != *id),
            RowEdit::Up(id) => {
                if let Some(at) = place(id).filter(|at| *at > 0) {
                    rows.swap(at, at - 1);
                }
            }
            RowEdit::Down(id) => {
                if let Some(at) = place(id).filter(|at| at + 1 < rows.len()) {
                    rows.swap(at, at + 1);
                }
            }
            RowEdit::MoveTo(id, to) => {
                if let Some(at) = place(id) {
                    let row = rows.remove(at);
                    rows.insert((*to).min(rows.len()), row);
                }
            }
        }
        rows
    }
}

/// Returns an id that none of the rows has.
pub(crate) fn next_row_id<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    format!("r{}", next_row_number(ids))
}

/// Returns ids for new rows, none of which a row has.
pub fn new_row_ids(rows: &[Row]) -> impl Iterator<Item = String> + use<> {
    (next_row_number(rows.iter().map(|row| row.id.as_str()))..).map(|number| format!("r{number}"))
}

pub(crate) fn next_row_number<'a>(ids: impl IntoIterator<Item = &'a str>) -> u64 {
    let numbers = ids.into_iter().filter_map(|id| id.strip_prefix('r')?.parse::<u64>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// Tells whether an id that a form made up can be one.
pub(super) fn is_row_id(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (1..=40).contains(&id.len()) && id.chars().all(is_plain)
}
