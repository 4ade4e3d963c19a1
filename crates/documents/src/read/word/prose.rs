//! A form without a table: 「事项名称：…」, 「一、受理条件」 with its text below.

use super::{
    answers::Answers,
    labels::{Label, Labels},
};
use crate::read::table::is_total;

/// A paragraph with its number in the document.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
}

/// A label whose value is being read.
struct Open {
    label: Label,
    place: String,
    text: String,
}

/// Reads the paragraphs between two tables.
pub(super) fn read(lines: &[Line], labels: &Labels) -> Answers {
    let mut said = Answers::default();
    let mut open: Option<Open> = None;
    // Whether the line before found no place either; the two are told as one.
    let mut is_left = false;
    for line in lines {
        let place = format!("正文第 {} 段", line.number);
        let mut found = labels.pairs(&line.text);
        if found.is_empty() {
            found.extend(labels.headed(&line.text));
        }
        if let Some(last) = found.pop() {
            close(&mut said, open.take(), labels);
            for pair in found {
                said.put_text(pair.label, &place, &pair.text, labels);
            }
            open = Some(Open { label: last.label, place, text: last.text });
        } else if let Some(label) = labels.known(&line.text) {
            close(&mut said, open.take(), labels);
            open = Some(Open { label, place, text: String::new() });
        } else if labels.options.is_title(&line.text) || is_total(&line.text) {
            close(&mut said, open.take(), labels);
        } else if let Some(open) = open.as_mut().filter(|it| it.takes_more(labels)) {
            if !open.text.is_empty() {
                open.text.push('\n');
            }
            open.text.push_str(&line.text);
        } else if let Some(last) = said.unplaced.last_mut().filter(|_| is_left) {
            last.text.push('\n');
            last.text.push_str(&line.text);
            continue;
        } else {
            said.leave(&place, &line.text);
            is_left = true;
            continue;
        }
        is_left = false;
    }
    close(&mut said, open, labels);
    said
}

impl Open {
    /// A value that is no text or list is one line.
    fn takes_more(&self, labels: &Labels) -> bool {
        let header = &self.label.header;
        let is_long = labels.options.is_text(header) || labels.options.is_rows(header);
        self.text.is_empty() || (is_long && !self.label.is_name)
    }
}

fn close(said: &mut Answers, open: Option<Open>, labels: &Labels) {
    if let Some(Open { label, place, text }) = open {
        said.put_text(label, &place, &text, labels);
    }
}
