//! Check the site's health (运行状况), for whoever restarts it or sends people to it: it is
//! alive, and it is ready for them.

#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode, routing::get};
use serde::Serialize;

use crate::{
    AppState,
    map::{Map, Who},
};

/// How long the database may take to answer so little.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the index may be without a publication that there is: an import of many items
/// keeps it busy for a while, and nobody is to be turned away for that.
const LONGEST_LAG_SECONDS: i64 = 60;

pub(super) fn places(map: Map) -> Map {
    map.place("/healthz", Who::Anyone, get(|| async { "ok\n" })).place(
        "/readyz",
        Who::Anyone,
        get(ready),
    )
}

/// What is ready, and what is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Readiness {
    ready: bool,
    database: Database,
    index: Index,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Database {
    ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    publications: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Index {
    ready: bool,
    publications: i64,
    /// Since when it lacks some.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind_seconds: Option<i64>,
}

/// `GET /readyz`
async fn ready(State(app): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let asked = tokio::time::timeout(PATIENCE, app.store.last_publication()).await;
    let published = match asked {
        Ok(Ok(seq)) => Some(seq),
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready: the database fails");
            None
        }
        Err(_) => {
            tracing::error!(?PATIENCE, "not ready: the database does not answer");
            None
        }
    };
    let readiness = readiness(&app, published);
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}

fn readiness(app: &AppState, published: Option<i64>) -> Readiness {
    let indexed = app.index.seq();
    // One that is ahead belongs to other data, and does not catch up either.
    let differs = published.is_some_and(|published| published != indexed);
    let lag = (app.clock.now() - app.following.caught_up_at()).whole_seconds();
    let database = Database { ready: published.is_some(), publications: published };
    let index = Index {
        ready: !app.following.is_rebuilding() && (!differs || lag <= LONGEST_LAG_SECONDS),
        publications: indexed,
        behind_seconds: differs.then_some(lag),
    };
    Readiness { ready: database.ready && index.ready, database, index }
}
