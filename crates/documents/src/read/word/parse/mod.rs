//! `word/document.xml` to blocks: text as a reader sees it, without what is
//! hidden, deleted or only a placeholder.

mod canvas;
mod properties;
mod symbols;

use std::{io::BufRead, mem};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use self::{
    canvas::Canvas,
    properties::{Control, Run, Skipped},
};
use super::model::{Block, Cell, Shape, Table};
use crate::read::ReadError;

/// Tables and text boxes within each other; nobody nests deeper on purpose.
const MAX_DEPTH: usize = 16;
/// Columns of a table in Word.
const MAX_SPAN: usize = 63;

/// A document as it is read.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) blocks: Vec<Block>,
    pub(super) n_pictures: usize,
    /// Embedded objects, and other documents that are only pointed to.
    pub(super) n_objects: usize,
    pub(super) has_other_document: bool,
}

/// Reads the paragraphs, tables and shapes of a part.
pub(super) fn parse(xml: impl BufRead, max_cells: usize) -> Result<Parsed, ReadError> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut parser = Parser { room: max_cells, ..Parser::default() };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|err| broken(&err.to_string()))?;
        match event {
            Event::Eof if parser.open_elements > 0 => return Err(broken("内容不完整")),
            Event::Eof => return Ok(parser.parsed),
            Event::Start(tag) => parser.start(&tag)?,
            Event::End(tag) => parser.end(tag.local_name().as_ref()),
            Event::Text(text) => parser.say(&text.xml10_content()),
            Event::CData(text) => parser.say(&text),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => named_entity(&name),
                };
                if let Some(c) = c {
                    parser.say(c.encode_utf8(&mut [0; 4]));
                }
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
    parsed: Parsed,
    tables: Vec<OpenTable>,
    /// What surrounds the text boxes that are open.
    outside: Vec<Outside>,
    canvas: Canvas,
    /// Text of the paragraph being read, and how large its largest is written.
    text: String,
    size: u32,
    open_paragraphs: usize,
    /// Paragraphs of the page that have ended, in text boxes not counted.
    n_paragraphs: usize,
    open_elements: usize,
    /// Depth inside a part that is skipped, and what it is.
    skipping: usize,
    skipped: Skipped,
    in_text: bool,
    run: Run,
    controls: Vec<Control>,
    /// A check box of an old form, while its properties are read.
    old_box: Option<bool>,
    in_row_properties: bool,
    /// The mark that ends the paragraph was deleted: it goes on in the next.
    mark_deleted: bool,
    /// Cells that may still come.
    room: usize,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Vec<Cell>,
    row_deleted: bool,
    next_column: usize,
    cell: Option<Cell>,
    joins_left: bool,
}

/// Where reading goes on after a text box, and what is in the box.
#[derive(Default)]
struct Outside {
    tables: Vec<OpenTable>,
    text: String,
    open_paragraphs: usize,
    inside: Vec<Block>,
    /// How large each of its paragraphs is written.
    sizes: Vec<u32>,
}

