use std::{borrow::Cow, fmt::Write};

use super::super::xml::legible;

/// Excel's limit of characters in a cell, in UTF-16 units.
const MAX_UNITS: usize = 32_767;

/// How a cell looks; the order is that of the styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Look {
    Header = 1,
    /// Text that wraps within the cell.
    Text = 2,
    /// Text in one line.
    Line = 3,
    Number = 4,
}

/// A cell of text or of a whole number.
#[derive(Debug, Clone)]
pub(in super::super) struct Cell {
    text: String,
    look: Look,
    is_cut: bool,
}

impl Cell {
    /// Returns a cell of text: nothing in it is ever taken for a formula or a date.
    pub(in super::super) fn new(text: &str, look: Look) -> Cell {
        let (text, is_cut) = fit(text);
        Cell { text: escape(&text).into_owned(), look, is_cut }
    }

    /// Returns a number where `text` is one that Excel keeps exactly, else text.
    pub(in super::super) fn number(text: &str) -> Cell {
        let exact =
            text.parse::<i64>().is_ok_and(|n| n.unsigned_abs() < 1 << 53 && n.to_string() == text);
        Cell::new(text, if exact { Look::Number } else { Look::Text })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Returns how many lines the text takes in a column of this width, if it wraps.
    pub(super) fn n_lines(&self, width: u32) -> u32 {
        if self.look != Look::Text {
            return 1;
        }
        let columns =
            |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
        self.text.lines().map(|line| columns(line).div_ceil(width.max(1)).max(1)).sum()
    }

    /// Adds the cell to its row as XML: a catalogue has millions, too many to build as values.
    pub(super) fn write(&self, column: usize, row: u32, out: &mut String) {
        out.push_str("<c r=\"");
        push_reference(column, row, out);
        write!(out, "\" s=\"{}\"", self.look as u32).expect("writing to a string does not fail");
        let text = legible(&self.text);
        let text = quick_xml::escape::escape(&*text);
        if self.look == Look::Number {
            out.extend(["><v>", &text, "</v></c>"]);
            return;
        }
        let opening = " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
        out.extend([opening, &text, "</t></is></c>"]);
    }
}

/// Returns the name of a cell, such as B2 for column 1 of row 2.
pub(super) fn reference(column: usize, row: u32) -> String {
    let mut name = String::new();
    push_reference(column, row, &mut name);
    name
}

fn push_reference(column: usize, row: u32, out: &mut String) {
    push_letters(column, out);
    write!(out, "{row}").expect("writing to a string does not fail");
}

/// Returns the name of a column, such as AA for column 26.
pub(super) fn letters(column: usize) -> String {
    let mut name = String::new();
    push_letters(column, &mut name);
    name
}

fn push_letters(column: usize, out: &mut String) {
    if column >= 26 {
        push_letters(column / 26 - 1, out);
    }
    let digit = u8::try_from(column % 26).expect("a remainder of 26 is small");
    out.push(char::from(b'A' + digit));
}

/// Cuts what is longer than a cell may be, and says so in the cell.
fn fit(text: &str) -> (Cow<'_, str>, bool) {
    if text.len() <= MAX_UNITS || text.encode_utf16().count() <= MAX_UNITS {
        return (Cow::Borrowed(text), false);
    }
    const REMARK: &str = "……（超过 Excel 一格的上限，以下从略，全文见 items.jsonl）";
    // The room that is kept also covers what escaping may add.
    let room = MAX_UNITS - 300;
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    let kept = &text[..end.map_or(text.len(), |(at, _)| at)];
    (Cow::Owned(format!("{kept}{REMARK}")), true)
}

/// Excel reads `_x000D_` as a character: such text is told apart by escaping its underscore.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 12);
    for (at, c) in text.char_indices() {
        let rest = &text.as_bytes()[at..];
        let is_code = rest.len() >= 7
            && rest.starts_with(b"_x")
            && rest[2..6].iter().all(u8::is_ascii_hexdigit)
            && rest[6] == b'_';
        escaped.push_str(if is_code { "_x005F_" } else { "" });
        if !is_code {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}
