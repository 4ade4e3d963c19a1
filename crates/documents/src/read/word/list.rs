//! 表一: a header row, and under it a row an item, or several that share the item's cell.

use std::{iter::Peekable, vec};

use domain::{
    intake::{CellValue, Sureness},
    standard::{Fact, Place},
};

use super::{
    answers::Answers,
    labels::{Label, Labels},
    layout,
    model::{Cell, Table},
};
use crate::read::{
    Entry, HeaderUse,
    table::{Found, Header, Missing, body_cell, find_header, is_blank, text_value},
};

/// The rows of a list, one after the other.
pub(super) struct List {
    place: String,
    pub(super) header: Header,
    columns: Vec<Label>,
    name: usize,
    rows: Peekable<vec::IntoIter<Vec<Cell>>>,
    /// The row that is read next, from 1.
    number: usize,
    labels: Labels,
    /// The cells that rows below may go on with, at their columns.
    above: Vec<Option<Cell>>,
}

impl List {
    /// Reads a table under its own header, or under that of the list that it goes on with.
    pub(super) fn new(
        table: &mut Table,
        place: &str,
        titles: &[String],
        labels: &Labels,
        before: Option<&Header>,
    ) -> Result<(List, bool), Missing> {
        let lines: Vec<Vec<String>> = table.rows.iter().map(|row| layout::texts(row)).collect();
        let (header, below, goes_on) = match find_header(&lines, titles, &labels.options) {
            Ok(Found { mut header, below }) => {
                for cell in table.rows[..below].iter().rev().take(2).flatten() {
                    header.spread(&cell.text, cell.column, cell.span);
                }
                (header, below, false)
            }
            Err(why) => {
                let width = lines.iter().map(Vec::len).max().unwrap_or(0);
                let fits = |it: &&Header| it.width() == width && width > 1;
                (before.filter(fits).ok_or(why)?.clone(), 0, true)
            }
        };
        let mut header = header;
        if let Some(body) = titles.iter().rev().find_map(|line| body_in(line, labels)) {
            header.set_body(&body);
        }
        let columns: Vec<Label> =
            (0..header.width()).map(|at| label(&header, at, labels)).collect();
        let name = columns.iter().position(|it| it.is_name).unwrap_or(0);
        let mut rows = std::mem::take(&mut table.rows);
        rows.drain(..below);
        let (labels, place) = (labels.clone(), place.to_owned());
        let rows = rows.into_iter().peekable();
        let above = Vec::new();
        let list = List { place, header, columns, name, rows, number: below, labels, above };
        Ok((list, goes_on))
    }

    /// Reads rows of one item, or nothing where they say nothing.
    fn entry(&mut self, rows: &[Vec<Cell>], number: usize) -> Option<Entry> {
        let values = |row: &Vec<Cell>| -> Vec<CellValue> {
            layout::texts(row).into_iter().map(text_value).collect()
        };
        let plain = |row: &Vec<Cell>| row.iter().all(|it| it.tables.is_empty());
        if rows.iter().all(|row| plain(row) && self.header.is_no_row(&values(row))) {
            return None;
        }
        let width = rows.iter().flatten().map(|it| it.column + 1).max().unwrap_or(0);
        let mut said = Answers::default();
        for at in 0..width.max(self.header.width()) {
            let unknown = || label(&self.header, at, &self.labels);
            let label = self.columns.get(at).cloned().unwrap_or_else(unknown);
            self.column(&mut said, label, rows, at, number);
        }
        let known = |header: &str| self.labels.options.knows(header);
        // A blank cell says that there is nothing, if it is known of what.
        said.answers.retain(|it| known(&it.header) || !is_blank(&it.value));
        let mut entry = said.entry(format!("{} 第 {number} 行", self.place));
        if let Some(body) = self.header.body() {
            entry.add(body_cell(body), "标题");
        }
        Some(entry)
    }

    /// Takes what an item's rows say in one column.
    fn column(
        &mut self,
        said: &mut Answers,
        label: Label,
        rows: &[Vec<Cell>],
        at: usize,
        number: usize,
    ) {
        let spot = |row: usize, cell: usize| {
            format!("{} 第 {} 行第 {} 格", self.place, number + row, cell + 1)
        };
        let mut found: Vec<(String, &Cell)> = Vec::new();
        let mut goes_on = false;
        for (row, cells) in rows.iter().enumerate() {
            match cells.iter().position(|it| it.column == at) {
                Some(cell) if cells[cell].continues => goes_on |= row == 0,
                Some(cell) => found.push((spot(row, cell), &cells[cell])),
                None => {}
            }
        }
        self.above.resize_with(self.above.len().max(at + 1), || None);
        if goes_on && let Some(above) = &self.above[at] {
            let place = spot(0, at);
            said.put_cell(label, &place, above, &self.labels);
            return;
        }
        match found.as_slice() {
            [] => said.put(label, &spot(0, at), text_value(String::new())),
            [(place, cell)] => said.put_cell(label, place, cell, &self.labels),
            [(place, _), ..] => {
                let texts = found.iter().map(|(_, cell)| cell.text.clone());
                said.put(label, place, CellValue::List(texts.collect()));
            }
        }
        self.above[at] = found.pop().map(|(_, cell)| cell.clone());
    }
}

impl Iterator for List {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let mut rows = vec![self.rows.next()?];
            let number = self.number + 1;
            let name = self.name;
            let goes_on = |row: &Vec<Cell>| row.iter().any(|it| it.column == name && it.continues);
            while let Some(row) = self.rows.next_if(goes_on) {
                rows.push(row);
            }
            self.number += rows.len();
            if let Some(entry) = self.entry(&rows, number) {
                return Some(entry);
            }
        }
    }
}

fn label(header: &Header, at: usize, labels: &Labels) -> Label {
    let title = header.title(at);
    let sureness = match header.knows(at) {
        true => labels.options.sureness(&title),
        false => Sureness::Guessed,
    };
    let is_name = labels.options.header_use(&title) == HeaderUse::Name;
    Label { said: title.clone(), header: title, sureness, is_name }
}

/// The office of a whole list: 「填报单位：武山县民政局」 above it.
fn body_in(line: &str, labels: &Labels) -> Option<String> {
    let is_body =
        |header: &str| matches!(labels.options.place(header), Some(Place::Fact(Fact::BodyName)));
    let pairs = labels.pairs(line).into_iter();
    let mut named = pairs.filter(|it| is_body(&it.label.header) && !it.text.is_empty());
    named.next().map(|it| it.text)
}
