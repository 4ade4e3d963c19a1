//! Report metrics (运行指标) to whoever watches over the machine.

#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    AppState,
    error::WebError,
    map::{Map, Who},
    observe::Figures,
};

/// The figures are asked for when something is wrong: they must come all the same.
const PATIENCE: Duration = Duration::from_secs(2);

const OPEN_METRICS: [(HeaderName, HeaderValue); 1] = [(
    header::CONTENT_TYPE,
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8"),
)];

pub(super) fn places(map: Map) -> Map {
    map.place("/metrics", Who::Operator, get(show))
}

/// `GET /metrics`
async fn show(State(app): State<AppState>) -> Result<Response, WebError> {
    let asked = tokio::time::timeout(PATIENCE, app.store.last_publication()).await;
    let figures = Figures {
        publications: asked.ok().and_then(Result::ok),
        indexed: app.index.seq(),
        n_scattered: app.index.n_scattered(),
        pools: app.store.pools(),
        memory_bytes: resident_bytes(),
    };
    let text = app.metrics.text(&figures).map_err(WebError::internal)?;
    Ok((OPEN_METRICS, text).into_response())
}

/// Returns the memory of this process, where the system tells it as Linux does.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
