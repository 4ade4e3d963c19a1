//! 审批文书: filled, looked at, issued with a number, found again, voided.

mod issue;
mod list;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::approval::{ApprovalId, MAY_ISSUE};
use serde::Deserialize;
use store::{Approval, StoreError};

use crate::{
    AppState, approvals,
    downloads::{DOCX, download},
    error::WebError,
    extract::{Form, Path},
    layout::{self, Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

const LONGEST_REASON: usize = 200;

pub(crate) fn places(map: Map) -> Map {
    let (anyone, issuer) = (Who::Officer(&[]), Who::Officer(MAY_ISSUE));
    let fill = get(issue::show).post(issue::submit);
    let map = map.place("/workbench/templates/{template}/issue", issuer, fill);
    let map = map.place("/workbench/approvals", anyone, get(list::show));
    let map = map.place("/workbench/approvals/{approval}", anyone, get(show));
    let map = map.place("/workbench/approvals/{approval}/file", anyone, get(hand_out));
    map.place("/workbench/approvals/{approval}/void", issuer, post(void))
}

#[derive(Template)]
#[template(path = "issue_approvals/approval.html")]
struct ApprovalPage {
    bench: Bench,
    it: Approval,
    may_void: bool,
    typed: String,
    fault: &'static str,
}

/// Why a document is voided.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let it = visible(&app, &session, id).await?;
    Ok(Html(page(&app, &session, it, ("", "")).render()?))
}

async fn hand_out(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let it = visible(&app, &session, id).await?;
    download(&app, &it.hash, &format!("{} {}.docx", it.number, it.title), DOCX).await
}

async fn void(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(Reason { reason }): Form<Reason>,
) -> Result<Response, WebError> {
    let it = visible(&app, &session, id).await?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        let page = page(&app, &session, it, (reason, "写明为什么作废，200 个字以内"));
        return layout::refused(page);
    }
    let mut tx = app.store.begin().await?;
    match tx.void_approval(ApprovalId(id), reason, session.saving(&app)).await {
        Ok(()) => tx.commit().await?,
        // Somebody else did it first; the page says who and why.
        Err(StoreError::Stale { .. }) => drop(tx),
        Err(error) => return Err(error.into()),
    }
    Ok(links::approval(&ApprovalId(id)).redirect())
}

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Approval, WebError> {
    let found = app.store.approval(session.actor.scope, ApprovalId(id)).await?;
    found.ok_or(WebError::NotFound)
}

fn page(
    app: &AppState,
    session: &Session,
    it: Approval,
    (typed, fault): (&str, &'static str),
) -> ApprovalPage {
    ApprovalPage {
        bench: Bench::new(app, session, Room::Approvals),
        may_void: approvals::may_act(session) && it.voided.is_none(),
        it,
        typed: typed.to_owned(),
        fault,
    }
}
