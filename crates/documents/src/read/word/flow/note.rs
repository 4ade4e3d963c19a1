//! What a symbol says beside the name of its step: 岗位, 办理人员, 时限, 办理内容.
//!
//! It stands below the name, as 「窗口收件岗，1个工作日」, and is taken for a note where it is
//! written smaller, has a label, or says how long.

use domain::content::{Limit, LimitUnit};

use super::super::model::{Block, Shape};

/// The columns of 办理环节 that a note may fill.
pub(super) const COLUMNS: [&str; 4] = [POST, OFFICER, LIMIT, STANDARD];
const POST: &str = "岗位";
const OFFICER: &str = "办理人员";
const LIMIT: &str = "环节时限";
const STANDARD: &str = "办理内容";

/// How people label what they write into a symbol.
const LABELS: [(&str, &str); 16] = [
    ("岗位", POST),
    ("责任岗位", POST),
    ("承办岗位", POST),
    ("办理岗位", POST),
    ("人员", OFFICER),
    ("办理人员", OFFICER),
    ("办理人", OFFICER),
    ("经办人", OFFICER),
    ("承办人", OFFICER),
    ("责任人", OFFICER),
    ("时限", LIMIT),
    ("办理时限", LIMIT),
    ("环节时限", LIMIT),
    ("职责", STANDARD),
    ("内容", STANDARD),
    ("办理内容", STANDARD),
];

/// A post is no longer than this; a longer text says what is done.
const LONGEST_POST: usize = 20;

/// The values under [`COLUMNS`], in their order.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Note([String; COLUMNS.len()]);

impl Note {
    pub(super) fn values(&self) -> &[String] {
        &self.0
    }

    fn put(&mut self, column: &str, text: &str) {
        let at = COLUMNS.iter().position(|it| *it == column).expect("it is one of the columns");
        if !self.0[at].is_empty() {
            self.0[at].push('，');
        }
        self.0[at].push_str(text);
    }
}

/// Tells the name of a step from the note below it.
pub(super) fn name_and_note(shape: &Shape) -> (String, Note) {
    let paragraphs = shape.blocks.iter().filter(|it| matches!(it, Block::Paragraph(_)));
    let sizes = shape.sizes.iter().copied().chain(std::iter::repeat(0));
    let mut lines = Vec::new();
    for (paragraph, size) in paragraphs.zip(sizes) {
        let Block::Paragraph(text) = paragraph else { continue };
        lines.extend(text.lines().map(|line| (line.trim(), size)));
    }
    let Some(&(_, first_size)) = lines.first() else {
        return (shape.text().split_whitespace().collect(), Note::default());
    };
    let is_note = |(line, size): &(&str, u32)| {
        let is_smaller = 0 < *size && *size < first_size;
        is_smaller || parts(line).any(|part| label_of(part).is_some() || is_limit(part))
    };
    let n_name = lines.iter().skip(1).position(is_note).map_or(lines.len(), |at| at + 1);
    let name = lines[..n_name].iter().flat_map(|(line, _)| line.split_whitespace()).collect();
    let mut note = Note::default();
    for part in lines[n_name..].iter().flat_map(|(line, _)| parts(line)) {
        match label_of(part) {
            Some((column, value)) => note.put(column, value),
            None if is_limit(part) => note.put(LIMIT, part),
            None if part.chars().count() <= LONGEST_POST => note.put(POST, part),
            None => note.put(STANDARD, part),
        }
    }
    (name, note)
}

/// What a line says, without the brackets around all of it.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim();
    let inner = line.strip_prefix(['（', '(']).and_then(|it| it.strip_suffix(['）', ')']));
    let inner = inner.filter(|it| !it.contains(['（', '(', '）', ')']));
    let parts = inner.unwrap_or(line).split(['，', ',', '；', ';', '。']);
    parts.map(str::trim).filter(|it| !it.is_empty())
}

fn label_of(part: &str) -> Option<(&'static str, &str)> {
    let (label, value) = part.split_once(['：', ':'])?;
    let label: String = label.split_whitespace().collect();
    let (_, column) = LABELS.iter().find(|(it, _)| *it == label)?;
    Some((column, value.trim()))
}

/// A number alone says nothing of time.
fn is_limit(part: &str) -> bool {
    !part.chars().all(|it| it.is_ascii_digit())
        && Limit::read(part, LimitUnit::WorkingDay).is_some()
}
