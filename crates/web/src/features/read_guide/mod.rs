//! Read a guide (看办事指南): what a person must know to get an item done, as a
//! page, as data (`.json`) and as a Word document (`.docx`).
//!
//! The data is the publication itself, byte for byte what was published:
//! `{"published": {"edition", "from", "standard_hash", "item"}}`, or
//! `{"withdrawn": {"item", "reason", "on"}}` with status 410. `item` has the shape of
//! a line of `items.jsonl`.

mod answers;
mod guide;
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
    publication::{Notice, PublicItem},
    text::fold_width,
};
use store::{PastEdition, Published};
use time::Date;

use self::{answers::WebAddress, guide::Guide};
use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    layout::{self, Shell},
    links::{self, Area, Link},
    map::{Map, Who},
    words,
};

pub(super) fn places(map: Map) -> Map {
    map.place("/items/{code}", Who::Anyone, get(show))
}

/// The forms in which a guide is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Json,
    Docx,
}

#[derive(Template)]
#[template(path = "read_guide/page.html")]
struct Page {
    shell: Shell,
    guide: Guide,
    versions: Vec<Version>,
    printed_on: String,
    json: Link,
    docx: Link,
}

/// 暂停或者取消了的事项。
#[derive(Template)]
#[template(path = "read_guide/withdrawn.html")]
struct WithdrawnPage {
    shell: Shell,
    name: String,
    code: String,
    body: String,
    reason: String,
    since: String,
    same_name: Link,
    same_body: Link,
}

/// 版本。
struct Version {
    number: String,
    from: Date,
    /// 现行, or why it ended.
    words: String,
}

/// `GET /items/{code}`, with `.json` and `.docx` after it
async fn show(
    State(app): State<AppState>,
    Path(asked): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    let Some((code, form, published)) = find(&app, &asked).await? else {
        return elsewhere(&app, asked).await;
    };
    if form != Form::Page {
        query.only(&[])?;
    }
    let is_withdrawn = matches!(published.notice, Notice::Withdrawn { .. });
    match (form, published.notice) {
        (Form::Json, notice) => Ok(json(&notice, is_withdrawn)),
        (Form::Docx, Notice::Published(item)) => docx(&app, code, item).await,
        (Form::Page, Notice::Published(item)) => show_page(&app, code, &item).await,
        (_, Notice::Withdrawn { item, reason, on }) => withdrawn(&app, code, item, reason, on),
    }
}

/// Finds what is published under exactly this code, then with a form's ending taken off it:
/// a code may hold anything, even `.json`.
async fn find(app: &AppState, asked: &str) -> Result<Option<(String, Form, Published)>, WebError> {
    if let Some(published) = app.store.public_item(asked).await? {
        return Ok(Some((asked.to_owned(), Form::Page, published)));
    }
    for (ending, form) in [(".json", Form::Json), (".docx", Form::Docx)] {
        let Some(code) = asked.strip_suffix(ending) else { continue };
        if let Some(published) = app.store.public_item(code).await? {
            return Ok(Some((code.to_owned(), form, published)));
        }
    }
    Ok(None)
}

/// Leads to the right address of a code that was typed in small or wide letters.
async fn elsewhere(app: &AppState, asked: String) -> Result<Response, WebError> {
    let tidy = fold_width(&asked).trim().to_uppercase();
    if tidy != asked && app.store.public_item(&tidy).await?.is_some() {
        return Ok(Redirect::permanent(&links::guide(&tidy).to_string()).into_response());
    }
    Err(WebError::NoItem { code: asked })
}

async fn show_page(app: &AppState, code: String, item: &PublicItem) -> Result<Response, WebError> {
    let history = app.store.public_history(&code).await?;
    let standard = app.standard(&item.item.standard);
    let today = app.clock.today();
    let page = Page {
        shell: Shell::new(app, area_of(item))?
            .with_icons(["file-download", "printer"].map(layout::icon).to_vec()),
        guide: Guide::of(item, standard, today, Calendar::shipped()),
        versions: versions(&history),
        printed_on: words::full_date(today),
        json: links::guide_json(&code),
        docx: links::guide_docx(&code),
    };
    Ok(Html(page.render()?).into_response())
}

fn json(notice: &Notice, is_withdrawn: bool) -> Response {
    let status = if is_withdrawn { StatusCode::GONE } else { StatusCode::OK };
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], notice.to_bytes()).into_response()
}

async fn docx(app: &AppState, code: String, item: PublicItem) -> Result<Response, WebError> {
    let standard = app.standard(&item.item.standard).clone();
    let write = move || documents::write::guide_docx(&item, &standard);
    let bytes = tokio::task::spawn_blocking(write).await?;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    // The plain name is for old browsers; a code may hold characters that it can not.
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let disposition = format!(
        "attachment; filename=\"{plain}.docx\"; filename*=UTF-8''{}",
        links::file_name(&format!("{code}.docx"))
    );
    let disposition = HeaderValue::try_from(disposition).map_err(WebError::internal)?;
    let kind = HeaderValue::from_static(kind);
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

fn withdrawn(
    app: &AppState,
    code: String,
    item: PublicItem,
    reason: String,
    on: Date,
) -> Result<Response, WebError> {
    let area = area_of(&item);
    let page = WithdrawnPage {
        shell: Shell::new(app, area)?,
        same_name: links::search(area).with("q", item.item.name()),
        same_body: links::department(area, &item.item.body.name),
        name: item.item.name().to_owned(),
        body: item.item.body.name,
        code,
        reason,
        since: words::full_date(on),
    };
    Ok((StatusCode::GONE, Html(page.render()?)).into_response())
}

fn area_of(item: &PublicItem) -> Area {
    Area::Within(item.item.region)
}

fn versions(history: &[PastEdition]) -> Vec<Version> {
    let one = |(at, past): (usize, &PastEdition)| Version {
        number: format!("第 {}", words::counted(past.edition, "版")),
        from: past.from,
        words: match (&past.reason, at) {
            (Some(reason), _) => format!("停止办理：{reason}"),
            (None, 0) => "现行。".to_owned(),
            (None, _) => "已被新版代替。".to_owned(),
        },
    };
    history.iter().enumerate().map(one).collect()
}
