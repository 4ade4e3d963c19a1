//! Looks at files before calamine does, which trusts the sizes they state.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek},
    path::Path,
};

use cfb::CompoundFile;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{open_xls, too_many_cells};
use crate::read::{Opened, ReadError, ReadOptions, bytes_words};

/// A sheet of an .xls has no more columns.
const XLS_COLUMNS: u32 = 256;
const XLS_ROWS: u32 = 65_536;

/// WPS calls its own .wps; it is the same.
const DOC: &str = "旧版 Word 文件（.doc）";

/// Opens an OLE compound file: an .xls, or something to be refused by name.
pub(in crate::read) fn open_compound(
    mut file: File,
    options: &ReadOptions,
) -> Result<Opened, ReadError> {
    let size = file.metadata()?.len();
    if size > options.limits.whole_bytes {
        let limit = bytes_words(options.limits.whole_bytes);
        return Err(ReadError::TooLarge { part: "这个文件".into(), limit });
    }
    match compound_stream(&mut file)? {
        Some(stream) => check_extents(&stream, options)?,
        None => {
            let instead = "请改用 .xlsx、.csv、.json 或 .docx 文件";
            return Err(ReadError::NotATable { what: "另一种旧版 Office 文件", instead });
        }
    }
    file.rewind()?;
    open_xls(BufReader::new(file), options)
}

/// Returns the workbook's stream, if the file is a workbook.
fn compound_stream(file: &mut File) -> Result<Option<Vec<u8>>, ReadError> {
    let Ok(mut compound) = CompoundFile::open(&mut *file) else {
        return Err(broken_compound(file)?);
    };
    let has = |name: &str| compound.is_stream(Path::new("/").join(name));
    if has("WordDocument") {
        return Err(ReadError::OldWord(DOC));
    }
    if has("EncryptedPackage") {
        return Err(ReadError::Protected);
    }
    let Some(name) = ["Workbook", "Book"].into_iter().find(|name| has(name)) else {
        return Ok(None);
    };
    let mut stream = Vec::new();
    let read = compound.open_stream(Path::new("/").join(name));
    match read.and_then(|mut it| it.read_to_end(&mut stream)) {
        Ok(_) => Ok(Some(stream)),
        Err(err) => Err(broken_xls(err.to_string())),
    }
}

/// Tells what a broken compound file was, by the names that are left in it.
fn broken_compound(file: &mut File) -> Result<ReadError, ReadError> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    let name: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(match bytes.windows(name.len()).any(|it| it == name) {
        true => ReadError::OldWord(DOC),
        false => broken_xls("内容不完整".into()),
    })
}

fn broken_xls(reason: String) -> ReadError {
    ReadError::Broken { kind: "XLS", reason }
}

/// Refuses a workbook stream whose sheets would not fit in memory: calamine
/// makes room for every cell up to the farthest.
fn check_extents(stream: &[u8], options: &ReadOptions) -> Result<(), ReadError> {
    let number = |data: &[u8], at: usize| {
        data.get(at..at + 2).map_or(0, |it| u32::from(u16::from_le_bytes([it[0], it[1]])))
    };
    let (mut n_sheets, mut rows, mut columns, mut at) = (0_u64, 0, 0, 0);
    while let Some(head) = stream.get(at..at + 4) {
        let length = number(head, 2) as usize;
        let data = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        at += 4 + length;
        match number(head, 0) {
            // BoundSheet
            0x0085 => n_sheets += 1,
            // Dimensions: rows in 16 bits, from Excel 97 on in 32.
            0x0200 => {
                let wide = |at| number(data, at) | number(data, at + 2) << 16;
                let (first, end, columns) = match length {
                    10 => (number(data, 0), number(data, 2), number(data, 6)),
                    _ => (wide(0), wide(4), number(data, 10)),
                };
                if end > XLS_ROWS || columns > XLS_COLUMNS || (end > 0 && first >= end) {
                    return Err(broken_xls("工作表的范围写错了".into()));
                }
            }
            // Formula, Number, Label, BoolErr, Rk, RString, MulRk, LabelSst
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00d6 | 0x00bd | 0x00fd => {
                let last = if number(head, 0) == 0x00bd && length >= 2 {
                    number(data, length - 2)
                } else {
                    number(data, 2)
                };
                rows = rows.max(number(data, 0) + 1);
                columns = columns.max(last + 1);
            }
            _ => {}
        }
    }
    if columns > XLS_COLUMNS {
        return Err(broken_xls("有的单元格在表格之外".into()));
    }
    let cells = u64::from(rows) * u64::from(columns) * n_sheets.max(1);
    match cells > 8 * options.limits.cells as u64 {
        true => Err(too_many_cells()),
        false => Ok(()),
    }
}

/// Refuses an ODS whose repeated cells would not fit in memory: a cell that
/// is repeated over a sheet takes a few bytes in the file.
pub(in crate::read) fn check_repeats(
    content: impl BufRead,
    options: &ReadOptions,
) -> Result<(), ReadError> {
    let limit = options.limits.cells as u64;
    let mut reader = Reader::from_reader(content);
    let (mut total, mut rows, mut buffer) = (0_u64, 1_u64, Vec::new());
    let (mut in_row, mut empty, mut farthest, mut height) = (0_u64, 0_u64, 0_u64, 0_u64);
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|err| ReadError::Broken { kind: "ODS", reason: err.to_string() })?;
        match event {
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "table:table" => (farthest, height) = (0, 0),
                "table:table-row" => {
                    rows = repeated(&tag, "table:number-rows-repeated");
                    (in_row, empty) = (0, 0);
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let n = repeated(&tag, "table:number-columns-repeated");
                    let is_filled = ["office:value-type", "table:formula"]
                        .into_iter()
                        .any(|name| matches!(tag.try_get_attribute(name), Ok(Some(_))));
                    match is_filled {
                        true => (in_row, empty) = (in_row + empty + n, 0),
                        false => empty += n,
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => {
                height += rows;
                farthest = farthest.max(in_row);
                total += in_row * if in_row > 0 { rows } else { 0 };
            }
            _ => {}
        }
        // A row far below makes calamine fill all that lies between.
        let sheet = if in_row > 0 { height.saturating_mul(farthest) } else { 0 };
        if total > limit || sheet > 8 * limit {
            return Err(too_many_cells());
        }
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u64 {
    let value = tag.try_get_attribute(name).ok().flatten();
    value.and_then(|it| it.value.parse().ok()).unwrap_or(1).min(1 << 20)
}
