//! Download a blank form or a sample that the guide of an item refers to, as long as it does.

use axum::{extract::State, response::Response, routing::get};
use domain::{library, publication::Notice};

use crate::{
    AppState,
    downloads::download,
    error::WebError,
    extract::Path,
    map::{Map, Who},
};

pub(super) fn places(map: Map) -> Map {
    map.place("/items/{code}/files/{hash}/{name}", Who::Anyone, get(hand_out))
}

/// `GET /items/{code}/files/{hash}/{name}`
///
/// The item's publication is what opens the file: a file of a draft, or of what was withdrawn,
/// is not there.
async fn hand_out(
    State(app): State<AppState>,
    Path((code, hash, name)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let published = app.store.public_item(&code).await?.ok_or(WebError::NotFound)?;
    let Notice::Published(item) = &published.notice else { return Err(WebError::NotFound) };
    let mut referred = library::attachments(&item.item.content);
    if !referred.any(|it| it.hash == hash && it.name == name) {
        return Err(WebError::NotFound);
    }
    let media_type = app.store.media_type(&hash).await?.ok_or(WebError::NotFound)?;
    download(&app, &hash, &name, &media_type).await
}

#[cfg(test)]
mod tests;
