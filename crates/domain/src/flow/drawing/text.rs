//! How wide and high words are, and where a line of them ends.
//!
//! A full-width character is one em, a Latin one half an em: what fonts of official documents
//! keep, so that no font need be read.

use super::{NAME_SIZE, NOTE_SIZE};
use crate::flow::{Node, Symbol};

/// How many half ems a line of a name, a note or a condition holds.
const STEP_LINE: i32 = 24;
const NOTE_LINE: i32 = 30;
const CONDITION_LINE: i32 = 14;
const END_LINE: i32 = 20;
const LABEL_LINE: i32 = 16;

/// What must not begin a line.
const CLOSING: &str = "，。、；：？！）》」』】”’,.;:?!)]}";

/// Returns a node's name and note in lines; only a step has a note.
pub(super) fn of_node(node: &Node) -> (Vec<String>, Vec<String>) {
    let line = match node.symbol {
        Symbol::Step => STEP_LINE,
        Symbol::Condition => CONDITION_LINE,
        Symbol::Start | Symbol::End => END_LINE,
    };
    let limit = node.limit.map(|limit| limit.to_string());
    let facts = [Some(node.post.clone()).filter(|post| !post.is_empty()), limit];
    let note = facts.into_iter().flatten().collect::<Vec<_>>().join("，");
    let note = match node.symbol {
        Symbol::Step if !note.is_empty() => broken(&note, NOTE_LINE),
        _ => Vec::new(),
    };
    (broken(&node.name, line), note)
}

pub(super) fn of_label(label: &str) -> Vec<String> {
    broken(label, LABEL_LINE)
}

/// Returns the width and height of a symbol, even numbers, so that it has a middle.
pub(super) fn size_of(node: &Node) -> (i32, i32) {
    let (name, note) = of_node(node);
    let width = widest(&name, NAME_SIZE).max(widest(&note, NOTE_SIZE));
    let height = height(&name, NAME_SIZE) + height(&note, NOTE_SIZE);
    let (width, height) = match node.symbol {
        // Steps are of one width, so that they stand in columns.
        Symbol::Step => (STEP_LINE * NAME_SIZE / 2 + 16, height + 14),
        // A rectangle of half its width and height fits into a diamond.
        Symbol::Condition => ((2 * width + 12).max(88), (2 * height + 12).max(48)),
        // A rectangle of 0.7 of its width and height fits into an ellipse.
        Symbol::Start | Symbol::End => {
            ((width * 10 / 7 + 8).max(72), (height * 10 / 7 + 8).max(30))
        }
    };
    (width + width % 2, height + height % 2)
}

pub(super) fn widest(lines: &[String], size: i32) -> i32 {
    lines.iter().map(|line| (halves(line) * size + 1) / 2).max().unwrap_or(0)
}

/// Lines are set 1.3 of their size apart.
pub(super) fn height(lines: &[String], size: i32) -> i32 {
    lines.len() as i32 * line_height(size)
}

pub(super) fn line_height(size: i32) -> i32 {
    (size * 13 + 9) / 10
}

/// The width of a text in half ems.
fn halves(text: &str) -> i32 {
    text.chars().map(half_ems).sum()
}

fn half_ems(c: char) -> i32 {
    // Latin letters with accents are as narrow as those without.
    if (c as u32) < 0x250 { 1 } else { 2 }
}

/// Breaks a text into lines of at most so many half ems; words of Latin letters and numbers are
/// kept whole while they fit into a line.
fn broken(text: &str, most: i32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        let width = halves(word);
        let hangs = word.chars().all(|c| CLOSING.contains(c)) && used <= most;
        if used > 0 && used + width > most && !hangs {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() && word.trim().is_empty() {
            continue;
        }
        line.push_str(word);
        used += width;
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Cuts a text where a line may end: between full-width characters, and around Latin words;
/// a Latin word of more than twelve letters may be cut anywhere.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (nth, (at, c)) in chars.iter().enumerate().skip(1) {
        let before = chars[nth - 1].1;
        let both_latin = before.is_ascii_alphanumeric() && c.is_ascii_alphanumeric();
        if !both_latin || at - from >= 12 {
            words.push(&text[from..*at]);
            from = *at;
        }
    }
    words.push(&text[from..]);
    words
}
