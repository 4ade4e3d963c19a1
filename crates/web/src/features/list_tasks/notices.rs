//! 提醒: what came back and what is due soon, drafts that lie, and what its day has brought.

use store::{Noticed, Tray};
use time::Duration;

use super::{
    choice::{Choice, Due, Tab},
    may,
};
use crate::{
    AppState,
    error::WebError,
    links::{self, Link},
    session::Session,
    words,
};
use domain::people::Duty;

/// For how many days it is said that something was published.
const NEWS: Duration = Duration::days(7);

/// After how many days a draft lies.
const IDLE: Duration = Duration::days(30);

/// Lines of one kind.
const MOST: u32 = 50;

/// 提醒：counts that lead to the lists, and single things.
pub(super) struct Notices {
    pub(super) counts: Vec<Count>,
    pub(super) lines: Vec<Line>,
}

/// 一份清单里有几件。
pub(super) struct Count {
    pub(super) title: &'static str,
    pub(super) n: u64,
    pub(super) link: Link,
    pub(super) is_late: bool,
}

/// 提醒的一行。
pub(super) struct Line {
    pub(super) what: String,
    /// How it is drawn: `bad`, `warn`, or nothing.
    pub(super) class: &'static str,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) body: String,
    pub(super) link: Link,
}

impl Notices {
    pub(super) async fn of(app: &AppState, session: &Session) -> Result<Notices, WebError> {
        let counts = counts(app, session).await?;
        let mut lines = to_come(app, session).await?;
        if may(session, Duty::Editor) {
            lines.extend(idle(app, session).await?);
            lines.extend(published(app, session).await?);
        }
        Ok(Notices { counts, lines })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.lines.is_empty()
    }
}

async fn counts(app: &AppState, session: &Session) -> Result<Vec<Count>, WebError> {
    let mut chosen = vec![("退回给我", Choice::of(Tab::Returned), false)];
    chosen.extend(Due::ALL.map(|due| {
        let choice = Choice { due: Some(due), ..Choice::of(Tab::Review) };
        (due.title(), choice, due == Due::Over)
    }));
    let mut counts = Vec::new();
    for (title, choice, is_late) in chosen {
        let tray: Option<Tray> = choice.tray(session).filter(|_| choice.tab.is_for(session));
        // Without a calendar of the year nothing is due; the list itself says so.
        let (Some(tray), Ok(filter)) = (tray, choice.filter(app, session)) else { continue };
        let n = app.store.count_tasks(session.actor.scope, &tray, &filter).await?;
        if n > 0 {
            counts.push(Count { title, n, link: choice.link(), is_late });
        }
    }
    Ok(counts)
}

/// What is approved for a day: everybody's for who publishes, else one's own.
async fn to_come(app: &AppState, session: &Session) -> Result<Vec<Line>, WebError> {
    let (today, actor) = (app.clock.today(), &session.actor);
    let whose = (!may(session, Duty::Publisher)).then_some(actor.id);
    let found = app.store.days_to_come(actor.scope, whose, MOST).await?;
    let line = |it: Noticed| {
        let on = words::day(it.on, today);
        match it.on <= today {
            true => Line::of(it, format!("定在 {on}公布，到了日子没有公布成"), "bad"),
            false => Line::of(it, format!("{on}自动公布"), ""),
        }
    };
    Ok(found.into_iter().map(line).collect())
}

async fn idle(app: &AppState, session: &Session) -> Result<Vec<Line>, WebError> {
    let (now, actor) = (app.clock.now(), &session.actor);
    let found = app.store.idle_drafts(actor.scope, actor.id, now - IDLE, MOST).await?;
    let line = |it: Noticed| {
        let on = words::day(it.on, app.clock.today());
        Line::of(it, format!("草稿，{on}以后没有再写"), "warn")
    };
    Ok(found.into_iter().map(line).collect())
}

async fn published(app: &AppState, session: &Session) -> Result<Vec<Line>, WebError> {
    let (today, actor) = (app.clock.today(), &session.actor);
    let found = app.store.published_of(actor.scope, actor.id, today - NEWS, MOST).await?;
    let line = |it: Noticed| {
        let on = words::day(it.on, today);
        Line::of(it, format!("您送审的，{on}公布了"), "")
    };
    Ok(found.into_iter().map(line).collect())
}

impl Line {
    fn of(noticed: Noticed, what: String, class: &'static str) -> Line {
        let task = noticed.task;
        Line {
            what,
            class,
            link: links::item(&task.item),
            name: task.name,
            code: task.code,
            body: task.body_name,
        }
    }
}
