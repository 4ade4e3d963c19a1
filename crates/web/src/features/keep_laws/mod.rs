//! 法律法规: the laws that items cite, with their articles, kept once for all.

mod articles;
mod form;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::library::{self, Article, Law, Shelf};
use store::{KeptLaw, LawFilter, StoreError};
use time::Date;

use self::form::{Draft, Faults};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{Bench, Room, refused},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    uses::Uses,
};

pub(crate) fn places(map: Map) -> Map {
    let (add, change) = (Who::Officer(library::MAY_ADD), Who::Officer(library::MAY_CHANGE));
    let map = map.place("/workbench/laws", Who::Officer(&[]), get(list));
    let map = map.place("/workbench/laws/new", add, get(blank).post(submit));
    let map = map.place("/workbench/laws/{law}", Who::Officer(&[]), get(show));
    let map = map.place("/workbench/laws/{law}/edit", change, get(edit).post(save));
    map.place("/workbench/laws/{law}/articles", add, post(articles::submit))
}

/// Laws shown on one page.
const A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "keep_laws/list.html")]
struct ListPage {
    bench: Bench,
    words: String,
    show: String,
    laws: Vec<Line>,
    more: Option<Link>,
    may_add: bool,
}

/// One law in the list.
struct Line {
    link: Link,
    kept: KeptLaw,
    kind: String,
    force: Force,
}

#[derive(Template)]
#[template(path = "keep_laws/law.html")]
struct LawPage {
    bench: Bench,
    kept: KeptLaw,
    kind: String,
    force: Force,
    today: Date,
    uses: Uses,
    may_add: bool,
    may_change: bool,
    /// The draft from which one came, if from one.
    back: Option<Link>,
    /// What was typed of articles, and what is wrong with it.
    typed: articles::Typed,
    fault: &'static str,
}

#[derive(Template)]
#[template(path = "keep_laws/edit.html")]
struct EditPage {
    bench: Bench,
    /// The law that is changed; `None` for a new one.
    law: Option<i64>,
    form: Draft,
    faults: Faults,
    kinds: Vec<(String, String)>,
}

/// 有效还是废止，今天看。
struct Force {
    mark: &'static str,
    words: String,
}

async fn list(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let (words, show) = (query.first("q").unwrap_or_default(), query.first("show"));
    let today = app.clock.today();
    let filter = LawFilter {
        words,
        only_gathered: show == Some("unchecked"),
        repealed_on: (show == Some("repealed")).then_some(today),
        after: query.number("after")?,
    };
    let laws = app.store.laws(&filter, A_PAGE).await?;
    let next = laws.last().filter(|_| laws.len() as i64 == A_PAGE).map(|it| it.id);
    let show = show.unwrap_or_default().to_owned();
    let more = next.map(|id| {
        links::laws().with("q", words).with("show", &show).with("after", &id.to_string())
    });
    let line = |kept: KeptLaw| Line {
        link: links::law(&kept.id),
        kind: kind_title(&app, &kept.law),
        force: Force::of(&kept.law, today),
        kept,
    };
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Libraries),
        words: words.to_owned(),
        show,
        laws: laws.into_iter().map(line).collect(),
        more,
        may_add: library::may_add(&session.officer),
    };
    Ok(Html(page.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let kept = known(&app, id).await?;
    let article = query.first("article").unwrap_or_default();
    let typed = articles::Typed { back: came_from(&query), ..articles::Typed::of(&kept, article) };
    Ok(Html(law_page(&app, &session, kept, &query, (typed, "")).await?.render()?))
}

async fn blank(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let draft = Draft { back: came_from(&query), ..Draft::default() };
    Ok(Html(edit_page(&app, &session, None, draft, Faults::default()).render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let law = match draft.law() {
        Ok(law) => law,
        Err(faults) => return refused(edit_page(&app, &session, None, draft, faults)),
    };
    let mut tx = app.store.begin().await?;
    match tx.add_law(&law, session.saving(&app)).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(links::way_on(&draft.back, ("law", id), links::law(&id)).redirect())
        }
        Err(StoreError::Taken { .. }) => {
            drop(tx);
            refused(edit_page(&app, &session, None, draft, Faults::taken()))
        }
        Err(error) => Err(error.into()),
    }
}

async fn edit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = known(&app, id).await?;
    let page = edit_page(&app, &session, Some(id), Draft::of(&kept), Faults::default());
    Ok(Html(page.render()?))
}

