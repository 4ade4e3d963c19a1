use axum::{extract::State, response::Response};
use domain::{
    edition::{Edition, Grounds, Standing},
    item::{EditionId, ItemId},
    standard::Operation,
};
use serde::Deserialize;

use super::{Act, Typed, choices::edit_link, refused};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    links, refusals,
    session::{Session, SignedIn},
    workflow::{Case, Hitch, Step, Taking},
};

#[derive(Deserialize)]
pub(super) struct StepForm {
    act: String,
    /// The newest edition, at the revision that was seen.
    edition: i64,
    revision: i64,
    #[serde(default)]
    reason: String,
}

/// `POST /workbench/items/{item}`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result<Response, WebError> {
    let item = ItemId(id);
    let act = Act::parse(&form.act).ok_or(WebError::BadForm)?;
    let seen = app.store.edition_within(session.actor.scope, EditionId(form.edition)).await?;
    let seen = seen.filter(|it| it.item == item).ok_or(WebError::NotFound)?;
    let taking = Taking { actor: &session.actor, standards: &app.standards, now: app.clock.now() };
    let reason = form.reason.clone();
    let step = match act {
        Act::Submit => Step::Submit { reason },
        Act::Recall => Step::Recall,
        Act::Publish => Step::Publish,
        Act::Discard => Step::Discard { reason },
        Act::Begin(operation) => {
            let begun = begin(&app, &taking, item, operation, &form).await;
            return answer(&app, &session, &seen, act, form, begun.map(Some)).await;
        }
    };
    let taken = taking.take(&app.store, (seen.id, form.revision), &step).await;
    answer(&app, &session, &seen, act, form, taken.map(|_| None)).await
}

/// Leads to the draft that was begun or back to the item, or says why nothing was done.
async fn answer(
    app: &AppState,
    session: &Session,
    seen: &Edition,
    act: Act,
    form: StepForm,
    done: Result<Option<Edition>, Hitch>,
) -> Result<Response, WebError> {
    let hitch = match done {
        Ok(begun) => {
            let next = begun.and_then(|draft| edit_link(&session.actor, &draft));
            let next = next.unwrap_or_else(|| links::item(&seen.item));
            return Ok(next.redirect());
        }
        Err(hitch) => hitch,
    };
    let fault = refusals::of_hitch(hitch, app.standard(&seen.record.standard))?;
    let typed = Typed { act: Some(act), reason: form.reason, fault: Some(fault) };
    refused(app, session, seen.item, typed).await
}

/// Begins an operation. One that writes nothing anew is submitted in the same step.
async fn begin(
    app: &AppState,
    taking: &Taking<'_>,
    item: ItemId,
    operation: Operation,
    form: &StepForm,
) -> Result<Edition, Hitch> {
    let mut tx = app.store.begin().await?;
    let current = tx.current_editions(&[item]).await?;
    let standing = Standing::of(&current).ok_or(Hitch::Stale)?;
    if (standing.newest.id.0, standing.newest.revision) != (form.edition, form.revision) {
        return Err(Hitch::Stale);
    }
    let standard = app.standard(&standing.newest.record.standard);
    let grounds = Grounds { reason: &form.reason, ..Grounds::at(taking.now, standard) };
    let id = tx.new_edition_id().await?;
    let draft = standing.begin(taking.actor, operation, id, grounds)?;
    tx.add_drafts(std::slice::from_ref(&draft)).await?;
    if operation.keeps_content() {
        let case = Case { edition: draft.clone(), live: standing.live.cloned() };
        let step = Step::Submit { reason: form.reason.clone() };
        taking.record(&mut tx, &case, &step).await?;
    }
    tx.commit().await?;
    Ok(draft)
}
