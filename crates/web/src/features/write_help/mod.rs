//! 帮助文档: what administrators write for the officers within their scope.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::people::Duty;
use serde::Deserialize;
use store::{HelpDocument, Kept, StoreError};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    keeping::{self, Editing, Keeping, Typed, late, own, visible},
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    markdown,
    session::SignedIn,
    words,
};

const WRITER: Who = Who::Officer(&[Duty::Administrator]);

/// Characters of a document; more is a book.
const LONGEST: usize = 100_000;

pub(crate) fn places(map: Map) -> Map {
    let anyone = Who::Officer(&[]);
    let map = map.place("/workbench/help-documents", anyone, get(list));
    let map = map.place(
        "/workbench/help-documents/new",
        WRITER,
        get(keeping::blank::<HelpDocument>).post(keeping::submit::<HelpDocument>),
    );
    let map = map.place("/workbench/help-documents/{document}", anyone, get(show));
    let change = get(keeping::edit::<HelpDocument>).post(keeping::save::<HelpDocument>);
    let map = map.place("/workbench/help-documents/{document}/edit", WRITER, change);
    map.place("/workbench/help-documents/{document}/remove", WRITER, post(remove))
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
    form: Editing<HelpDocument>,
}

/// What is typed of a document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    title: String,
    text: String,
    position: String,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Elsewhere),
        documents: app.store.kept(session.actor.scope).await?,
        may_write: session.officer.has_duty(Duty::Administrator),
    };
    Ok(Html(page.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = visible::<HelpDocument>(&app, &session, id).await?;
    let page = DocumentPage {
        bench: Bench::new(&app, &session, Room::Elsewhere),
        html: markdown::read(&kept.entry.text, markdown::outward).html,
        saved_at: words::moment(&kept.saved_at),
        may_write: session.officer.has_duty(Duty::Administrator) && kept.is_own,
        kept,
    };
    Ok(Html(page.render()?))
}

/// `POST /workbench/help-documents/{document}/remove`
async fn remove(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(typed): Form<Typed<Draft>>,
) -> Result<Response, WebError> {
    let kept = own::<HelpDocument>(&app, &session, id).await?;
    let (now, old) = (kept.revision, Kept { revision: typed.revision, ..kept });
    let mut tx = app.store.begin().await?;
    match tx.remove(&old).await {
        Ok(()) => tx.commit().await?,
        Err(StoreError::Stale { .. }) => {
            drop(tx);
            return late::<HelpDocument>(&app, &session, id, Typed { revision: now, ..typed });
        }
        Err(error) => return Err(error.into()),
    }
    Ok(links::help_documents().redirect())
}

impl Keeping for HelpDocument {
    type Draft = Draft;
    type Faults = &'static str;

    const ROOM: Room = Room::Elsewhere;
    const NAME: &'static str = "help";

    fn to_draft(self) -> Draft {
        let HelpDocument { title, text, position } = self;
        Draft { title, text, position: position.to_string() }
    }

    fn of_draft(draft: &Draft) -> Result<HelpDocument, &'static str> {
        draft.document()
    }

    fn link(id: i64) -> Link {
        links::help_document(&id)
    }

    fn page(bench: Bench, form: Editing<HelpDocument>) -> impl Template {
        EditPage { bench, form }
    }
}

impl Draft {
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
