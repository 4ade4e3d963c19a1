//! DOCX: 表一 (a row an item), 表二 (a table an item), and forms as offices make them.
//!
//! Whatever is said is placed, or listed as what was not: no text is lost unsaid.

mod answers;
mod flow;
mod items;
mod labels;
mod layout;
mod list;
mod marks;
mod model;
mod parse;
mod posts;
mod prose;
mod sheet;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, io::BufRead, mem};

use domain::intake::Unplaced;

use self::{
    items::Items,
    labels::Labels,
    layout::Layout,
    list::List,
    model::{Block, Table},
    parse::Parsed,
    prose::Line,
};
use super::{
    Opened, ReadError, ReadOptions, SourceInfo, SourceKind,
    table::{Header, Missing},
};

/// Cells of a document; a catalogue of ten thousand rows has not as many.
const MOST_CELLS: usize = 500_000;

/// Bytes of a line that may be a title, and lines above a table among which it is looked for.
const LONGEST_TITLE: usize = 300;
const MOST_TITLES: usize = 30;

/// A part beside the document: its footnotes, or the head of its pages.
pub(super) struct Beside {
    /// 脚注、尾注、页眉.
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// Reads the text of a part beside the document.
pub(super) fn words(xml: impl BufRead) -> Result<String, ReadError> {
    let parsed = parse::parse(xml, MOST_CELLS)?;
    let mut lines = Vec::new();
    for block in parsed.blocks {
        match block {
            Block::Paragraph(text) => lines.push(text),
            Block::Table(table) => lines.push(layout::words(&table)),
            Block::Shape(shape) => lines.push(shape.text()),
            Block::Flow(_) => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines.join("\n"))
}

/// Reads the document itself.
pub(super) fn open(
    xml: impl BufRead,
    beside: Vec<Beside>,
    as_written: bool,
    options: &ReadOptions,
) -> Result<Opened, ReadError> {
    let mut parsed = parse::parse(xml, options.limits.cells.min(MOST_CELLS))?;
    flow::take(&mut parsed.blocks);
    let labels = Labels::new(options, as_written);
    let mut reading = Reading::new(&labels);
    for part in beside {
        match part.what {
            "页眉" => reading.titles_of_pages(&part.text),
            what => reading.rest.push(Unplaced { place: what.to_owned(), text: part.text }),
        }
    }
    for block in mem::take(&mut parsed.blocks) {
        reading.block(block);
    }
    reading.end(&parsed)
}

/// A document while it is read.
struct Reading<'a> {
    labels: &'a Labels,
    /// What stands at the head of every page.
    heads: Vec<String>,
    lines: Vec<Line>,
    n_lines: usize,
    /// The lines before the table that is read next.
    titles: Vec<String>,
    n_tables: usize,
    items: Items,
    lists: Vec<List>,
    /// The header of the last list, if only text came after it.
    header: Option<Header>,
    tables: Vec<String>,
    /// All headers in their order, and to find them.
    headers: Vec<String>,
    seen: BTreeSet<String>,
    notes: Vec<String>,
    missing: Option<(String, Missing)>,
    rest: Vec<Unplaced>,
}

impl<'a> Reading<'a> {
    fn new(labels: &'a Labels) -> Reading<'a> {
        Reading {
            labels,
            heads: Vec::new(),
            lines: Vec::new(),
            n_lines: 0,
            titles: Vec::new(),
            n_tables: 0,
            items: Items::default(),
            lists: Vec::new(),
            header: None,
            tables: Vec::new(),
            headers: Vec::new(),
            seen: BTreeSet::new(),
            notes: Vec::new(),
            missing: None,
            rest: Vec::new(),
        }
    }

    fn titles_of_pages(&mut self, text: &str) {
        for line in text.lines().filter(|line| !self.labels.options.is_title(line)) {
            self.rest.push(Unplaced { place: "页眉".to_owned(), text: line.to_owned() });
        }
        self.heads.extend(text.lines().map(str::to_owned));
    }

    fn block(&mut self, block: Block) {
        match block {
            Block::Paragraph(text) => {
                self.n_lines += 1;
                self.lines.push(Line { number: self.n_lines, text });
            }
            Block::Table(table) => {
                if let Some(posts) = posts::read(&table) {
                    return self.posts(posts);
                }
                self.text();
                for table in unwrapped(table) {
                    self.table(table);
                }
                self.titles.clear();
            }
            Block::Flow(lines) => {
                self.text();
                let mut said = answers::Answers::default();
                said.put_flow("流程图", &lines);
                self.items.take_flow(said, &self.titles, self.labels);
            }
            Block::Shape(shape) => {
                for inner in model::flattened(*shape) {
                    self.block(inner);
                }
            }
        }
    }

    /// Takes 岗位说明; the line above it that says so is its heading.
    fn posts(&mut self, posts: Vec<posts::Row>) {
        let is_heading = |line: &mut Line| self.labels.known(&line.text).is_some();
        self.lines.pop_if(is_heading);
        self.text();
        self.titles.clear();
        self.n_tables += 1;
        let place = format!("表 {}", self.n_tables);
        self.items.take_posts(posts, &place);
        self.tables.push(place);
    }

    /// Reads the paragraphs since the last table.
    fn text(&mut self) {
        let lines = mem::take(&mut self.lines);
        let near = &lines[lines.len().saturating_sub(MOST_TITLES)..];
        let short = near.iter().filter(|line| line.text.len() <= LONGEST_TITLE);
        self.titles.extend(short.map(|line| line.text.clone()));
        let said = prose::read(&lines, self.labels);
        self.items.take_text(said, &self.titles, self.labels);
    }

    fn table(&mut self, table: Table) {
        self.n_tables += 1;
        let place = format!("表 {}", self.n_tables);
        let read = match layout::of(&table, self.labels) {
            Layout::Sheet => self.sheet(&table, &place),
            Layout::List => self.list(table, &place),
        };
        match read {
            Ok(()) => self.tables.push(place),
            Err((why, words)) => {
                self.notes.push(why.note(&place));
                self.rest.push(Unplaced { place: place.clone(), text: words });
                if self.missing.is_none() || matches!(why, Missing::Name(_)) {
                    self.missing = Some((place, why));
                }
            }
        }
    }

    fn sheet(&mut self, table: &Table, place: &str) -> Result<(), (Missing, String)> {
        self.header = None;
        let inside = table.rows.iter().take(3).filter(|row| row.len() == 1).flatten();
        let titles = self.heads.iter().chain(&self.titles).chain(inside.map(|cell| &cell.text));
        let titled = |line: &String| self.labels.options.titled_body(line);
        let body = titles.filter_map(titled).next_back();
        let mut titles = self.titles.clone();
        titles.extend(
            table.rows.iter().take(1).filter(|row| row.len() == 1).map(|row| row[0].text.clone()),
        );
        let sheets = sheet::read(table, place, self.labels);
        let n_sheets = sheets.len();
        for (at, said) in sheets.into_iter().enumerate() {
            let place = match n_sheets {
                1 => place.to_owned(),
                _ => format!("{place}（第 {} 个事项）", at + 1),
            };
            self.headers_of(said.answers.iter().map(|it| it.header.clone()));
            self.items
                .take(said, &place, &titles, body.as_deref(), self.labels)
                .map_err(|why| (why, layout::words(table)))?;
        }
        Ok(())
    }

    fn list(&mut self, mut table: Table, place: &str) -> Result<(), (Missing, String)> {
        let titles: Vec<String> = self.heads.iter().chain(&self.titles).cloned().collect();
        let (list, goes_on) =
            List::new(&mut table, place, &titles, self.labels, self.header.as_ref())
                .map_err(|why| (why, layout::words(&table)))?;
        if goes_on {
            self.notes.push(format!("{place}没有表头，按它前面的表的表头读"));
        }
        self.items.close();
        self.headers_of(list.header.titles().into_iter());
        self.header = Some(list.header.clone());
        self.lists.push(list);
        Ok(())
    }

    fn headers_of(&mut self, headers: impl Iterator<Item = String>) {
        for header in headers {
            if self.seen.insert(header.clone()) {
                self.headers.push(header);
            }
        }
    }

    fn end(mut self, parsed: &Parsed) -> Result<Opened, ReadError> {
        self.text();
        let (entries, rest) = self.items.end(&self.titles, self.labels);
        self.rest.extend(rest);
        if entries.is_empty() && self.lists.is_empty() {
            if parsed.has_other_document {
                return Err(ReadError::OtherDocument);
            }
            return Err(self.missing.map_or(ReadError::NoTable, |(place, why)| why.at(&place)));
        }
        self.notes.extend(self.rest.iter().map(left));
        self.notes.extend(unread(parsed));
        let source = SourceInfo {
            kind: SourceKind::Docx,
            encoding: None,
            tables: self.tables,
            headers: self.headers,
            notes: self.notes,
        };
        let lists = self.lists.into_iter().flatten();
        Ok(Opened { source, items: Box::new(entries.into_iter().chain(lists)) })
    }
}

/// Takes a table that only frames others for those.
fn unwrapped(mut table: Table) -> Vec<Table> {
    let is_frame = |table: &Table| match table.rows.as_slice() {
        [row] => {
            matches!(row.as_slice(), [cell] if !cell.tables.is_empty() && cell.text.is_empty())
        }
        _ => false,
    };
    if !is_frame(&table) {
        return vec![table];
    }
    let inner = mem::take(&mut table.rows[0][0].tables);
    inner.into_iter().flat_map(unwrapped).collect()
}

fn left(it: &Unplaced) -> String {
    const SHOWN: usize = 200;
    let text = it.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}……", &text[..end]),
        None => text,
    };
    format!("{}的文字没有放进任何事项：“{text}”", it.place)
}

/// What a document holds that is not read at all.
fn unread(parsed: &Parsed) -> Vec<String> {
    let mut notes = Vec::new();
    if parsed.n_pictures > 0 {
        notes.push(format!("有 {} 张图片，图里的文字没有读", parsed.n_pictures));
    }
    if parsed.n_objects > 0 {
        notes.push(format!("有 {} 个嵌入的对象，里面的内容没有读", parsed.n_objects));
    }
    if parsed.has_other_document {
        notes.push(
            "嵌入了另一个文件（altChunk），里面的内容没有读；请用 Word 打开，另存后再试".into(),
        );
    }
    notes
}
