//! Suggest items (边打边提示): the likeliest items for what has been typed so far.
//!
//! `GET /suggest?q=…&region=…` answers
//! `{"suggestions": [{"href", "name": [{"text", "marked"}], "why": […], "body", "region"}]}`;
//! `why` is the passage that holds the words where the name does not, and `region` is
//! named only where it is not the one that was asked for.

#[cfg(test)]
mod tests;

use axum::{Json, extract::State, routing::get};
use search::{Hit, Piece};
use serde::Serialize;

use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout, links,
    links::Area,
    map::{Map, Who},
};

/// A list that the eye takes in without scrolling.
const MOST: usize = 8;

pub(super) fn places(map: Map) -> Map {
    map.place("/suggest", Who::Anyone, get(show))
}

#[derive(Serialize)]
struct Answer {
    suggestions: Vec<Suggestion>,
}

/// 一条提示。
#[derive(Serialize)]
struct Suggestion {
    href: String,
    name: Vec<Part>,
    why: Vec<Part>,
    body: String,
    region: Option<String>,
}

#[derive(Serialize)]
struct Part {
    text: String,
    marked: bool,
}

/// `GET /suggest?q=…&region=…`
async fn show(State(app): State<AppState>, query: Query) -> Result<Json<Answer>, WebError> {
    query.only(&["q", "region"])?;
    let Some(words) = query.first("q") else { return Ok(Json(Answer { suggestions: vec![] })) };
    let area = match query.first("region").and_then(Area::read) {
        Some(area) => area,
        None => layout::default_area(&app)?,
    };
    let asked = search::Query {
        words: words.to_owned(),
        region: area.code(),
        and_above: true,
        limit: MOST,
        ..Default::default()
    };
    let hits = app.search(asked).await?.hits;
    let suggestions = hits.into_iter().map(|hit| suggestion(hit, area)).collect();
    Ok(Json(Answer { suggestions }))
}

fn suggestion(hit: Hit, area: Area) -> Suggestion {
    let is_elsewhere = area.code() != Some(hit.region);
    let is_named = hit.title.iter().any(|piece| piece.marked);
    let tells_why = !is_named && hit.snippet.iter().any(|piece| piece.marked);
    Suggestion {
        href: links::guide(&hit.code).to_string(),
        name: parts(hit.title),
        why: if tells_why { parts(hit.snippet) } else { Vec::new() },
        body: hit.card.body,
        region: is_elsewhere.then(|| Area::Within(hit.region).name()),
    }
}

fn parts(pieces: Vec<Piece>) -> Vec<Part> {
    pieces.into_iter().map(|Piece { text, marked }| Part { text, marked }).collect()
}
