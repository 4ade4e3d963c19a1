//! The flow of an item as it was published: drawn (`flow.svg`, `flow.png`), as Word shapes with
//! its posts (`flow.docx`) and as a model (`flow.bpmn`); now, or as it was shown on a day
//! (`?on=`). Drawing and Word file fit a sheet that is asked for (`?paper=a3-landscape`).
//!
//! A publication holds posts and no persons, so neither does any of these.

use std::sync::OnceLock;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use documents::write::{
    FlowPaper, Fonts, PngError, flow_bpmn, flow_docx, flow_of, flow_png, flow_svg, flow_svg_on,
};
use domain::{flow::Flow, item::ItemRecord, publication::Notice};

use super::word_file;
use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
};

/// `GET /items/{code}/flow.svg`
pub(super) async fn svg(
    State(app): State<AppState>,
    Path(code): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["on", "paper"])?;
    let paper = paper(&query)?;
    let Drawn { flow, title, .. } = drawn(&app, &code, &query).await?;
    let svg = match paper {
        Some(paper) => flow_svg_on(&flow, &title, paper),
        None => flow_svg(&flow, &title),
    };
    Ok(shown(svg, "image/svg+xml"))
}

/// `GET /items/{code}/flow.png`
pub(super) async fn png(
    State(app): State<AppState>,
    Path(code): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["on"])?;
    let Drawn { flow, title, .. } = drawn(&app, &code, &query).await?;
    let draw = move || flow_png(&flow, &title, fonts()?);
    let png = tokio::task::spawn_blocking(draw).await?.map_err(WebError::internal)?;
    Ok(shown(png, "image/png"))
}

/// `GET /items/{code}/flow.bpmn`
pub(super) async fn bpmn(
    State(app): State<AppState>,
    Path(code): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["on"])?;
    let Drawn { flow, title, .. } = drawn(&app, &code, &query).await?;
    // A browser is not to show it: it is for a program of one's own.
    let model = flow_bpmn(&flow, &title);
    crate::downloads::file(model, &format!("{code}-flow.bpmn"), "application/xml")
}

/// `GET /items/{code}/flow.docx`
pub(super) async fn docx(
    State(app): State<AppState>,
    Path(code): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["on", "paper"])?;
    let paper = paper(&query)?;
    let Drawn { item, title, .. } = drawn(&app, &code, &query).await?;
    let standard = app.standard(&item.standard).clone();
    let write = move || flow_docx(&[item], &standard, &title, paper);
    word_file(tokio::task::spawn_blocking(write).await?, &format!("{code}-flow"))
}

/// What was published of an item that has steps.
struct Drawn {
    item: ItemRecord,
    flow: Flow,
    title: String,
}

async fn drawn(app: &AppState, code: &str, query: &Query) -> Result<Drawn, WebError> {
    let history = app.store.public_history(code).await?;
    let past = match query.day("on")? {
        Some(day) => history.into_iter().find(|it| it.shown.contains(day)),
        None => history.into_iter().next(),
    };
    let Some(Notice::Published(item)) = past.map(|it| it.notice) else {
        return Err(WebError::NotFound);
    };
    let item = item.item;
    let flow = flow_of(&item).ok_or(WebError::NotFound)?;
    let title = format!("{}流程图", item.name());
    Ok(Drawn { item, flow, title })
}

fn paper(query: &Query) -> Result<Option<FlowPaper>, WebError> {
    let Some(name) = query.first("paper") else { return Ok(None) };
    let paper = FlowPaper::named(name).ok_or_else(|| WebError::unreadable("paper", name))?;
    Ok(Some(paper))
}

/// The fonts of the machine, looked for once.
fn fonts() -> Result<&'static Fonts, PngError> {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    if let Some(fonts) = FONTS.get() {
        return Ok(fonts);
    }
    let fonts = Fonts::of_system()?;
    Ok(FONTS.get_or_init(|| fonts))
}

fn shown(bytes: Vec<u8>, kind: &'static str) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response()
}
