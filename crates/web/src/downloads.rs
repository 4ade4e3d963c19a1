//! Files on their way in and out: what their bytes are, and how a browser is given them.

use axum::{
    extract::Multipart,
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

/// What a form with a file brought: its fields, and the file with its name.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) file: Option<(String, Vec<u8>)>,
}

/// Reads a form with a file; one without a byte in it is none.
pub(crate) async fn brought(mut form: Multipart) -> Result<Brought, WebError> {
    let mut brought = Brought::default();
    while let Some(field) = form.next_field().await.map_err(|_| WebError::TooLarge)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            let value = field.text().await.map_err(|_| WebError::BadForm)?;
            brought.fields.push((name, value));
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| WebError::TooLarge)?;
        brought.file = Some((name, bytes.to_vec())).filter(|_| !bytes.is_empty());
    }
    Ok(brought)
}

/// What Word opens.
pub(crate) const DOCX: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What Excel opens.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Hands a file out to be kept, never to be shown.
pub(crate) fn file(bytes: Vec<u8>, name: &str, media_type: &str) -> Result<Response, WebError> {
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

/// Hands a kept file out: it is not of this site.
pub(crate) async fn download(
    app: &AppState,
    hash: &str,
    name: &str,
    media_type: &str,
) -> Result<Response, WebError> {
    let found = app.files.get(hash).await.map_err(WebError::internal)?;
    file(found.ok_or(WebError::NotFound)?, name, media_type)
}
