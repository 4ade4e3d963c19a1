//! Which of a document's answers are about which item.

use domain::{
    intake::{Cell, CellValue, RawData, Sureness, Trace, Unplaced},
    standard::{Fact, Place},
};

use super::{
    answers::{Answer, Answers},
    labels::{Label, Labels},
};
use crate::read::{
    Entry,
    table::{Missing, body_cell, is_blank, is_total, text_value},
};

/// Puts answers together to items, in the order in which they stand.
#[derive(Default)]
pub(super) struct Items {
    done: Vec<Item>,
    /// Answers and texts that stand before the item that they are about.
    waiting: Answers,
    /// Whether what comes may go on with the last item.
    is_open: bool,
}

/// An item as far as it was read.
#[derive(Debug, Default)]
struct Item {
    place: String,
    said: Answers,
    body: Option<String>,
}

/// Words that a document's title has after the name of its item.
const AFTER_A_NAME: [&str; 14] = [
    "办理流程图",
    "工作流程图",
    "权力运行流程图",
    "运行流程图",
    "流程图",
    "政务服务事项信息表",
    "事项信息表",
    "信息表",
    "办事指南",
    "服务指南",
    "实施清单",
    "事项表",
    "登记表",
    "一览表",
];

/// How the name of an office ends: 「民政局政务服务事项信息表」 names no item.
const OF_AN_OFFICE: [char; 8] = ['局', '委', '办', '厅', '部', '院', '府', '心'];

impl Items {
    /// Takes what a table says; `titles` are the lines above it, and the office that they name.
    pub(super) fn take(
        &mut self,
        said: Answers,
        place: &str,
        titles: &[String],
        body: Option<&str>,
        labels: &Labels,
    ) -> Result<(), Missing> {
        let mut parts = parts(said);
        parts.retain(|part| part.answers.iter().any(|it| !is_blank(&it.value)));
        let n_parts = parts.len();
        if parts.is_empty() {
            return Err(Missing::Header(Vec::new()));
        }
        for (at, mut part) in parts.into_iter().enumerate() {
            let is_named = part.answers.iter().any(|it| it.is_name);
            if !is_named && self.goes_on(&part) {
                self.add(part);
                continue;
            }
            if !is_named {
                let name = titles.iter().rev().find_map(|line| name_in(line, labels));
                let headers = || part.answers.iter().map(|it| it.header.clone()).collect();
                let name = name.ok_or_else(|| Missing::Name(headers()))?;
                self.waiting.unplaced.retain(|it| it.text != name.1);
                part.answers.insert(0, name.0);
            }
            let place = match n_parts {
                1 => place.to_owned(),
                _ => format!("{place}（第 {} 个事项）", at + 1),
            };
            let mut said = std::mem::take(&mut self.waiting);
            said.answers.extend(part.answers);
            said.unplaced.extend(part.unplaced);
            self.done.push(Item { place, said, body: body.map(str::to_owned) });
            self.is_open = true;
        }
        Ok(())
    }

    /// Tells whether answers without a name go on with the last item: they say nothing again.
    fn goes_on(&self, part: &Answers) -> bool {
        let Some(last) = self.done.last().filter(|_| self.is_open) else { return false };
        let said = |header: &String| last.said.answers.iter().any(|it| it.header == *header);
        !part.answers.iter().any(|it| said(&it.header))
    }

    /// Adds to the last item, or keeps for the first where there is none yet.
    pub(super) fn add(&mut self, said: Answers) {
        let to = match self.done.last_mut().filter(|_| self.is_open) {
            Some(item) => &mut item.said,
            None => &mut self.waiting,
        };
        to.answers.extend(said.answers);
        to.unplaced.extend(said.unplaced);
    }

    /// Takes what the text between tables says.
    pub(super) fn take_text(&mut self, said: Answers, titles: &[String], labels: &Labels) {
        if let Some(first) = said.answers.iter().find(|it| it.is_name) {
            let place = first.source.place.clone();
            // With a name in it, it is an item or several.
            self.take(said, &place, titles, None, labels).ok();
        } else if self.goes_on(&said) && !said.answers.iter().any(|it| is_body(it, labels)) {
            self.add(said);
        } else {
            self.waiting.answers.extend(said.answers);
            self.waiting.unplaced.extend(said.unplaced);
        }
    }

