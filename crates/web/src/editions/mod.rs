//! An edition on a page: its state and deadline, its way through the desks, what was done to
//! it, what it says, and what differs from another.

mod chronicle;
mod comparison;
mod deadline;
#[cfg(test)]
mod tests;
mod whole;

use domain::{edition::Edition, item::EditionId, standard::Standard};

pub(crate) use self::{
    chronicle::{Act, Chronicle, Mark, Station},
    comparison::{Comparison, Piece},
    deadline::{Deadline, due_words, waited_words},
    whole::{Body, Chapter, FileLink, chapters, files, with_remarks},
};
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    links::{self, Link},
    session::Session,
    words,
};

/// 版本的抬头: which edition it is and how it stands.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// 第 4 版
    pub(crate) title: String,
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) body: String,
    pub(crate) kind: String,
    pub(crate) operation: &'static str,
    pub(crate) state: String,
    /// How the state is drawn.
    pub(crate) class: &'static str,
    pub(crate) reason: Option<String>,
    pub(crate) link: Link,
}

/// Returns an edition that lies within the officer's scope; to others it does not exist.
pub(crate) async fn visible(
    app: &AppState,
    session: &Session,
    id: EditionId,
) -> Result<Edition, WebError> {
    let found = app.store.edition_within(session.actor.scope, id).await?;
    found.ok_or(WebError::NotFound)
}

/// Says what is wrong with a form that can not be read. Whose the edition is comes first: others
/// learn nothing.
pub(crate) async fn unreadable(app: &AppState, session: &Session, id: EditionId) -> WebError {
    match visible(app, session, id).await {
        Ok(_) => WebError::BadForm,
        Err(error) => error,
    }
}

/// Says what became of the edition that was handled just before: its name, state and page.
pub(crate) async fn handled(
    app: &AppState,
    session: &Session,
    query: &Query,
) -> Result<Option<(String, String, Link)>, WebError> {
    let Some(id) = query.number("done")?.map(EditionId) else { return Ok(None) };
    let edition = app.store.edition_within(session.actor.scope, id).await?;
    Ok(edition.map(|it| {
        let head = Head::of(&it, app.standard(&it.record.standard));
        (head.name, head.state, links::item(&it.item))
    }))
}

impl Head {
    pub(crate) fn of(edition: &Edition, standard: &Standard) -> Head {
        let record = &edition.record;
        Head {
            title: format!("第 {}", words::counted(edition.number, "版")),
            name: record.name().to_owned(),
            code: record.code.clone(),
            body: record.body.name.clone(),
            kind: standard.kind_label(&record.kind).to_owned(),
            operation: edition.operation.label(),
            state: standard.state_word(edition.state, edition.desk.as_deref()).to_owned(),
            class: words::state_mark(edition.state),
            reason: edition.reason.clone(),
            link: links::edition(&edition.id),
        }
    }
}
