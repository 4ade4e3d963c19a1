//! 待办: what waits for an officer, what came back to them, and what they had a hand in.

mod bulk;
mod choice;
mod export;
mod lines;
mod notices;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::get,
};
use domain::{people::Duty, standard::Operation};

use self::{
    choice::{Choice, Due, Tab},
    lines::{Handled, Line},
    notices::Notices,
};
use crate::{
    AppState, editions,
    error::WebError,
    extract::Query,
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/tasks", Who::Officer(&[]), get(show).post(bulk::submit));
    map.place("/workbench/tasks/export", Who::Officer(&[]), get(export::download))
}

/// Lines of a page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "list_tasks/page.html")]
struct Page {
    bench: Bench,
    today: String,
    tabs: Vec<TabView>,
    choice: Choice,
    bodies: Vec<(String, String)>,
    /// Tasks that are late and that are due today, and all; where desks have limits.
    pressing: Option<(u64, u64)>,
    total: u64,
    lines: Vec<Line>,
    handled: Vec<Handled>,
    /// Where the tab is that of the notices.
    notices: Option<Notices>,
    next: Option<Link>,
    buttons: Vec<(&'static str, &'static str)>,
    may_return: bool,
    /// Where the form on many goes: to the list as it is chosen.
    here: Link,
    typed: bulk::Typed,
    fault: Option<String>,
    done: Option<(String, String, Link)>,
    operations: Vec<Operation>,
}

struct TabView {
    title: &'static str,
    n: Option<u64>,
    link: Link,
    is_here: bool,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let page = page(&app, &session, &query, bulk::Typed::default()).await?;
    Ok(Html(page.render()?))
}

async fn refused(
    app: &AppState,
    session: &Session,
    query: &Query,
    typed: bulk::Typed,
) -> Result<Response, WebError> {
    let page = page(app, session, query, typed).await?;
    layout::refused(page)
}

async fn page(
    app: &AppState,
    session: &Session,
    query: &Query,
    typed: bulk::Typed,
) -> Result<Page, WebError> {
    let today = app.clock.today();
    let choice = Choice::read(query, session)?;
    let listed = lines::listed(app, session, &choice, query).await?;
    let bodies = match choice.tray(session) {
        Some(tray) => app.store.task_bodies(session.actor.scope, &tray).await?,
        None => Vec::new(),
    };
    let body = |(id, name, n): (domain::item::BodyId, String, u64)| {
        (id.to_string(), format!("{name}（{n}）"))
    };
    let bench = Bench::new(app, session, Room::Tasks);
    let is_review = choice.tab == Tab::Review;
    Ok(Page {
        bench: bench.with_icons(&[
            "alert-circle",
            "alert-triangle",
            "arrow-back-up",
            "check",
            "clock",
            "inbox",
        ]),
        today: words::day(today, today),
        tabs: tabs(app, session, choice.tab).await?,
        bodies: bodies.into_iter().map(body).collect(),
        pressing: pressing(app, session, &choice).await?,
        total: listed.total,
        lines: listed.lines,
        handled: listed.handled,
        notices: match choice.tab {
            Tab::Notices => Some(Notices::of(app, session).await?),
            _ => None,
        },
        next: listed.next,
        buttons: bulk::buttons(session, choice.tab),
        may_return: is_review,
        here: choice.link(),
        fault: typed.fault.clone().or(listed.fault),
        typed,
        done: editions::handled(app, session, query).await?,
        operations: OPERATIONS.to_vec(),
        choice,
    })
}

/// The operations that officers begin.
const OPERATIONS: &[Operation] = &[
    Operation::Create,
    Operation::Change,
    Operation::Suspend,
    Operation::Resume,
    Operation::Withdraw,
];

async fn tabs(app: &AppState, session: &Session, here: Tab) -> Result<Vec<TabView>, WebError> {
    let mut tabs = Vec::new();
    for tab in Tab::ALL {
        if !tab.is_for(session) {
            continue;
        }
        let choice = Choice::of(tab);
        let n = match choice.tray(session) {
            Some(tray) => {
                let all = store::TaskFilter::default();
                Some(app.store.count_tasks(session.actor.scope, &tray, &all).await?)
            }
            None => None,
        };
        let title = tab.title();
        tabs.push(TabView { title, n, link: choice.link(), is_here: tab == here });
    }
    Ok(tabs)
}

/// Counts what is late and what is due today, of all that waits at one's desks.
async fn pressing(
    app: &AppState,
    session: &Session,
    choice: &Choice,
) -> Result<Option<(u64, u64)>, WebError> {
    let (Tab::Review, Some(tray)) = (choice.tab, choice.tray(session)) else { return Ok(None) };
    let mut counts = [0; 2];
    for (n, due) in counts.iter_mut().zip([Due::Over, Due::Today]) {
        let chosen = Choice { due: Some(due), ..Choice::of(Tab::Review) };
        let Ok(filter) = chosen.filter(app, session) else { return Ok(None) };
        *n = app.store.count_tasks(session.actor.scope, &tray, &filter).await?;
    }
    Ok(Some((counts[0], counts[1])))
}

fn may(session: &Session, duty: Duty) -> bool {
    session.officer.has_duty(duty)
}
