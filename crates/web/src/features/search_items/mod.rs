//! Search items (搜索事项): by everyday words, narrowed by department, kind, theme and object.

mod form;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse},
    routing::get,
};
use search::{Hit, Piece, Results};

use self::form::{Choices, Form, LAST_PAGE, choices};
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{self, CardFact, Shell, facts},
    links::{self, Area, Link},
    map::{Map, Who},
    words,
};

/// Results on one page.
const PER_PAGE: usize = 20;

/// Suggestions where nothing was found.
const SUGGESTED: usize = 6;

/// Of very many results only some are looked at; so many pages of the best are sure to be full.
const PAGES_OF_MANY: usize = 50;

/// The first result is called the likeliest only if it stands out this much.
const STANDS_OUT: f32 = 1.5;

pub(super) fn places(map: Map) -> Map {
    map.place("/search", Who::Anyone, get(show))
}

#[derive(Template)]
#[template(path = "search_items/page.html")]
struct Page {
    shell: Shell,
    title: String,
    /// What was typed; may be empty.
    words: String,
    total: usize,
    /// There are about so many.
    is_estimate: bool,
    found: Vec<Found>,
    facets: Vec<Choices>,
    /// Labels that are ticked.
    chosen: Vec<String>,
    /// Parameters that the filter form carries along.
    kept: Vec<(&'static str, String)>,
    pages: Pages,
    nothing: Option<Nothing>,
}

/// 一条结果。
struct Found {
    link: Link,
    title: Vec<Piece>,
    snippet: Vec<Piece>,
    body: String,
    kind: String,
    code: String,
    /// Named only where it is not the page's own.
    region: Option<String>,
    facts: Vec<CardFact>,
    is_likeliest: bool,
}

/// 翻页。
#[derive(Default)]
struct Pages {
    current: usize,
    n_pages: usize,
    previous: Option<Link>,
    next: Option<Link>,
}

/// 没有结果时还能怎么找。
struct Nothing {
    /// The same words without the ticks, and how many that finds.
    unfiltered: Option<(Link, usize)>,
    /// The same in every region.
    elsewhere: Option<(Link, usize)>,
    /// The page asked for lies beyond the last.
    first_page: Option<Link>,
    suggested: Vec<(String, Link)>,
}

/// `GET /search`
async fn show(State(app): State<AppState>, query: Query) -> Result<impl IntoResponse, WebError> {
    let form = Form::read(&query, layout::default_area(&app)?);
    let shell = Shell::new(&app, form.area)?.with_words(&form.words);
    let results = app.search(form.query(PER_PAGE)).await?;
    let nothing = match results.hits.is_empty() {
        true => Some(nothing(&app, &form, results.total).await?),
        false => None,
    };
    Ok(Html(page(shell, &form, results, nothing).render()?))
}

fn page(shell: Shell, form: &Form, results: Results, nothing: Option<Nothing>) -> Page {
    let facets = choices(form, &results.facets);
    let chosen = facets.iter().flat_map(Choices::chosen).collect();
    Page {
        title: title(form, results.total),
        words: form.words.clone(),
        total: if results.is_estimate { words::rounded(results.total) } else { results.total },
        is_estimate: results.is_estimate,
        found: found(form, &results.hits),
        facets,
        chosen,
        kept: form.kept(),
        pages: pages(form, &results),
        nothing,
        shell,
    }
}

fn title(form: &Form, total: usize) -> String {
    let what = match (form.words.is_empty(), form.only_choice()) {
        (false, _) => format!("搜索：{}", form.words),
        (true, Some(choice)) => choice.to_owned(),
        (true, None) => format!("{}的事项", form.area.name()),
    };
    if total == 0 { format!("没有找到 · {what}") } else { what }
}

fn found(form: &Form, hits: &[Hit]) -> Vec<Found> {
    let second = hits.get(1).map_or(0.0, |hit| hit.score);
    let stands_out = |at: usize, hit: &Hit| {
        let is_first = at == 0 && form.page == 1 && !form.words.is_empty();
        is_first && hits.len() > 1 && hit.score > second * STANDS_OUT
    };
    let one = |(at, hit): (usize, &Hit)| Found {
        link: links::guide(&hit.code),
        title: hit.title.clone(),
        snippet: hit.snippet.clone(),
        body: hit.card.body.clone(),
        kind: hit.card.kind.clone(),
        code: hit.code.clone(),
        region: (form.area.code() != Some(hit.region)).then(|| Area::Within(hit.region).name()),
        facts: facts(&hit.card),
        is_likeliest: stands_out(at, hit),
    };
    hits.iter().enumerate().map(one).collect()
}

fn pages(form: &Form, results: &Results) -> Pages {
    let most = if results.is_estimate { PAGES_OF_MANY } else { LAST_PAGE };
    let n_pages = results.total.div_ceil(PER_PAGE).min(most);
    let to = |page: usize| form.link().with("page", &page.to_string());
    Pages {
        current: form.page,
        n_pages,
        previous: (form.page > 1 && form.page <= n_pages).then(|| to(form.page - 1)),
        next: (form.page < n_pages).then(|| to(form.page + 1)),
    }
}

async fn nothing(app: &AppState, form: &Form, total: usize) -> Result<Nothing, WebError> {
    let wider = |area: Area| search::Query {
        words: form.words.clone(),
        region: area.code(),
        and_above: true,
        limit: 0,
        ..Default::default()
    };
    let offer =
        |area: Area, n: usize| (n > 0).then(|| (links::search(area).with("q", &form.words), n));
    let unfiltered = match form.has_choices() {
        true => offer(form.area, app.search(wider(form.area)).await?.total),
        false => None,
    };
    let elsewhere = match form.area {
        Area::Within(_) => offer(Area::All, app.search(wider(Area::All)).await?.total),
        Area::All => None,
    };
    let frequent = app.search(search::Query {
        region: form.area.code(),
        frequent: true,
        limit: SUGGESTED,
        ..Default::default()
    });
    let suggested = frequent.await?.hits.into_iter();
    Ok(Nothing {
        unfiltered,
        elsewhere,
        first_page: (total > 0).then(|| form.link()),
        suggested: suggested.map(|hit| (hit.card.name, links::guide(&hit.code))).collect(),
    })
}
