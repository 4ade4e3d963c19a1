//! The page of a flow: its rows with what they lead to, what was found of it, the drawing.

use askama::Template;
use domain::{
    content::{Row, keys, show_single},
    edition::Edition,
    finding::{Finding, Severity},
    flow::{self, CONDITION, END, END_WORD, Flow, TEMPLATES, is_work, read_exits},
    standard::Standard,
};

use super::{
    history::{History, Turn},
    save::has_rows,
    sent::{TO_END, TO_NEXT, TO_NONE, TO_WORDS},
};
use crate::{
    AppState,
    layout::{Bench, Room},
    links::{self, Link},
    session::Session,
};

const ICONS: &[&str] = &[
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-forward-up",
    "arrow-narrow-down",
    "arrow-narrow-up",
    "arrow-right",
    "chevron-right",
    "grip-vertical",
    "plus",
    "trash",
];

/// 画流程的一页。
#[derive(Template)]
#[template(path = "draw_flow/page.html")]
pub(super) struct FlowPage {
    pub(super) bench: Bench,
    pub(super) name: String,
    pub(super) is_open: bool,
    pub(super) revision: i64,
    pub(super) history: History,
    pub(super) rows: Vec<RowView>,
    pub(super) findings: Vec<Finding>,
    /// How many there are, in words.
    pub(super) told: String,
    pub(super) has_errors: bool,
    pub(super) note: Option<&'static str>,
    /// The drawing and what it says, if there is anything to draw.
    pub(super) drawing: Option<Link>,
    pub(super) longest: Option<String>,
    pub(super) templates: Vec<TemplateView>,
    pub(super) back: Link,
    pub(super) saves: Link,
}

/// What the page shows beside what is kept.
pub(super) struct Shown {
    pub(super) findings: Vec<Finding>,
    pub(super) note: Option<&'static str>,
    pub(super) history: History,
}

pub(super) struct TemplateView {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// Its steps in one line.
    pub(super) steps: String,
}

pub(super) struct RowView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) is_condition: bool,
    pub(super) shapes: Vec<Choice>,
    /// What it is called, and what else of it is written here.
    pub(super) name: Option<Text>,
    pub(super) texts: Vec<Text>,
    pub(super) exits: Vec<ExitView>,
    /// Where it leads, if that can be said in a word and the exits be folded.
    pub(super) leads: Option<String>,
    /// Where the rest of it is written.
    pub(super) rest: Link,
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
    /// What can be done with a row: the verb, its icon, and what it is called.
    pub(super) const VERBS: [(&str, &str, &str); 3] = [
        ("up", "arrow-narrow-up", "上移"),
        ("down", "arrow-narrow-down", "下移"),
        ("delete", "trash", "删除"),
    ];

    pub(super) fn of(
        app: &AppState,
        session: &Session,
        edition: &Edition,
        shown: Shown,
    ) -> FlowPage {
        let Shown { findings, note, history } = shown;
        let record = &edition.record;
        let standard = app.standard(&record.standard);
        let rows = record.content.rows(keys::STEPS);
        let flow = Flow::of(rows);
        let drawing = flow.as_ref().map(|_| {
            links::edition_drawing(&edition.id).with("revision", &edition.revision.to_string())
        });
        FlowPage {
            bench: Bench::new(app, session, Room::Items).with_icons(ICONS),
            name: record.name().to_owned(),
            is_open: edition.is_writable() && has_rows(&record.content),
            revision: edition.revision,
            history,
            rows: (0..rows.len()).map(|at| row(at, edition, standard)).collect(),
            told: told(&findings),
            has_errors: findings.iter().any(FlowPage::is_error),
            findings,
            note,
            // What was not saved is not drawn.
            drawing: drawing.filter(|_| note.is_none()),
            longest: flow.as_ref().and_then(longest),
            templates: TEMPLATES.iter().map(template).collect(),
            back: links::edit(&edition.id).with("open", keys::STEPS),
            saves: links::draft_saves(&edition.id),
        }
    }

    pub(super) fn is_error(finding: &Finding) -> bool {
        finding.severity == Severity::Error
    }
}

