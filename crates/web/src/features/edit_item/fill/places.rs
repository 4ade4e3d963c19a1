//! Windows are filled from the places that are kept.

use askama::Template;
use domain::library::{Place, PlaceId};
use store::Kept;

use super::{A_PAGE, Asked, Saving, pages::PlacesPage};
use crate::{error::WebError, extract::Query};

/// All windows of a place, a row each.
pub(super) const ALL: &str = "all";

pub(super) async fn page(asked: &Asked<'_>, query: &Query) -> Result<String, WebError> {
    let words = query.first("q").unwrap_or_default();
    let mut places = asked.app.store.kept::<Place>(asked.session.actor.scope).await?;
    places.retain(|it| has_words(&it.entry, words));
    // What was entered just now is what is wanted.
    let new = query.number("place")?;
    places.sort_by_key(|it| Some(it.id) != new);
    let has_more = places.len() > A_PAGE;
    places.truncate(A_PAGE);
    let around = asked.around(words);
    Ok(PlacesPage { bench: asked.bench(), around, places, has_more }.render()?)
}

fn has_words(place: &Place, words: &str) -> bool {
    let Place { name, address, windows, .. } = place;
    let all = format!("{name} {address} {windows}").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

/// Fills the row from what was chosen: `12.0` is the first window of a place, `12.all` all of
/// them, `12` a place without windows.
pub(super) async fn put(asked: &Asked<'_>, revision: i64, entry: &str) -> Result<Saving, WebError> {
    let (number, window) = entry.split_once('.').unwrap_or((entry, ALL));
    let id = PlaceId(number.parse().map_err(|_| WebError::NotFound)?);
    let kept = asked.app.store.kept_one::<Place>(asked.session.actor.scope, id.0).await?;
    let Kept { entry: place, .. } = kept.ok_or(WebError::NotFound)?;
    let windows: Vec<&str> = place.windows().map(|(name, _)| name).collect();
    let chosen = match window {
        ALL if windows.is_empty() => vec![""],
        ALL => windows,
        // A window that is gone meanwhile leaves the place without one.
        at => vec![at.parse().ok().and_then(|at: usize| windows.get(at).copied()).unwrap_or("")],
    };
    asked.puts(revision, &chosen, |window, row| place.fill_as(id, window, row)).await
}
