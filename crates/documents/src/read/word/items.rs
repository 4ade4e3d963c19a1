//! Which of a document's answers are about which item.

use domain::{
    intake::{Cell, CellValue, RawData, Sureness, Trace, Unplaced},
    standard::{Fact, Place},
};

use super::{
    answers::{Answer, Answers},
    labels::{Label, Labels},
    posts,
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
    /// Only its flowchart was read so far.
    is_chart: bool,
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
/// But what is done may be called 代办、补办.
const OF_AN_OFFICE: [&str; 13] = [
    "局",
    "委",
    "厅",
    "部",
    "院",
    "府",
    "中心",
    "办公室",
    "政务办",
    "编办",
    "委办",
    "府办",
    "街道办",
];

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
            if let Some(chart) = self.chart_of(&part) {
                said.answers.extend(chart.answers);
                said.unplaced.extend(chart.unplaced);
            }
            said.answers.extend(part.answers);
            said.unplaced.extend(part.unplaced);
            let body = body.map(str::to_owned);
            self.done.push(Item { place, said, body, is_chart: false });
            self.is_open = true;
        }
        Ok(())
    }

    /// Takes the flowchart that was read of an item before the item itself.
    fn chart_of(&mut self, part: &Answers) -> Option<Answers> {
        let is_its = |last: &mut Item| last.is_chart && last.said.name() == part.name();
        let mut chart = self.done.pop_if(is_its)?;
        chart.said.answers.retain(|it| !it.is_name);
        Some(chart.said)
    }

    /// Takes a flowchart; a title above it names its item, if that is not the one before.
    pub(super) fn take_flow(&mut self, said: Answers, titles: &[String], labels: &Labels) {
        let named = titles.last().and_then(|line| name_in(line, labels));
        let Some((name, line)) = named else { return self.add(said) };
        let of_last = self.done.last_mut().filter(|_| self.is_open);
        let is_last = |last: &&mut Item| last.said.name() == Some(&name.value);
        if let Some(last) = of_last.filter(is_last) {
            last.said.unplaced.retain(|it| it.text != line);
            return self.add(said);
        }
        if let Some(last) = self.done.last_mut() {
            last.said.unplaced.retain(|it| it.text != line);
        }
        let mut chart = std::mem::take(&mut self.waiting);
        chart.unplaced.retain(|it| it.text != line);
        chart.answers.insert(0, name);
        chart.answers.extend(said.answers);
        let place = "流程图".to_owned();
        self.done.push(Item { place, said: chart, body: None, is_chart: true });
        self.is_open = true;
    }

    /// Lays 岗位说明 over the steps of the chart before it; without one these are the steps.
    pub(super) fn take_posts(&mut self, posts: Vec<posts::Row>, place: &str) {
        let said = match self.done.last_mut().filter(|_| self.is_open) {
            Some(item) => &mut item.said,
            None => &mut self.waiting,
        };
        let Some(steps) = said.steps() else { return said.put_posts(place, posts) };
        for left in posts::lay_over(steps, posts) {
            let texts = left.into_iter().map(|(_, text)| text).filter(|it| !it.is_empty());
            said.leave(place, &texts.collect::<Vec<_>>().join(" "));
        }
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
                    self.done.push(Item { place, said, ..Item::default() });
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
    if !(2..=LONGEST).contains(&n) || OF_AN_OFFICE.iter().any(|it| name.ends_with(it)) {
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
