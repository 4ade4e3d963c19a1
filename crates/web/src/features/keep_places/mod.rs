//! 采集地址: where people go, kept once; a correction is offered to the items that use it.

mod spread;

use askama::Template;
use axum::{
    extract::State,
    response::Html,
    routing::{get, post},
};
use domain::library::{self, Place, PlaceFault, PlaceId, Shelf};
use store::{Found, Kept};

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
    let map = map.place("/workbench/places", Who::Officer(&[]), get(list));
    let map = map.place(
        "/workbench/places/new",
        add,
        get(keeping::blank::<Place>).post(keeping::submit::<Place>),
    );
    let map = map.place("/workbench/places/{place}", Who::Officer(&[]), get(show));
    let map = map.place(
        "/workbench/places/{place}/edit",
        add,
        get(keeping::edit::<Place>).post(keeping::save::<Place>),
    );
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
    form: Editing<Place>,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Libraries),
        places: app.store.kept(session.actor.scope).await?,
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
    let kept = visible::<Place>(&app, &session, id).await?;
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

impl Keeping for Place {
    type Draft = Place;
    type Faults = Vec<PlaceFault>;

    const ROOM: Room = Room::Libraries;
    const NAME: &'static str = "place";

    fn to_draft(self) -> Place {
        self
    }

    fn of_draft(draft: &Place) -> Result<Place, Vec<PlaceFault>> {
        let place = draft.clone().tidied();
        let faults = place.faults();
        if faults.is_empty() { Ok(place) } else { Err(faults) }
    }

    fn link(id: i64) -> Link {
        links::place(&id)
    }

    fn page(bench: Bench, form: Editing<Place>) -> impl Template {
        EditPage { bench, form }
    }
}

impl EditPage {
    fn fault(&self, field: &str) -> String {
        let of_field = |fault: &&PlaceFault| match fault {
            PlaceFault::Name => field == "name",
            PlaceFault::Address => field == "address",
            PlaceFault::Coordinates => field == "coordinates",
        };
        self.form.faults.iter().find(of_field).map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