fn told(findings: &[Finding]) -> String {
    let n_errors = findings.iter().filter(|it| FlowPage::is_error(it)).count();
    match (n_errors, findings.len() - n_errors) {
        (0, 0) => String::new(),
        (0, n) => format!("提醒 {n} 处"),
        (n, 0) => format!("必须改正 {n} 处"),
        (n, others) => format!("必须改正 {n} 处，提醒 {others} 处"),
    }
}

/// 最长一条路 in words.
fn longest(flow: &Flow) -> Option<String> {
    let way = flow.longest_way()?;
    let tenths = (way.working_days * 10.0).round() / 10.0;
    (tenths > 0.0).then(|| format!("最长的一条路 {tenths} 个工作日，回头的不算"))
}

fn template(template: &flow::Template) -> TemplateView {
    let rows = template.rows();
    let steps: Vec<&str> = rows.iter().filter(|it| is_work(it)).map(|it| it.text("name")).collect();
    TemplateView { id: template.id, title: template.title, steps: steps.join("、") }
}

fn row(at: usize, edition: &Edition, standard: &Standard) -> RowView {
    let rows = edition.record.content.rows(keys::STEPS);
    let row = &rows[at];
    let element = standard.element(keys::STEPS);
    let text = |key: &'static str| {
        let field = element.and_then(|it| it.field(key))?;
        let value = row.fields.get(key).map(|it| show_single(it, field.shape(), standard));
        let value = value.unwrap_or_default();
        Some(Text { key, label: field.label.clone(), value })
    };
    let texts = ["post", "officer", "limit", "duty"].into_iter().filter_map(text);
    let name = row.text("name").trim();
    RowView {
        id: row.id.clone(),
        title: if name.is_empty() { format!("第 {} 行", at + 1) } else { name.to_owned() },
        is_condition: row.codes("shape").iter().any(|code| code == CONDITION),
        shapes: shapes(row, standard),
        name: text("name"),
        // Nobody works at a condition or an end; what is written there all the same is shown.
        texts: texts.filter(|it| is_work(row) || !it.value.is_empty()).collect(),
        exits: exits(at, rows),
        leads: leads(at, rows),
        rest: links::edit_row(&edition.id, keys::STEPS, &row.id),
    }
}

/// The one place to which a row leads in any case.
fn leads(at: usize, rows: &[Row]) -> Option<String> {
    if !is_work(&rows[at]) {
        return None;
    }
    match &read_exits(rows[at].text("next"))[..] {
        [] if at + 1 == rows.len() => Some(END_WORD.to_owned()),
        [] => Some("下一行".to_owned()),
        [exit] if exit.label.is_empty() => Some(exit.target.clone()),
        _ => None,
    }
}

/// The exits of a row as they are written, and one to be filled; nothing leaves an end.
fn exits(at: usize, rows: &[Row]) -> Vec<ExitView> {
    let written = read_exits(rows[at].text("next"));
    let is_end = rows[at].codes("shape").iter().any(|code| code == END);
    let next = match (written.is_empty(), at + 1 == rows.len()) {
        (false, _) => "再加一个去向",
        (true, false) => "下一行",
        (true, true) => "到此结束",
    };
    let more = (!is_end)
        .then(|| ExitView { when: String::new(), targets: targets(at, rows, "", (TO_NEXT, next)) });
    let written = written.into_iter().map(|exit| ExitView {
        when: exit.label,
        targets: targets(at, rows, &exit.target, (TO_NONE, "不要这个去向")),
    });
    written.chain(more).collect()
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

/// Where a row may lead: to each other row, to the end, or as `first` says; and to what is
/// written, if no step is called so.
fn targets(own: usize, rows: &[Row], target: &str, first: (&str, &str)) -> Vec<Choice> {
    let choice = |value: &str, label: &str, is_chosen| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        is_chosen,
    };
    let is_target = |at: &usize| !target.is_empty() && rows[*at].text("name").trim() == target;
    let chosen = (own + 1..rows.len()).find(is_target).or_else(|| (0..=own).find(is_target));
    let is_end = chosen.is_none() && target == END_WORD;
    let mut choices = vec![choice(first.0, first.1, target.is_empty())];
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| *at != own) {
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
