//! Stylesheets and pictures, out of the binary.
//!
//! Their address holds a hash of them all, so that a browser may keep them for
//! ever and still has the new ones with the first page of a new release.

use std::sync::OnceLock;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};

use crate::{
    error::WebError,
    extract::Path,
    map::{Map, Who},
};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

pub(crate) fn places(map: Map) -> Map {
    map.place("/assets/{hash}/{*path}", Who::Anyone, get(serve))
}

/// Returns the address of an asset, such as `css/base.css`.
pub(crate) fn address(path: &str) -> String {
    format!("/assets/{}/{path}", hash())
}

async fn serve(Path((asked, path)): Path<(String, String)>) -> Result<Response, WebError> {
    let file = ASSETS.get_file(&path).ok_or(WebError::NotFound)?;
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    // A page of another release asks with another hash: what it gets must not be kept.
    let keep = if asked == hash() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    Ok((headers, file.contents()).into_response())
}

fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let mut files: Vec<&File<'_>> = ASSETS.dirs().flat_map(Dir::files).collect();
        files.sort_by_key(|file| file.path());
        let mut hasher = Sha256::new();
        for file in files {
            hasher.update(file.path().to_string_lossy().as_bytes());
            hasher.update(file.contents());
        }
        hasher.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    })
}
