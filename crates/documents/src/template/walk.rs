//! Walks a part with text once, and tells where its paragraphs, texts and rows stand in the bytes.

use std::ops::Range;

use quick_xml::{
    NsReader,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use super::Line;

pub(super) const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Tables within tables; nobody nests deeper on purpose.
const MAX_DEPTH: usize = 64;

/// What is found in a part.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) rows: Vec<Row>,
    /// What two copies of a row must not both have: ids and bookmarks.
    pub(super) once: Vec<Range<usize>>,
    /// Text with a field's braces that is no text of a paragraph.
    pub(super) has_braces_elsewhere: bool,
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its number among the paragraphs outside tables.
    number: usize,
    /// The outermost table, row and cell, and the row it stands in.
    cell: Option<(usize, usize, usize)>,
    pub(super) row: Option<usize>,
    pub(super) pieces: Vec<Text>,
    /// The copy that old programs read.
    pub(super) is_fallback: bool,
}

/// A text of a run, or a break between them.
#[derive(Debug)]
pub(super) enum Text {
    Of {
        /// The whole element.
        range: Range<usize>,
        /// `w:` in most files.
        prefix: String,
        text: String,
    },
    Break,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) range: Range<usize>,
    pub(super) has_picture: bool,
}

/// Tells what a part with text is called; `None` for a part without.
pub(super) fn story(xml: &str) -> Result<Option<&'static str>, String> {
    let mut reader = NsReader::from_str(xml);
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|err| err.to_string())?;
        let tag = match event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => return Err("没有内容".to_owned()),
            _ => continue,
        };
        let title = match tag.local_name().as_ref() {
            "document" => "正文",
            "hdr" => "页眉",
            "ftr" => "页脚",
            "footnotes" => "脚注",
            "endnotes" => "尾注",
            _ => return Ok(None),
        };
        return Ok(is_word(&space).then_some(title));
    }
}

pub(super) fn is_word(space: &ResolveResult<'_>) -> bool {
    matches!(space, ResolveResult::Bound(Namespace(it)) if WORD.contains(it))
}

/// Reads a part with text.
pub(super) fn read(xml: &str) -> Result<Story, String> {
    let mut reader = NsReader::from_str(xml);
    let mut walk = Walk { xml, ..Walk::default() };
    loop {
        let start = position(&reader);
        let (space, event) = reader.read_resolved_event().map_err(|err| err.to_string())?;
        let is_word = is_word(&space);
        let is_end = matches!(event, Event::Eof);
        let range = start..position(&reader);
        match event {
            Event::Start(tag) => walk.open(&tag, is_word, range, false)?,
            Event::Empty(tag) => walk.open(&tag, is_word, range, true)?,
            Event::End(tag) => walk.close(tag.local_name().as_ref(), is_word, range.end),
            Event::Text(text) => walk.say(&text.xml10_content()),
            Event::CData(text) => walk.say(&text),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => c,
                    _ => named_entity(&name).ok_or(format!("不认得实体 &{};", &*name))?,
                };
                walk.say(c.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        if is_end {
            return match walk.depth {
                0 => Ok(walk.story),
                _ => Err("内容不完整".to_owned()),
            };
        }
    }
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a part lies in memory")
}

fn named_entity(name: &str) -> Option<char> {
    let named = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];
    named.into_iter().find(|(it, _)| *it == name).map(|(_, c)| c)
}

#[derive(Default)]
struct Walk<'a> {
    xml: &'a str,
    story: Story,
    depth: usize,
    fallbacks: usize,
    n_tables: usize,
    n_paragraphs: usize,
    paragraphs: Vec<Paragraph>,
    /// The tables that are open: their number, and the rows and cells so far.
    tables: Vec<(usize, usize, usize)>,
    rows: Vec<usize>,
    /// Where the text that is being read begins, with its prefix and its words.
    text: Option<(usize, String, String)>,
    elsewhere: String,
}

