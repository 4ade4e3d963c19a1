//! 审批文书模板: brought for an item, checked field by field, taken out of use.

#[cfg(test)]
mod tests;
mod upload;

use askama::Template;
use axum::{
    extract::{DefaultBodyLimit, State},
    response::{Html, Response},
    routing::{get, post},
};
use domain::{
    approval::{MAY_ISSUE, Paper, TemplateId, outcomes},
    edition::Edition,
    item::ItemId,
};
use store::{ApprovalTemplate, StoreError};

use self::upload::{LARGEST, Typed};
use crate::{
    AppState,
    approvals::{self, FieldLine, Subject},
    downloads::{DOCX, download},
    error::WebError,
    extract::Path,
    layout::{Bench, Room},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
};

/// What a form with a file has beside the file.
const AROUND: usize = 64 << 10;

pub(crate) fn places(map: Map) -> Map {
    let (anyone, issuer) = (Who::Officer(&[]), Who::Officer(MAY_ISSUE));
    let map = map.place("/workbench/items/{item}/templates", anyone, get(list));
    let brought = post(upload::submit).layer(DefaultBodyLimit::max(LARGEST + AROUND));
    let map = map.place("/workbench/items/{item}/templates/upload", issuer, brought);
    let map = map.place("/workbench/templates/{template}", anyone, get(show));
    let map = map.place("/workbench/templates/{template}/file", anyone, get(hand_out));
    map.place("/workbench/templates/{template}/retire", issuer, post(retire))
}

#[derive(Template)]
#[template(path = "keep_templates/list.html")]
struct ListPage {
    bench: Bench,
    item: ItemId,
    name: String,
    templates: Vec<ApprovalTemplate>,
    /// What the item leads to, to choose from.
    outcomes: Vec<String>,
    may_act: bool,
    typed: Typed,
    faults: Vec<String>,
}

#[derive(Template)]
#[template(path = "keep_templates/template.html")]
struct TemplatePage {
    bench: Bench,
    kept: ApprovalTemplate,
    /// The check of its fields, or what is wrong by now.
    fields: Vec<FieldLine>,
    faults: Vec<String>,
    to_come: String,
    may_act: bool,
}

async fn list(
    State(app): State<AppState>,
    session: SignedIn,
    Path(item): Path<i64>,
) -> Result<Html<String>, WebError> {
    let page = list_page(&app, &session, ItemId(item), (Typed::default(), Vec::new())).await?;
    Ok(Html(page.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = approvals::kept(&app, &session, id).await?;
    let subject = Subject::read(&app, session.actor.scope, kept.item).await?;
    let record = &subject.edition().record;
    let standard = app.standard(&record.standard);
    let on = app.clock.today();
    let to_come = approvals::number_to_come(&kept, on.year())?;
    let answers = approvals::no_answers();
    let paper = Paper { record, standard, number: "", on, answers: &answers };
    let (fields, faults) = match approvals::open(&app, &kept, standard).await? {
        Ok(opened) => (opened.lines(&paper), Vec::new()),
        Err(faults) => (Vec::new(), faults),
    };
    let bench = Bench::new(&app, &session, Room::Approvals);
    let may_act = approvals::may_act(&session);
    Ok(Html(TemplatePage { bench, kept, fields, faults, to_come, may_act }.render()?))
}

async fn hand_out(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let kept = approvals::kept(&app, &session, id).await?;
    download(&app, &kept.hash, &kept.file_name, DOCX).await
}

async fn retire(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let kept = approvals::kept(&app, &session, id).await?;
    let mut tx = app.store.begin().await?;
    match tx.retire_approval_template(TemplateId(id), session.saving(&app)).await {
        Ok(()) => tx.commit().await?,
        // Somebody else did it first: it is out of use, as was asked.
        Err(StoreError::Stale { .. }) => drop(tx),
        Err(error) => return Err(error.into()),
    }
    Ok(links::item_templates(&kept.item).redirect())
}

async fn list_page(
    app: &AppState,
    session: &Session,
    item: ItemId,
    (typed, faults): (Typed, Vec<String>),
) -> Result<ListPage, WebError> {
    let scope = session.actor.scope;
    let subject = Subject::read(app, scope, item).await?;
    let edition: &Edition = subject.edition();
    Ok(ListPage {
        bench: Bench::new(app, session, Room::Approvals),
        item,
        name: edition.record.name().to_owned(),
        templates: app.store.approval_templates(scope, item).await?,
        outcomes: outcomes(&edition.record.content).map(str::to_owned).collect(),
        may_act: approvals::may_act(session),
        typed,
        faults,
    })
}
