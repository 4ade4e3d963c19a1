use domain::{
    content::keys,
    flow::{Flow, drawing::Drawing},
};

use super::{super::sheet::SheetRow, Answer, File, Sheet, some};
use crate::words;

/// A head longer than this before a colon is a sentence, not a step's name.
const LONGEST_HEAD: usize = 12;

/// 怎么办。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct How {
    pub(crate) steps: Vec<Step>,
    pub(crate) picture: Option<Picture>,
    pub(crate) offline: Vec<String>,
    pub(crate) online: Vec<String>,
    pub(crate) progress: Option<String>,
    pub(crate) publicity: Option<String>,
}

/// 流程图 of the steps: the room that it takes, in pixels of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// 一步。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) limit: Option<String>,
    pub(crate) words: String,
    /// Where it goes on, if not simply with the next step.
    pub(crate) ways: Vec<String>,
}

/// 拿到什么。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) remarks: Vec<String>,
    /// A sample that can be taken along.
    pub(crate) sample: Option<File>,
}

impl How {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<How> {
        let rows = sheet.rows(keys::STEPS);
        let flow = Flow::of(sheet.item.item.content.rows(keys::STEPS)).filter(|_| !rows.is_empty());
        let steps = match &flow {
            None => steps_in(sheet),
            Some(flow) => rows.into_iter().map(|row| step(row, flow, sheet)).collect(),
        };
        let how = How {
            steps,
            picture: flow.as_ref().map(Picture::of),
            offline: sheet.lines("procedure.offline"),
            online: sheet.lines("procedure.online"),
            progress: sheet.words("progress.query"),
            publicity: sheet.words("progress.publicity"),
        };
        let is_told = !how.steps.is_empty() || !how.offline.is_empty() || !how.online.is_empty();
        let keys = [keys::PROCEDURE, keys::STEPS];
        Answer::of(is_told.then_some(how), "办理流程", &keys, sheet)
    }
}

impl Picture {
    fn of(flow: &Flow) -> Picture {
        let Drawing { width, height, .. } = Drawing::of(flow);
        // Three quarters of a point are a pixel.
        Picture { width: width * 4 / 3, height: height * 4 / 3 }
    }

    /// Whether it stands beside the steps, being one column, and not below them.
    pub(crate) fn is_beside(&self) -> bool {
        self.width <= 260
    }
}

impl Outcome {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Vec<Outcome>> {
        let outcomes = sheet.rows(keys::OUTCOMES).into_iter().map(outcome).collect();
        Answer::of(some(outcomes), "办理结果", &[keys::OUTCOMES], sheet)
    }
}

fn step(row: SheetRow<'_>, flow: &Flow, sheet: Sheet<'_>) -> Step {
    let at = sheet.item.item.content.rows(keys::STEPS).iter().position(|it| it.id == row.row().id);
    let ways = at.map(|at| flow.told(at)).unwrap_or_default();
    let told = match (row.words("post"), row.words("standard")) {
        (Some(post), Some(standard)) => Some(format!("{post}：{standard}")),
        (post, standard) => post.or(standard),
    };
    let result = row.words("result").map(|result| format!("结果：{result}"));
    Step {
        name: row.text("name"),
        limit: row.row().limit("limit").map(words::limit),
        words: told.into_iter().chain(result).map(super::closed).collect(),
        ways: ways.into_iter().map(way).collect(),
    }
}

fn way((when, to): (&str, &str)) -> String {
    match when {
        "" => format!("然后：{to}"),
        when => format!("{when}：{to}"),
    }
}

/// Reads steps out of a running text: a line each, or parted by arrows.
fn steps_in(sheet: Sheet<'_>) -> Vec<Step> {
    let text = sheet.words(keys::PROCEDURE).unwrap_or_default();
    let parts = match text.lines().count() {
        0 | 1 => text.replace(['→', '➔', '➡'], "\n").replace("-->", "\n").replace("->", "\n"),
        _ => text,
    };
    sheet.split(&parts).iter().map(|line| step_of(line)).collect()
}

fn step_of(line: &str) -> Step {
    let parted = line.split_once(['：', ':']);
    let parted = parted.filter(|(head, _)| head.chars().count() <= LONGEST_HEAD);
    match parted {
        Some((head, rest)) if !rest.trim().is_empty() => Step {
            name: head.trim().to_owned(),
            limit: None,
            words: rest.trim().to_owned(),
            ways: Vec::new(),
        },
        _ if line.chars().count() <= LONGEST_HEAD => {
            Step { name: line.to_owned(), limit: None, words: String::new(), ways: Vec::new() }
        }
        _ => Step { name: String::new(), limit: None, words: line.to_owned(), ways: Vec::new() },
    }
}

fn outcome(row: SheetRow<'_>) -> Outcome {
    let led = |lead: &str, field| row.words(field).map(|words| format!("{lead}{words}"));
    let sample = File::of(row, "sample", "结果样本");
    let remarks = [
        row.words("kind"),
        led("有效期：", "validity"),
        led("有效地域：", "area"),
        led("送达：", "delivery"),
        // What can be downloaded has a link of its own.
        led("结果样本：", "sample").filter(|_| sample.is_none()),
    ];
    Outcome { name: row.text("name"), remarks: remarks.into_iter().flatten().collect(), sample }
}
