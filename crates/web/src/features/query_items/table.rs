//! What was found, as a table: which items, in which order, with which columns.

use domain::{
    content::Value,
    edition::Edition,
    item::{ItemId, cell_text},
    people::Scope,
    query::{Query, spell, spell_text},
    standard::{Fact, Place, Standard},
};
use store::{Found, QueryKey};

use crate::{
    AppState,
    error::WebError,
    links::{self, Link},
    words,
};

/// Items of a page.
pub(super) const PAGE: usize = 50;

/// Items that are put in another order than that of bodies: all of them are read for it.
pub(super) const SORTED: usize = 1_000;

/// Characters of a cell that are shown; a file has all.
const CELL: usize = 60;

/// Items that are looked for at once where all are wanted.
const AT_ONCE: usize = 500;

/// 查到的一页。
#[derive(Default)]
pub(super) struct Results {
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<Next>,
    /// A sorted result is whole: so many are in it.
    pub(super) n_all: Option<usize>,
    pub(super) is_too_large_to_sort: bool,
}

/// Where the next page begins.
pub(super) enum Next {
    Key(String),
    Page(usize),
}

pub(super) struct Row {
    pub(super) item: ItemId,
    pub(super) name: String,
    pub(super) link: Link,
    pub(super) state: String,
    pub(super) mark: &'static str,
    pub(super) cells: Vec<String>,
}

/// One column that is shown or may be.
pub(super) struct Column {
    pub(super) place: String,
    pub(super) title: String,
    pub(super) is_shown: bool,
}

/// Facts that may be columns.
const FACTS: [Fact; 6] =
    [Fact::Code, Fact::Kind, Fact::BodyName, Fact::RegionName, Fact::EffectiveOn, Fact::Parent];

/// What is shown where nobody chose.
const USUAL: [Fact; 3] = [Fact::Code, Fact::Kind, Fact::BodyName];

/// Returns the places that are shown; what the standard lacks is left out.
pub(super) fn shown(columns: &[String], standard: &Standard) -> Vec<Place> {
    let read = |text: &String| text.parse::<Place>().ok();
    let is_known = |place: &Place| match place {
        Place::Fact(fact) => FACTS.contains(fact),
        Place::Element(key) => standard.element(key).is_some(),
        _ => false,
    };
    let chosen: Vec<Place> = columns.iter().filter_map(read).filter(is_known).collect();
    if chosen.is_empty() { USUAL.map(Place::Fact).to_vec() } else { chosen }
}

pub(super) fn title(place: &Place, standard: &Standard) -> String {
    match place {
        Place::Fact(fact) => fact.title().to_owned(),
        Place::Element(key) => {
            standard.element(key).map_or_else(|| key.clone(), |it| it.label.clone())
        }
        other => other.to_string(),
    }
}

/// Returns every column that may be shown, section by section.
pub(super) fn choices(shown: &[Place], standard: &Standard) -> Vec<(String, Vec<Column>)> {
    let column = |place: Place| Column {
        title: title(&place, standard),
        is_shown: shown.contains(&place),
        place: place.to_string(),
    };
    let facts = FACTS.iter().map(|fact| column(Place::Fact(*fact))).collect();
    let of_section = |section: &domain::standard::Section| {
        let own = standard.elements().iter().filter(|it| it.section == section.id);
        let own = own.filter(|it| it.key != domain::content::keys::NAME);
        let columns = own.map(|it| column(Place::Element(it.key.clone()))).collect();
        (section.title.clone(), columns)
    };
    let sections = standard.sections.iter().map(of_section);
    std::iter::once(("事项".to_owned(), facts)).chain(sections).collect()
}

/// Returns a page in the order of region, body and item.
pub(super) async fn page(
    app: &AppState,
    scope: Scope,
    query: &Query,
    after: Option<QueryKey>,
    columns: &[Place],
) -> Result<Results, WebError> {
    let page = app.store.query(scope, query, after, PAGE).await?;
    let found = app.store.found(scope, &page.items).await?;
    let rows = found.iter().map(|it| Row::of(it, columns, app)).collect();
    let next = page.next.map(|it| Next::Key(it.to_text()));
    Ok(Results { rows, next, ..Results::default() })
}

/// Returns a page of all that is found, in the order of a column.
pub(super) async fn sorted_page(
    app: &AppState,
    scope: Scope,
    query: &Query,
    (sort, is_descending): (&Place, bool),
    number: usize,
    columns: &[Place],
) -> Result<Results, WebError> {
    let Some(items) = all(app, scope, query, SORTED).await? else {
        let page = page(app, scope, query, None, columns).await?;
        return Ok(Results { is_too_large_to_sort: true, ..page });
    };
    let mut found = app.store.found(scope, &items).await?;
    found.sort_by_cached_key(|it| {
        let key = sort_key(&it.current, sort, app);
        (key.is_none(), key)
    });
    if is_descending {
        found.reverse();
    }
    let rows = found.iter().skip(number * PAGE).take(PAGE);
    let rows = rows.map(|it| Row::of(it, columns, app)).collect();
    let next = (found.len() > (number + 1) * PAGE).then_some(Next::Page(number + 1));
    Ok(Results { rows, next, n_all: Some(found.len()), is_too_large_to_sort: false })
}

/// Returns all items that are found, or `None` where there are more than `most`.
pub(super) async fn all(
    app: &AppState,
    scope: Scope,
    query: &Query,
    most: usize,
) -> Result<Option<Vec<ItemId>>, WebError> {
    let mut items = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.query(scope, query, after, AT_ONCE).await?;
        items.extend(page.items);
        if items.len() > most {
            return Ok(None);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(Some(items)),
        }
    }
}

/// What is compared: limits and numbers by their size, texts as they read.
fn sort_key(edition: &Edition, sort: &Place, app: &AppState) -> Option<String> {
    let record = &edition.record;
    match sort {
        Place::Element(key) => spell(record.content.get(key)?).into_iter().next(),
        place => {
            let text = cell_text(record, place, app.standard(&record.standard));
            spell(&Value::Text(spell_text(&text))).pop()
        }
    }
}

impl Row {
    fn of(found: &Found, columns: &[Place], app: &AppState) -> Row {
        let record = &found.current.record;
        let standard = app.standard(&record.standard);
        let edition = found.open.as_ref().unwrap_or(&found.current);
        let cell = |place: &Place| shortened(&cell_text(record, place, standard));
        Row {
            item: found.item,
            name: record.name().to_owned(),
            link: links::item(&found.item),
            state: standard.state_word(edition.state, edition.desk.as_deref()).to_owned(),
            mark: words::state_mark(edition.state),
            cells: columns.iter().map(cell).collect(),
        }
    }
}

fn shortened(text: &str) -> String {
    match text.chars().count() {
        0..=CELL => text.to_owned(),
        _ => text.chars().take(CELL).chain(['…']).collect(),
    }
}
