//! 帮助文档: what administrators write for the officers within their scope.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::people::Duty;
use serde::Deserialize;
use store::{HelpDocument, Kept, Saving, StoreError};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    layout::{Bench, Room},
    links,
    map::{Map, Who},
    markdown,
    session::{Session, SignedIn},
    words,
};

const WRITER: Who = Who::Officer(&[Duty::Administrator]);

/// Characters of a document; more is a book.
const LONGEST: usize = 100_000;

pub(crate) fn places(map: Map) -> Map {
    let anyone = Who::Officer(&[]);
    let map = map.place("/workbench/help-documents", anyone, get(list));
    let map = map.place("/workbench/help-documents/new", WRITER, get(blank).post(submit));
    let map = map.place("/workbench/help-documents/{document}", anyone, get(show));
    map.place("/workbench/help-documents/{document}/edit", WRITER, get(edit).post(save))
}

#[derive(Template)]
#[template(path = "write_help/list.html")]
struct ListPage {
    bench: Bench,
    documents: Vec<Kept<HelpDocument>>,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "write_help/document.html")]
struct DocumentPage {
    bench: Bench,
    kept: Kept<HelpDocument>,
    html: String,
    saved_at: String,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "write_help/edit.html")]
struct EditPage {
    bench: Bench,
    is_new: bool,
    draft: Draft,
    fault: &'static str,
    is_stale: bool,
}

/// What is typed of a document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Draft {
    title: String,
    text: String,
    position: String,
    /// The revision that the form shows.
    revision: i64,
    /// Set by the button that takes the document away.
    remove: String,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Elsewhere),
        documents: app.store.help_documents(session.actor.scope).await?,
        may_write: session.officer.has_duty(Duty::Administrator),
    };
    Ok(Html(page.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = visible(&app, &session, id).await?;
    let page = DocumentPage {
        bench: Bench::new(&app, &session, Room::Elsewhere),
        html: markdown::read(&kept.entry.text, markdown::outward).html,
        saved_at: words::moment(&kept.saved_at),
        may_write: session.officer.has_duty(Duty::Administrator) && kept.is_own,
        kept,
    };
    Ok(Html(page.render()?))
}

async fn blank(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    Ok(Html(edit_page(&app, &session, true, Draft::default()).render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let document = match draft.document() {
        Ok(document) => document,
        Err(fault) => {
            return refused(EditPage { fault, ..edit_page(&app, &session, true, draft) });
        }
    };
    let mut tx = app.store.begin().await?;
    let saving = saving(&app, &session);
    let id = tx.add_help_document(session.actor.scope, &document, saving).await?;
    tx.commit().await?;
    Ok(Redirect::to(&links::help_document(&id).to_string()).into_response())
}

async fn edit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = own(&app, &session, id).await?;
    Ok(Html(edit_page(&app, &session, false, Draft::of(&kept)).render()?))
}

async fn save(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let kept = own(&app, &session, id).await?;
    let (now, old) = (kept.revision, Kept { revision: draft.revision, ..kept });
    let mut tx = app.store.begin().await?;
    let (done, to) = match (draft.remove.is_empty(), draft.document()) {
        (false, _) => (tx.remove_help_document(&old).await, links::help_documents()),
        (true, Ok(document)) => {
            let done = tx.change_help_document(&old, &document, saving(&app, &session)).await;
            (done, links::help_document(&id))
        }
        (true, Err(fault)) => {
            drop(tx);
            return refused(EditPage { fault, ..edit_page(&app, &session, false, draft) });
        }
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&to.to_string()).into_response())
        }
        Err(StoreError::Stale { .. }) => {
            drop(tx);
            let draft = Draft { revision: now, ..draft };
            refused(EditPage { is_stale: true, ..edit_page(&app, &session, false, draft) })
        }
        Err(error) => Err(error.into()),
    }
}

async fn visible(
    app: &AppState,
    session: &Session,
    id: i64,
) -> Result<Kept<HelpDocument>, WebError> {
    app.store.help_document(session.actor.scope, id).await?.ok_or(WebError::NotFound)
}

/// What is written for more than the officer's own scope is not theirs to change.
async fn own(app: &AppState, session: &Session, id: i64) -> Result<Kept<HelpDocument>, WebError> {
    let kept = visible(app, session, id).await?;
    if kept.is_own { Ok(kept) } else { Err(WebError::NotFound) }
}

fn saving(app: &AppState, session: &Session) -> Saving {
    Saving { by: session.actor.id, at: app.clock.now() }
}

fn refused(page: impl Template) -> Result<Response, WebError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

fn edit_page(app: &AppState, session: &Session, is_new: bool, draft: Draft) -> EditPage {
    let bench = Bench::new(app, session, Room::Elsewhere);
    EditPage { bench, is_new, draft, fault: "", is_stale: false }
}

impl Draft {
    fn of(kept: &Kept<HelpDocument>) -> Draft {
        let HelpDocument { title, text, position } = kept.entry.clone();
        Draft {
            title,
            text,
            position: position.to_string(),
            revision: kept.revision,
            remove: String::new(),
        }
    }

    fn document(&self) -> Result<HelpDocument, &'static str> {
        let (title, text) = (self.title.trim(), self.text.trim());
        if title.is_empty() || title.chars().count() > 100 {
            return Err("写上标题，100 个字以内");
        }
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err("写上正文，十万字以内");
        }
        let position = match self.position.trim() {
            "" => 0,
            number => number.parse().map_err(|_| "次序写一个整数，小的排在前面")?,
        };
        Ok(HelpDocument { title: title.into(), text: text.replace("\r\n", "\n"), position })
    }
}

#[cfg(test)]
mod tests;
