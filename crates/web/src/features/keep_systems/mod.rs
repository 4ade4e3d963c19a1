//! 业务系统: the systems in which items are handled, and who answers for them.

use askama::Template;
use axum::{extract::State, response::Html, routing::get};
use domain::library::{self, Shelf, System};
use store::Kept;

use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    keeping::{self, Editing, Keeping, visible},
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::SignedIn,
    uses::Uses,
};

pub(crate) fn places(map: Map) -> Map {
    let add = Who::Officer(library::MAY_ADD);
    let map = map.place("/workbench/systems", Who::Officer(&[]), get(list));
    let map = map.place(
        "/workbench/systems/new",
        add,
        get(keeping::blank::<System>).post(keeping::submit::<System>),
    );
    let map = map.place("/workbench/systems/{system}", Who::Officer(&[]), get(show));
    map.place(
        "/workbench/systems/{system}/edit",
        add,
        get(keeping::edit::<System>).post(keeping::save::<System>),
    )
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
    form: Editing<System>,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Libraries),
        systems: app.store.kept(session.actor.scope).await?,
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
    let kept = visible::<System>(&app, &session, id).await?;
    let entry = (Shelf::Systems, kept.entry.name.as_str());
    let here = (links::system(&id), &query);
    let uses = Uses::read(&app, &session, entry, here, |_| "").await?;
    let may_change = library::may_add(&session.officer) && kept.is_own;
    let bench = Bench::new(&app, &session, Room::Libraries);
    Ok(Html(SystemPage { bench, kept, uses, may_change }.render()?))
}

impl Keeping for System {
    type Draft = System;
    /// What is wrong with the name; nothing else can be.
    type Faults = String;

    const ROOM: Room = Room::Libraries;
    const NAME: &'static str = "system";

    fn to_draft(self) -> System {
        self
    }

    fn of_draft(draft: &System) -> Result<System, String> {
        let system = draft.clone().tidied();
        match system.faults().first() {
            Some(fault) => Err(fault.to_string()),
            None => Ok(system),
        }
    }

    fn link(id: i64) -> Link {
        links::system(&id)
    }

    fn page(bench: Bench, form: Editing<System>) -> impl Template {
        EditPage { bench, form }
    }
}

#[cfg(test)]
mod tests;
