//! The page of a flow: its rows with what they lead to, what was found of it, the drawing.

use askama::Template;
use domain::{
    content::{Row, keys, show_single},
    edition::Edition,
    finding::{Finding, Severity},
    flow::{END_WORD, Flow, TEMPLATES, read_exits},
    standard::Standard,
};

use super::sent::{TO_END, TO_WORDS};
use crate::{
    AppState,
    layout::{Bench, Room},
    links::{self, Link},
    session::Session,
};

const ICONS: &[&str] =
    &["alert-circle", "alert-triangle", "arrow-narrow-down", "arrow-narrow-up", "plus", "trash"];

/// 画流程的一页。
#[derive(Template)]
#[template(path = "draw_flow/page.html")]
pub(super) struct FlowPage {
    pub(super) bench: Bench,
    pub(super) name: String,
    pub(super) is_open: bool,
    pub(super) revision: i64,
    pub(super) rows: Vec<RowView>,
    pub(super) findings: Vec<Finding>,
    pub(super) note: Option<&'static str>,
    /// The drawing and what it says, if there is anything to draw.
    pub(super) drawing: Option<Link>,
    pub(super) longest: Option<String>,
    pub(super) templates: Vec<(&'static str, &'static str)>,
    pub(super) back: Link,
    pub(super) saves: Link,
}

pub(super) struct RowView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) shapes: Vec<Choice>,
    pub(super) texts: Vec<Text>,
    pub(super) exits: Vec<ExitView>,
}

/// A line of a row: its field, its label and what it says.
pub(super) struct Text {
    pub(super) key: &'static str,
    pub(super) label: String,
    pub(super) value: String,
}

pub(super) struct ExitView {
    pub(super) when: String,
    pub(super) targets: Vec<Choice>,
}

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

impl FlowPage {
    pub(super) fn of(
        app: &AppState,
        session: &Session,
        edition: &Edition,
        (findings, note): (Vec<Finding>, Option<&'static str>),
    ) -> FlowPage {
        let record = &edition.record;
        let standard = app.standard(&record.standard);
        let rows = record.content.rows(keys::STEPS);
        let flow = Flow::of(rows);
        let drawing = flow.as_ref().map(|_| {
            links::draft_drawing(&edition.id).with("revision", &edition.revision.to_string())
        });
        FlowPage {
            bench: Bench::new(app, session, Room::Items).with_icons(ICONS),
            name: record.name().to_owned(),
            is_open: edition.is_writable(),
            revision: edition.revision,
            rows: rows.iter().enumerate().map(|it| row(it, rows, standard)).collect(),
            findings,
            note,
            // What was not saved is not drawn.
            drawing: drawing.filter(|_| note.is_none()),
            longest: flow.as_ref().and_then(longest),
            templates: TEMPLATES.iter().map(|it| (it.id, it.title)).collect(),
            back: links::edit(&edition.id).with("open", keys::STEPS),
            saves: links::draft_saves(&edition.id),
        }
    }

    pub(super) fn is_error(finding: &Finding) -> bool {
        finding.severity == Severity::Error
    }
}

/// 最长一条路 in words.
fn longest(flow: &Flow) -> Option<String> {
    let way = flow.longest_way()?;
    let tenths = (way.working_days * 10.0).round() / 10.0;
    (tenths > 0.0).then(|| format!("最长的一条路 {tenths} 个工作日，回头的不算"))
}

fn row((at, row): (usize, &Row), rows: &[Row], standard: &Standard) -> RowView {
    let element = standard.element(keys::STEPS);
    let text = |key: &'static str| {
        let field = element.and_then(|it| it.field(key))?;
        let value = row.fields.get(key).map(|it| show_single(it, field.shape(), standard));
        let value = value.unwrap_or_default();
        Some(Text { key, label: field.label.clone(), value })
    };
    let texts = ["name", "post", "officer", "duty", "limit"].into_iter().filter_map(text);
    let name = row.text("name").trim();
    let mut exits: Vec<ExitView> = read_exits(row.text("next"))
        .into_iter()
        .map(|exit| ExitView { when: exit.label, targets: targets(&row.id, rows, &exit.target) })
        .collect();
    // One more, to be filled.
    exits.push(ExitView { when: String::new(), targets: targets(&row.id, rows, "") });
    RowView {
        id: row.id.clone(),
        title: if name.is_empty() { format!("第 {} 行", at + 1) } else { name.to_owned() },
        shapes: shapes(row, standard),
        texts: texts.collect(),
        exits,
    }
}

fn shapes(row: &Row, standard: &Standard) -> Vec<Choice> {
    let element = standard.element(keys::STEPS);
    let list = element.and_then(|it| it.field("shape")).and_then(|it| it.list.as_deref());
    let entries = list.and_then(|it| standard.list(it)).map(|it| it.entries.as_slice());
    let chosen = row.codes("shape").first();
    let choice = |(nth, code, label): (usize, &str, &str)| Choice {
        // The first is what a row is that says nothing.
        value: if nth == 0 { String::new() } else { code.to_owned() },
        label: label.to_owned(),
        is_chosen: chosen.map_or(nth == 0, |it| it == code),
    };
    let entries = entries.unwrap_or_default().iter().enumerate();
    entries.map(|(nth, it)| choice((nth, &it.code, &it.label))).collect()
}

/// Where a row may lead: nowhere in particular, to each other row, to the end; and to what is
/// written, if no step is called so.
fn targets(from: &str, rows: &[Row], target: &str) -> Vec<Choice> {
    let choice = |value: &str, label: &str, is_chosen| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        is_chosen,
    };
    let own = rows.iter().position(|row| row.id == from).unwrap_or(0);
    let is_target = |at: &usize| !target.is_empty() && rows[*at].text("name").trim() == target;
    let later = (own + 1..rows.len()).find(is_target);
    let chosen = later.or_else(|| (0..=own.min(rows.len().saturating_sub(1))).find(is_target));
    let is_end = chosen.is_none() && target == END_WORD;
    let mut choices = vec![choice("", "下一行", target.is_empty())];
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.id != from) {
        let name = row.text("name").trim();
        if !name.is_empty() {
            choices.push(choice(&row.id, name, chosen == Some(at)));
        }
    }
    choices.push(choice(TO_END, END_WORD, is_end));
    if chosen.is_none_or(|at| at == own) && !is_end && !target.is_empty() {
        let words = format!("{target}（没有这个环节）");
        choices.push(choice(&format!("{TO_WORDS}{target}"), &words, true));
    }
    choices
}
