//! Readers: a file somebody has, to rows that [`domain::intake`] understands.
//!
//! A file is refused as a whole only when nothing of it can be read; a row
//! that can not be read becomes [`RawData::Broken`] and reading goes on.

mod archive;
mod delimited;
mod encoding;
mod error;
mod json;
mod kind;
mod lines;
mod options;
mod records;
mod table;
mod word;
mod workbook;

#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{Read, Seek},
    path::Path,
};

use domain::intake::{Cell, CellSource, CellValue, RawData, RawRow, Sureness, Trace};

use self::{encoding::Text, kind::Kind};
pub use self::{
    error::ReadError,
    options::{HeaderUse, Limits, ReadOptions},
};

/// How much of a file is looked at before it is decided how to read it.
const HEAD_BYTES: u64 = 1 << 20;

/// 读出来的是什么样的文件。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    pub kind: SourceKind,
    /// Of a text file: UTF-8, UTF-16 or GB18030.
    pub encoding: Option<&'static str>,
    /// Names of the sheets or tables that are read.
    pub tables: Vec<String>,
    /// The headers, where they are fixed for the whole file.
    pub headers: Vec<String>,
    /// What was left out and why, a sentence each.
    pub notes: Vec<String>,
}

/// 文件的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    Csv,
    Xlsx,
    Xls,
    Ods,
    Json,
    JsonLines,
    Docx,
}

/// 一行一行地读，读到哪里说到哪里。
pub trait RowReader: Iterator<Item = RawRow> + Send {
    fn source(&self) -> &SourceInfo;

    fn next_row(&mut self) -> Option<RawRow> {
        self.next()
    }
}

/// Opens a file and recognises its kind, from its bytes first and its name second.
pub fn open(path: &Path, options: &ReadOptions) -> Result<Box<dyn RowReader>, ReadError> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(HEAD_BYTES).read_to_end(&mut head)?;
    let opened = match kind::recognise(&head)? {
        Kind::Archive => {
            file.rewind()?;
            archive::open(file, options)?
        }
        Kind::Compound => {
            file.rewind()?;
            workbook::open_compound(file, options)?
        }
        Kind::Text => {
            let text = Text::new(head, file)?;
            match kind::text_kind(&text, path) {
                SourceKind::Json => json::open_whole(text, options)?,
                SourceKind::JsonLines => json::open_lines(text, options),
                _ => delimited::open(text, options)?,
            }
        }
    };
    Ok(Box::new(Rows { opened, row_bytes: options.limits.row_bytes, number: 0 }))
}

impl SourceKind {
    pub fn label(self) -> &'static str {
        match self {
            SourceKind::Csv => "CSV",
            SourceKind::Xlsx => "XLSX",
            SourceKind::Xls => "XLS",
            SourceKind::Ods => "ODS",
            SourceKind::Json => "JSON",
            SourceKind::JsonLines => "JSON Lines",
            SourceKind::Docx => "DOCX",
        }
    }
}

/// A row as a format's own reader finds it.
struct Entry {
    place: String,
    data: RawData,
    trace: Trace,
}

/// The rows in the order of the file.
type Items = Box<dyn Iterator<Item = Entry> + Send>;

impl From<(String, RawData)> for Entry {
    fn from((place, data): (String, RawData)) -> Entry {
        Entry { place, data, trace: Trace::default() }
    }
}

impl Entry {
    /// Adds a cell that the row does not have itself, but the lines above it.
    fn add(&mut self, cell: Cell, from: &str) {
        if let RawData::Cells(cells) = &mut self.data {
            self.trace.sources.push(CellSource {
                place: from.to_owned(),
                label: cell.header.clone(),
                sureness: Sureness::Synonym,
            });
            cells.push(cell);
        }
    }
}

/// What a format's own reader hands over.
struct Opened {
    source: SourceInfo,
    items: Items,
}

struct Rows {
    opened: Opened,
    row_bytes: usize,
    number: u64,
}

impl Iterator for Rows {
    type Item = RawRow;

    fn next(&mut self) -> Option<RawRow> {
        let Entry { place, mut data, trace } = self.opened.items.next()?;
        self.number += 1;
        if let RawData::Cells(cells) = &data
            && cells.iter().map(|cell| size(&cell.value)).sum::<usize>() > self.row_bytes
        {
            data = RawData::Broken(too_long(self.row_bytes));
        }
        Some(RawRow { number: self.number, place, data, trace })
    }
}

impl RowReader for Rows {
    fn source(&self) -> &SourceInfo {
        &self.opened.source
    }
}

fn size(value: &CellValue) -> usize {
    match value {
        CellValue::Text(text) => text.len(),
        CellValue::List(list) => list.iter().map(String::len).sum(),
        CellValue::Table(rows) => rows.iter().flatten().map(|(_, text)| text.len()).sum(),
    }
}

fn too_long(limit: usize) -> String {
    format!(
        "这一行超过 {}，没有读；请检查是否少了引号或换行，附件内容不要放在格子里",
        bytes_words(limit as u64)
    )
}

fn bytes_words(bytes: u64) -> String {
    match bytes {
        n if n >= 1 << 20 => format!("{} MB", n >> 20),
        n if n >= 1 << 10 => format!("{} KB", n >> 10),
        n => format!("{n} 字节"),
    }
}