impl Parser {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        self.open_elements += 1;
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipping > 0 {
            self.skipping += 1;
            self.look_at(name, tag);
            return Ok(());
        }
        if let Some(skipped) = Skipped::of(name) {
            if self.in_row_properties && name == "del" {
                self.open_table(|open| open.row_deleted = true);
            }
            (self.skipping, self.skipped) = (1, skipped);
            return Ok(());
        }
        match name {
            "p" => self.start_paragraph(),
            "r" => self.run = Run::default(),
            "t" => self.in_text = true,
            "br" | "cr" => self.push('\n'),
            "tab" => self.push('\t'),
            "noBreakHyphen" => self.push('-'),
            "tbl" => self.start_table()?,
            "tc" => self.start_cell()?,
            "txbxContent" => self.start_box()?,
            "altChunk" => self.parsed.has_other_document = true,
            "pic" | "imagedata" => self.parsed.n_pictures += 1,
            "OLEObject" => self.parsed.n_objects += 1,
            name => {
                self.property(name, tag);
                self.canvas.start(name, tag);
            }
        }
        Ok(())
    }

    fn start_paragraph(&mut self) {
        if self.open_paragraphs > 0 {
            self.text.push('\n');
        }
        self.open_paragraphs += 1;
    }

    fn start_table(&mut self) -> Result<(), ReadError> {
        if self.tables.len() + self.outside.len() >= MAX_DEPTH {
            return Err(broken("表格嵌套太深"));
        }
        self.tables.push(OpenTable::default());
        Ok(())
    }

    fn start_cell(&mut self) -> Result<(), ReadError> {
        let too_many = || ReadError::TooLarge {
            part: "文档里的表格".into(),
            limit: "50 万个单元格".into(),
        };
        self.room = self.room.checked_sub(1).ok_or_else(too_many)?;
        self.open_table(|open| {
            open.joins_left = false;
            open.cell = Some(Cell { column: open.next_column, span: 1, ..Cell::default() });
        });
        Ok(())
    }

    fn start_box(&mut self) -> Result<(), ReadError> {
        if self.tables.len() + self.outside.len() >= MAX_DEPTH {
            return Err(broken("文本框嵌套太深"));
        }
        self.outside.push(Outside {
            tables: mem::take(&mut self.tables),
            text: mem::take(&mut self.text),
            open_paragraphs: mem::take(&mut self.open_paragraphs),
            ..Outside::default()
        });
        Ok(())
    }

    fn open_table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(open) = self.tables.last_mut() {
            change(open);
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
            "r" => self.run = Run::default(),
            "p" => {
                self.open_paragraphs = self.open_paragraphs.saturating_sub(1);
                if self.open_paragraphs == 0 {
                    self.end_paragraph();
                }
            }
            "tc" => self.end_cell(),
            "tr" => self.open_table(|open| {
                let row = mem::take(&mut open.row);
                if !mem::take(&mut open.row_deleted) {
                    open.table.rows.push(row);
                }
                open.next_column = 0;
            }),
            "tbl" => self.end_table(),
            "txbxContent" => self.end_box(),
            name => {
                self.end_property(name);
                if let Some(shape) = self.canvas.end(name, self.n_paragraphs) {
                    self.put_shape(shape);
                }
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.n_paragraphs += usize::from(self.outside.is_empty());
        if mem::take(&mut self.mark_deleted) {
            return;
        }
        let (text, size) = (mem::take(&mut self.text), mem::take(&mut self.size));
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => cell.say(text.trim_end()),
            Some(_) => {}
            None if text.trim().is_empty() => {}
            None => {
                self.put(Block::Paragraph(text.trim().to_owned()));
                if let Some(outside) = self.outside.last_mut() {
                    outside.sizes.push(size);
                }
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(open) = self.tables.last_mut() else { return };
        let Some(mut cell) = open.cell.take() else { return };
        cell.text = cell.text.trim().to_owned();
        open.next_column = cell.column + cell.span;
        match open.row.last_mut().filter(|_| open.joins_left) {
            Some(left) => left.span += cell.span,
            None => open.row.push(cell),
        }
    }

    fn end_table(&mut self) {
        let Some(open) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => cell.tables.push(open.table),
            Some(_) => {}
            None => self.put(Block::Table(open.table)),
        }
    }

    fn end_box(&mut self) {
        let Some(outside) = self.outside.pop() else { return };
        (self.tables, self.text) = (outside.tables, outside.text);
        self.open_paragraphs = outside.open_paragraphs;
        if let Some(shape) = self.canvas.fill(outside.inside, outside.sizes) {
            self.put_shape(shape);
        }
    }

    fn put(&mut self, block: Block) {
        match self.outside.last_mut() {
            Some(outside) => outside.inside.push(block),
            None => self.parsed.blocks.push(block),
        }
    }

    fn put_shape(&mut self, shape: Shape) {
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => cell.shapes.push(shape),
            _ => self.put(Block::Shape(Box::new(shape))),
        }
    }
}
