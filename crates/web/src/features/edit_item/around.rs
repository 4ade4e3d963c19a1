//! What stands around a draft: who saved it when, who else is at it, why it came back.

use domain::{
    edition::{Action, Edition, Remark, State},
    item::EditionId,
};

use super::page::Status;
use crate::{AppState, error::WebError, session::Session, words};

/// Returns what an edition was returned with, as long as it is mended.
pub(super) async fn remarks(app: &AppState, edition: &Edition) -> Result<Vec<Remark>, WebError> {
    if edition.state != State::Returned {
        return Ok(Vec::new());
    }
    let mut events = app.store.events_of_edition(edition.id).await?;
    let at = events.iter().rposition(|event| event.action == Action::Return);
    Ok(at.map(|at| events.swap_remove(at).remarks).unwrap_or_default())
}

pub(super) async fn status(
    app: &AppState,
    session: &Session,
    id: EditionId,
) -> Result<Status, WebError> {
    let own = session.actor.id;
    let last = app.store.edition_times(id).await?.and_then(|times| times.saved);
    let others = app.store.others_at_draft(id, own, app.clock.now()).await?;
    let ids: Vec<_> = others.iter().copied().chain(last.map(|(_, by)| by)).collect();
    let names = app.store.officer_names(&ids).await?;
    let name = |id| names.iter().find(|(it, _)| *it == id).map(|(_, name)| name.clone());
    let today = app.clock.today();
    let saved = last.map(|(at, by)| {
        let other = (by != own).then(|| name(by).unwrap_or_else(|| "系统".to_owned()));
        (words::recently(at, today), other)
    });
    Ok(Status { saved, others: others.into_iter().filter_map(name).collect() })
}
