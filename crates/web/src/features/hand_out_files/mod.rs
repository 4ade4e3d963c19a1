//! Download a blank form or a sample that the guide of an item refers to, as long as it does; an
//! officer those of every edition that they may see.

use axum::{extract::State, response::Response, routing::get};
use domain::{content::Content, item::EditionId, library, publication::Notice};

use crate::{
    AppState,
    downloads::download,
    editions,
    error::WebError,
    extract::Path,
    map::{Map, Who},
    session::SignedIn,
};

pub(super) fn places(map: Map) -> Map {
    let map = map.place("/items/{code}/files/{hash}/{name}", Who::Anyone, get(hand_out));
    let path = "/workbench/editions/{edition}/files/{hash}/{name}";
    map.place(path, Who::Officer(&[]), get(hand_out_of_edition))
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
    referred(&app, &item.item.content, (hash.as_str(), name.as_str())).await
}

/// `GET /workbench/editions/{edition}/files/{hash}/{name}`
async fn hand_out_of_edition(
    State(app): State<AppState>,
    session: SignedIn,
    Path((id, hash, name)): Path<(i64, String, String)>,
) -> Result<Response, WebError> {
    let edition = editions::visible(&app, &session, EditionId(id)).await?;
    referred(&app, &edition.record.content, (hash.as_str(), name.as_str())).await
}

/// Hands out what the content refers to, and nothing else.
async fn referred(
    app: &AppState,
    content: &Content,
    (hash, name): (&str, &str),
) -> Result<Response, WebError> {
    if !library::attachments(content).any(|it| it.hash == hash && it.name == name) {
        return Err(WebError::NotFound);
    }
    let media_type = app.store.media_type(hash).await?.ok_or(WebError::NotFound)?;
    download(app, hash, name, &media_type).await
}

#[cfg(test)]
mod tests;
