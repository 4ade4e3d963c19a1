//! Read a guide (看办事指南): what a person must know to get an item done, as a
//! page, as data (`.json`) and as a Word document (`.docx`); now, or as it was shown on
//! a day (`?on=2026-03-02`). What is handed over at the window is beside it (`/notice.docx`).
//!
//! The data is the publication itself, byte for byte what was published:
//! `{"published": {"edition", "from", "standard_hash", "item"}}`,
//! `{"suspended": {"item", "reason", "on"}}`, or `withdrawn` like it with status 410.
//! `item` has the shape of a line of `items.jsonl`.
//!
//! Officers see an edition that is not published as the same page (`preview.rs`).

mod answers;
mod as_of;
mod flow;
mod guide;
mod notice;
mod preview;
mod sheet;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    calendar::Calendar,
    item::EditionId,
    publication::{Notice, PublicItem, Stop},
    text::fold_width,
};
use store::PastEdition;
use time::Date;

use self::{
    answers::{File, WebAddress},
    as_of::AsOf,
    guide::{Days, Guide},
    preview::Preview,
};
use crate::{
    AppState,
    downloads::DOCX,
    error::WebError,
    extract::{Path, Query},
    layout::{self, Shell},
    links::{self, Area, Link},
    map::{Map, Who},
    words,
};

pub(super) fn places(map: Map) -> Map {
    map.place("/items/{code}", Who::Anyone, get(show))
        .place("/items/{code}/flow.svg", Who::Anyone, get(flow::svg))
        .place("/items/{code}/flow.png", Who::Anyone, get(flow::png))
        .place("/items/{code}/flow.bpmn", Who::Anyone, get(flow::bpmn))
        .place("/items/{code}/flow.docx", Who::Anyone, get(flow::docx))
        .place("/items/{code}/notice.docx", Who::Anyone, get(notice::show))
        .place("/workbench/editions/{edition}/preview", Who::Officer(&[]), get(preview::show))
}

/// The forms in which a guide is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Json,
    Docx,
}

/// What was asked for: an item, in a form.
#[derive(Clone, Copy)]
struct Asked<'a> {
    app: &'a AppState,
    code: &'a str,
    form: Form,
}

#[derive(Template)]
#[template(path = "read_guide/page.html")]
struct Page {
    shell: Shell,
    as_of: Option<AsOf>,
    preview: Option<Preview>,
    canonical: Option<String>,
    guide: Guide,
    files: FilesAt,
    versions: Vec<Version>,
    printed_on: String,
    forms: Option<Forms>,
}

/// The other forms in which the same is given.
struct Forms {
    json: Link,
    docx: Link,
    notice: Option<Link>,
    flow: Link,
    flow_docx: Link,
    flow_bpmn: Link,
}

/// Where the files are had that a guide names.
enum FilesAt {
    /// Those of an item, under its code.
    Item(String),
    Edition(EditionId),
    /// Those of the past are not given.
    Nowhere,
}

impl FilesAt {
    fn link(&self, file: &File) -> Option<Link> {
        match self {
            FilesAt::Item(code) => Some(links::item_file(code, &file.hash, &file.name)),
            FilesAt::Edition(id) => Some(links::edition_file(id, &file.hash, &file.name)),
            FilesAt::Nowhere => None,
        }
    }
}

/// 暂停或者取消了的事项。
#[derive(Template)]
#[template(path = "read_guide/stopped.html")]
struct StoppedPage {
    shell: Shell,
    as_of: Option<AsOf>,
    canonical: Option<String>,
    name: String,
    code: String,
    body: String,
    is_suspended: bool,
    /// 暂停 or 取消
    state: &'static str,
    reason: String,
    since: String,
    /// The guide as it was before.
    last_guide: Option<Link>,
    same_name: Link,
    same_body: Link,
}

/// 版本。
struct Version {
    number: String,
    from: Date,
    /// 现行, or why it ended.
    words: String,
    /// Where it is read as it was, if it is past.
    then: Option<Link>,
}

