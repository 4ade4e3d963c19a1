//! Come in (首页): search, themes, frequent items, what changed, departments.

mod hall;
mod news;
#[cfg(test)]
mod tests;
mod themes;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse},
    routing::get,
};
use domain::{
    calendar::Calendar,
    content::keys,
    publication::{Notice, PublicItem},
};
use search::{Facet, Hit, Results};

use self::{
    hall::{Hall, hall},
    news::{News, news},
    themes::{Theme, themes},
};
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{self, Shell, in_short},
    links::{self, Area, Link},
    map::{Map, Who},
    overview, words,
};

const ASKED: usize = 5;
/// An everyday name longer than this would fill a line of the chips alone.
const LONGEST_NAME: usize = 10;

pub(super) fn places(map: Map) -> Map {
    map.place("/", Who::Anyone, get(show))
}

#[derive(Template)]
#[template(path = "home/page.html")]
struct Page {
    shell: Shell,
    total: usize,
    hall: Option<Hall>,
    person_themes: Vec<Theme>,
    enterprise_themes: Vec<Theme>,
    /// Kinds of item, where no item has a theme.
    kinds: Vec<Counted>,
    departments: Vec<Counted>,
    frequent: Vec<Row>,
    all_frequent: Link,
    news: Vec<News>,
    /// What people ask in their own words, each a search.
    asked: Vec<Counted>,
}

/// A name with a count, and where it leads.
struct Counted {
    label: String,
    count: usize,
    link: Link,
}

/// A line of the table of frequent items.
struct Row {
    name: String,
    body: String,
    link: Link,
    facts: [String; 3],
}

/// `GET /`
async fn show(State(app): State<AppState>, query: Query) -> Result<impl IntoResponse, WebError> {
    let area = match query.first("region").and_then(Area::read) {
        Some(area) => area,
        None => layout::default_area(&app)?,
    };
    let shell = Shell::new(&app, area)?.at_home();
    let all = app.search(overview::everything(area.code()));
    let frequent = app.search(overview::frequent(area.code()));
    let (all, frequent) = (all.await?, frequent.await?);
    let published = published(&app, &frequent.hits).await?;
    let news = news(&app, area).await?;
    let mut page = page(shell, all, &frequent.hits, news);
    page.asked = everyday_names(area, &published);
    page.hall = hall(&published, app.clock.today(), Calendar::shipped());
    Ok(Html(page.render()?))
}

fn page(shell: Shell, all: Results, frequent: &[Hit], news: Vec<News>) -> Page {
    let area = shell.area;
    let has_themes =
        !all.facets.person_themes.is_empty() || !all.facets.enterprise_themes.is_empty();
    let kinds = if has_themes { Vec::new() } else { all.facets.kinds };
    let person_themes = themes(all.facets.person_themes, area);
    let enterprise_themes = themes(all.facets.enterprise_themes, area);
    let icons = person_themes.iter().chain(&enterprise_themes).map(|it| it.icon).collect();
    Page {
        total: all.total,
        hall: None,
        person_themes,
        enterprise_themes,
        kinds: counted(kinds, |it| links::search(area).with("kind", it)),
        departments: counted(all.facets.departments, |it| links::department(area, it)),
        frequent: frequent.iter().map(row).collect(),
        all_frequent: links::search(area).with("frequent", "1"),
        news,
        asked: Vec::new(),
        shell: shell.with_icons(icons),
    }
}

fn counted(facets: Vec<Facet>, link: impl Fn(&str) -> Link) -> Vec<Counted> {
    let one = |it: Facet| Counted { link: link(&it.value), label: it.label, count: it.count };
    facets.into_iter().map(one).collect()
}

fn row(hit: &Hit) -> Row {
    Row {
        name: hit.card.name.clone(),
        body: hit.card.body.clone(),
        link: links::guide(&hit.code),
        facts: in_short(&hit.card),
    }
}

/// Returns what is published of the results, in their order.
async fn published(app: &AppState, hits: &[Hit]) -> Result<Vec<PublicItem>, WebError> {
    let codes: Vec<&str> = hits.iter().map(|hit| hit.code.as_str()).collect();
    let mut items = Vec::new();
    for published in app.store.public_items(&codes).await? {
        // What was withdrawn a moment ago is still in the index.
        if let Notice::Published(item) = published.notice {
            items.push(item);
        }
    }
    items.sort_by_key(|it| codes.iter().position(|code| it.item.code.as_deref() == Some(code)));
    Ok(items)
}

/// Returns what people call the most frequent items, one name each.
fn everyday_names(area: Area, items: &[PublicItem]) -> Vec<Counted> {
    let one = |item: &PublicItem| {
        let daily = item.item.content.text(keys::DAILY_NAMES);
        let mut each = daily.split(['、', '，', ',', '；', ';', '\n']).map(str::trim);
        let name = each.find(|it| !it.is_empty() && it.chars().count() <= LONGEST_NAME)?;
        let link = links::search(area).with("q", name);
        Some(Counted { label: name.to_owned(), count: 0, link })
    };
    items.iter().take(ASKED).filter_map(one).collect()
}
