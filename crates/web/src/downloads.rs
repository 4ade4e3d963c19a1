//! Files on their way in and out: what their bytes are, and how a browser is given them.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{AppState, error::WebError, links};

/// Returns what the bytes are, whatever the name says; `None` where nobody can tell.
pub(crate) fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if let Some(kind) = infer::get(bytes) {
        return Some(kind.mime_type());
    }
    let is_text = |text: &str| !text.chars().any(|c| c.is_control() && !"\r\n\t".contains(c));
    let text = std::str::from_utf8(bytes).ok().filter(|it| is_text(it))?;
    match text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']) {
        // Whatever it is, a browser may take it for a page.
        text if text.starts_with('<') => Some("text/html"),
        _ => Some("text/plain"),
    }
}

/// Hands a file out to be kept, never to be shown: it is not of this site.
pub(crate) async fn download(
    app: &AppState,
    hash: &str,
    name: &str,
    media_type: &str,
) -> Result<Response, WebError> {
    let found = app.files.get(hash).await.map_err(WebError::internal)?;
    let bytes = found.ok_or(WebError::NotFound)?;
    let disposition = format!("attachment; filename*=UTF-8''{}", links::file_name(name));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::try_from(media_type).map_err(WebError::internal)?),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(disposition).map_err(WebError::internal)?,
        ),
    ];
    Ok((headers, bytes).into_response())
}
