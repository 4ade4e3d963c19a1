//! 修改密码: one's own; whoever was given one by another must, first of all.

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::people::{PasswordFault, check_password};
use serde::Deserialize;
use store::{Doing, OfficerAction};

use crate::{
    AppState,
    error::WebError,
    extract::Form,
    layout::{self, Bench, Room},
    links,
    map::{Map, Who},
    session::{self, Session, SignedIn, Token},
};

pub(crate) fn places(map: Map) -> Map {
    map.place(links::PASSWORD, Who::Officer(&[]), get(show).post(submit))
}

#[derive(Template)]
#[template(path = "change_password/page.html")]
struct Page {
    bench: Bench,
    account: String,
    is_first: bool,
    faults: Faults,
}

/// What is wrong with what was typed.
#[derive(Default)]
struct Faults {
    old_is_wrong: bool,
    is_same: bool,
    differ: bool,
    new: Vec<PasswordFault>,
}

#[derive(Deserialize)]
struct Change {
    old: String,
    new: String,
    again: String,
}

async fn show(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    Ok(Html(page(&app, &session, Faults::default()).render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(form): Form<Change>,
) -> Result<Response, WebError> {
    let officer = &session.officer;
    let known = app.store.credentials(&officer.account).await?.ok_or(WebError::NotFound)?;
    let faults = Faults {
        old_is_wrong: !app.passwords.verify(&form.old, Some(&known.password_hash)).await?,
        is_same: form.old == form.new,
        differ: form.new != form.again,
        new: check_password(&form.new, &officer.account),
    };
    if !faults.is_empty() {
        return layout::refused(page(&app, &session, faults));
    }
    let token = change(&app, &session, &form.new).await?;
    let is_https = app.settings.public_url.as_ref().is_some_and(|it| it.is_https());
    let cookie = [(header::SET_COOKIE, session::cookie(&token, is_https))];
    Ok((cookie, links::workbench().redirect()).into_response())
}

/// Every session of the officer ends; the one in hand goes on under a new token.
async fn change(app: &AppState, session: &Session, password: &str) -> Result<Token, WebError> {
    let (id, now) = (session.officer.id, app.clock.now());
    let hash = app.passwords.hash(password).await?;
    let token = Token::new();
    let mut tx = app.store.begin().await?;
    let doing = Doing { by: id, action: OfficerAction::PasswordChanged, detail: "", at: now };
    tx.set_password(id, &hash, false, doing).await?;
    tx.end_sessions_of(id).await?;
    let mut renewed = session.officer.clone();
    renewed.stamp += 1;
    tx.begin_session(&token.hash(), &renewed, now).await?;
    tx.commit().await?;
    Ok(token)
}

fn page(app: &AppState, session: &Session, faults: Faults) -> Page {
    Page {
        bench: Bench::new(app, session, Room::Elsewhere),
        account: session.officer.account.clone(),
        is_first: session.officer.must_change_password,
        faults,
    }
}

impl Faults {
    fn is_empty(&self) -> bool {
        !self.old_is_wrong && !self.is_same && !self.differ && self.new.is_empty()
    }

    fn new_is_wrong(&self) -> bool {
        self.is_same || !self.new.is_empty()
    }
}

#[cfg(test)]
mod tests;
