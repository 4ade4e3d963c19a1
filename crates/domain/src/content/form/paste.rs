use std::collections::BTreeMap;

use super::next_row_id;
use crate::{
    content::{Row, read_field},
    standard::{Element, Fact, Field, Place, Standard, fold_header},
};

/// 粘贴的结果。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The rows that were there, and the new ones below.
    pub rows: Vec<Row>,
    pub n_added: usize,
    /// Columns with something in them that the list has no place for, as they are headed.
    pub left_out: Vec<String>,
}

/// Adds the rows of a piece of a spreadsheet, as the clipboard has it: tabs and lines.
///
/// Where the first line names the list's columns, in any spelling that the standard knows,
/// they may stand in any order; else they are taken to stand in the list's own.
pub fn paste_rows(rows: &[Row], text: &str, element: &Element, standard: &Standard) -> Pasted {
    let mut lines = lines(text);
    lines.retain(|line| line.iter().any(|cell| !cell.trim().is_empty()));
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let columns = match lines.first().and_then(|line| headed(line, width, element, standard)) {
        Some(columns) => {
            lines.remove(0);
            columns
        }
        None => in_order(&lines, width, element),
    };
    let mut pasted = Pasted { rows: rows.to_vec(), n_added: 0, left_out: Vec::new() };
    for line in &lines {
        let mut fields = BTreeMap::new();
        for (cell, column) in line.iter().zip(&columns) {
            match column {
                Column::Field(field) => {
                    let text = element.unwrapped(&field.key, cell);
                    let value = read_field(text, field, standard);
                    fields.extend(value.map(|value| (field.key.clone(), value)));
                }
                Column::Unknown(header) => pasted.leave_out(cell, header),
                Column::Number => {}
            }
        }
        pasted.add(fields);
    }
    pasted
}

#[derive(Clone)]
enum Column<'a> {
    Field(&'a Field),
    /// 序号：nothing is kept of it.
    Number,
    Unknown(String),
}

impl Column<'_> {
    fn key(&self) -> Option<&str> {
        match self {
            Column::Field(field) => Some(&field.key),
            Column::Number | Column::Unknown(_) => None,
        }
    }
}

impl Pasted {
    fn add(&mut self, fields: BTreeMap<String, crate::content::Value>) {
        if fields.is_empty() {
            return;
        }
        let id = next_row_id(self.rows.iter().map(|row| row.id.as_str()));
        self.rows.push(Row { id, fields });
        self.n_added += 1;
    }

    fn leave_out(&mut self, cell: &str, header: &String) {
        if !cell.trim().is_empty() && !self.left_out.contains(header) {
            self.left_out.push(header.clone());
        }
    }
}

/// Returns what each column is, if the line names the first one, or most of its cells name any.
fn headed<'a>(
    line: &[String],
    width: usize,
    element: &'a Element,
    standard: &Standard,
) -> Option<Vec<Column<'a>>> {
    let mut columns: Vec<Column<'a>> =
        line.iter().enumerate().map(|(at, cell)| named(cell, at, element, standard)).collect();
    let fields: Vec<&str> = columns.iter().filter_map(Column::key).collect();
    let n_said = line.iter().filter(|cell| !cell.trim().is_empty()).count();
    let names_first = element.fields.first().is_some_and(|it| fields.contains(&it.key.as_str()));
    let is_header = names_first || fields.len() * 2 > n_said;
    columns.extend((line.len()..width).map(unheaded));
    is_header.then_some(columns)
}

fn named<'a>(cell: &str, at: usize, element: &'a Element, standard: &Standard) -> Column<'a> {
    let header = fold_header(cell);
    if header.is_empty() {
        return unheaded(at);
    }
    let by_label = element.fields.iter().find(|field| fold_header(&field.label) == header);
    let by_spelling = || match standard.header(cell) {
        Some(Some(Place::Field(key, field))) if *key == element.key => element.field(field),
        _ => None,
    };
    // 「名称」 heads the names of materials, where no other column ends so.
    let by_end = || {
        let ends = |field: &&Field| fold_header(&field.label).ends_with(&header);
        let mut ending = element.fields.iter().filter(ends);
        let only = ending.next().filter(|_| ending.next().is_none());
        only.filter(|_| header.chars().count() > 1)
    };
    match by_label.or_else(by_spelling).or_else(by_end) {
        Some(field) => Column::Field(field),
        None => match standard.header(cell) {
            Some(Some(Place::RowNumber | Place::Fact(Fact::Position))) => Column::Number,
            _ => Column::Unknown(cell.trim().to_owned()),
        },
    }
}

/// Takes the columns as the list has them, after one that only counts the lines.
fn in_order<'a>(lines: &[Vec<String>], width: usize, element: &'a Element) -> Vec<Column<'a>> {
    let counts = |(at, line): (usize, &Vec<String>)| {
        line.len() > 1 && line[0].trim() == (at + 1).to_string()
    };
    let is_numbered = !lines.is_empty() && lines.iter().enumerate().all(counts);
    let number = is_numbered.then_some(Column::Number);
    let mut columns: Vec<Column<'_>> =
        number.into_iter().chain(element.fields.iter().map(Column::Field)).collect();
    columns.extend((columns.len()..width).map(unheaded));
    columns
}

fn unheaded<'a>(at: usize) -> Column<'a> {
    Column::Unknown(format!("第 {} 列", at + 1))
}

fn lines(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = vec![Vec::new()];
    let mut rest = text.as_str();
    loop {
        let (cell, after) = quoted(rest).unwrap_or_else(|| {
            let (cell, after) = rest.split_at(rest.find(['\t', '\n']).unwrap_or(rest.len()));
            (cell.to_owned(), after)
        });
        lines.last_mut().expect("there is a first line").push(cell);
        if after.starts_with('\n') {
            lines.push(Vec::new());
        }
        let Some(next) = after.get(1..) else { return lines };
        rest = next;
    }
}

/// Takes off a cell in quotation marks, which a spreadsheet puts around one with a line
/// break in it. A mark without its partner is a character like any other.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        let Some(more) = after.strip_prefix('"') else {
            let is_end = after.is_empty() || after.starts_with(['\t', '\n']);
            return is_end.then_some((cell, after));
        };
        cell.push('"');
        rest = more;
    }
}
