//! XLSX, XLS and ODS: every sheet that has a header row.

mod cell;
mod guard;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, DataType, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsx};
use domain::intake::RawData;

pub(super) use self::guard::{check_repeats, open_compound};
use super::{
    Entry, Opened, ReadError, ReadOptions, SourceInfo, SourceKind,
    table::{Found, HEADER_DEPTH, Header, Missing, find_header, text_value},
};

/// Cells by row and column as the sheet counts them, from 0; blank ones are not there.
type Grid = BTreeMap<u32, BTreeMap<u32, Data>>;

struct Book {
    kind: SourceKind,
    sheets: Vec<(String, Grid)>,
    notes: Vec<String>,
    /// Cells that may still be taken.
    room: usize,
}

pub(super) fn open_xlsx(file: BufReader<File>, options: &ReadOptions) -> Result<Opened, ReadError> {
    let mut book = Book::new(SourceKind::Xlsx, options);
    guarded(book.kind, || {
        let mut workbook = Xlsx::new(file).map_err(words)?;
        for sheet in workbook.sheets_metadata().to_vec() {
            if !book.wants(&sheet) {
                continue;
            }
            let mut grid = Grid::new();
            // The range of a sheet is as large as its farthest cell; its cells are not.
            let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(words)?;
            while let Some(cell) = cells.next_cell().map_err(words)? {
                book.take(&mut grid, cell.get_position(), || cell.get_value().clone().into())?;
            }
            book.sheets.push((sheet.name, grid));
        }
        Ok(())
    })?;
    book.open(options)
}

pub(super) fn open_ods(file: BufReader<File>, options: &ReadOptions) -> Result<Opened, ReadError> {
    open_ranges::<Ods<_>, _>(file, SourceKind::Ods, options)
}

fn open_xls(file: BufReader<File>, options: &ReadOptions) -> Result<Opened, ReadError> {
    open_ranges::<Xls<_>, _>(file, SourceKind::Xls, options)
}

fn open_ranges<B: Reader<R>, R: Read + Seek>(
    file: R,
    kind: SourceKind,
    options: &ReadOptions,
) -> Result<Opened, ReadError> {
    let mut book = Book::new(kind, options);
    guarded(kind, || {
        let mut workbook = B::new(file).map_err(words)?;
        for sheet in workbook.sheets_metadata().to_vec() {
            if !book.wants(&sheet) {
                continue;
            }
            let range = workbook.worksheet_range(&sheet.name).map_err(words)?;
            let (top, left) = range.start().unwrap_or_default();
            let mut grid = Grid::new();
            for (row, column, data) in range.used_cells() {
                let position = (top + row as u32, left + column as u32);
                book.take(&mut grid, position, || data.clone())?;
            }
            book.sheets.push((sheet.name, grid));
        }
        Ok(())
    })?;
    book.open(options)
}

/// What stopped the reading of a workbook.
enum Stop {
    Words(String),
    TooManyCells,
}

fn words(err: impl std::fmt::Debug) -> Stop {
    let text: String = format!("{err:?}").chars().take(80).collect();
    Stop::Words(text)
}

/// Runs calamine's readers, which may panic on a broken file.
fn guarded(kind: SourceKind, read: impl FnOnce() -> Result<(), Stop>) -> Result<(), ReadError> {
    let broken = |reason| ReadError::Broken { kind: kind.label(), reason };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Stop::Words(reason))) => Err(broken(reason)),
        Ok(Err(Stop::TooManyCells)) => Err(too_many_cells()),
        Err(_) => Err(broken("内部结构不合规定".into())),
    }
}

fn too_many_cells() -> ReadError {
    ReadError::TooLarge { part: "文件里的单元格".into(), limit: "500 万个".into() }
}

impl Book {
    fn new(kind: SourceKind, options: &ReadOptions) -> Book {
        Book { kind, sheets: Vec::new(), notes: Vec::new(), room: options.limits.cells }
    }

    fn wants(&mut self, sheet: &Sheet) -> bool {
        if sheet.visible != SheetVisible::Visible {
            self.notes.push(format!("工作表“{}”是隐藏的，没有读", sheet.name));
        }
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    }

