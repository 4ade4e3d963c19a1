//! 登录: an account and its password, for a session.

use askama::Template;
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::people::{LOCKED_FOR, MAX_FAILURES, Officer, OfficerId, locked_until};
use serde::Deserialize;
use std::net::SocketAddr;
use store::StoreError;
use time::macros::{format_description, offset};

use crate::{
    AppState, assets,
    error::WebError,
    extract::{Form, Query},
    layout, links,
    map::{Map, Who},
    session::{self, Token},
};

pub(crate) fn places(map: Map) -> Map {
    map.place("/sign-in", Who::Anyone, get(show).post(submit))
}

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct Page {
    site_name: String,
    is_demo: bool,
    account: String,
    next: String,
    fault: Option<Fault>,
    standards: Vec<StandardSource>,
    /// Where the guidance video is, if anywhere.
    video: Option<String>,
}

/// What the counties' and provinces' items are written by.
struct StandardSource {
    link: links::Link,
    title: String,
    source: String,
}

/// Why nobody was signed in. It does not tell whether there is such an account.
enum Fault {
    Wrong,
    Locked { until: String },
    TooMany,
}

#[derive(Deserialize)]
struct SignIn {
    account: String,
    password: String,
    #[serde(default)]
    next: String,
}

async fn show(State(app): State<AppState>, query: Query) -> Result<Html<String>, WebError> {
    let next = query.first("next").unwrap_or_default().to_owned();
    Ok(Html(page(&app, String::new(), next, None).render()?))
}

async fn submit(
    State(app): State<AppState>,
    caller: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, WebError> {
    if session::is_from_elsewhere(&headers) {
        return Err(WebError::FormExpired);
    }
    let caller = caller.map_or_else(String::new, |it| it.0.0.ip().to_string());
    let account = form.account.trim();
    let signed_in = match app.limits.may_sign_in(&caller) {
        true => sign_in(&app, account, &form.password).await?,
        false => Err(Fault::TooMany),
    };
    match signed_in {
        Ok(token) => {
            let is_https = app.settings.public_url.as_ref().is_some_and(|it| it.is_https());
            let cookie = [(header::SET_COOKIE, session::cookie(&token, is_https))];
            Ok((cookie, Redirect::to(&way_on(&form.next))).into_response())
        }
        Err(fault) => {
            let status = match fault {
                Fault::TooMany => StatusCode::TOO_MANY_REQUESTS,
                Fault::Wrong | Fault::Locked { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let page = page(&app, account.to_owned(), form.next, Some(fault));
            layout::answer(status, page)
        }
    }
}

/// Begins a session. A try is counted before the password is looked at.
async fn sign_in(
    app: &AppState,
    account: &str,
    password: &str,
) -> Result<Result<Token, Fault>, WebError> {
    let known = app.store.credentials(account).await?.filter(|it| !it.officer.is_closed);
    let Some(known) = known else {
        app.passwords.verify(password, None).await?;
        return Ok(Err(Fault::Wrong));
    };
    let id = known.officer.id;
    if !count_try(app, id).await? {
        let locked = app.store.credentials(account).await?;
        let until = locked.and_then(|it| locked_until(it.failures, it.failed_at));
        let clock = format_description!("[hour]:[minute]");
        let until = until.and_then(|it| it.to_offset(offset!(+8)).format(clock).ok());
        return Ok(Err(Fault::Locked { until: until.unwrap_or_default() }));
    }
    if !app.passwords.verify(password, Some(&known.password_hash)).await? {
        return Ok(Err(Fault::Wrong));
    }
    begin(app, &known.officer).await.map(Ok)
}

async fn begin(app: &AppState, officer: &Officer) -> Result<Token, WebError> {
    let token = Token::new();
    let mut tx = app.store.begin().await?;
    tx.end_tries(officer.id).await?;
    tx.begin_session(&token.hash(), officer, app.clock.now()).await?;
    tx.commit().await?;
    Ok(token)
}

/// Tries made at once meet each other in the database; each is made again until it counts.
async fn count_try(app: &AppState, id: OfficerId) -> Result<bool, StoreError> {
    loop {
        let mut tx = app.store.begin().await?;
        let tried = tx.begin_try(id, app.clock.now()).await;
        let counted = match tried {
            Ok(may_try) => tx.commit().await.map(|()| may_try),
            Err(error) => Err(error),
        };
        match counted {
            Err(StoreError::Collided) => {}
            done => return done,
        }
    }
}

/// Returns where to go on: a page of ours, never an address that someone put into a link.
fn way_on(next: &str) -> String {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c == '\\' || c.is_control());
    if is_ours { next.to_owned() } else { links::workbench().to_string() }
}

fn page(app: &AppState, account: String, next: String, fault: Option<Fault>) -> Page {
    let source = |it: &domain::standard::Standard| StandardSource {
        link: links::standard_file(&it.id),
        title: it.title.clone(),
        source: it.source.clone(),
    };
    Page {
        site_name: layout::home_name(app),
        is_demo: app.settings.demo,
        account,
        next,
        fault,
        standards: app.standards.iter().map(source).collect(),
        video: app.settings.guide_video.as_ref().map(|it| it.as_str().to_owned()),
    }
}

impl Page {
    fn asset(&self, path: &str) -> String {
        assets::address(path)
    }

    fn action(&self) -> links::Link {
        links::sign_in()
    }

    fn portal(&self) -> links::Link {
        links::portal()
    }

    fn max_failures(&self) -> i64 {
        MAX_FAILURES
    }

    fn locked_minutes(&self) -> i64 {
        LOCKED_FOR.whole_minutes()
    }
}

#[cfg(test)]
mod tests;
