use std::collections::BTreeSet;

use domain::intake::CellValue;

use super::{
    labels::Labels,
    model::{Cell, Table},
};
use crate::read::table::{HEADER_DEPTH, clean_header, rate};

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A header row, and a row an item under it.
    List,
    /// Labels down the side, each with its value.
    Sheet,
}

/// Tells a sheet from a list by where the labels are: down the side, or across the top.
pub(super) fn of(table: &Table, labels: &Labels) -> Layout {
    let mut said: BTreeSet<String> = BTreeSet::new();
    for row in &table.rows {
        let Some(first) = row.iter().find(|cell| !cell.continues) else { continue };
        match labels.known(&first.text) {
            Some(label) if row.len() > 1 => {
                said.insert(label.header);
            }
            Some(_) => {}
            None => said.extend(labels.pairs(&first.text).into_iter().map(|it| it.label.header)),
        }
    }
    let across = table.rows.iter().take(HEADER_DEPTH).map(|row| rate(&texts(row), &labels.options));
    let across = across.filter(|(named, _)| *named).map(|(_, n_known)| n_known).max().unwrap_or(0);
    let is_line = table.rows.len() == 1 && said.len() == 1 && across < 2;
    match is_line || (said.len() >= 2 && said.len() >= across) || has_two_headers(table, labels) {
        true => Layout::Sheet,
        false => Layout::List,
    }
}

/// Tells whether labels stand over their values more than once, and not the same again: a
/// list has one header, though it may be of two rows.
fn has_two_headers(table: &Table, labels: &Labels) -> bool {
    let is_header = |row: &Vec<Cell>| {
        let mut cells = row.iter().filter(|cell| !cell.continues);
        row.len() > 1 && cells.all(|cell| labels.known(&cell.text).is_some())
    };
    let mut headers = table.rows.iter().enumerate().filter(|(_, row)| is_header(row));
    let Some((first, header)) = headers.next() else { return false };
    let titles =
        |row: &[Cell]| -> Vec<String> { texts(row).iter().map(|it| clean_header(it)).collect() };
    headers.any(|(at, row)| at > first + 1 && titles(row) != titles(header))
}

/// The texts of a row, each at its grid column.
pub(super) fn texts(row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for cell in row {
        out.resize_with(out.len().max(cell.column), String::new);
        out.push(if cell.continues { String::new() } else { cell.text.clone() });
    }
    let width = row.last().map_or(0, |last| last.column + last.span);
    out.resize_with(out.len().max(width), String::new);
    out
}

/// All that a table says, a line a row.
pub(super) fn words(table: &Table) -> String {
    let row = |row: &Vec<Cell>| {
        let texts = row.iter().map(|cell| cell.text.trim()).filter(|it| !it.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    };
    table.rows.iter().map(row).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A table inside a cell: its first line has the headers. Blank lines are left out.
pub(super) fn inner_table(lines: &[Vec<String>]) -> CellValue {
    let Some((head, lines)) = lines.split_first() else { return CellValue::Table(Vec::new()) };
    let head: Vec<String> = head.iter().map(|text| clean_header(text)).collect();
    let row = |line: &Vec<String>| -> Vec<(String, String)> {
        let cells = head.iter().zip(line).filter(|(header, _)| !header.is_empty());
        cells.map(|(header, text)| (header.clone(), text.trim().to_owned())).collect()
    };
    let rows = lines.iter().map(row);
    CellValue::Table(rows.filter(|row| row.iter().any(|(_, text)| !text.is_empty())).collect())
}
