//! List the addresses of the site (网站地图) for search engines: `robots.txt`, and the site
//! map, which is an index of parts.
//!
//! A part is a stretch of the publications, so that it is found by key however large the
//! catalogue is, and only its own items are ever in memory.

#[cfg(test)]
mod tests;

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    AppState,
    addresses::PART,
    error::WebError,
    extract::Query,
    links,
    map::{Map, Who},
    origin::{Here, Origin},
    xml::Xml,
};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

const PAGE: u32 = 500;

const XML: [(HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"))];

pub(super) fn places(map: Map) -> Map {
    map.place("/robots.txt", Who::Anyone, get(robots)).place(
        "/sitemap.xml",
        Who::Anyone,
        get(sitemap),
    )
}

/// `GET /robots.txt`: all that is here is public.
async fn robots(Here(origin): Here) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", origin.of(&links::sitemap()))
}

/// `GET /sitemap.xml`, and its parts
async fn sitemap(
    State(app): State<AppState>,
    Here(origin): Here,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["part"])?;
    let written = match query.number("part")? {
        None => index(&app, &origin).await?,
        Some(number) => part(&app, &origin, number).await?,
    };
    Ok((XML, written).into_response())
}

/// Lists the parts that have any guide; the format knows no empty one.
async fn index(app: &AppState, origin: &Origin) -> Result<Vec<u8>, WebError> {
    let mut xml = Xml::begin("sitemapindex", NAMESPACE)?;
    for number in app.addresses.listed(&app.store, &app.index).await?.iter() {
        xml.open("sitemap")?;
        xml.text("loc", &origin.of(&links::sitemap_part(*number)))?;
        xml.close("sitemap")?;
    }
    Ok(xml.end()?)
}

async fn part(app: &AppState, origin: &Origin, number: i64) -> Result<Vec<u8>, WebError> {
    if !(1..=i64::MAX / PART).contains(&number) {
        return Err(WebError::NotFound);
    }
    let today = app.clock.today();
    let (mut after, last) = stretch(number);
    let mut xml = Xml::begin("urlset", NAMESPACE)?;
    let mut is_empty = true;
    loop {
        let listed = app.store.listed_items(after, last, PAGE).await?;
        let Some(furthest) = listed.last() else { break };
        after = furthest.seq;
        is_empty = false;
        for item in &listed {
            xml.open("url")?;
            xml.text("loc", &origin.of(&links::guide(&item.code)))?;
            // What is announced for a coming day is there already.
            xml.text("lastmod", &item.since.min(today).to_string())?;
            xml.close("url")?;
        }
    }
    if is_empty { Err(WebError::NotFound) } else { Ok(xml.end()?) }
}

/// Returns the number before a part's first publication, and that of its last.
fn stretch(number: i64) -> (i64, i64) {
    ((number - 1) * PART, number * PART)
}
