//! Check that the site is alive (存活检查), for whoever restarts it.

use axum::routing::get;

use crate::map::{Map, Who};

pub(super) fn places(map: Map) -> Map {
    map.place("/healthz", Who::Anyone, get(|| async { "ok\n" }))
}
