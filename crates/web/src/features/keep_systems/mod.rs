//! 业务系统: the systems in which items are handled, and who answers for them.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::library::{self, Shelf};
use serde::Deserialize;
use store::{Kept, Saving, StoreError, System};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
    uses::Uses,
};

pub(crate) fn places(map: Map) -> Map {
    let add = Who::Officer(library::MAY_ADD);
    let map = map.place("/workbench/systems", Who::Officer(&[]), get(list));
    let map = map.place("/workbench/systems/new", add, get(blank).post(submit));
    let map = map.place("/workbench/systems/{system}", Who::Officer(&[]), get(show));
    map.place("/workbench/systems/{system}/edit", add, get(edit).post(save))
}

#[derive(Template)]
#[template(path = "keep_systems/list.html")]
struct ListPage {
    bench: Bench,
    systems: Vec<Kept<System>>,
    may_add: bool,
}

#[derive(Template)]
#[template(path = "keep_systems/system.html")]
struct SystemPage {
    bench: Bench,
    kept: Kept<System>,
    uses: Uses,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "keep_systems/edit.html")]
struct EditPage {
    bench: Bench,
    is_new: bool,
    draft: Draft,
    fault: String,
    is_stale: bool,
}

/// What is typed of a system.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Draft {
    name: String,
    address: String,
    owner: String,
    phone: String,
    /// The revision that the form shows.
    revision: i64,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Libraries),
        systems: app.store.systems(session.actor.scope).await?,
        may_add: library::may_add(&session.officer),
    };
    Ok(Html(page.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let kept = visible(&app, &session, id).await?;
    let entry = (Shelf::Systems, kept.entry.name.as_str());
    let here = (links::system(&id), &query);
    let uses = Uses::read(&app, &session, entry, here, |_| "").await?;
    let may_change = library::may_add(&session.officer) && kept.is_own;
    let bench = Bench::new(&app, &session, Room::Libraries);
    Ok(Html(SystemPage { bench, kept, uses, may_change }.render()?))
}

async fn blank(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    Ok(Html(edit_page(&app, &session, true, Draft::default()).render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let system = draft.system();
    if let Some(fault) = system.faults().first() {
        let fault = fault.to_string();
        return refused(EditPage { fault, ..edit_page(&app, &session, true, draft) });
    }
    let mut tx = app.store.begin().await?;
    let id = tx.add_system(session.actor.scope, &system, saving(&app, &session)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&links::system(&id).to_string()).into_response())
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
    let system = draft.system();
    if let Some(fault) = system.faults().first() {
        let fault = fault.to_string();
        return refused(EditPage { fault, ..edit_page(&app, &session, false, draft) });
    }
    let (now, old) = (kept.revision, Kept { revision: draft.revision, ..kept });
    let mut tx = app.store.begin().await?;
    match tx.change_system(&old, &system, saving(&app, &session)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&links::system(&id).to_string()).into_response())
        }
        Err(StoreError::Stale { .. }) => {
            drop(tx);
            // What was typed stays; saved once more it goes over what the other one wrote.
            let draft = Draft { revision: now, ..draft };
            refused(EditPage { is_stale: true, ..edit_page(&app, &session, false, draft) })
        }
        Err(error) => Err(error.into()),
    }
}

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Kept<System>, WebError> {
    app.store.system(session.actor.scope, id).await?.ok_or(WebError::NotFound)
}

/// What is kept for more than the officer's own scope is not theirs to change.
async fn own(app: &AppState, session: &Session, id: i64) -> Result<Kept<System>, WebError> {
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
    let bench = Bench::new(app, session, Room::Libraries);
    EditPage { bench, is_new, draft, fault: String::new(), is_stale: false }
}

impl Draft {
    fn of(kept: &Kept<System>) -> Draft {
        let System { name, address, owner, phone } = kept.entry.clone();
        Draft { name, address, owner, phone, revision: kept.revision }
    }

    fn system(&self) -> System {
        let said = |text: &str| text.trim().to_owned();
        System {
            name: said(&self.name),
            address: said(&self.address),
            owner: said(&self.owner),
            phone: said(&self.phone),
        }
    }
}

#[cfg(test)]
mod tests;
