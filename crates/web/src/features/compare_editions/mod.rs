//! 对照: two editions of an item, element by element.

use askama::Template;
use axum::{extract::State, response::Html, routing::get};
use domain::{edition::Edition, item::ItemId};

use crate::{
    AppState,
    editions::{Comparison, Head, Piece},
    error::WebError,
    extract::{Path, Query},
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::SignedIn,
};

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench/items/{item}/compare", Who::Officer(&[]), get(show))
}

#[derive(Template)]
#[template(path = "compare_editions/page.html")]
struct Page {
    bench: Bench,
    item: Link,
    old: Head,
    new: Head,
    comparison: Comparison,
    sides: [Side; 2],
    /// The same two, the other way round.
    swapped: Link,
}

/// 一边：its field, and the editions to choose from.
struct Side {
    key: &'static str,
    label: &'static str,
    choices: Vec<(u32, String)>,
    chosen: u32,
}

impl Side {
    fn is_chosen(&self, number: &u32) -> bool {
        self.chosen == *number
    }
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let item = ItemId(id);
    let all = app.store.editions_of(session.actor.scope, item).await?;
    let Some([old, new]) = two(&all, query.number("from")?, query.number("to")?) else {
        return Err(WebError::NotFound);
    };
    let standard = app.standard(&new.record.standard);
    let head = |it: &Edition| Head::of(it, app.standard(&it.record.standard));
    let choice = |it: &Edition| {
        let head = head(it);
        (it.number, format!("{}（{}）", head.title, head.state))
    };
    let side = |(key, label, chosen): (_, _, &Edition)| {
        let choices = all.iter().rev().map(choice).collect();
        Side { key, label, choices, chosen: chosen.number }
    };
    let page = Page {
        bench: Bench::new(&app, &session, Room::Items),
        item: links::item(&item),
        old: head(old),
        new: head(new),
        comparison: Comparison::of(old, new, standard),
        sides: [("from", "左边", old), ("to", "右边", new)].map(side),
        swapped: links::compare_two(&item, new.number, old.number),
    };
    Ok(Html(page.render()?))
}

/// Returns the two that are asked for; else the newest, and what it follows.
fn two(all: &[Edition], from: Option<i64>, to: Option<i64>) -> Option<[&Edition; 2]> {
    let numbered = |number: i64| all.iter().find(|it| i64::from(it.number) == number);
    let new = match to {
        Some(number) => numbered(number)?,
        None => all.last()?,
    };
    let before = || all.iter().rfind(|it| it.number < new.number);
    let old = match from {
        Some(number) => numbered(number)?,
        None => all
            .iter()
            .find(|it| it.state.is_live())
            .filter(|it| it.id != new.id)
            .or_else(before)
            .unwrap_or(new),
    };
    Some([old, new])
}

#[cfg(test)]
mod tests;