/// `GET /items/{code}`, with `.json` and `.docx` after it
async fn show(
    State(app): State<AppState>,
    Path(asked): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    let Some((code, form, history)) = find(&app, &asked).await? else {
        return elsewhere(&app, asked, &query).await;
    };
    if form != Form::Page {
        query.only(&["on"])?;
    }
    let asked = Asked { app: &app, code: &code, form };
    match query.day("on")? {
        Some(day) => as_of::show(asked, &history, day).await,
        None => answer(asked, &history, 0, None).await,
    }
}

/// Gives one of an item's notices in the form that was asked for; who asks for the document of
/// an item that stopped is told so.
async fn answer(
    asked: Asked<'_>,
    history: &[PastEdition],
    at: usize,
    as_of: Option<AsOf>,
) -> Result<Response, WebError> {
    let notice = &history[at].notice;
    match (asked.form, notice) {
        (Form::Json, notice) => Ok(json(notice)),
        (Form::Docx, Notice::Published(item)) => docx(asked, item, as_of).await,
        (Form::Page, Notice::Published(item)) => show_page(asked, item, history, as_of),
        (_, Notice::Suspended { item, reason, on }) => {
            stopped(asked, item, (Stop::Suspended, reason, *on), history, as_of)
        }
        (_, Notice::Withdrawn { item, reason, on }) => {
            stopped(asked, item, (Stop::Withdrawn, reason, *on), history, as_of)
        }
    }
}

/// Finds what was ever published under exactly this code, the newest first, then with a form's
/// ending taken off it: a code may hold anything, even `.json`.
async fn find(
    app: &AppState,
    asked: &str,
) -> Result<Option<(String, Form, Vec<PastEdition>)>, WebError> {
    for (ending, form) in [("", Form::Page), (".json", Form::Json), (".docx", Form::Docx)] {
        let Some(code) = asked.strip_suffix(ending) else { continue };
        let history = app.store.public_history(code).await?;
        if !history.is_empty() {
            return Ok(Some((code.to_owned(), form, history)));
        }
    }
    Ok(None)
}

/// Leads to the right address of a code that was typed in small or wide letters.
async fn elsewhere(app: &AppState, asked: String, query: &Query) -> Result<Response, WebError> {
    let tidy = fold_width(&asked).trim().to_uppercase();
    if tidy != asked && app.store.public_item(&tidy).await?.is_some() {
        let link = links::guide(&tidy).with("on", query.first("on").unwrap_or_default());
        return Ok(Redirect::permanent(&link.to_string()).into_response());
    }
    Err(WebError::NoItem { code: asked })
}

fn show_page(
    asked: Asked<'_>,
    item: &PublicItem,
    history: &[PastEdition],
    as_of: Option<AsOf>,
) -> Result<Response, WebError> {
    let Asked { app, code, .. } = asked;
    let today = app.clock.today();
    let days = as_of.as_ref().map_or(Days::of(today), |it| Days { guide: it.on, today });
    let here = |link| as_of.as_ref().map_or(Link::clone(&link), |it| links::as_of(link, it.on));
    let page = Page {
        shell: Shell::new(app, area_of(item))?
            .with_icons(["file-download", "printer"].map(layout::icon).to_vec()),
        guide: Guide::of(item, app.standard(&item.item.standard), days, Calendar::shipped()),
        files: match &as_of {
            Some(_) => FilesAt::Nowhere,
            None => FilesAt::Item(code.to_owned()),
        },
        versions: versions(code, history),
        printed_on: words::full_date(today),
        forms: Some(Forms {
            json: here(links::guide_json(code)),
            docx: here(links::guide_docx(code)),
            flow: here(links::guide_flow(code, "svg")),
            flow_docx: here(links::guide_flow(code, "docx")),
            flow_bpmn: here(links::guide_flow(code, "bpmn")),
            // What is handed over is what holds today.
            notice: as_of.is_none().then(|| links::notice_docx(code)),
        }),
        canonical: canonical(asked, as_of.as_ref()),
        as_of,
        preview: None,
    };
    Ok(Html(page.render()?).into_response())
}

fn json(notice: &Notice) -> Response {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (status(notice.stop()), [(header::CONTENT_TYPE, kind)], notice.to_bytes()).into_response()
}

