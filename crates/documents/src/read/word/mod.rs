//! DOCX: the tables of 表一 (a row an item) and 表二 (a table an item).

mod layout;
mod parse;
mod sheet;

#[cfg(test)]
mod tests;

use std::io::BufRead;

use domain::intake::{CellValue, RawData};

use self::{
    layout::Layout,
    parse::{Block, Table},
};
use super::{
    Opened, ReadError, ReadOptions, SourceInfo, SourceKind,
    table::{Found, Header, Missing, find_header, text_value},
};

/// Reads `word/document.xml`.
pub(super) fn open(xml: impl BufRead, options: &ReadOptions) -> Result<Opened, ReadError> {
    let blocks = parse::blocks(xml, options.limits.cells)?;
    let mut source = SourceInfo {
        kind: SourceKind::Docx,
        encoding: None,
        tables: Vec::new(),
        headers: Vec::new(),
        notes: Vec::new(),
    };
    let mut parts: Vec<Part> = Vec::new();
    let mut missing: Option<(String, Missing)> = None;
    let (mut above, mut number) = (Vec::new(), 0);
    for block in blocks {
        let table = match block {
            Block::Paragraph(text) => {
                above.push(text);
                continue;
            }
            Block::Table(table) => table,
        };
        number += 1;
        let place = format!("表 {number}");
        match Part::new(table, &place, &above, options) {
            Ok(part) => {
                let new = part.headers().into_iter().filter(|it| !source.headers.contains(it));
                let new: Vec<String> = new.collect();
                source.headers.extend(new);
                source.tables.push(place);
                parts.push(part);
            }
            Err(why) => {
                source.notes.push(why.note(&place));
                if missing.is_none() || matches!(why, Missing::Name(_)) {
                    missing = Some((place, why));
                }
            }
        }
        above.clear();
    }
    if parts.is_empty() {
        return Err(missing.map_or(ReadError::NoTable, |(place, why)| why.at(&place)));
    }
    Ok(Opened { source, items: Box::new(parts.into_iter().flat_map(Part::items)) })
}

/// A table that is read.
enum Part {
    List { place: String, header: Header, rows: Vec<Vec<CellValue>>, below: usize },
    Sheets(Vec<(String, Vec<domain::intake::Cell>)>),
}

impl Part {
    fn new(
        table: Table,
        place: &str,
        above: &[String],
        options: &ReadOptions,
    ) -> Result<Part, Missing> {
        let layout = layout::of(&table, options);
        if layout == Layout::Sheet {
            return sheet::read(&table, place, above, options).map(Part::Sheets);
        }
        let lines: Vec<Vec<String>> = table.rows.iter().map(|row| layout::texts(row)).collect();
        let Found { mut header, below } = find_header(&lines, above, options)?;
        for cell in table.rows[..below].iter().rev().take(2).flatten() {
            header.spread(&cell.text, cell.column, cell.span);
        }
        let rows = table.rows.iter().map(|row| layout::values(row)).collect();
        Ok(Part::List { place: place.to_owned(), header, rows, below })
    }

    fn headers(&self) -> Vec<String> {
        match self {
            Part::List { header, .. } => header.titles(),
            Part::Sheets(sheets) => {
                sheets.iter().flat_map(|(_, cells)| cells).map(|it| it.header.clone()).collect()
            }
        }
    }

    fn items(self) -> Box<dyn Iterator<Item = (String, RawData)> + Send> {
        match self {
            Part::List { place, header, rows, below } => {
                let rows = rows.into_iter().enumerate().skip(below);
                Box::new(rows.filter_map(move |(at, mut values)| {
                    let width = values.len().max(header.width());
                    values.resize_with(width, || text_value(String::new()));
                    let data = header.read(values)?;
                    Some((format!("{place} 第 {} 行", at + 1), data))
                }))
            }
            Part::Sheets(sheets) => {
                Box::new(sheets.into_iter().map(|(place, cells)| (place, RawData::Cells(cells))))
            }
        }
    }
}
