use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::item::ItemId;
use time::Date;

use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    layout::{Bench, Room},
    links::{self, Link},
    session::SignedIn,
    words,
};

#[derive(Template)]
#[template(path = "read_edition/no_day.html")]
struct NoDayPage {
    bench: Bench,
    name: String,
    item: Link,
    day: String,
    is_to_come: bool,
    /// The first day on which it was public, with where that is read.
    first: Option<(String, Link)>,
}

/// Leads to the edition that the public was shown on a day, as its publications say.
pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Response, WebError> {
    let item = ItemId(id);
    let all = app.store.editions_of(session.actor.scope, item).await?;
    let newest = all.last().ok_or(WebError::NotFound)?;
    let Some(day) = query.day("day")? else {
        return Ok(links::item(&item).redirect());
    };
    let history = match all.iter().rev().find_map(|it| it.record.code.as_deref()) {
        Some(code) => app.store.public_history(code).await?,
        None => Vec::new(),
    };
    let today = app.clock.today();
    let shown = history.iter().find(|it| day <= today && it.shown.contains(day));
    let number = shown.map(|it| it.notice.item().edition);
    if let Some(edition) = all.iter().find(|it| Some(it.number) == number) {
        return Ok(links::edition(&edition.id).with("on", &day.to_string()).redirect());
    }
    let first = history.iter().rev().find(|it| !it.shown.is_empty() && it.shown.from <= today);
    let here = |day: Date| links::item_on(&item).with("day", &day.to_string());
    let page = NoDayPage {
        bench: Bench::new(&app, &session, Room::Items),
        name: newest.record.name().to_owned(),
        item: links::item(&item),
        day: words::full_date(day),
        is_to_come: day > today,
        first: first.map(|it| (words::full_date(it.shown.from), here(it.shown.from))),
    };
    Ok((StatusCode::NOT_FOUND, Html(page.render()?)).into_response())
}
