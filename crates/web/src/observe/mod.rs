//! What operators see of the site: a line in the log for each request, and figures.
//!
//! Neither holds what people ask for: a place of the map stands for its addresses, and
//! words, names and phones stay out.

mod metrics;
#[cfg(test)]
mod tests;

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

pub(crate) use self::metrics::{Figures, Metrics};
use crate::AppState;

/// Stands for every address that no place of the map has.
const NO_PLACE: &str = "none";

/// Names the request, and notes when it is served how that went.
pub(crate) async fn observe(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = Uuid::new_v4().simple().to_string();
    let method = known(request.method());
    let place = request.extensions().get::<MatchedPath>().cloned();
    // At the level of errors, so that those in the log always say of which request they are.
    let span = tracing::error_span!("request", %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let place = place.as_ref().map_or(NO_PLACE, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    app.metrics.served(method, place, status, took);
    let duration_ms = took.as_secs_f64() * 1_000.0;
    span.in_scope(|| tracing::info!(method, place, status, duration_ms, "request served"));
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// A stranger may send any word as a method; the figures have room for these.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
