//! 附件: files that officers bring, to be referred to by items and downloaded.

use askama::Template;
use axum::{
    Json,
    extract::{Multipart, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::library::{self, Attached, NotAttachable, Shelf};
use store::Attachment;

use crate::{
    AppState,
    downloads::download,
    error::WebError,
    extract::{Path, Query},
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    uploads,
    uses::Uses,
    words,
};

/// Attachments shown on one page.
const A_PAGE: i64 = 50;

pub(crate) fn places(map: Map) -> Map {
    let anyone = Who::Officer(&[]);
    let map = map.place("/workbench/attachments", anyone, get(list));
    let upload = post(upload).layer(uploads::limit());
    let map = map.place("/workbench/attachments/upload", Who::Officer(library::MAY_ADD), upload);
    let map = map.place("/workbench/attachments/{attachment}", anyone, get(hand_out));
    map.place("/workbench/attachments/{attachment}/uses", anyone, get(uses))
}

#[derive(Template)]
#[template(path = "keep_attachments/list.html")]
struct ListPage {
    bench: Bench,
    words: String,
    attachments: Vec<Line>,
    more: Option<Link>,
    may_add: bool,
    fault: String,
    /// Something was brought just now.
    has_new: bool,
}

#[derive(Template)]
#[template(path = "keep_attachments/attachment.html")]
struct UsesPage {
    bench: Bench,
    line: Line,
    uses: Uses,
}

/// One attachment in the list.
struct Line {
    link: Link,
    uses: Link,
    attachment: Attachment,
    size: String,
    saved_at: String,
    /// What a row of an item holds to refer to it.
    reference: String,
    is_new: bool,
}

/// What a script is told of what it brought.
#[derive(serde::Serialize)]
struct Told<'a> {
    name: &'a str,
    /// What the row's field is to hold.
    value: String,
    /// Where the file is had.
    link: String,
}

/// What a script is told of what was not taken.
#[derive(serde::Serialize)]
struct Refused {
    fault: String,
}

async fn list(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    Ok(Html(list_page(&app, &session, &query, String::new()).await?.render()?))
}

/// `POST /workbench/attachments/upload`
///
/// A script that asks for JSON gets the reference, a page is led back to the list.
async fn upload(
    State(app): State<AppState>,
    session: SignedIn,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, WebError> {
    let accepts = headers.get(header::ACCEPT).map_or(&b""[..], |it| it.as_bytes());
    let for_script = accepts.starts_with(b"application/json");
    let brought = match uploads::take(&app, &session, form).await? {
        Ok(brought) => brought,
        Err(fault) => return refused(&app, &session, fault, for_script).await,
    };
    if for_script {
        let (value, link) = (brought.reference(), links::attachment(&brought.id).to_string());
        return Ok(Json(Told { name: &brought.name, value, link }).into_response());
    }
    Ok(links::attachments().with("new", &brought.id.to_string()).redirect())
}

async fn hand_out(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let known = known(&app, &session, id).await?;
    download(&app, &known.hash, &known.name, &known.media_type).await
}

async fn uses(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let known = known(&app, &session, id).await?;
    let entry = (Shelf::Attachments, known.hash.as_str());
    let here = (links::attachment_uses(&id), &query);
    let uses = Uses::read(&app, &session, entry, here, |_| "").await?;
    let bench = Bench::new(&app, &session, Room::Libraries);
    Ok(Html(UsesPage { bench, line: Line::of(known), uses }.render()?))
}

async fn known(app: &AppState, session: &Session, id: i64) -> Result<Attachment, WebError> {
    app.store.attachment(session.actor.scope, id).await?.ok_or(WebError::NotFound)
}

async fn refused(
    app: &AppState,
    session: &Session,
    fault: NotAttachable,
    for_script: bool,
) -> Result<Response, WebError> {
    let fault = fault.to_string();
    if for_script {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(Refused { fault })).into_response());
    }
    layout::refused(list_page(app, session, &Query::default(), fault).await?)
}

async fn list_page(
    app: &AppState,
    session: &Session,
    query: &Query,
    fault: String,
) -> Result<ListPage, WebError> {
    let words = query.first("q").unwrap_or_default();
    let (before, new) = (query.number("before")?, query.number("new")?);
    let found = app.store.attachments(session.actor.scope, words, before, A_PAGE).await?;
    let last = found.last().filter(|_| found.len() as i64 == A_PAGE).map(|it| it.id);
    let more = last.map(|id| links::attachments().with("q", words).with("before", &id.to_string()));
    Ok(ListPage {
        bench: Bench::new(app, session, Room::Libraries),
        words: words.to_owned(),
        attachments: found
            .into_iter()
            .map(|it| Line { is_new: new == Some(it.id), ..Line::of(it) })
            .collect(),
        more,
        may_add: library::may_add(&session.officer),
        fault,
        has_new: new.is_some(),
    })
}

impl Line {
    fn of(attachment: Attachment) -> Line {
        let Attachment { id, hash, name, .. } = &attachment;
        Line {
            link: links::attachment(id),
            uses: links::attachment_uses(id),
            size: size(attachment.size_bytes),
            saved_at: words::moment(&attachment.saved_at),
            reference: Attached { hash, name }.to_string(),
            is_new: false,
            attachment,
        }
    }
}

fn size(bytes: i64) -> String {
    match bytes {
        0..1_024 => format!("{bytes}\u{a0}字节"),
        1_024..1_048_576 => format!("{}\u{a0}KB", bytes.div_euclid(1_024)),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests;