impl Walk<'_> {
    fn open(
        &mut self,
        tag: &BytesStart<'_>,
        is_word: bool,
        range: Range<usize>,
        is_empty: bool,
    ) -> Result<(), String> {
        self.depth += usize::from(!is_empty);
        let name = tag.local_name();
        if matches!(name.as_ref(), "drawing" | "pict") && !is_empty {
            for row in &self.rows {
                self.story.rows[*row].has_picture = true;
            }
        }
        if name.as_ref() == "Fallback" && !is_empty {
            self.fallbacks += 1;
        }
        if !is_word {
            return Ok(());
        }
        self.mark_once(tag, &range, is_empty);
        match (name.as_ref(), is_empty) {
            ("p", false) => self.begin_paragraph(),
            ("t", false) => {
                let prefix =
                    tag.name().prefix().map_or(String::new(), |it| format!("{}:", it.as_ref()));
                self.text = Some((range.start, prefix, String::new()));
            }
            ("br" | "cr" | "tab", _) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.pieces.push(Text::Break);
                }
            }
            ("tbl", false) => {
                if self.tables.len() >= MAX_DEPTH {
                    return Err("表格嵌套太深".to_owned());
                }
                self.n_tables += usize::from(self.tables.is_empty());
                self.tables.push((self.n_tables, 0, 0));
            }
            ("tr", false) => {
                if let Some((_, row, cell)) = self.tables.last_mut() {
                    (*row, *cell) = (*row + 1, 0);
                }
                self.rows.push(self.story.rows.len());
                self.story.rows.push(Row { range, has_picture: false });
            }
            ("tc", false) => {
                if let Some((_, _, cell)) = self.tables.last_mut() {
                    *cell += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Notes what of a row its copies must leave out.
    fn mark_once(&mut self, tag: &BytesStart<'_>, range: &Range<usize>, is_empty: bool) {
        if self.rows.is_empty() && tag.local_name().as_ref() != "tr" {
            return;
        }
        if is_empty && matches!(tag.local_name().as_ref(), "bookmarkStart" | "bookmarkEnd") {
            self.story.once.push(range.clone());
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            if !matches!(attribute.key.local_name().as_ref(), "paraId" | "textId") {
                continue;
            }
            let written = format!(" {}=\"{}\"", attribute.key.as_ref(), attribute.value);
            if let Some(at) = self.xml[range.clone()].find(&written) {
                let start = range.start + at;
                self.story.once.push(start..start + written.len());
            }
        }
    }

    fn begin_paragraph(&mut self) {
        let cell = self.tables.first().copied();
        self.n_paragraphs += usize::from(cell.is_none());
        self.paragraphs.push(Paragraph {
            number: self.n_paragraphs,
            cell,
            row: self.rows.last().copied(),
            pieces: Vec::new(),
            is_fallback: self.fallbacks > 0,
        });
    }

    fn close(&mut self, name: &str, is_word: bool, end: usize) {
        self.depth = self.depth.saturating_sub(1);
        self.story.has_braces_elsewhere |= has_braces(&std::mem::take(&mut self.elsewhere));
        if name == "Fallback" {
            self.fallbacks = self.fallbacks.saturating_sub(1);
        }
        if !is_word {
            return;
        }
        match name {
            "p" => self.story.paragraphs.extend(self.paragraphs.pop()),
            "t" => {
                let (Some((start, prefix, text)), Some(paragraph)) =
                    (self.text.take(), self.paragraphs.last_mut())
                else {
                    return;
                };
                paragraph.pieces.push(Text::Of { range: start..end, prefix, text });
            }
            "tbl" => drop(self.tables.pop()),
            "tr" => {
                if let Some(row) = self.rows.pop() {
                    self.story.rows[row].range.end = end;
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        match &mut self.text {
            Some((_, _, text)) => text.push_str(words),
            None => self.elsewhere.push_str(words),
        }
    }
}

pub(super) fn has_braces(text: &str) -> bool {
    let folded = text.replace('｛', "{").replace('｝', "}");
    folded.contains("{{") || folded.contains("}}")
}

impl Paragraph {
    /// Says where it stands.
    pub(super) fn place(&self, title: &str) -> String {
        match self.cell {
            Some((table, row, cell)) => format!("{title}的表 {table} 第 {row} 行第 {cell} 格"),
            None => format!("{title}第 {} 段", self.number),
        }
    }

    pub(super) fn text(&self) -> String {
        let words = self.pieces.iter().map(|piece| match piece {
            Text::Of { text, .. } => text.as_str(),
            Text::Break => "\n",
        });
        words.collect()
    }
}

impl Story {
    /// Returns the words, paragraph after paragraph and row after row.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut last = None;
        for paragraph in self.paragraphs.iter().filter(|it| !it.is_fallback) {
            let text = paragraph.text();
            let Some(cell) = paragraph.cell else {
                lines.push(Line::Paragraph(text));
                last = None;
                continue;
            };
            match (last, lines.last_mut()) {
                (Some(before), Some(Line::Row(cells))) if before == cell => {
                    let open = cells.last_mut().expect("a row begins with a cell");
                    open.push('\n');
                    open.push_str(&text);
                }
                (Some((table, row, _)), Some(Line::Row(cells)))
                    if (table, row) == (cell.0, cell.1) =>
                {
                    cells.push(text);
                }
                _ => lines.push(Line::Row(vec![text])),
            }
            last = Some(cell);
        }
        lines
    }
}