async fn save(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let kept = known(&app, id).await?;
    let law = match draft.law() {
        Ok(law) => law,
        Err(faults) => return refused(edit_page(&app, &session, Some(id), draft, faults)),
    };
    let old = KeptLaw { revision: draft.revision, ..kept };
    let mut tx = app.store.begin().await?;
    let (faults, is_late) = match tx.change_law(&old, &law, session.saving(&app)).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(links::law(&id).redirect());
        }
        Err(StoreError::Taken { .. }) => (Faults::taken(), false),
        Err(StoreError::Stale { .. }) => (Faults::default(), true),
        Err(error) => return Err(error.into()),
    };
    drop(tx);
    // What was typed stays; saved once more it goes over what the other one wrote.
    let revision = known(&app, id).await?.revision;
    let form = Draft { revision, is_late, ..draft };
    refused(edit_page(&app, &session, Some(id), form, faults))
}

/// The draft from which one came, if from one.
fn came_from(query: &Query) -> String {
    query.first("back").unwrap_or_default().to_owned()
}

async fn known(app: &AppState, id: i64) -> Result<KeptLaw, WebError> {
    app.store.law(id).await?.ok_or(WebError::NotFound)
}

async fn law_page(
    app: &AppState,
    session: &Session,
    kept: KeptLaw,
    query: &Query,
    (typed, fault): (articles::Typed, &'static str),
) -> Result<LawPage, WebError> {
    let (today, here) = (app.clock.today(), links::law(&kept.id));
    let key = kept.law.key();
    let uses = Uses::read(app, session, (Shelf::Laws, &key), (here, query), |_| "").await?;
    Ok(LawPage {
        bench: Bench::new(app, session, Room::Libraries),
        kind: kind_title(app, &kept.law),
        force: Force::of(&kept.law, today),
        kept,
        today,
        uses,
        may_add: library::may_add(&session.officer),
        may_change: library::may_change(&session.officer),
        back: links::way_back(&typed.back),
        typed,
        fault,
    })
}

fn edit_page(
    app: &AppState,
    session: &Session,
    law: Option<i64>,
    form: Draft,
    faults: Faults,
) -> EditPage {
    let bench = Bench::new(app, session, Room::Libraries);
    let list = app.standards.national().list(KINDS);
    let entries = list.into_iter().flat_map(|it| &it.entries);
    let kinds = entries.map(|it| (it.code.clone(), it.label.clone())).collect();
    EditPage { bench, law, form, faults, kinds }
}

/// The list that names kinds of laws.
const KINDS: &str = "law_kind";

fn kind_title(app: &AppState, law: &Law) -> String {
    let kind = law.kind.as_deref();
    kind.map(|it| app.standards.national().label(KINDS, it).to_owned()).unwrap_or_default()
}

impl Force {
    fn of(law: &Law, today: Date) -> Force {
        Force::between(law.effective_on, law.repealed_on, today)
    }

    fn between(from: Option<Date>, to: Option<Date>, today: Date) -> Force {
        match (from, to) {
            (_, Some(to)) if to <= today => Force { mark: "is-off", words: format!("{to} 废止") },
            (Some(from), _) if today < from => {
                Force { mark: "", words: format!("{from} 起施行") }
            }
            (_, Some(to)) => Force { mark: "is-live", words: format!("有效，到 {to} 废止") },
            _ => Force { mark: "is-live", words: "有效".to_owned() },
        }
    }
}

impl LawPage {
    fn force_of(&self, article: &Article) -> Option<Force> {
        let dated = article.effective_on.is_some() || article.repealed_on.is_some();
        dated.then(|| Force::between(article.effective_on, article.repealed_on, self.today))
    }
}

#[cfg(test)]
mod tests;
