//! 一个版本的全文: all that it says, what was done to it, and what the public saw on a day.

mod on_a_day;
mod restore;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    response::Html,
    routing::{get, post},
};
use domain::{
    edition::{Edition, Standing},
    item::EditionId,
    people::{Duty, Role},
};

use crate::{
    AppState,
    editions::{self, Act, Body, Chapter, Chronicle, Head, chapters},
    error::WebError,
    extract::{Path, Query},
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/editions/{edition}", Who::Officer(&[]), get(show));
    let restorers = Who::Officer(&[Duty::Editor]);
    let map = map.place("/workbench/editions/{edition}/restore", restorers, post(restore::submit));
    map.place("/workbench/items/{item}/on", Who::Officer(&[]), get(on_a_day::show))
}

#[derive(Template)]
#[template(path = "read_edition/page.html")]
struct Page {
    bench: Bench,
    id: EditionId,
    head: Head,
    item: Link,
    chapters: Vec<Chapter>,
    acts: Vec<Act>,
    compare: Option<Link>,
    review: Link,
    /// The day on which the public saw this, with the guide of it.
    day: Option<(String, Link)>,
    /// Whether it can be restored, or what stands against it.
    restorable: Option<Restorable>,
    /// The newest edition, as it was seen: a restoring beside another one is refused.
    seen: (EditionId, i64),
    fault: Option<String>,
}

enum Restorable {
    Yes,
    /// Somebody works on another edition.
    NotNow,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let mut page = page(&app, &session, EditionId(id)).await?;
    if let (Some(day), Some(code)) = (query.day("on")?, &page.head.code) {
        page.day = Some((words::full_date(day), links::as_of(links::guide(code), day)));
    }
    Ok(Html(page.render()?))
}

async fn page(app: &AppState, session: &Session, id: EditionId) -> Result<Page, WebError> {
    let scope = session.actor.scope;
    let edition = editions::visible(app, session, id).await?;
    let all = app.store.editions_of(scope, edition.item).await?;
    let standing = Standing::of(&all).ok_or(WebError::NotFound)?;
    let standard = app.standard(&edition.record.standard);
    let events = app.store.events_of_item(scope, edition.item).await?;
    let chronicle = Chronicle::of(&app.store, events, app.clock.today()).await?;
    let before = all.iter().rfind(|it| it.number < edition.number);
    Ok(Page {
        bench: Bench::new(app, session, Room::Items).with_icons(&["arrow-back-up"]),
        id,
        head: Head::of(&edition, standard),
        item: links::item(&edition.item),
        chapters: chapters(&edition, standard),
        acts: chronicle.acts(id, standard),
        compare: before.map(|it| links::compare_two(&edition.item, it.number, edition.number)),
        review: links::review(&id),
        day: None,
        restorable: restorable(session, &edition, standing),
        seen: (standing.newest.id, standing.newest.revision),
        fault: None,
    })
}

/// Tells whether an edition may come back, to who may write; what is in force or still in work
/// needs not.
fn restorable(session: &Session, edition: &Edition, standing: Standing<'_>) -> Option<Restorable> {
    let is_past = !edition.state.is_open() && !edition.state.is_live();
    if !is_past || !session.actor.has(&Role::Editor) {
        return None;
    }
    let may_begin = standing.may_begin();
    let is_now = may_begin.iter().any(|it| !it.keeps_content());
    let may_later = standing.live.is_some();
    match (is_now, may_later) {
        (true, _) => Some(Restorable::Yes),
        (false, true) => Some(Restorable::NotNow),
        (false, false) => None,
    }
}
