//! The notice (一次性告知单) of what is shown today, with a code that leads to the guide.

use axum::{extract::State, response::Response};
use domain::publication::Notice;

use super::word_file;
use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    links,
    origin::Here,
};

/// `GET /items/{code}/notice.docx`
pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    Here(origin): Here,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&[])?;
    let Some(published) = app.store.public_item(&code).await? else {
        return Err(WebError::NoItem { code });
    };
    let Notice::Published(item) = published.notice else {
        // Its page says why it is not to be had, and since when.
        return Ok(links::guide(&code).redirect());
    };
    let (standard, address) = (app.standard(&item.item.standard).clone(), origin.guide(&code));
    let write = move || documents::write::notice_docx(&item, &standard, &address);
    let bytes = tokio::task::spawn_blocking(write).await?;
    word_file(bytes, &format!("{code}-notice"))
}
