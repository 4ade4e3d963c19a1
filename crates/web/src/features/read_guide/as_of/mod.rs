#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{Html, IntoResponse, Response},
};
use domain::publication::{Notice, Stop};
use store::PastEdition;
use time::Date;

use super::{Asked, answer, area_of};
use crate::{
    error::WebError,
    layout::Shell,
    links::{self, Link},
    words,
};

/// A page of the past is for who has its address, not for search engines.
const NOINDEX: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));

/// 某一天的指南：which day, and what became of it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AsOf {
    pub(super) on: Date,
    pub(super) day: String,
    pub(super) since_then: String,
    pub(super) current: Link,
}

/// Why there is no guide of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    ToCome,
    TooEarly,
}

#[derive(Template)]
#[template(path = "read_guide/no_day.html")]
struct NoDayPage {
    shell: Shell,
    name: String,
    code: String,
    body: String,
    day: String,
    why: Why,
    /// The edition that is published and takes effect only later.
    announced: Option<String>,
    current: Link,
    /// Where the first edition is read, and from when it was shown.
    first: Option<(String, Link)>,
}

/// Shows the item as the public was shown it on a day: at its end, if it changed on that day.
///
/// A function of publications and dates: the time of day has no part in it.
pub(super) async fn show(
    asked: Asked<'_>,
    history: &[PastEdition],
    day: Date,
) -> Result<Response, WebError> {
    if day > asked.app.clock.today() {
        return no_day(asked, history, day, Why::ToCome);
    }
    let Some(at) = history.iter().position(|it| it.shown.contains(day)) else {
        return no_day(asked, history, day, Why::TooEarly);
    };
    let as_of = AsOf {
        on: day,
        day: words::full_date(day),
        since_then: since_then(history, at),
        current: links::guide(asked.code),
    };
    let shown = answer(asked, history, at, Some(as_of)).await?;
    Ok(([NOINDEX], shown).into_response())
}

fn since_then(history: &[PastEdition], at: usize) -> String {
    match history[0].notice.stop() {
        _ if at == 0 => "从那时到现在没有变过。".to_owned(),
        Some((Stop::Suspended, _)) => "这一项现在暂停办理。".to_owned(),
        Some((Stop::Withdrawn, _)) => "这一项现在已经取消。".to_owned(),
        None => {
            let edition = history[0].notice.item().edition;
            format!("现行的是第 {}。", words::counted(edition, "版"))
        }
    }
}

fn no_day(
    asked: Asked<'_>,
    history: &[PastEdition],
    day: Date,
    why: Why,
) -> Result<Response, WebError> {
    let Some(newest) = history.first() else { return Err(WebError::NotFound) };
    let today = asked.app.clock.today();
    let item = newest.notice.item();
    let is_readable = |it: &&PastEdition| !it.shown.is_empty() && it.shown.from <= today;
    let first = history.iter().rev().find(is_readable);
    let announced = match &newest.notice {
        Notice::Published(item) if item.from > today => Some(format!(
            "第 {}，{}起生效",
            words::counted(item.edition, "版"),
            words::full_date(item.from)
        )),
        _ => None,
    };
    let page = NoDayPage {
        shell: Shell::new(asked.app, area_of(item))?,
        name: item.item.name().to_owned(),
        code: asked.code.to_owned(),
        body: item.item.body.name.clone(),
        day: words::full_date(day),
        why,
        announced,
        current: links::guide(asked.code),
        first: first.map(|it| {
            let link = links::as_of(links::guide(asked.code), it.shown.from);
            (words::full_date(it.shown.from), link)
        }),
    };
    Ok((StatusCode::NOT_FOUND, Html(page.render()?)).into_response())
}
