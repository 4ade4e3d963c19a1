use axum::{extract::State, response::Response};
use domain::{
    edition::{Edition, Grounds, Standing},
    item::EditionId,
};
use serde::Deserialize;

use super::page;
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path},
    layout, links, refusals,
    session::{Session, SignedIn},
    workflow::Hitch,
};

#[derive(Deserialize)]
pub(super) struct Seen {
    /// The newest edition, at the revision that was seen.
    edition: i64,
    revision: i64,
}

/// `POST /workbench/editions/{edition}/restore`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(seen): Form<Seen>,
) -> Result<Response, WebError> {
    let id = EditionId(id);
    let old = editions::visible(&app, &session, id).await?;
    let hitch = match restore(&app, &session, &old, &seen).await {
        Ok(draft) => return Ok(links::edit(&draft.id).redirect()),
        Err(hitch) => hitch,
    };
    let fault = refusals::of_hitch(hitch, app.standard(&old.record.standard))?;
    let mut page = page(&app, &session, id).await?;
    page.fault = Some(fault);
    layout::refused(page)
}

/// Begins a draft that says what an old edition said.
async fn restore(
    app: &AppState,
    session: &Session,
    old: &Edition,
    seen: &Seen,
) -> Result<Edition, Hitch> {
    let mut tx = app.store.begin().await?;
    let current = tx.current_editions(&[old.item]).await?;
    let standing = Standing::of(&current).ok_or(Hitch::Stale)?;
    let newest = standing.newest;
    if (newest.id.0, newest.revision) != (seen.edition, seen.revision) {
        return Err(Hitch::Stale);
    }
    let grounds = Grounds::at(app.clock.now(), app.standard(&newest.record.standard));
    let id = tx.new_edition_id().await?;
    let draft = standing.restore(&session.actor, old, id, grounds)?;
    tx.add_drafts(std::slice::from_ref(&draft)).await?;
    tx.update_item(draft.item, &draft.record).await?;
    tx.commit().await?;
    Ok(draft)
}
