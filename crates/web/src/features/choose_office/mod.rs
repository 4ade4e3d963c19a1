//! 选单位: whose items are worked on, found by region first, or by a part of a name.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{
    office::Office,
    people::Scope,
    region::{RegionCode, regions},
};
use store::OfficeFilter;

use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{Bench, Room},
    links::Link,
    map::{Map, Who},
    office::Purpose,
    session::{Session, SignedIn},
};

/// So many offices are listed at once; where there are more, the regions below part them.
const MOST: u32 = 60;

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench/offices", Who::Officer(&[]), get(show))
}

#[derive(Template)]
#[template(path = "choose_office/page.html")]
struct Page {
    bench: Bench,
    purpose: Purpose,
    region: Option<RegionCode>,
    words: String,
    /// The regions above and the one that is looked at, as far as the officer's scope.
    crumbs: Vec<Region>,
    below: Vec<Region>,
    offices: Vec<Line>,
    /// There are more than are listed.
    is_cut: bool,
}

struct Region {
    name: String,
    link: Link,
    n_offices: u64,
}

struct Line {
    name: String,
    region: String,
    link: Link,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let text = query.first("to").unwrap_or("items");
    let purpose = Purpose::read(text).ok_or_else(|| WebError::unreadable("to", text))?;
    let top = match session.actor.scope {
        Scope::Body(own) => {
            return Ok(purpose.link(own).redirect());
        }
        Scope::Region(region) => Some(region),
        Scope::Everywhere => None,
    };
    let region = match query.first("region") {
        Some(text) => {
            Some(RegionCode::parse(text).map_err(|_| WebError::unreadable("region", text))?)
        }
        None => top,
    };
    let is_outside = |region: RegionCode| top.is_some_and(|top| !top.contains(&region));
    if region.is_some_and(is_outside) {
        return Err(WebError::NotFound);
    }
    let words = query.first("q").unwrap_or_default();
    let page = page(&app, &session, purpose, (top, region), words).await?;
    Ok(Html(page.render()?).into_response())
}

async fn page(
    app: &AppState,
    session: &Session,
    purpose: Purpose,
    (top, region): (Option<RegionCode>, Option<RegionCode>),
    words: &str,
) -> Result<Page, WebError> {
    let scope = session.actor.scope;
    let below = app.store.office_regions(scope, region).await?;
    let n_here: u64 = below.iter().map(|(_, n)| n).sum();
    let filter = OfficeFilter {
        region,
        // Where they are many, one goes down first, and sees the region's own beside.
        is_of_region_alone: words.is_empty() && n_here > u64::from(MOST),
        words: words.split_whitespace().map(str::to_owned).collect(),
        ..OfficeFilter::default()
    };
    let offices = match (filter.is_of_region_alone, region) {
        (true, None) => Vec::new(),
        _ => app.store.offices(scope, &filter, MOST + 1).await?,
    };
    let is_cut = offices.len() > MOST as usize;
    let line = |it: Office| Line {
        region: regions::full_name(&it.region).unwrap_or_else(|| it.region.to_string()),
        link: purpose.link(it.id),
        name: it.body.name,
    };
    let below = below.into_iter().filter(|(code, _)| Some(*code) != region);
    Ok(Page {
        bench: Bench::new(app, session, Room::Items),
        purpose,
        region,
        words: words.to_owned(),
        crumbs: crumbs(purpose, top, region),
        below: below.map(|(code, n)| Region::of(purpose, Some(code), n)).collect(),
        offices: offices.into_iter().take(MOST as usize).map(line).collect(),
        is_cut,
    })
}

/// The way from the top of the officer's scope to the region that is looked at.
fn crumbs(purpose: Purpose, top: Option<RegionCode>, region: Option<RegionCode>) -> Vec<Region> {
    let up = std::iter::successors(region, RegionCode::parent);
    let mut way: Vec<Option<RegionCode>> =
        up.take_while(|it| top.is_none_or(|top| top.contains(it))).map(Some).collect();
    if top.is_none() {
        way.push(None);
    }
    way.into_iter().rev().map(|it| Region::of(purpose, it, 0)).collect()
}

impl Region {
    fn of(purpose: Purpose, code: Option<RegionCode>, n_offices: u64) -> Region {
        let name = match code {
            Some(code) => regions::name(&code).map_or_else(|| code.to_string(), str::to_owned),
            None => "全部地区".to_owned(),
        };
        Region { name, link: purpose.chooser(code), n_offices }
    }
}

#[cfg(test)]
mod tests;