    fn take(
        &mut self,
        grid: &mut Grid,
        (row, column): (u32, u32),
        data: impl FnOnce() -> Data,
    ) -> Result<(), Stop> {
        let data = data();
        if data.is_empty() || matches!(&data, Data::String(text) if text.trim().is_empty()) {
            return Ok(());
        }
        // A long text counts as many cells: a shared one may stand in each of a million.
        let weight = 1 + data.get_string().map_or(0, |text| text.len() / 1024);
        self.room = self.room.checked_sub(weight).ok_or(Stop::TooManyCells)?;
        grid.entry(row).or_default().insert(column, data);
        Ok(())
    }

    fn open(self, options: &ReadOptions) -> Result<Opened, ReadError> {
        let Book { kind, sheets, mut notes, .. } = self;
        let (mut tables, mut headers) = (Vec::new(), Vec::new());
        let mut read: Vec<SheetRows> = Vec::new();
        let mut missing: Option<(String, Missing)> = None;
        for (name, grid) in sheets.into_iter().filter(|(_, grid)| !grid.is_empty()) {
            let place = format!("工作表“{name}”");
            match SheetRows::new(&name, grid, options) {
                Ok(rows) => {
                    let new = rows.header.titles();
                    headers.extend(
                        new.into_iter().filter(|it| !headers.contains(it)).collect::<Vec<_>>(),
                    );
                    tables.push(name);
                    read.push(rows);
                }
                Err(why) => {
                    notes.push(why.note(&place));
                    if missing.is_none() || matches!(&why, Missing::Name(_)) {
                        missing = Some((place, why));
                    }
                }
            }
        }
        if read.is_empty() {
            return Err(missing.map_or(ReadError::Empty, |(place, why)| why.at(&place)));
        }
        let source = SourceInfo { kind, encoding: None, tables, headers, notes };
        Ok(Opened { source, items: Box::new(read.into_iter().flatten().map(Entry::from)) })
    }
}

/// The rows of a sheet under its header.
struct SheetRows {
    name: String,
    header: Header,
    rows: std::collections::btree_map::IntoIter<u32, BTreeMap<u32, Data>>,
}

impl SheetRows {
    fn new(name: &str, mut grid: Grid, options: &ReadOptions) -> Result<SheetRows, Missing> {
        let first: Vec<(u32, Vec<String>)> = grid
            .iter()
            .take(HEADER_DEPTH)
            .map(|(row, cells)| (*row, dense(cells, |data| cell::text(data).text)))
            .collect();
        let lines: Vec<Vec<String>> = first.iter().map(|(_, line)| line.clone()).collect();
        let Found { header, below } = find_header(&lines, &[], options)?;
        let rows = match first.get(below - 1) {
            Some((last, _)) => grid.split_off(&(last + 1)),
            None => grid,
        };
        Ok(SheetRows { name: name.to_owned(), header, rows: rows.into_iter() })
    }

    fn read(&self, row: u32, cells: &BTreeMap<u32, Data>) -> Option<(String, RawData)> {
        let place = format!("{} 第 {} 行", self.name, row + 1);
        let texts = cells.iter().map(|(column, data)| (*column as usize, cell::text(data)));
        for (column, cell) in texts.filter(|(_, cell)| cell.lost_digits) {
            if self.header.knows(column) {
                let reason = format!(
                    "“{}”的数字 {} 位数太多，表格软件已丢掉后几位；请把这一列设为文本，重新填写",
                    self.header.title(column),
                    cell.text
                );
                return Some((place, RawData::Broken(reason)));
            }
        }
        let mut values = dense(cells, |data| text_value(cell::text(data).text));
        values.resize_with(values.len().max(self.header.width()), || text_value(String::new()));
        self.header.read(values).map(|data| (place, data))
    }
}

impl Iterator for SheetRows {
    type Item = (String, RawData);

    fn next(&mut self) -> Option<(String, RawData)> {
        loop {
            let (row, cells) = self.rows.next()?;
            if let Some(read) = self.read(row, &cells) {
                return Some(read);
            }
        }
    }
}

/// A row without gaps, as far as its last cell; the columns are at most 16,384.
fn dense<T>(cells: &BTreeMap<u32, Data>, read: impl Fn(&Data) -> T) -> Vec<T> {
    let width = cells.last_key_value().map_or(0, |(last, _)| (*last).min(16_383) + 1);
    (0..width).map(|at| read(cells.get(&at).unwrap_or(&Data::Empty))).collect()
}
