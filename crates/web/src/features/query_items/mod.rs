//! 综合查询: items by anything that they say; kept, exported, and changed many at once.

mod change;
mod export;
mod reading;
mod saved;
mod table;
mod typed;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    checks,
    edition::State as EditionState,
    people::{Duty, Role, Scope},
    query::{Operator, Query as Question},
    standard::{Place, Standard},
};
use store::{QueryKey, SavedQuery};

use self::{
    table::{Column, Next, Results},
    typed::Typed,
};
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    office::{KindChoices, kind_choices},
    session::{Session, SignedIn},
};

const ANYONE: Who = Who::Officer(&[]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/query", ANYONE, get(show));
    let map = map.place("/workbench/query/export", ANYONE, get(export::download));
    let editor = Who::Officer(&[Duty::Editor]);
    let map = map.place("/workbench/query/change", editor, post(change::submit));
    let map = map.place("/workbench/query/saved", ANYONE, post(saved::keep));
    map.place("/workbench/query/saved/{query}/forget", ANYONE, post(saved::forget))
}

#[derive(Template)]
#[template(path = "query_items/page.html")]
struct Page {
    bench: Bench,
    typed: Typed,
    faults: Vec<String>,
    standards: Vec<(String, String)>,
    kinds: Vec<KindChoices>,
    states: Vec<(&'static str, Vec<(String, String)>)>,
    rules: Vec<(&'static str, &'static str)>,
    elements: Vec<(String, Vec<(String, String)>)>,
    columns: Vec<(String, Vec<Column>)>,
    shown: Vec<Place>,
    titles: Vec<String>,
    results: Results,
    saved: Vec<SavedQuery>,
    /// What is saved is found a moment later.
    is_behind: bool,
    may_edit: bool,
    sees_many: bool,
    fault_of_name: Option<String>,
}

/// What is asked, with all that its answer needs.
struct Asked<'a> {
    typed: Typed,
    standard: &'a Standard,
    question: Result<Question, Vec<String>>,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let asked = Asked::of_address(&app, &session, &query).await?;
    let after = query
        .first("after")
        .map(|text| QueryKey::parse(text).ok_or_else(|| WebError::unreadable("after", text)));
    let number = query.number("page")?.unwrap_or_default();
    let at = (after.transpose()?, usize::try_from(number).unwrap_or_default());
    let is_wrong = asked.question.is_err();
    let page = page(&app, &session, asked, at, None).await?;
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    layout::answer(status, page)
}

impl<'a> Asked<'a> {
    async fn of_address(
        app: &'a AppState,
        session: &Session,
        query: &Query,
    ) -> Result<Asked<'a>, WebError> {
        let Some(id) = query.number("saved")? else {
            return Asked::of_typed(app, session, Typed::of_query(query)).await;
        };
        let all = app.store.saved_queries(session.actor.id).await?;
        let saved = all.into_iter().find(|it| it.id == id).ok_or(WebError::NotFound)?;
        let asked_for = reading::write(&saved.query, &[], app.standards.national()).standard;
        let standard = standard(app, session.actor.scope, &asked_for).await?;
        let typed = reading::write(&saved.query, &saved.columns, standard);
        Ok(Asked { typed, standard, question: Ok(saved.query) })
    }

    async fn of_typed(
        app: &'a AppState,
        session: &Session,
        typed: Typed,
    ) -> Result<Asked<'a>, WebError> {
        let standard = standard(app, session.actor.scope, &typed.standard).await?;
        let question = reading::read(&typed, standard);
        Ok(Asked { typed, standard, question })
    }

    fn shown(&self) -> Vec<Place> {
        table::shown(&self.typed.columns, self.standard)
    }

    fn sort(&self) -> Option<(Place, bool)> {
        let text = self.typed.sort.as_str();
        let (name, is_descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let place: Place = name.parse().ok()?;
        let is_name = place == Place::Element(domain::content::keys::NAME.to_owned());
        (is_name || self.shown().contains(&place)).then_some((place, is_descending))
    }
}

/// Returns the standard by whose words a question is read: the one that is asked for, else that
/// of the first item in sight.
async fn standard<'a>(
    app: &'a AppState,
    scope: Scope,
    asked_for: &str,
) -> Result<&'a Standard, WebError> {
    if let Some(standard) = app.standards.get(asked_for) {
        return Ok(standard);
    }
    let first = app.store.query(scope, &Question::default(), None, 1).await?;
    let first = app.store.found(scope, &first.items).await?;
    let of_first = first.first().and_then(|it| app.standards.get(&it.current.record.standard));
    Ok(of_first.unwrap_or_else(|| app.standards.national()))
}

