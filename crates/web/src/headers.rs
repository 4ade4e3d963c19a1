//! What every answer carries: the rules for the browser, and a tag of its bytes.

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::error::WebError;

/// Nothing but our own files: no inline script or style, no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SECURITY: [(HeaderName, HeaderValue); 3] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
];

pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(SECURITY);
    response
}

/// Tags what was found with a hash of its bytes, and answers 304 to who has them already.
///
/// The tag is of the bytes and not of what they were made from: no change of data,
/// date, standard or program can leave an old page standing.
pub(crate) async fn tag(request: Request, next: Next) -> Result<Response, WebError> {
    // The answer to HEAD has lost its bytes on the way here.
    let is_read = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_read
        || response.status() != StatusCode::OK
        || response.body().size_hint().exact().is_none()
    {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(WebError::internal)?;
    let tag = format!("W/\"{}\"", short_hash(&bytes));
    parts.headers.insert(header::ETAG, HeaderValue::try_from(&tag).map_err(WebError::internal)?);
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if known.is_some_and(|known| matches(&known, &tag)) {
        return Ok((StatusCode::NOT_MODIFIED, not_modified(&parts.headers)).into_response());
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

pub(crate) fn matches(known: &HeaderValue, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(known) = known.to_str() else { return false };
    known.trim() == "*" || known.split(',').any(|it| bare(it) == bare(tag))
}

fn not_modified(headers: &HeaderMap) -> HeaderMap {
    let kept = [header::ETAG, header::CACHE_CONTROL, header::VARY];
    let found = kept.iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
    found.collect()
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}
