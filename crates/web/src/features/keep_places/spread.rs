//! A corrected place is carried to the items that use it, through review alone.

use axum::{extract::State, response::Response};
use domain::{
    content::{Content, Value, keys},
    item::ItemRecord,
    library::{Place, PlaceId, Shelf},
};
use store::{Found, Tx};

use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    keeping::visible,
    links,
    session::{Session, SignedIn},
    workflow,
};

/// Items that are taken together.
const AT_ONCE: usize = 200;

/// 改动送到了多少事项。
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Done {
    /// Drafts that were written into, and changes that were opened.
    pub(super) n_drafts: i64,
    /// Items that are in review or suspended, which stay as they are.
    pub(super) n_busy: i64,
}

impl Done {
    pub(super) fn read(query: &Query) -> Result<Option<Done>, WebError> {
        let (drafts, busy) = (query.number("drafts")?, query.number("busy")?);
        Ok(drafts.map(|n_drafts| Done { n_drafts, n_busy: busy.unwrap_or(0) }))
    }
}

/// Tells whether what is being written of an item, else what is in force, says otherwise than
/// the place from which its rows were filled.
pub(super) fn differs(found: &Found, id: PlaceId, place: &Place) -> bool {
    let content = &found.working().unwrap_or(&found.current).record.content;
    filled(content, id, place) != *content
}

/// `POST /workbench/places/{place}/spread`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let kept = visible::<Place>(&app, &session, id).await?;
    let (entry, mut after, mut done) = (id.to_string(), None, Done::default());
    let mut tx = app.store.begin().await?;
    loop {
        let scope = session.actor.scope;
        let (items, next) = app.store.using(scope, Shelf::Places, &entry, after, AT_ONCE).await?;
        for found in &items {
            carry(&app, &session, &mut tx, (found, PlaceId(id), &kept.entry), &mut done).await?;
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    tx.commit().await?;
    let back = links::place(&id).with("drafts", &done.n_drafts.to_string());
    Ok(back.with("busy", &done.n_busy.to_string()).redirect())
}

/// Writes the place into the item's draft, or opens a change of what is in force.
async fn carry(
    app: &AppState,
    session: &Session,
    tx: &mut Tx,
    (found, id, place): (&Found, PlaceId, &Place),
    done: &mut Done,
) -> Result<(), WebError> {
    if !differs(found, id, place) {
        return Ok(());
    }
    let edition = found.working().unwrap_or(&found.current);
    let content = filled(&edition.record.content, id, place);
    let record = ItemRecord { content, ..edition.record.clone() };
    match workflow::carry(app, tx, edition, record, session.actor.id).await? {
        true => done.n_drafts += 1,
        false => done.n_busy += 1,
    }
    Ok(())
}

fn filled(content: &Content, id: PlaceId, place: &Place) -> Content {
    let mut rows = content.rows(keys::WINDOWS).to_vec();
    for row in rows.iter_mut().filter(|row| Place::behind(row) == Some(id)) {
        place.fill(row);
    }
    content.clone().with(keys::WINDOWS, Value::Rows(rows))
}
