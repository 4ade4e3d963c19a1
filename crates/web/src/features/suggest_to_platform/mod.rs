//! 投诉建议: officers write to the platform, administrators answer.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::people::Duty;
use serde::Deserialize;
use store::{StoreError, Suggestion};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{Bench, Room, refused},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

/// Suggestions shown on one page.
const A_PAGE: i64 = 50;

const LONGEST_TITLE: usize = 100;
const LONGEST_TEXT: usize = 4_000;

pub(crate) fn places(map: Map) -> Map {
    let (anyone, answerer) = (Who::Officer(&[]), Who::Officer(&[Duty::Administrator]));
    let map = map.place("/workbench/suggestions", anyone, get(list).post(submit));
    let map = map.place("/workbench/suggestions/{suggestion}", anyone, get(show));
    map.place("/workbench/suggestions/{suggestion}/answer", answerer, post(answer))
}

#[derive(Template)]
#[template(path = "suggest_to_platform/list.html")]
struct ListPage {
    bench: Bench,
    suggestions: Vec<Suggestion>,
    more: Option<Link>,
    draft: Draft,
    fault: &'static str,
}

#[derive(Template)]
#[template(path = "suggest_to_platform/suggestion.html")]
struct SuggestionPage {
    bench: Bench,
    it: Suggestion,
    may_answer: bool,
    typed: String,
    fault: &'static str,
}

/// What is typed of a suggestion.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Draft {
    title: String,
    text: String,
}

/// What is typed of an answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
}

async fn list(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    Ok(Html(list_page(&app, &session, &query, (Draft::default(), "")).await?.render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Draft>,
) -> Result<Response, WebError> {
    let (title, text) = (draft.title.trim(), draft.text.trim());
    let is_said = |text: &str, longest| !text.is_empty() && text.chars().count() <= longest;
    if !is_said(title, LONGEST_TITLE) || !is_said(text, LONGEST_TEXT) {
        let fault = "标题和内容都写上；标题 100 个字以内，内容 4000 个字以内";
        return refused(list_page(&app, &session, &Query::default(), (draft, fault)).await?);
    }
    let mut tx = app.store.begin().await?;
    let saving = session.saving(&app);
    let id = tx.add_suggestion(session.actor.scope, (title, text), saving).await?;
    tx.commit().await?;
    Ok(links::suggestion(&id).redirect())
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let it = visible(&app, &session, id).await?;
    Ok(Html(page(&app, &session, it, ("", "")).render()?))
}

async fn answer(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(Typed { text }): Form<Typed>,
) -> Result<Response, WebError> {
    let it = visible(&app, &session, id).await?;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        let fault = "写上答复，4000 个字以内";
        return refused(page(&app, &session, it, (text, fault)));
    }
    let mut tx = app.store.begin().await?;
    match tx.answer_suggestion(id, text, session.saving(&app)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(links::suggestion(&id).redirect())
        }
        Err(StoreError::Stale { .. }) => {
            drop(tx);
            let it = visible(&app, &session, id).await?;
            refused(page(&app, &session, it, (text, "别人已经先答复了，您写的没有保存")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Suggestion, WebError> {
    let found = app.store.suggestion(session.actor.scope, session.actor.id, id).await?;
    found.ok_or(WebError::NotFound)
}

fn page(
    app: &AppState,
    session: &Session,
    it: Suggestion,
    (typed, fault): (&str, &'static str),
) -> SuggestionPage {
    SuggestionPage {
        bench: Bench::new(app, session, Room::Elsewhere),
        may_answer: session.officer.has_duty(Duty::Administrator) && it.answer.is_none(),
        it,
        typed: typed.to_owned(),
        fault,
    }
}

async fn list_page(
    app: &AppState,
    session: &Session,
    query: &Query,
    (draft, fault): (Draft, &'static str),
) -> Result<ListPage, WebError> {
    let before = query.number("before")?;
    let actor = &session.actor;
    let suggestions = app.store.suggestions(actor.scope, actor.id, before, A_PAGE).await?;
    let last = suggestions.last().filter(|_| suggestions.len() as i64 == A_PAGE).map(|it| it.id);
    let more = last.map(|id| links::suggestions().with("before", &id.to_string()));
    let bench = Bench::new(app, session, Room::Elsewhere);
    Ok(ListPage { bench, suggestions, more, draft, fault })
}

#[cfg(test)]
mod tests;
