//! Cuts a part into what stays and what is filled.

use std::ops::Range;

use quick_xml::escape::escape;

use super::{
    Filling, Fillings, Mark, TemplateFault,
    walk::{self, Paragraph, Row, Story, Text},
};
use crate::write::legible;

/// A part as pieces, in their order.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    AsIs(String),
    /// A field, by what stands between its braces, within a text with this prefix.
    Field {
        text: String,
        prefix: String,
    },
    Row(Pieces),
    /// What only the first copy of a row has.
    Once(String),
}

/// A change of the bytes: this range becomes these pieces.
type Edit = (Range<usize>, Vec<Piece>);

/// A field within the characters of a paragraph.
#[derive(Debug)]
struct Found {
    range: Range<usize>,
    text: String,
}

/// Finds the fields of a part, adds them to the marks and returns its pieces.
pub(super) fn read(
    xml: &str,
    title: &str,
    marks: &mut Vec<Mark>,
) -> Result<Pieces, Vec<TemplateFault>> {
    let broken = |reason| vec![TemplateFault::Broken { reason: format!("{title}：{reason}") }];
    let story = walk::read(xml).map_err(broken)?;
    let (mut faults, mut edits, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    if story.has_braces_elsewhere {
        faults.push(TemplateFault::OutOfReach { part: title.to_owned() });
    }
    for paragraph in &story.paragraphs {
        let found = match fields(&paragraph.text()) {
            Ok(found) => found,
            Err(near) => {
                let place = paragraph.place(title);
                faults.push(TemplateFault::Unbalanced { place, near });
                continue;
            }
        };
        if found.is_empty() {
            continue;
        }
        rows.extend(paragraph.row);
        if !paragraph.is_fallback {
            marks.extend(found.iter().map(|it| mark(it, paragraph, title, &story)));
        }
        edits.extend(edits_of(paragraph, &found));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    edits.extend(
        story.once.iter().map(|it| (it.clone(), vec![Piece::Once(xml[it.clone()].into())])),
    );
    edits.sort_by_key(|(range, _)| range.start);
    rows.sort_unstable();
    rows.dedup();
    let rows: Vec<&Row> = rows.into_iter().map(|at| &story.rows[at]).collect();
    let mut edits = edits.into_iter().peekable();
    Ok(assemble(xml, 0..xml.len(), &mut edits, &mut rows.into_iter().peekable()))
}

fn mark(found: &Found, paragraph: &Paragraph, title: &str, story: &Story) -> Mark {
    Mark {
        text: found.text.clone(),
        place: paragraph.place(title),
        row: paragraph.row.map(|at| story.rows[at].range.start),
        row_has_picture: paragraph.row.is_some_and(|at| story.rows[at].has_picture),
    }
}

/// Finds `{{…}}`, full width or half; the error is what stands near braces without their pair.
fn fields(text: &str) -> Result<Vec<Found>, String> {
    let chars: Vec<char> = text.chars().collect();
    let is_pair = |at: usize, half: char, full: char| {
        chars.get(at..at + 2).is_some_and(|two| two.iter().all(|c| *c == half || *c == full))
    };
    let near = |at: usize| {
        let around = at.saturating_sub(8)..(at + 16).min(chars.len());
        chars[around].iter().collect::<String>().replace('\n', " ")
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        if is_pair(at, '}', '｝') {
            return Err(near(at));
        }
        if !is_pair(at, '{', '｛') {
            at += 1;
            continue;
        }
        let mut end = at + 2;
        while !is_pair(end, '}', '｝') {
            if end >= chars.len() || chars[end] == '\n' || is_pair(end, '{', '｛') {
                return Err(near(at));
            }
            end += 1;
        }
        let text: String = chars[at + 2..end].iter().collect();
        found.push(Found { range: at..end + 2, text: text.trim().to_owned() });
        at = end + 2;
    }
    Ok(found)
}

/// Returns the new form of each text that a field touches.
fn edits_of(paragraph: &Paragraph, found: &[Found]) -> Vec<Edit> {
    let (mut edits, mut at) = (Vec::new(), 0);
    for piece in &paragraph.pieces {
        let Text::Of { range, prefix, text } = piece else {
            at += 1;
            continue;
        };
        let here = at..at + text.chars().count();
        at = here.end;
        let touches = |it: &&Found| it.range.start < here.end && here.start < it.range.end;
        let touching: Vec<&Found> = found.iter().filter(touches).collect();
        if touching.is_empty() {
            continue;
        }
        let mut kept = String::new();
        let mut pieces = vec![Piece::AsIs(format!("<{prefix}t xml:space=\"preserve\">"))];
        for (c, at) in text.chars().zip(here) {
            match touching.iter().find(|it| it.range.contains(&at)) {
                None => kept.push(c),
                Some(field) if field.range.start == at => {
                    pieces
                        .push(Piece::AsIs(escape(std::mem::take(&mut kept).as_str()).into_owned()));
                    pieces.push(Piece::Field { text: field.text.clone(), prefix: prefix.clone() });
                }
                Some(_) => {}
            }
        }
        pieces.push(Piece::AsIs(format!("{}</{prefix}t>", escape(kept.as_str()))));
        edits.push((range.clone(), pieces));
    }
    edits
}

/// Puts the pieces of a range together; rows lie within each other or apart.
fn assemble<'a>(
    xml: &str,
    range: Range<usize>,
    edits: &mut std::iter::Peekable<impl Iterator<Item = Edit>>,
    rows: &mut std::iter::Peekable<impl Iterator<Item = &'a Row>>,
) -> Pieces {
    let (mut pieces, mut at) = (Vec::new(), range.start);
    loop {
        let edit = edits.peek().map(|it| it.0.start).filter(|it| *it < range.end);
        let row = rows.peek().map(|it| it.range.start).filter(|it| *it < range.end);
        let row_first = match (edit, row) {
            (None, None) => break,
            (Some(edit), Some(row)) => row <= edit,
            (edit, _) => edit.is_none(),
        };
        if row_first && let Some(row) = rows.next() {
            pieces.push(Piece::AsIs(xml[at..row.range.start].to_owned()));
            at = row.range.end;
            pieces.push(Piece::Row(assemble(xml, row.range.clone(), edits, rows)));
        } else if let Some((span, new)) = edits.next() {
            pieces.push(Piece::AsIs(xml[at..span.start].to_owned()));
            at = span.end;
            pieces.extend(new);
        }
    }
    pieces.push(Piece::AsIs(xml[at..range.end].to_owned()));
    Pieces(pieces)
}

impl Pieces {
    pub(super) fn fill(&self, fillings: &Fillings) -> String {
        let mut out = String::new();
        self.write(&mut out, fillings, 0);
        out
    }

    fn write(&self, out: &mut String, fillings: &Fillings, copy: usize) {
        for piece in &self.0 {
            match piece {
                Piece::AsIs(text) => out.push_str(text),
                Piece::Once(text) if copy == 0 => out.push_str(text),
                Piece::Once(_) => {}
                Piece::Field { text, prefix } => {
                    let said = match fillings.get(text) {
                        Some(Filling::Text(text)) => text.as_str(),
                        Some(Filling::Column(cells)) => cells.get(copy).map_or("", String::as_str),
                        None => "",
                    };
                    write_lines(out, said, prefix);
                }
                Piece::Row(row) => {
                    for copy in 0..row.n_copies(fillings) {
                        row.write(out, fillings, copy);
                    }
                }
            }
        }
    }

    /// A row without values stays once, empty: a table keeps its look.
    fn n_copies(&self, fillings: &Fillings) -> usize {
        let lengths = self.0.iter().filter_map(|piece| match piece {
            Piece::Field { text, .. } => match fillings.get(text) {
                Some(Filling::Column(cells)) => Some(cells.len()),
                _ => None,
            },
            _ => None,
        });
        lengths.max().unwrap_or(1).max(1)
    }
}

/// Writes a value within a text; its lines part by breaks.
fn write_lines(out: &mut String, text: &str, prefix: &str) {
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str(&format!("</{prefix}t><{prefix}br/><{prefix}t xml:space=\"preserve\">"));
        }
        out.push_str(&escape(&*legible(line)));
    }
}
