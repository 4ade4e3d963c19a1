//! 审核一项: what changed, what the checks find, and the decision of who reviews or publishes.

mod decide;
#[cfg(test)]
mod tests;
mod typed;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, Response},
    routing::get,
};
use domain::{
    edition::{Edition, State as EditionState},
    finding::Severity,
    item::EditionId,
    people::Duty,
    standard::{Resubmit, Standard},
};
use store::{Neighbours, TaskKey, Tray};

use self::{
    decide::{Options, options},
    typed::Typed,
};
use crate::{
    AppState,
    editions::{
        self, Act, Body, Chapter, Chronicle, Comparison, Head, Mark, Piece, Station, chapters,
        with_remarks,
    },
    error::WebError,
    extract::{Path, Query},
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    workflow::{Case, findings_shown},
};

pub(crate) fn places(map: Map) -> Map {
    let methods = get(show).post(decide::submit);
    map.place("/workbench/editions/{edition}/review", Who::Officer(&[]), methods)
}

#[derive(Template)]
#[template(path = "review_item/page.html")]
struct Page {
    bench: Bench,
    head: Head,
    revision: i64,
    item: Link,
    /// What it is compared with.
    base: Option<Head>,
    guide: Option<Link>,
    route: Vec<Station>,
    comparison: Option<Comparison>,
    /// All that it says, where there is nothing to compare it with.
    chapters: Vec<Chapter>,
    keeps_content: bool,
    stops: bool,
    findings: Vec<Found>,
    options: Options,
    /// Where a returned edition comes to when it is submitted again.
    comes_back: &'static str,
    /// Elements that the page shows no field for, to write of them too.
    others: Vec<(String, String)>,
    neighbours: Option<Neighbours>,
    acts: Vec<Act>,
    typed: Typed,
    done: Option<(String, String, Link)>,
}

/// 检查发现的一处。
struct Found {
    is_error: bool,
    label: String,
    message: String,
    mend: String,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let mut page = page(&app, &session, EditionId(id), Typed::default()).await?;
    page.done = editions::handled(&app, &session, &query).await?;
    Ok(Html(page.render()?))
}

async fn refused(
    app: &AppState,
    session: &Session,
    id: EditionId,
    typed: Typed,
) -> Result<Response, WebError> {
    let status =
        if typed.is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = page(app, session, id, typed).await?;
    layout::answer(status, page)
}

async fn page(
    app: &AppState,
    session: &Session,
    id: EditionId,
    typed: Typed,
) -> Result<Page, WebError> {
    let scope = session.actor.scope;
    let edition = editions::visible(app, session, id).await?;
    let all = app.store.editions_of(scope, edition.item).await?;
    let standard = app.standard(&edition.record.standard);
    let events = app.store.events_of_item(scope, edition.item).await?;
    let chronicle = Chronicle::of(&app.store, events, app.clock.today()).await?;
    let live = all.iter().find(|it| it.state.is_live() && it.id != id).cloned();
    let base = base(&edition, &all);
    let keeps_content = edition.operation.keeps_content();
    let case = Case { edition, live };
    let options = options(app, session, &case);
    let may_return = options.may_return;
    let compared = base.filter(|_| !keeps_content);
    let mut comparison = compared.map(|base| Comparison::of(base, &case.edition, standard));
    let mut told = if comparison.is_none() { chapters(&case.edition, standard) } else { vec![] };
    if may_return {
        comparison = comparison.map(|it| it.with_remarks(&typed.on));
        told = with_remarks(told, &typed.on);
    }
    let edition = &case.edition;
    let bench = Bench::new(app, session, Room::Tasks);
    let icons = ["alert-triangle", "arrow-back-up", "check", "message-plus"];
    Ok(Page {
        bench: bench.with_icons(&icons),
        head: Head::of(edition, standard),
        revision: edition.revision,
        item: links::item(&edition.item),
        base: base.map(|it| Head::of(it, app.standard(&it.record.standard))),
        guide: case.live.as_ref().and_then(|it| it.record.code.as_deref()).map(links::guide),
        route: chronicle.route(edition, standard, &session.actor),
        others: others(standard, comparison.as_ref(), &told),
        comparison,
        chapters: told,
        keeps_content,
        stops: edition.operation.stops(),
        findings: findings(app, edition, standard).await?,
        options,
        comes_back: match standard.resubmit {
            Resubmit::FirstDesk => "回到录入，改好重新送审，从第一站走起。",
            Resubmit::ReturningDesk => "回到录入，改好以后直接送回这一站。",
        },
        neighbours: neighbours(app, session, edition).await?,
        acts: chronicle.acts(id, standard),
        typed,
        done: None,
    })
}

/// Returns what an edition is compared with: what is in force, or what it has replaced.
fn base<'a>(edition: &Edition, all: &'a [Edition]) -> Option<&'a Edition> {
    let live = all.iter().find(|it| it.state.is_live() && it.id != edition.id);
    if edition.state.is_open() {
        return live;
    }
    all.iter().rfind(|it| it.number < edition.number && it.state == EditionState::Superseded)
}

async fn findings(
    app: &AppState,
    edition: &Edition,
    standard: &Standard,
) -> Result<Vec<Found>, WebError> {
    let found = findings_shown(app, edition).await?.into_iter().map(|it| Found {
        is_error: it.severity == Severity::Error,
        label: standard.element_of(&it).map(|it| it.label.clone()).unwrap_or_default(),
        message: it.message,
        mend: it.mend,
    });
    Ok(found.collect())
}

/// Returns the elements that the page does not show, each with its label.
fn others(
    standard: &Standard,
    comparison: Option<&Comparison>,
    told: &[Chapter],
) -> Vec<(String, String)> {
    let changed = comparison.iter().flat_map(|it| &it.changed).map(|it| it.key.as_str());
    let said = told.iter().flat_map(|it| &it.told).map(|it| it.key.as_str());
    let shown: Vec<&str> = changed.chain(said).collect();
    let others = standard.elements().iter().filter(|it| !shown.contains(&it.key.as_str()));
    others.map(|it| (it.key.clone(), it.label.clone())).collect()
}

/// Returns what stands before and after it in the officer's own list, if it waits there.
async fn neighbours(
    app: &AppState,
    session: &Session,
    edition: &Edition,
) -> Result<Option<Neighbours>, WebError> {
    let desks: Vec<String> = session.officer.desks().map(str::to_owned).collect();
    let publishes = session.officer.has_duty(Duty::Publisher);
    let waits = match (edition.state, &edition.desk) {
        (EditionState::InReview, Some(desk)) => desks.contains(desk),
        (EditionState::Approved, _) => publishes,
        _ => false,
    };
    let times = app.store.edition_times(edition.id).await?;
    let Some(since) = times.and_then(|it| it.waiting_since).filter(|_| waits) else {
        return Ok(None);
    };
    let (tray, key) = (Tray::Review { desks, publishes }, TaskKey::new(since, edition.id));
    Ok(Some(app.store.task_neighbours(session.actor.scope, &tray, &key).await?))
}
