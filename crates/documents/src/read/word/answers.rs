//! What a document says, label by label, and what it says without one.

use domain::intake::{CellSource, CellValue, Sureness, Unplaced};

use super::{
    labels::{Label, Labels, is_like_a_label},
    layout,
    marks::{self, Choice},
    model::Cell,
    posts,
};
use crate::read::table::{is_total, text_value};

/// The header under which the steps of a flowchart go.
const STEPS: &str = "办理环节";

/// Texts without a place that are told one by one; more are told as one.
const MOST_LEFT: usize = 200;

/// A label with its value, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) header: String,
    pub(super) is_name: bool,
    pub(super) value: CellValue,
    pub(super) source: CellSource,
}

/// What was read of one table, or of the text between two.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) answers: Vec<Answer>,
    pub(super) unplaced: Vec<Unplaced>,
}

/// Tells whether a choice is one between what the element may be.
fn is_known(choice: &Choice, header: &str, labels: &Labels) -> bool {
    let options = if choice.ticked.is_empty() { &choice.open } else { &choice.ticked };
    options.iter().all(|it| labels.options.understands(header, it))
}

/// The label of steps that were drawn, or written as a table of their own.
fn steps(said: &str, sureness: Sureness) -> Label {
    Label { header: STEPS.to_owned(), said: said.to_owned(), sureness, is_name: false }
}

impl Answer {
    pub(super) fn new(label: Label, place: &str, value: CellValue) -> Answer {
        Answer {
            is_name: label.is_name,
            header: label.header,
            value,
            source: CellSource {
                place: place.to_owned(),
                label: label.said,
                sureness: label.sureness,
            },
        }
    }
}

impl Answers {
    pub(super) fn put(&mut self, label: Label, place: &str, value: CellValue) {
        self.answers.push(Answer::new(label, place, value));
    }

    /// Takes a text under a label: what is ticked of a choice, labels and values of their
    /// own where there are such in it, else the text.
    pub(super) fn put_text(&mut self, label: Label, place: &str, text: &str, labels: &Labels) {
        // In running text a box or a colon is the writer's own.
        if labels.as_written || labels.options.is_text(&label.header) {
            self.put(label, place, text_value(text.trim().to_owned()));
            return;
        }
        if label.sureness != Sureness::Exact {
            let inner = labels.pairs(text);
            if !inner.is_empty() {
                for pair in inner {
                    self.put_text(pair.label, place, &pair.text, labels);
                }
                return;
            }
        }
        let chosen = marks::choice(text).filter(|it| is_known(it, &label.header, labels));
        let text = chosen.map_or(text.trim().to_owned(), |it| it.ticked.join("\n"));
        self.put(label, place, text_value(text));
    }

    /// Takes a cell under a label: its table or its text.
    pub(super) fn put_cell(&mut self, label: Label, place: &str, cell: &Cell, labels: &Labels) {
        if let Some(lines) = &cell.flow {
            self.put_flow(place, lines);
        }
        let mut tables = cell.tables.iter().filter(|table| table.rows.len() > 1);
        let Some(table) = tables.next() else {
            if cell.flow.is_none() || !cell.text.is_empty() {
                self.put_text(label, place, &cell.text, labels);
            }
            return;
        };
        if !is_total(&cell.text) {
            self.leave(place, &cell.text);
        }
        for other in tables {
            self.leave(place, &layout::words(other));
        }
        let lines: Vec<Vec<String>> = table.rows.iter().map(|row| layout::texts(row)).collect();
        self.put(label, place, layout::inner_table(&lines));
    }

    /// Takes the steps of a drawn flowchart.
    pub(super) fn put_flow(&mut self, place: &str, lines: &[Vec<String>]) {
        self.put(steps("流程图", Sureness::Guessed), place, layout::inner_table(lines));
    }

    /// Takes the steps that a table of posts speaks of.
    pub(super) fn put_posts(&mut self, place: &str, posts: Vec<posts::Row>) {
        self.put(steps("岗位说明", Sureness::Synonym), place, CellValue::Table(posts));
    }

    /// Returns the steps that were read of a flowchart.
    pub(super) fn steps(&mut self) -> Option<&mut Vec<posts::Row>> {
        self.answers.iter_mut().find_map(|it| match &mut it.value {
            CellValue::Table(rows) if it.header == STEPS => Some(rows),
            _ => None,
        })
    }

    pub(super) fn name(&self) -> Option<&CellValue> {
        self.answers.iter().find(|it| it.is_name).map(|it| &it.value)
    }

    /// Notes a text that belongs to no label.
    pub(super) fn leave(&mut self, place: &str, text: &str) {
        let text = text.trim();
        let is_full = self.unplaced.len() >= MOST_LEFT;
        match self.unplaced.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if is_full => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            _ => {
                self.unplaced.push(Unplaced { place: place.to_owned(), text: text.to_owned() });
            }
        }
    }

    /// Notes a text over or beside labels, if it is more than their heading.
    pub(super) fn leave_heading(&mut self, place: &str, text: &str) {
        const LONGEST: usize = 8;
        if !is_like_a_label(text) || text.chars().filter(|c| !c.is_whitespace()).count() > LONGEST {
            self.leave(place, text);
        }
    }
}
