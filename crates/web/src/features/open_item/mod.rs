//! 一个事项: how it stands, what can be done with it and why not, and all its editions.

mod choices;
mod steps;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::get,
};
use domain::{
    edition::{Edition, Standing},
    item::ItemId,
};

use self::choices::{Act, Choice};
use crate::{
    AppState,
    editions::{self, Chronicle, FileLink, Head, Mark, Station},
    error::WebError,
    extract::Path,
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench/items/{item}", Who::Officer(&[]), get(show).post(steps::submit))
}

#[derive(Template)]
#[template(path = "open_item/page.html")]
struct Page {
    bench: Bench,
    item: ItemId,
    head: Head,
    live: Option<Live>,
    open: Option<Open>,
    /// What can be done now, and what can not, with the reason.
    choices: Vec<Choice>,
    closed: Vec<(String, String)>,
    /// The newest edition as the visitor saw it; a step on an older sight is refused.
    seen: (i64, i64),
    editions: Vec<Line>,
    today: String,
    typed: Typed,
}

/// 在用的版本。
struct Live {
    head: Head,
    since: Option<String>,
    guide: Option<Link>,
    files: Vec<FileLink>,
}

/// 在办的版本。
struct Open {
    head: Head,
    route: Vec<Station>,
    returned: Option<editions::Act>,
    /// Where it is compared with what is in force.
    compare: Option<Link>,
    /// The guide as it would be.
    preview: Option<Link>,
    edit: Option<Link>,
    files: Vec<FileLink>,
}

/// 历次版本的一行。
struct Line {
    head: Head,
    acts: Vec<editions::Act>,
    compare: Option<Link>,
}

/// What was asked for and is refused.
#[derive(Debug, Clone, Default)]
struct Typed {
    act: Option<Act>,
    reason: String,
    fault: Option<String>,
}

impl Typed {
    /// Returns the reason that was typed for a step.
    fn reason_for(&self, act: &Act) -> &str {
        if self.act.as_ref() == Some(act) { &self.reason } else { "" }
    }
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let page = page(&app, &session, ItemId(id), Typed::default()).await?;
    Ok(Html(page.render()?))
}

async fn refused(
    app: &AppState,
    session: &Session,
    item: ItemId,
    typed: Typed,
) -> Result<Response, WebError> {
    let page = page(app, session, item, typed).await?;
    layout::refused(page)
}

async fn page(
    app: &AppState,
    session: &Session,
    item: ItemId,
    typed: Typed,
) -> Result<Page, WebError> {
    let scope = session.actor.scope;
    let all = app.store.editions_of(scope, item).await?;
    let standing = Standing::of(&all).ok_or(WebError::NotFound)?;
    let standard = app.standard(&standing.newest.record.standard);
    let today = app.clock.today();
    let events = app.store.events_of_item(scope, item).await?;
    let chronicle = Chronicle::of(&app.store, events, today).await?;
    let (choices, closed) = choices::of(app, session, standing, standard).await?;
    let newest = standing.newest;
    let open = standing.open().map(|open| Open {
        head: Head::of(open, standard),
        route: chronicle.route(open, standard, &session.actor),
        returned: chronicle.last_return(open.id, standard),
        compare: standing
            .live
            .filter(|_| !open.operation.keeps_content())
            .map(|live| links::compare_two(&item, live.number, open.number)),
        preview: (!open.operation.keeps_content()).then(|| links::preview(&open.id)),
        edit: choices::edit_link(&session.actor, open),
        files: editions::files(open),
    });
    let line = |(at, edition): (usize, &Edition)| Line {
        head: Head::of(edition, app.standard(&edition.record.standard)),
        acts: chronicle.acts(edition.id, standard),
        compare: at
            .checked_sub(1)
            .map(|before| links::compare_two(&item, all[before].number, edition.number)),
    };
    let bench = Bench::new(app, session, Room::Items);
    Ok(Page {
        bench: bench.with_icons(&["check", "pencil", "alert-triangle"]),
        item,
        head: Head::of(standing.live.unwrap_or(newest), standard),
        live: standing.live.map(|live| Live {
            head: Head::of(live, standard),
            since: live.record.effective_on.map(words::full_date),
            guide: live.record.code.as_deref().map(links::guide),
            files: editions::files(live),
        }),
        open,
        choices,
        closed,
        seen: (newest.id.0, newest.revision),
        editions: all.iter().enumerate().rev().map(line).collect(),
        today: today.to_string(),
        typed,
    })
}
