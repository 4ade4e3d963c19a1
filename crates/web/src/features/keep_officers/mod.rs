//! 账号: who works here, made, changed, closed, and given new passwords.

mod form;
mod table;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    people::{Duty, Officer, OfficerId, Role, Scope},
    region::{RegionCode, regions},
};
use store::{Doing, OfficerAction, OfficerLog};

use self::form::{Choices, Draft, Faults};
use crate::{
    AppState,
    accounts::{self, FirstPassword, duty_title},
    error::WebError,
    extract::{Form, Path},
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

const WHO: Who = Who::Officer(&[Duty::Administrator]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/officers", WHO, get(list).post(add));
    let map = map.place("/workbench/officers/{officer}", WHO, get(show).post(change));
    let map = map.place("/workbench/officers/{officer}/password", WHO, post(reset));
    table::places(map)
}

#[derive(Template)]
#[template(path = "keep_officers/list.html")]
struct ListPage {
    bench: Bench,
    officers: Vec<Line>,
    draft: Draft,
    choices: Choices,
    faults: Faults,
    given: Option<FirstPassword>,
}

#[derive(Template)]
#[template(path = "keep_officers/officer.html")]
struct OfficerPage {
    bench: Bench,
    officer: Officer,
    draft: Draft,
    choices: Choices,
    faults: Faults,
    log: Vec<LogLine>,
    given: Option<FirstPassword>,
    is_own: bool,
}

/// One officer in the list.
struct Line {
    link: Link,
    account: String,
    name: String,
    scope: String,
    roles: String,
    is_closed: bool,
    has_first_password: bool,
}

struct LogLine {
    what: &'static str,
    detail: String,
    at: String,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let page = list_page(&app, &session, Draft::default(), Faults::default()).await?;
    Ok(Html(page.render()?))
}

async fn add(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let draft = Draft::read(&fields);
    let choices = Choices::of(&app, session.actor.scope).await?;
    let officer = match draft.officer(&choices) {
        Ok(officer) => officer,
        Err(faults) => return refused_list(&app, &session, draft, faults).await,
    };
    let added = accounts::add(&app.store, &officer, session.actor.id, app.clock.now()).await;
    match added {
        Ok(given) => {
            let page = list_page(&app, &session, Draft::default(), Faults::default()).await?;
            let page = ListPage { given: Some(given), ..page };
            Ok(Html(page.render()?).into_response())
        }
        Err(accounts::AccountError::Store(store::StoreError::Taken { .. })) => {
            let faults = Faults {
                account: Some("这个账号已经有人用过。换一个，例如在后面加数字。"),
                ..Faults::default()
            };
            refused_list(&app, &session, draft, faults).await
        }
        Err(error) => Err(WebError::internal(error)),
    }
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let officer = visible(&app, &session, id).await?;
    Ok(Html(officer_page(&app, &session, officer, None).await?.render()?))
}

async fn change(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let known = visible(&app, &session, id).await?;
    let draft = Draft { account: known.account.clone(), ..Draft::read(&fields) };
    let choices = Choices::of(&app, session.actor.scope).await?;
    let wanted = match draft.officer(&choices) {
        Ok(officer) if id == session.actor.id.0 && loses_hold(&officer) => {
            let faults = Faults {
                roles: Some("不能停用自己，也不能去掉自己的系统管理角色。请另一位管理员来改。"),
                ..Faults::default()
            };
            return refused(&app, &session, known, draft, faults).await;
        }
        Ok(officer) => officer,
        Err(faults) => return refused(&app, &session, known, draft, faults).await,
    };
    let officer = Officer {
        id: known.id,
        stamp: draft.stamp.unwrap_or(known.stamp),
        must_change_password: known.must_change_password,
        ..wanted
    };
    let action = match (known.is_closed, officer.is_closed) {
        (false, true) => OfficerAction::Closed,
        (true, false) => OfficerAction::Opened,
        _ => OfficerAction::Changed,
    };
    let detail = form::difference(&known, &officer);
    let doing = Doing { by: session.actor.id, action, detail: &detail, at: app.clock.now() };
    let mut tx = app.store.begin().await?;
    tx.change_officer(&officer, doing).await?;
    tx.end_sessions_of(officer.id).await?;
    tx.commit().await?;
    Ok(links::officer(&officer.id).redirect())
}

async fn reset(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let officer = visible(&app, &session, id).await?;
    let given = accounts::reset(&app.store, &officer, session.actor.id, app.clock.now());
    let given = given.await.map_err(WebError::internal)?;
    let page = officer_page(&app, &session, officer, None).await?;
    Ok(Html(OfficerPage { given: Some(given), ..page }.render()?).into_response())
}

/// Returns an officer within the administrator's scope; others do not exist for them.
async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Officer, WebError> {
    let found = app.store.officer(session.actor.scope, OfficerId(id)).await?;
    found.ok_or(WebError::NotFound)
}

fn loses_hold(officer: &Officer) -> bool {
    officer.is_closed || !officer.roles.contains(&Role::Administrator)
}

async fn refused_list(
    app: &AppState,
    session: &Session,
    draft: Draft,
    faults: Faults,
) -> Result<Response, WebError> {
    let page = list_page(app, session, draft, faults).await?;
    layout::refused(page)
}

async fn refused(
    app: &AppState,
    session: &Session,
    officer: Officer,
    draft: Draft,
    faults: Faults,
) -> Result<Response, WebError> {
    let page = officer_page(app, session, officer, Some((draft, faults))).await?;
    layout::refused(page)
}

async fn list_page(
    app: &AppState,
    session: &Session,
    draft: Draft,
    faults: Faults,
) -> Result<ListPage, WebError> {
    let choices = Choices::of(app, session.actor.scope).await?;
    let officers = app.store.officers(session.actor.scope).await?;
    let line = |officer: &Officer| Line {
        link: links::officer(&officer.id),
        account: officer.account.clone(),
        name: officer.name.clone(),
        scope: scope_title(officer.scope, &choices),
        roles: roles_title(&officer.roles, &choices),
        is_closed: officer.is_closed,
        has_first_password: officer.must_change_password,
    };
    let officers = officers.iter().map(line).collect();
    let bench = Bench::new(app, session, Room::Administration).with_icons(&["plus"]);
    Ok(ListPage { bench, officers, draft, choices, faults, given: None })
}

async fn officer_page(
    app: &AppState,
    session: &Session,
    officer: Officer,
    typed: Option<(Draft, Faults)>,
) -> Result<OfficerPage, WebError> {
    let choices = Choices::of(app, session.actor.scope).await?;
    let as_it_is = || (Draft::of(&officer, &choices), Faults::default());
    let (draft, faults) = typed.unwrap_or_else(as_it_is);
    let log = app.store.officer_log(officer.id).await?;
    let bench = Bench::new(app, session, Room::Administration);
    let is_own = officer.id == session.actor.id;
    let log = log.iter().map(LogLine::of).collect();
    Ok(OfficerPage { bench, officer, draft, choices, faults, log, given: None, is_own })
}

impl LogLine {
    fn of(log: &OfficerLog) -> LogLine {
        let what = match log.action {
            OfficerAction::Added => "开立",
            OfficerAction::Changed => "修改",
            OfficerAction::PasswordReset => "重置密码",
            OfficerAction::PasswordChanged => "本人改了密码",
            OfficerAction::Closed => "停用",
            OfficerAction::Opened => "启用",
            OfficerAction::Locked => "连续输错密码，锁定",
        };
        LogLine { what, detail: log.detail.clone(), at: words::moment(&log.at) }
    }
}

fn scope_title(scope: Scope, choices: &Choices) -> String {
    match scope {
        Scope::Everywhere => "全部地区".to_owned(),
        Scope::Region(code) => region_title(code),
        Scope::Body(id) => choices
            .bodies
            .iter()
            .find(|it| it.id == id)
            .map_or_else(|| id.to_string(), |it| it.body.name.clone()),
    }
}

fn region_title(code: RegionCode) -> String {
    let name = regions::full_name(&code).unwrap_or_else(|| code.to_string());
    format!("{name}及其下级")
}

fn roles_title(roles: &[Role], choices: &Choices) -> String {
    let title = |role: &Role| match role {
        Role::Reviewer { desk } => choices.desk_title(desk),
        other => duty_title(other.duty()).to_owned(),
    };
    roles.iter().map(title).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests;
