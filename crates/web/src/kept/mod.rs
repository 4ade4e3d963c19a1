//! Guide pages that were rendered, kept as long as they stand.
//!
//! A page is made of its item's publications, of the day, and of the list of regions; it is
//! forgotten when one of these changes. Pages are kept as browsers take them, compressed:
//! three times as many fit in.

use std::{
    collections::HashSet,
    io::{self, Read, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use domain::{
    publication::{Notice, Publication},
    region::RegionCode,
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use moka::sync::Cache;
use time::Date;

use crate::{AppState, error::WebError, headers, links};

/// Memory for pages; those that were not asked for lately make room.
const MOST_BYTES: u64 = 140_000_000;

/// What a page takes beside its text.
const OVERHEAD_BYTES: u32 = 400;

/// 已经生成的页面。
pub(crate) struct Pages {
    kept: Cache<Arc<str>, Arc<Page>>,
    /// Counts how often something was forgotten.
    forgotten: AtomicU64,
    /// Regions whose items were published; the first one of a region changes every page's switch.
    regions: Mutex<HashSet<RegionCode>>,
    /// What the last page said in its headers, which the next says too.
    headers: Mutex<Arc<HeaderMap>>,
}

struct Page {
    on: Date,
    tag: Option<HeaderValue>,
    headers: Arc<HeaderMap>,
    compressed: Bytes,
}

impl Default for Pages {
    fn default() -> Pages {
        let weigh = |_: &Arc<str>, page: &Arc<Page>| {
            u32::try_from(page.compressed.len()).unwrap_or(u32::MAX).saturating_add(OVERHEAD_BYTES)
        };
        Pages {
            kept: Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build(),
            forgotten: AtomicU64::new(0),
            regions: Mutex::default(),
            headers: Mutex::default(),
        }
    }
}

impl Pages {
    /// Forgets the pages that no longer stand after these publications.
    pub(crate) fn forget(&self, publications: &[Publication]) {
        // Before anything is taken out: see `keep`.
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        let mut regions = self.regions.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = false;
        for publication in publications {
            all |= match &publication.notice {
                Notice::Published(item) => regions.insert(item.item.region),
                // It may have been the last one of its region.
                Notice::Suspended { .. } | Notice::Withdrawn { .. } => true,
            };
            if let Some(code) = &publication.notice.item().item.code {
                self.kept.invalidate(links::guide(code).to_string().as_str());
            }
        }
        if all {
            self.kept.invalidate_all();
        }
    }

    fn find(&self, path: &str, today: Date) -> Option<Arc<Page>> {
        self.kept.get(path).filter(|page| page.on == today)
    }

    /// Makes a page to keep of an answer.
    fn page(&self, on: Date, mut headers: HeaderMap, text: &[u8]) -> io::Result<Arc<Page>> {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 2), Compression::fast());
        encoder.write_all(text)?;
        // Copied, for what was written into has room to spare, which shrinking may leave there.
        let compressed = Bytes::copy_from_slice(&encoder.finish()?);
        let tag = headers.remove(header::ETAG);
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        let mut known = self.headers.lock().unwrap_or_else(PoisonError::into_inner);
        if **known != headers {
            *known = Arc::new(headers);
        }
        let headers = known.clone();
        Ok(Arc::new(Page { on, tag, headers, compressed }))
    }

    /// Keeps a page unless something was forgotten while it was made: it may be of before.
    fn keep(&self, path: &str, page: &Arc<Page>, seen: u64) {
        self.kept.insert(path.into(), page.clone());
        if self.forgotten.load(Ordering::SeqCst) != seen {
            self.kept.invalidate(path);
        }
    }
}

/// Answers with a page that is kept, else lets it be made and keeps it.
pub(crate) async fn answer(
    State(app): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let Some(path) = keepable(&request).map(str::to_owned) else {
        return Ok(next.run(request).await);
    };
    let (known, is_compressed) = {
        let headers = request.headers_mut();
        let accepted = headers.remove(header::ACCEPT_ENCODING);
        (headers.remove(header::IF_NONE_MATCH), accepted.is_some_and(|it| takes_gzip(&it)))
    };
    let today = app.clock.today();
    if let Some(page) = app.pages.find(&path, today) {
        return page.answer(known.as_ref(), is_compressed).map_err(WebError::internal);
    }
    let seen = app.pages.forgotten.load(Ordering::SeqCst);
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(WebError::internal)?;
    let page = app.pages.page(today, parts.headers, &bytes).map_err(WebError::internal)?;
    app.pages.keep(&path, &page, seen);
    page.answer(known.as_ref(), is_compressed).map_err(WebError::internal)
}

/// Returns the address of a guide's page, if it is written as our links write it.
fn keepable(request: &Request) -> Option<&str> {
    let path = request.uri().path();
    let code = path.strip_prefix("/items/")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_page = request.method() == Method::GET && request.uri().query().is_none();
    (is_page && code.bytes().all(is_plain)).then_some(path)
}

fn takes_gzip(accepted: &HeaderValue) -> bool {
    let accepted = accepted.to_str().unwrap_or_default();
    let mut codings = accepted.split(',').map(|it| it.split(';').map(str::trim));
    codings.any(|mut coding| {
        coding.next() == Some("gzip") && !coding.any(|it| matches!(it, "q=0" | "q=0.0"))
    })
}

impl Page {
    fn answer(&self, known: Option<&HeaderValue>, is_compressed: bool) -> io::Result<Response> {
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = HeaderMap::clone(&self.headers);
        if let Some(tag) = &self.tag {
            response.headers_mut().insert(header::ETAG, tag.clone());
        }
        let tag = self.tag.as_ref().and_then(|tag| tag.to_str().ok());
        if known.zip(tag).is_some_and(|(known, tag)| headers::matches(known, tag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        *response.body_mut() = match is_compressed {
            true => {
                let gzip = HeaderValue::from_static("gzip");
                response.headers_mut().insert(header::CONTENT_ENCODING, gzip);
                self.compressed.clone().into()
            }
            false => {
                let mut text = Vec::new();
                GzDecoder::new(&*self.compressed).read_to_end(&mut text)?;
                text.into()
            }
        };
        Ok(response)
    }
}

#[cfg(test)]
mod tests;
