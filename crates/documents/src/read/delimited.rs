use std::{
    collections::VecDeque,
    io::{BufReader, Read},
};

use domain::intake::RawData;

use super::{
    Entry, Opened, ReadError, ReadOptions, SourceInfo, SourceKind,
    encoding::{Charset, Text},
    error::io_words,
    records::{Record, Records},
    table::{Header, find_header, rate, text_value},
    too_long,
};

const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

type Input = BufReader<Box<dyn Read + Send>>;

/// Opens delimited text: CSV, and what uses tabs or semicolons.
pub(super) fn open(text: Text, options: &ReadOptions) -> Result<Opened, ReadError> {
    let charset = text.charset;
    let row_bytes = options.limits.row_bytes;
    let delimiter = delimiter(text.head(), charset, options);
    let mut lines = Lines {
        records: Records::new(text.into_reader(), delimiter, row_bytes),
        charset,
        row_bytes,
        number: 0,
        ended: false,
    };

    let first: Vec<Line> = lines.by_ref().take(super::table::HEADER_DEPTH + 1).collect();
    let texts: Vec<Vec<String>> =
        first.iter().map(|line| line.cells.clone().unwrap_or_default()).collect();
    let found = find_header(&texts, &[], options).map_err(|missing| missing.at(""))?;
    let source = SourceInfo {
        kind: SourceKind::Csv,
        encoding: Some(charset.label()),
        tables: Vec::new(),
        headers: found.header.titles(),
        notes: Vec::new(),
    };
    // Title lines hold no rows; a broken one is told all the same.
    let mut kept = VecDeque::new();
    for (at, line) in first.into_iter().enumerate() {
        if at >= found.below || line.cells.is_err() {
            kept.push_back(line);
        }
    }
    let header = found.header;
    let items = kept.into_iter().chain(lines).filter_map(move |line| line.read(&header));
    Ok(Opened { source, items: Box::new(items.map(Entry::from)) })
}

/// Takes the delimiter under which a line looks most like a header.
fn delimiter(head: &[u8], charset: Charset, options: &ReadOptions) -> u8 {
    let rating = |delimiter: u8| {
        let records = Records::new(head, delimiter, options.limits.row_bytes);
        let lines = records.take(super::table::HEADER_DEPTH).filter_map(|record| match record {
            Ok(Record::Fields(fields)) => decode(fields, charset).ok(),
            _ => None,
        });
        lines.map(|line| (rate(&line, options), line.len())).max().unwrap_or_default()
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| rating(*delimiter));
    best.unwrap_or(b',')
}

fn decode(fields: Vec<Vec<u8>>, charset: Charset) -> Result<Vec<String>, String> {
    let decode = |(at, field): (usize, Vec<u8>)| match charset.decode(&field) {
        Some(text) => Ok(text.into_owned()),
        None => Err(format!("第 {} 列{}", at + 1, charset.wrong_bytes())),
    };
    fields.into_iter().enumerate().map(decode).collect()
}

/// A record with its number; `Err` says what is wrong with it.
struct Line {
    number: u64,
    cells: Result<Vec<String>, String>,
}

struct Lines {
    records: Records<Input>,
    charset: Charset,
    row_bytes: usize,
    number: u64,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.ended {
            return None;
        }
        let record = self.records.next()?;
        self.number += 1;
        let cells = match record {
            Ok(Record::Fields(fields)) => decode(fields, self.charset),
            Ok(Record::TooLong) => Err(too_long(self.row_bytes)),
            Ok(Record::OpenQuote) => {
                Err("这一行有一个引号没有配对；请把内容里的引号写成两个，或者用原来的软件重新导出"
                    .into())
            }
            Err(err) => {
                self.ended = true;
                Err(format!("从这一行起没有读到：{}", io_words(&err)))
            }
        };
        Some(Line { number: self.number, cells })
    }
}

impl Line {
    fn read(self, header: &Header) -> Option<(String, RawData)> {
        let place = format!("第 {} 行", self.number);
        let cells = match self.cells {
            Ok(cells) => cells,
            Err(reason) => return Some((place, RawData::Broken(reason))),
        };
        let extra = cells.get(header.width()..).unwrap_or_default();
        if extra.iter().any(|cell| !cell.trim().is_empty()) {
            let reason = format!(
                "这一行有 {} 格，表头只有 {} 列；多半是内容里的分隔符没有用引号括起来",
                cells.len(),
                header.width()
            );
            return Some((place, RawData::Broken(reason)));
        }
        let mut cells = cells;
        cells.truncate(header.width());
        header.read(cells.into_iter().map(text_value).collect()).map(|data| (place, data))
    }
}
