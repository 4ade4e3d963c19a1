//! 采集地址: where people go, kept once; a correction is offered to the items that use it.

mod spread;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::library::{self, Place, PlaceFault, PlaceId, Shelf};
use serde::Deserialize;
use store::{Found, Kept, Saving, StoreError};

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
    let map = map.place("/workbench/places", Who::Officer(&[]), get(list));
    let map = map.place("/workbench/places/new", add, get(blank).post(submit));
    let map = map.place("/workbench/places/{place}", Who::Officer(&[]), get(show));
    let map = map.place("/workbench/places/{place}/edit", add, get(edit).post(save));
    map.place("/workbench/places/{place}/spread", add, post(spread::submit))
}

#[derive(Template)]
#[template(path = "keep_places/list.html")]
struct ListPage {
    bench: Bench,
    places: Vec<Kept<Place>>,
    may_add: bool,
}

#[derive(Template)]
#[template(path = "keep_places/place.html")]
struct PlacePage {
    bench: Bench,
    kept: Kept<Place>,
    uses: Uses,
    may_change: bool,
    may_spread: bool,
    /// What became of the last spreading.
    spread: Option<spread::Done>,
}

#[derive(Template)]
#[template(path = "keep_places/edit.html")]
struct EditPage {
    bench: Bench,
    is_new: bool,
    draft: Draft,
    faults: Vec<PlaceFault>,
    is_stale: bool,
}

/// What is typed of a place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Draft {
    name: String,
    address: String,
    hours: String,
    phone: String,
    traffic: String,
    coordinates: String,
    windows: String,
    /// The revision that the form shows.
    revision: i64,
    /// The draft from which one came to enter it, if from one.
    back: String,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Libraries),
        places: app.store.places(session.actor.scope).await?,
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
    let differs = |found: &Found| match spread::differs(found, PlaceId(id), &kept.entry) {
        true => "与这里不同",
        false => "",
    };
    let entry = id.to_string();
    let entry = (Shelf::Places, entry.as_str());
    let here = (links::place(&id), &query);
    let uses = Uses::read(&app, &session, entry, here, differs).await?;
    let may_add = library::may_add(&session.officer);
    let page = PlacePage {
        bench: Bench::new(&app, &session, Room::Libraries),
        may_change: may_add && kept.is_own,
        // Items of a later page may differ too.
        may_spread: may_add
            && (uses.more.is_some() || uses.items.iter().any(|it| !it.note.is_empty())),
        spread: spread::Done::read(&query)?,
        kept,
        uses,
    };
    Ok(Html(page.render()?))
}

async fn blank(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let back = query.first("back").unwrap_or_default().to_owned();
    Ok(Html(edit_page(&app, &session, true, Draft { back, ..Draft::default() }).render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let place = draft.place();
    let faults = place.faults();
    if !faults.is_empty() {
        return refused(EditPage { faults, ..edit_page(&app, &session, true, draft) });
    }
    let mut tx = app.store.begin().await?;
    let id = tx.add_place(session.actor.scope, &place, saving(&app, &session)).await?;
    tx.commit().await?;
    let next = match links::way_back(&draft.back) {
        Some(back) => back.with("place", &id.to_string()),
        None => links::place(&id.0),
    };
    Ok(Redirect::to(&next.to_string()).into_response())
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
    let place = draft.place();
    let faults = place.faults();
    if !faults.is_empty() {
        return refused(EditPage { faults, ..edit_page(&app, &session, false, draft) });
    }
    let (now, old) = (kept.revision, Kept { revision: draft.revision, ..kept });
    let mut tx = app.store.begin().await?;
    match tx.change_place(&old, &place, saving(&app, &session)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&links::place(&id).to_string()).into_response())
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

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Kept<Place>, WebError> {
    app.store.place(session.actor.scope, PlaceId(id)).await?.ok_or(WebError::NotFound)
}

/// What is kept for more than the officer's own scope is not theirs to change.
async fn own(app: &AppState, session: &Session, id: i64) -> Result<Kept<Place>, WebError> {
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
    EditPage { bench, is_new, draft, faults: Vec::new(), is_stale: false }
}

impl Draft {
    fn of(kept: &Kept<Place>) -> Draft {
        let Place { name, address, hours, phone, traffic, coordinates, windows } =
            kept.entry.clone();
        let (revision, back) = (kept.revision, String::new());
        Draft { name, address, hours, phone, traffic, coordinates, windows, revision, back }
    }

    fn place(&self) -> Place {
        let said = |text: &str| text.trim().replace("\r\n", "\n");
        Place {
            name: said(&self.name),
            address: said(&self.address),
            hours: said(&self.hours),
            phone: said(&self.phone),
            traffic: said(&self.traffic),
            coordinates: said(&self.coordinates),
            windows: said(&self.windows),
        }
    }
}

impl EditPage {
    fn fault(&self, field: &str) -> String {
        let of_field = |fault: &&PlaceFault| match fault {
            PlaceFault::Name => field == "name",
            PlaceFault::Address => field == "address",
            PlaceFault::Coordinates => field == "coordinates",
        };
        self.faults.iter().find(of_field).map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
