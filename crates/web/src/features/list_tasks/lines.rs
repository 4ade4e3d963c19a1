use std::collections::HashMap;

use domain::{calendar::office_day, edition::Edition, item::EditionId};
use store::{Task, TaskKey};
use time::Date;

use super::{
    PAGE,
    choice::{Choice, Tab},
};
use crate::{
    AppState,
    editions::{Comparison, Deadline, waited_words},
    error::WebError,
    extract::Query,
    links::{self, Link},
    session::Session,
    words,
};

/// Tasks that are read together where the whole list is meant.
pub(super) const AT_ONCE: u32 = 1000;

/// 待办的一行。
pub(super) struct Line {
    /// The edition at the revision that is seen.
    pub(super) pick: String,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) link: Link,
    pub(super) operation: &'static str,
    pub(super) body: String,
    pub(super) changes: String,
    pub(super) n_findings: u32,
    /// On which day it came, and how long ago that is.
    pub(super) arrived: String,
    pub(super) waited: String,
    pub(super) due: Option<Deadline>,
    /// The state's word, where there is no deadline to tell.
    pub(super) word: String,
}

/// 经手过的一行。
pub(super) struct Handled {
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) link: Link,
    pub(super) operation: &'static str,
    pub(super) body: String,
    pub(super) word: String,
    pub(super) class: &'static str,
    pub(super) act: String,
    pub(super) at: String,
}

#[derive(Default)]
pub(super) struct Listed {
    pub(super) lines: Vec<Line>,
    pub(super) handled: Vec<Handled>,
    pub(super) total: u64,
    pub(super) next: Option<Link>,
    /// Why nothing can be listed.
    pub(super) fault: Option<String>,
}

/// Returns a page of what is chosen.
pub(super) async fn listed(
    app: &AppState,
    session: &Session,
    choice: &Choice,
    query: &Query,
) -> Result<Listed, WebError> {
    if choice.tab == Tab::Notices {
        return Ok(Listed::default());
    }
    let Some(tray) = choice.tray(session) else {
        return handled(app, session, choice, query).await;
    };
    let after = query
        .first("after")
        .map(|text| text.parse::<TaskKey>().map_err(|()| WebError::unreadable("after", text)));
    let after = after.transpose()?;
    let filter = match choice.filter(app, session) {
        Ok(filter) => filter,
        Err(unknown) => {
            return Ok(Listed { fault: Some(unknown.to_string()), ..Listed::default() });
        }
    };
    let scope = session.actor.scope;
    let tasks = app.store.tasks(scope, &tray, &filter, after.as_ref(), PAGE).await?;
    let total = app.store.count_tasks(scope, &tray, &filter).await?;
    let is_full = tasks.len() as u32 == PAGE;
    let next = tasks.last().filter(|_| is_full);
    let next = next.map(|last| choice.link().with("after", &last.key().to_string()));
    let mut changes = changes(app, session, &tasks).await?;
    let today = app.clock.today();
    let line = |task: Task| {
        let changes = changes.remove(&task.edition).unwrap_or_default();
        line(app, task, changes, choice.tab, today)
    };
    let lines = tasks.into_iter().map(line).collect();
    Ok(Listed { lines, total, next, ..Listed::default() })
}

/// Returns all that waits as it is chosen, at the revisions of now.
pub(super) async fn all(
    app: &AppState,
    session: &Session,
    choice: &Choice,
) -> Result<Vec<Task>, WebError> {
    let Some(tray) = choice.tray(session) else { return Ok(Vec::new()) };
    // The list is empty too, and says why.
    let Ok(filter) = choice.filter(app, session) else { return Ok(Vec::new()) };
    let (mut tasks, mut after) = (Vec::new(), None);
    loop {
        let scope = session.actor.scope;
        let page = app.store.tasks(scope, &tray, &filter, after.as_ref(), AT_ONCE).await?;
        let n_read = page.len() as u32;
        after = page.last().map(Task::key);
        tasks.extend(page);
        if n_read < AT_ONCE {
            return Ok(tasks);
        }
    }
}

/// Says of each edition how much of it is new.
async fn changes(
    app: &AppState,
    session: &Session,
    tasks: &[Task],
) -> Result<HashMap<EditionId, String>, WebError> {
    let ids: Vec<EditionId> = tasks.iter().map(|it| it.edition).collect();
    let editions = app.store.editions_with_live(session.actor.scope, &ids).await?;
    let told = |(edition, live): (Edition, Option<Edition>)| {
        let standard = app.standard(&edition.record.standard);
        let told = match live {
            _ if edition.operation.keeps_content() => "内容不变".to_owned(),
            None => "全部要素".to_owned(),
            Some(live) => match Comparison::of(&live, &edition, standard).changed.len() {
                0 => "没有变化".to_owned(),
                n => words::counted(n, "处"),
            },
        };
        (edition.id, told)
    };
    Ok(editions.into_iter().map(told).collect())
}

fn line(app: &AppState, task: Task, changes: String, tab: Tab, today: Date) -> Line {
    let standard = app.standard(&task.standard);
    let desk = task.desk.as_deref().and_then(|id| standard.desk(id));
    let due = Deadline::of(desk, task.since, today);
    let word = match &due {
        Some(Err(unknown)) => unknown.to_string(),
        _ => standard.state_word(task.state, task.desk.as_deref()).to_owned(),
    };
    Line {
        pick: format!("{}.{}", task.edition, task.revision),
        link: match tab {
            Tab::Returned => links::item(&task.item),
            _ => links::review(&task.edition),
        },
        operation: task.operation.label(),
        changes,
        n_findings: task.n_findings.unwrap_or(0),
        arrived: task.since.map(|at| words::short_date(office_day(at))).unwrap_or_default(),
        waited: task.since.map(|at| waited_words(at, today)).unwrap_or_default(),
        due: due.and_then(Result::ok),
        word,
        name: task.name,
        code: task.code,
        body: task.body_name,
    }
}

async fn handled(
    app: &AppState,
    session: &Session,
    choice: &Choice,
    query: &Query,
) -> Result<Listed, WebError> {
    let (actor, before) = (&session.actor, query.number("before")?);
    let finished = choice.tab == Tab::Done;
    let rows = app.store.handled_by(actor.scope, actor.id, finished, before, PAGE).await?;
    let next = rows.last().filter(|_| rows.len() as u32 == PAGE);
    let next = next.map(|last| choice.link().with("before", &last.seq.to_string()));
    let today = app.clock.today();
    let told = |row: store::Handled| {
        let task = row.task;
        let standard = app.standard(&task.standard);
        Handled {
            link: links::item(&task.item),
            operation: task.operation.label(),
            word: standard.state_word(task.state, task.desk.as_deref()).to_owned(),
            class: words::state_mark(task.state),
            act: row.event.action.label().to_owned(),
            at: words::recently(row.event.at, today),
            name: task.name,
            code: task.code,
            body: task.body_name,
        }
    };
    Ok(Listed { handled: rows.into_iter().map(told).collect(), next, ..Listed::default() })
}
