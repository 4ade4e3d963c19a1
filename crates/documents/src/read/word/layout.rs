use std::collections::BTreeSet;

use domain::intake::CellValue;

use super::parse::{Cell, Table};
use crate::read::{
    ReadOptions,
    table::{HEADER_DEPTH, clean_header, rate, text_value},
};

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A header row, and a row an item under it.
    List,
    /// Labels down the side, each with its value.
    Sheet,
}

/// Tells a sheet from a list by where the labels are: down the side, or across the top.
pub(super) fn of(table: &Table, options: &ReadOptions) -> Layout {
    let labels: BTreeSet<String> = table
        .rows
        .iter()
        .filter(|row| row.len() > 1)
        .filter_map(|row| row.iter().find(|cell| !cell.continues))
        .map(|cell| clean_header(&cell.text))
        .filter(|label| !label.is_empty() && options.knows(label))
        .collect();
    let across = table.rows.iter().take(HEADER_DEPTH).map(|row| rate(&texts(row), options));
    let across = across.filter(|(named, _)| *named).map(|(_, n_known)| n_known).max().unwrap_or(0);
    match labels.len() >= 2 && labels.len() >= across {
        true => Layout::Sheet,
        false => Layout::List,
    }
}

/// The texts of a row, each at its grid column.
pub(super) fn texts(row: &[Cell]) -> Vec<String> {
    laid_out(row, String::new, |cell| cell.text.clone())
}

/// The values of a row, each at its grid column.
pub(super) fn values(row: &[Cell]) -> Vec<CellValue> {
    laid_out(row, || text_value(String::new()), value)
}

/// The value of a cell: a table, if there is one in it, else its text.
pub(super) fn value(cell: &Cell) -> CellValue {
    let Some(table) = cell.tables.first().filter(|table| table.rows.len() > 1) else {
        return text_value(cell.text.clone());
    };
    let lines: Vec<Vec<String>> = table.rows.iter().map(|row| texts(row)).collect();
    inner_table(&lines)
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

fn laid_out<T>(row: &[Cell], blank: impl Fn() -> T, read: impl Fn(&Cell) -> T) -> Vec<T> {
    let mut out = Vec::new();
    for cell in row {
        while out.len() < cell.column {
            out.push(blank());
        }
        out.push(if cell.continues { blank() } else { read(cell) });
    }
    if let Some(last) = row.last() {
        while out.len() < last.column + last.span {
            out.push(blank());
        }
    }
    out
}