async fn page(
    app: &AppState,
    session: &Session,
    asked: Asked<'_>,
    (after, number): (Option<QueryKey>, usize),
    fault_of_name: Option<String>,
) -> Result<Page, WebError> {
    let scope = session.actor.scope;
    let shown = asked.shown();
    let results = match (&asked.question, asked.sort()) {
        (Err(_), _) => Results::default(),
        (Ok(question), Some((sort, descending))) => {
            let by = (&sort, descending);
            table::sorted_page(app, scope, question, by, number, &shown).await?
        }
        (Ok(question), None) => table::page(app, scope, question, after, &shown).await?,
    };
    let Asked { typed, standard, question } = asked;
    let due = app.store.queries_due().await?;
    Ok(Page {
        bench: Bench::new(app, session, Room::Query).with_icons(&["file-export", "search", "x"]),
        faults: question.err().unwrap_or_default(),
        standards: app.standards.iter().map(|it| (it.id.clone(), it.title.clone())).collect(),
        kinds: kind_choices(&[standard]),
        states: states(standard),
        rules: checks::all().iter().map(|rule| (rule.id, rule.title)).collect(),
        elements: elements(standard),
        columns: table::choices(&shown, standard),
        titles: shown.iter().map(|place| table::title(place, standard)).collect(),
        shown,
        results,
        saved: app.store.saved_queries(session.actor.id).await?,
        is_behind: due.is_rebuilding || due.n_waiting > 0,
        may_edit: session.actor.has(&Role::Editor),
        sees_many: !matches!(scope, Scope::Body(_)),
        fault_of_name,
        typed,
    })
}

/// Returns the states that may be asked for, in the standard's words.
fn states(standard: &Standard) -> Vec<(&'static str, Vec<(String, String)>)> {
    use EditionState as S;
    let word = |key: &str, state: S| {
        let word = standard.state_word(state, None);
        let ours = state.label();
        let title = if word == ours { word.to_owned() } else { format!("{word}（{ours}）") };
        (format!("{key}{}", state.as_str()), title)
    };
    let open = [S::Draft, S::Returned, S::InReview, S::Approved].map(|it| word("open.", it));
    let live = [S::Published, S::Suspended].map(|it| word("live.", it));
    let ended = vec![("ended".to_owned(), standard.state_word(S::Withdrawn, None).to_owned())];
    vec![("在办", open.to_vec()), ("在用", live.to_vec()), ("不再用", ended)]
}

/// Returns the elements that may be asked about, section by section.
fn elements(standard: &Standard) -> Vec<(String, Vec<(String, String)>)> {
    let of_section = |section: &domain::standard::Section| {
        let own = standard.elements().iter().filter(|it| it.section == section.id && it.queryable);
        (section.title.clone(), own.map(|it| (it.key.clone(), it.label.clone())).collect())
    };
    let mut sections: Vec<(String, Vec<(String, String)>)> =
        standard.sections.iter().map(of_section).collect();
    sections.retain(|(_, elements)| !elements.is_empty());
    sections
}

impl Page {
    fn operators(&self) -> Vec<(&'static str, &'static str)> {
        Operator::ALL.iter().map(|(it, name)| (*name, reading::word(*it))).collect()
    }

    fn more(&self) -> Option<Link> {
        let link = self.typed.leading_from(links::query());
        Some(match self.results.next.as_ref()? {
            Next::Key(key) => link.with("after", key),
            Next::Page(number) => link.with("page", &number.to_string()),
        })
    }

    /// A page may end before it is full, where so few fit that looking on takes long.
    fn is_cut_short(&self) -> bool {
        let is_key = matches!(self.results.next, Some(Next::Key(_)));
        is_key && self.results.rows.len() < table::PAGE
    }

    /// Where a column's head leads: sorted by it, the other way round the second time.
    fn sorted_by(&self, place: &str) -> Link {
        let sort = if self.typed.sort == place { format!("-{place}") } else { place.to_owned() };
        Typed { sort, ..self.typed.clone() }.leading_from(links::query())
    }

    /// Whether a cell holds a code or a number, which is read in one piece.
    fn is_code(&self, cell: &str) -> bool {
        const LONGEST: usize = 24;
        cell.is_ascii() && cell.len() <= LONGEST
    }

    /// How a column is sorted, for a screen reader.
    fn order_of(&self, place: &str) -> &'static str {
        match self.typed.sort.strip_prefix('-') {
            Some(sort) if sort == place => "descending",
            None if self.typed.sort == place => "ascending",
            _ => "none",
        }
    }

    fn export(&self, format: &str) -> Link {
        self.typed.leading_from(links::query_export()).with("format", format)
    }

    fn has_bulk(&self) -> bool {
        self.may_edit && !self.results.rows.is_empty()
    }

    fn most_sorted(&self) -> usize {
        table::SORTED
    }

    fn saved_link(&self, id: &i64) -> Link {
        links::query().with("saved", &id.to_string())
    }

    fn is_kind(&self, value: &str) -> bool {
        self.kind_code(value) == self.typed.kind
    }

    fn kind_code<'a>(&self, value: &'a str) -> &'a str {
        value.split_once(' ').map_or(value, |(_, code)| code)
    }
}

#[cfg(test)]
mod tests;
