//! 历次保存: a draft is brought back to what stood there before a save.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
};
use domain::{
    edition::Edition,
    item::{EditionId, ItemRecord},
};
use serde::Deserialize;

use super::{page::Draft, save::follow_name};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path},
    layout::{Bench, Room},
    links,
    session::SignedIn,
    words,
};

#[derive(Template)]
#[template(path = "edit_item/saves.html")]
struct SavesPage {
    bench: Bench,
    draft: Draft,
    saves: Vec<Line>,
}

struct Line {
    over: i64,
    at: String,
    by: String,
}

#[derive(Deserialize)]
pub(super) struct Restore {
    over: i64,
}

pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let id = EditionId(id);
    let edition = editions::visible(&app, &session, id).await?;
    let saves = app.store.draft_saves(id).await?;
    let ids: Vec<_> = saves.iter().map(|save| save.by).collect();
    let names = app.store.officer_names(&ids).await?;
    let today = app.clock.today();
    let line = |save: &store::DraftSave| Line {
        over: save.over,
        at: words::recently(save.at, today),
        by: names.iter().find(|(id, _)| *id == save.by).map_or("系统", |(_, name)| name).to_owned(),
    };
    let standard = app.standard(&edition.record.standard);
    let bench = Bench::new(&app, &session, Room::Items);
    let draft = Draft::of(&edition, standard);
    let page = SavesPage { bench, draft, saves: saves.iter().map(line).collect() };
    Ok(Html(page.render()?))
}

pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(Restore { over }): Form<Restore>,
) -> Result<Response, WebError> {
    let (id, now) = (EditionId(id), app.clock.now());
    let mut tx = app.store.begin().await?;
    let edition = tx.edition_to_save(session.actor.scope, id).await?;
    let edition = edition.filter(Edition::is_writable).ok_or(WebError::NotFound)?;
    let kept = tx.draft_at(&edition, over).await?.ok_or(WebError::NotFound)?;
    let record = ItemRecord { content: kept.content, ..edition.record.clone() };
    let saved = tx.save_over(&edition, &record, session.actor.id, now).await?;
    follow_name(&mut tx, &saved).await?;
    tx.commit().await?;
    Ok(links::edit(&id).with("restored", "1").redirect())
}