/// What is gone for good is gone; what is suspended will be back under the same address.
fn status(stop: Option<(Stop, &str)>) -> StatusCode {
    match stop {
        Some((Stop::Withdrawn, _)) => StatusCode::GONE,
        _ => StatusCode::OK,
    }
}

async fn docx(
    asked: Asked<'_>,
    item: &PublicItem,
    as_of: Option<AsOf>,
) -> Result<Response, WebError> {
    let (item, standard) = (item.clone(), asked.app.standard(&item.item.standard).clone());
    let write = move || documents::write::guide_docx(&item, &standard);
    let bytes = tokio::task::spawn_blocking(write).await?;
    let name = match as_of {
        Some(as_of) => format!("{}_{}", asked.code, as_of.on),
        None => asked.code.to_owned(),
    };
    word_file(bytes, &name)
}

/// Hands out a Word document as a file to be kept.
fn word_file(bytes: Vec<u8>, name: &str) -> Result<Response, WebError> {
    // The plain name is for old browsers; a code may hold characters that it can not.
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let plain: String = name.chars().filter(fits).collect();
    let disposition = format!(
        "attachment; filename=\"{plain}.docx\"; filename*=UTF-8''{}",
        links::file_name(&format!("{name}.docx"))
    );
    let disposition = HeaderValue::try_from(disposition).map_err(WebError::internal)?;
    let kind = HeaderValue::from_static(DOCX);
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

fn stopped(
    asked: Asked<'_>,
    item: &PublicItem,
    (stop, reason, on): (Stop, &str, Date),
    history: &[PastEdition],
    as_of: Option<AsOf>,
) -> Result<Response, WebError> {
    let area = area_of(item);
    let status = status(Some((stop, reason)));
    let before = |it: &&PastEdition| it.notice.stop().is_none() && it.shown.from < on;
    let last = history.iter().find(before).and_then(|it| it.shown.last());
    let page = StoppedPage {
        shell: Shell::new(asked.app, area)?,
        last_guide: last.map(|day| links::as_of(links::guide(asked.code), day)),
        same_name: links::search(area).with("q", item.item.name()),
        same_body: links::department(area, &item.item.body.name),
        name: item.item.name().to_owned(),
        body: item.item.body.name.clone(),
        code: asked.code.to_owned(),
        is_suspended: stop == Stop::Suspended,
        state: stop_words(stop),
        reason: reason.to_owned(),
        since: words::full_date(on),
        canonical: canonical(asked, as_of.as_ref()),
        as_of,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Returns the one address under which search engines are to know the guide, however they came
/// to it: of a page of the past that of today's, and the whole of it where the site knows its own.
fn canonical(asked: Asked<'_>, as_of: Option<&AsOf>) -> Option<String> {
    let guide = links::guide(asked.code);
    match &asked.app.settings.public_url {
        Some(origin) => Some(origin.of(&guide)),
        None => as_of.map(|_| guide.to_string()),
    }
}

fn area_of(item: &PublicItem) -> Area {
    Area::Within(item.item.region)
}

fn versions(code: &str, history: &[PastEdition]) -> Vec<Version> {
    let one = |(at, past): (usize, &PastEdition)| {
        let is_readable = at > 0 && past.notice.stop().is_none() && !past.shown.is_empty();
        Version {
            number: format!("第 {}", words::counted(past.notice.item().edition, "版")),
            from: past.shown.from,
            words: match (past.notice.stop(), at) {
                (Some((stop, reason)), _) => stop_line(stop, reason),
                (None, 0) => "现行。".to_owned(),
                (None, _) => "已被新版代替。".to_owned(),
            },
            then: is_readable.then(|| links::as_of(links::guide(code), past.shown.from)),
        }
    };
    history.iter().enumerate().map(one).collect()
}

fn stop_words(stop: Stop) -> &'static str {
    match stop {
        Stop::Suspended => "暂停",
        Stop::Withdrawn => "取消",
    }
}

fn stop_line(stop: Stop, reason: &str) -> String {
    match stop {
        Stop::Suspended => format!("暂停办理：{reason}"),
        Stop::Withdrawn => format!("取消，不再办理：{reason}"),
    }
}