    /// Ends the last item: a list follows, which is no part of it.
    pub(super) fn close(&mut self) {
        self.is_open = false;
    }

    /// Returns the items, and what was said that is of none.
    pub(super) fn end(mut self, titles: &[String], labels: &Labels) -> (Vec<Entry>, Vec<Unplaced>) {
        if !self.waiting.answers.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            let name = titles.iter().rev().find_map(|line| name_in(line, labels));
            match (self.done.last_mut(), name) {
                (None, Some((name, line))) => {
                    let mut said = waiting;
                    said.unplaced.retain(|it| it.text != line);
                    said.answers.insert(0, name);
                    let place = said.answers[0].source.place.clone();
                    self.done.push(Item { place, said, body: None });
                }
                (Some(last), _) => {
                    last.said.answers.extend(waiting.answers);
                    last.said.unplaced.extend(waiting.unplaced);
                }
                (None, None) => self.waiting = waiting,
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut rest = waiting.unplaced;
        rest.extend(waiting.answers.into_iter().map(|it| Unplaced {
            text: format!("{}：{}", it.source.label, words(&it)),
            place: it.source.place,
        }));
        (self.done.into_iter().map(Item::entry).collect(), rest)
    }
}

impl Item {
    fn entry(self) -> Entry {
        let mut entry = self.said.entry(self.place);
        if let Some(body) = &self.body {
            entry.add(body_cell(body), "标题");
        }
        entry
    }
}

impl Answers {
    pub(super) fn entry(self, place: String) -> Entry {
        let (cells, sources) = self
            .answers
            .into_iter()
            .map(|it| (Cell { header: it.header, value: it.value }, it.source))
            .unzip();
        let trace = Trace { sources, unplaced: self.unplaced };
        Entry { place, data: RawData::Cells(cells), trace }
    }
}

/// Cuts the answers of one table where the next item begins: at its first label, or its name,
/// once more.
fn parts(said: Answers) -> Vec<Answers> {
    let first = said.answers.first().map(|it| it.header.clone());
    let mut parts: Vec<Answers> = vec![Answers::default()];
    let mut is_named = false;
    for answer in said.answers {
        let part = parts.last_mut().expect("there is one from the beginning");
        let begins_anew = !part.answers.is_empty()
            && (first.as_ref() == Some(&answer.header) || (answer.is_name && is_named));
        is_named = answer.is_name || (is_named && !begins_anew);
        match begins_anew {
            true => parts.push(Answers { answers: vec![answer], ..Answers::default() }),
            false => part.answers.push(answer),
        }
    }
    if let Some(last) = parts.last_mut() {
        last.unplaced = said.unplaced;
    }
    parts
}

/// Takes a title for the name of its item: 「社会团体成立登记办事指南」.
fn name_in(line: &str, labels: &Labels) -> Option<(Answer, String)> {
    const LONGEST: usize = 60;
    if labels.options.is_title(line) || is_total(line) || line.contains(['：', ':', '。', '\n']) {
        return None;
    }
    let bare = line.trim();
    let name = AFTER_A_NAME.iter().find_map(|it| bare.strip_suffix(it))?;
    let n = name.chars().count();
    if !(2..=LONGEST).contains(&n) || name.ends_with(OF_AN_OFFICE) {
        return None;
    }
    let header = labels.options.name_header()?;
    let label = Label {
        header: header.to_owned(),
        said: bare.to_owned(),
        sureness: Sureness::Guessed,
        is_name: true,
    };
    Some((Answer::new(label, "标题", text_value(name.to_owned())), line.to_owned()))
}

fn is_body(answer: &Answer, labels: &Labels) -> bool {
    matches!(labels.options.place(&answer.header), Some(Place::Fact(Fact::BodyName)))
}

fn words(answer: &Answer) -> String {
    match &answer.value {
        CellValue::Text(text) => text.clone(),
        CellValue::List(lines) => lines.join("\n"),
        CellValue::Table(rows) => {
            let row = |row: &Vec<(String, String)>| {
                row.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
    }
}
