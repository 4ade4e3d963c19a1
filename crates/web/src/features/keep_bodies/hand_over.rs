//! Closing a body: its items go to another, and what is public is changed through review.

use axum::{extract::State, response::Response};
use domain::{
    edition::Edition,
    item::{BodyId, BodyRef, ItemRecord},
    people::OfficerId,
};
use serde::Deserialize;
use store::{StoreError, Tx};

use super::{Faults, Registration, body_page, visible};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    layout::refused,
    links,
    session::SignedIn,
    workflow,
};

/// Items that are read together.
const AT_ONCE: usize = 200;

#[derive(Deserialize)]
pub(super) struct Closing {
    successor: String,
}

/// `POST /workbench/bodies/{body}/close`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(form): Form<Closing>,
) -> Result<Response, WebError> {
    let kept = visible(&app, &session, id).await?;
    let successor = match form.successor.parse() {
        Ok(chosen) => visible(&app, &session, chosen).await.ok(),
        Err(_) => None,
    };
    let chosen = successor.filter(|it| it.closed_on.is_none() && it.body.id != kept.body.id);
    let (Some(chosen), None) = (chosen, &kept.closed_on) else {
        let faults = Faults { closing: Some("选一个接手的主体"), ..Faults::default() };
        let draft = Registration::of(&kept);
        return refused(body_page(&app, &session, kept, draft, faults).await?);
    };
    let today = domain::calendar::office_day(app.clock.now());
    let mut tx = app.store.begin().await?;
    tx.close_body(kept.body.id, chosen.body.id, today).await?;
    redraw(&app, &mut tx, session.actor.id, chosen.body.id, &chosen.body.body).await?;
    tx.commit().await?;
    Ok(links::body(&kept.body.id).redirect())
}

/// Writes a body into the drafts of its items, and opens a change of those that are in force and
/// have no open edition: what the public reads changes by review alone.
pub(super) async fn redraw(
    app: &AppState,
    tx: &mut Tx,
    by: OfficerId,
    holder: BodyId,
    body: &BodyRef,
) -> Result<(), StoreError> {
    let items = tx.items_of(holder).await?;
    for items in items.chunks(AT_ONCE) {
        let editions = tx.current_editions(items).await?;
        let is_newest = |edition: &Edition| {
            editions.iter().all(|it| it.item != edition.item || it.number <= edition.number)
        };
        // What is at a desk or suspended takes the body over when it comes back.
        for edition in editions.iter().filter(|it| is_newest(it) && it.record.body != *body) {
            let record = ItemRecord { body: body.clone(), ..edition.record.clone() };
            workflow::carry(app, tx, edition, record, by).await?;
        }
    }
    Ok(())
}
