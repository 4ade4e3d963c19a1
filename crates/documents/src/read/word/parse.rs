use std::{io::BufRead, mem};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::read::ReadError;

/// Tables within tables; nobody nests deeper on purpose.
const MAX_DEPTH: usize = 16;
/// Columns of a table in Word.
const MAX_SPAN: usize = 63;

/// What stands in a document, one after the other.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(String),
    Table(Table),
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// The grid column where it begins, and how many it covers.
    pub(super) column: usize,
    pub(super) span: usize,
    /// It belongs to the cell above, which has the text.
    pub(super) continues: bool,
    pub(super) text: String,
    pub(super) tables: Vec<Table>,
}

/// Parts whose text is not part of what is said: properties, deleted and moved
/// text, and the second copy that old programs read.
const SKIPPED: [&str; 10] = [
    "pPr",
    "rPr",
    "sectPr",
    "tblPr",
    "tblGrid",
    "tblPrEx",
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
];

/// Reads the paragraphs and tables of `word/document.xml`.
pub(super) fn blocks(xml: impl BufRead, max_cells: usize) -> Result<Vec<Block>, ReadError> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut parser = Parser { room: max_cells, ..Parser::default() };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|err| broken(&err.to_string()))?;
        match event {
            Event::Eof if parser.open_elements > 0 => return Err(broken("内容不完整")),
            Event::Eof => return Ok(parser.blocks),
            Event::Start(tag) => parser.start(&tag)?,
            Event::End(tag) => parser.end(tag.local_name().as_ref()),
            Event::Text(text) if parser.is_text() => parser.text.push_str(&text.xml10_content()),
            Event::CData(text) if parser.is_text() => parser.text.push_str(&text),
            Event::GeneralRef(name) if parser.is_text() => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => named_entity(&name),
                };
                parser.text.extend(c);
            }
            _ => {}
        }
    }
}

fn named_entity(name: &str) -> Option<char> {
    let named = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];
    named.into_iter().find(|(it, _)| *it == name).map(|(_, c)| c)
}

fn broken(reason: &str) -> ReadError {
    ReadError::Broken { kind: "DOCX", reason: reason.to_owned() }
}

#[derive(Default)]
struct Parser {
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    /// Text of the paragraph being read.
    text: String,
    open_paragraphs: usize,
    open_elements: usize,
    /// Depth inside a part that is skipped.
    skipping: usize,
    in_text: bool,
    /// Cells that may still come.
    room: usize,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Vec<Cell>,
    next_column: usize,
    cell: Option<Cell>,
    /// The paragraph that the table stands in, in a text box.
    outside: (String, usize),
}

impl Parser {
    fn is_text(&self) -> bool {
        self.in_text && self.skipping == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        self.open_elements += 1;
        let name = tag.local_name();
        if self.skipping > 0 || SKIPPED.contains(&name.as_ref()) {
            self.skipping += 1;
            return Ok(());
        }
        match name.as_ref() {
            "p" => {
                if self.open_paragraphs > 0 {
                    self.text.push('\n');
                }
                self.open_paragraphs += 1;
            }
            "t" => self.in_text = true,
            "br" | "cr" => self.text.push('\n'),
            "tab" => self.text.push('\t'),
            "noBreakHyphen" => self.text.push('-'),
            "tbl" => {
                if self.tables.len() >= MAX_DEPTH {
                    return Err(broken("表格嵌套太深"));
                }
                let outside = (mem::take(&mut self.text), mem::take(&mut self.open_paragraphs));
                self.tables.push(OpenTable { outside, ..OpenTable::default() });
            }
            "tc" => {
                let words = "500 万个单元格".to_owned();
                let too_many =
                    || ReadError::TooLarge { part: "文档里的表格".into(), limit: words };
                self.room = self.room.checked_sub(1).ok_or_else(too_many)?;
                if let Some(open) = self.tables.last_mut() {
                    let cell = Cell { column: open.next_column, span: 1, ..Cell::default() };
                    open.cell = Some(cell);
                }
            }
            name => self.property(name, tag),
        }
        Ok(())
    }

    /// Notes what a table says of its cells.
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(open) = self.tables.last_mut() else { return };
        let value = || {
            let attribute =
                tag.attributes().flatten().find(|it| it.key.local_name().as_ref() == "val");
            attribute.map(|it| it.value.to_string())
        };
        let number = || value().and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
        match (name, &mut open.cell) {
            ("gridBefore", None) => open.next_column = number(),
            ("gridSpan", Some(cell)) => cell.span = number(),
            ("vMerge", Some(cell)) => cell.continues = value().is_none_or(|it| it == "continue"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        self.open_elements = self.open_elements.saturating_sub(1);
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                self.open_paragraphs = self.open_paragraphs.saturating_sub(1);
                if self.open_paragraphs == 0 {
                    self.end_paragraph();
                }
            }
            "tc" => {
                let Some(open) = self.tables.last_mut() else { return };
                let Some(mut cell) = open.cell.take() else { return };
                cell.text = cell.text.trim().to_owned();
                open.next_column = cell.column + cell.span;
                open.row.push(cell);
            }
            "tr" => {
                let Some(open) = self.tables.last_mut() else { return };
                open.table.rows.push(mem::take(&mut open.row));
                open.next_column = 0;
            }
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = mem::take(&mut self.text);
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.text.push_str(text.trim_end());
            }
            Some(_) => {}
            None if text.trim().is_empty() => {}
            None => self.blocks.push(Block::Paragraph(text.trim().to_owned())),
        }
    }

    fn end_table(&mut self) {
        let Some(open) = self.tables.pop() else { return };
        (self.text, self.open_paragraphs) = open.outside;
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => cell.tables.push(open.table),
            Some(_) => {}
            None => self.blocks.push(Block::Table(open.table)),
        }
    }
}
