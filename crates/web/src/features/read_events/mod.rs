//! 流转记录: who did what to which item, when and why, with filters.

use askama::Template;
use axum::{extract::State, response::Html, routing::get};
use domain::{
    edition::Action,
    people::{Duty, OfficerId},
};
use store::{EventFilter, Logged};

use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::SignedIn,
    words,
};

pub(crate) fn places(map: Map) -> Map {
    let who = Who::Officer(&[Duty::Administrator, Duty::Supervisor]);
    map.place("/workbench/events", who, get(show))
}

/// Events of a page.
const PAGE: usize = 100;

/// Whose account nobody has.
const NOBODY: OfficerId = OfficerId(-1);

#[derive(Template)]
#[template(path = "read_events/page.html")]
struct Page {
    bench: Bench,
    lines: Vec<Line>,
    /// Actions to choose, and the one that was.
    actions: Vec<Action>,
    action: String,
    account: String,
    code: String,
    more: Option<Link>,
}

struct Line {
    at: String,
    who: String,
    action: &'static str,
    to: &'static str,
    name: String,
    code: Option<String>,
    item: Link,
    why: String,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let word = |key: &str| query.first(key).unwrap_or_default().to_owned();
    let (action, account, code) = (word("action"), word("account"), word("code"));
    let known = Action::ALL.into_iter().find(|it| it.as_str() == action);
    // Whether somebody elsewhere has such an account is not told: there are no events of theirs.
    let officer = match account.is_empty() {
        true => None,
        false => Some(app.store.credentials(&account).await?.map_or(NOBODY, |it| it.officer.id)),
    };
    let filter = EventFilter {
        action: known,
        officer,
        code: (!code.is_empty()).then(|| code.clone()),
        before: query.number("before")?,
    };
    let found = app.store.event_log(session.actor.scope, &filter, PAGE as u32).await?;
    let more = found.last().filter(|_| found.len() == PAGE).map(|last| {
        let page = links::events().with("action", &action).with("account", &account);
        page.with("code", &code).with("before", &last.seq.to_string())
    });
    let lines = lines(&app, &found).await?;
    let bench = Bench::new(&app, &session, Room::Administration);
    let actions = Action::ALL.to_vec();
    let page = Page { bench, lines, actions, action, account, code, more };
    Ok(Html(page.render()?))
}

async fn lines(app: &AppState, found: &[Logged]) -> Result<Vec<Line>, WebError> {
    let mut ids: Vec<OfficerId> = found.iter().map(|it| OfficerId(it.event.by)).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = app.store.officer_names(&ids).await?;
    let who = |by: i64| {
        let known = names.iter().find(|(id, _)| id.0 == by);
        known.map_or_else(|| "系统".to_owned(), |(_, name)| name.clone())
    };
    let line = |logged: &Logged| {
        let event = &logged.event;
        let remarks = event.remarks.iter().map(|it| it.text.clone());
        let why = std::iter::once(event.reason.clone()).chain(remarks);
        let why: Vec<String> = why.filter(|it| !it.is_empty()).collect();
        Line {
            at: words::at_time(event.at),
            who: who(event.by),
            action: event.action.label(),
            to: event.to.label(),
            name: logged.name.clone(),
            code: logged.code.clone(),
            item: links::item(&domain::item::ItemId(event.item)),
            why: why.join("；"),
        }
    };
    Ok(found.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use domain::people::{Role, Scope};

    use crate::testkit::{Site, full_record, officer};

    #[tokio::test]
    async fn what_happened_in_ones_own_region_is_told_newest_first() {
        let site = Site::start().await;
        site.publishes(full_record()).await;
        site.republishes(full_record()).await;
        let county = Scope::Region("620524".parse().unwrap());
        let desk = site.officer(officer("county", county, &[Role::Supervisor])).await;
        let page = desk.get("/workbench/events").await;
        page.check(200, &["社会团体成立登记", "62052400MZ-XK-0001", "系统"]);
        assert_eq!(page.all("tbody tr").len(), 3);
        assert!(page.all("tbody tr")[0].contains("2026-11-20 12:00"));
        let baseline = desk.get("/workbench/events?action=load_baseline").await;
        assert_eq!(baseline.all("tbody tr").len(), 2);
        let none = desk.get("/workbench/events?account=nobody").await;
        none.check(200, &["没有记录"]);
        let elsewhere = Scope::Region("620525".parse().unwrap());
        let other = site.officer(officer("other", elsewhere, &[Role::Administrator])).await;
        other.get("/workbench/events").await.check(200, &["没有记录"]);
    }
}
