//! Announce changes (事项变化): what was published, changed or stopped, as an Atom feed that
//! anyone may follow (RFC 4287), of a region or of all, in pages (RFC 5005).
//!
//! An entry is a publication and bears its hash, the feed that of the first one: neither
//! changes when the site moves to another address or machine.

#[cfg(test)]
mod tests;

use std::io;

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    chain::{self, GENESIS},
    publication::{Notice, Stop},
};
use store::{Change, Changes};
use time::Date;
use uuid::Uuid;

use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout,
    links::{self, Area},
    map::{Map, Who},
    origin::{Here, Origin},
    words,
    xml::Xml,
};

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
const KIND: &str = "application/atom+xml";
const PAGE: u32 = 50;

const ATOM: [(HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"))];

pub(super) fn places(map: Map) -> Map {
    map.place("/changes.atom", Who::Anyone, get(show))
}

/// `GET /changes.atom`
async fn show(
    State(app): State<AppState>,
    Here(origin): Here,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["region", "before"])?;
    let area = match query.first("region") {
        None => Area::All,
        Some(text) => {
            let unknown = || WebError::unreadable("region", text);
            Area::read(text).ok_or_else(unknown)?
        }
    };
    let before = query.number("before")?;
    let asked = Changes { region: area.code(), before, is_current: false };
    let mut changes = app.store.changes(asked, PAGE + 1).await?;
    let has_more = changes.len() > PAGE as usize;
    changes.truncate(PAGE as usize);
    let first = app.store.first_publication().await?;
    let feed = Feed {
        title: format!("{}：事项变化", layout::site_name(&app, area)),
        id: feed_id(first.as_deref().unwrap_or(GENESIS), area),
        area,
        before,
        older: changes.last().filter(|_| has_more).map(|it| it.publication.seq),
        updated: changes.iter().map(|it| it.since).max().unwrap_or(app.clock.today()),
        origin,
    };
    Ok((ATOM, feed.write(&changes)?).into_response())
}

struct Feed {
    title: String,
    id: String,
    area: Area,
    before: Option<i64>,
    /// Before which the next page begins.
    older: Option<i64>,
    updated: Date,
    origin: Origin,
}

impl Feed {
    fn write(&self, changes: &[Change]) -> io::Result<Vec<u8>> {
        let mut xml = Xml::begin("feed", NAMESPACE)?;
        xml.text("id", &self.id)?;
        xml.text("title", &self.title)?;
        xml.text("updated", &moment(self.updated))?;
        self.link(&mut xml, "self", KIND, &links::changes(self.area, self.before))?;
        self.link(&mut xml, "alternate", "text/html", &links::home(self.area))?;
        if self.before.is_some() {
            self.link(&mut xml, "first", KIND, &links::changes(self.area, None))?;
        }
        if self.older.is_some() {
            self.link(&mut xml, "next", KIND, &links::changes(self.area, self.older))?;
        }
        for change in changes {
            self.entry(&mut xml, change)?;
        }
        xml.end()
    }

    fn entry(&self, xml: &mut Xml, change: &Change) -> io::Result<()> {
        let notice = &change.publication.notice;
        let item = notice.item();
        let (kind, what) = what(change);
        xml.open("entry")?;
        xml.text("id", &urn(&change.hash))?;
        xml.text("title", &format!("{}：{what}", item.item.name()))?;
        xml.text("updated", &moment(change.since))?;
        xml.open("author")?;
        xml.text("name", &item.item.body.name)?;
        xml.close("author")?;
        self.link(xml, "alternate", "text/html", &links::guide(&change.code))?;
        xml.empty("category", &[("term", kind), ("label", &what)])?;
        xml.text("summary", &summary(notice))?;
        xml.close("entry")
    }

    fn link(&self, xml: &mut Xml, relation: &str, kind: &str, to: &links::Link) -> io::Result<()> {
        let address = self.origin.of(to);
        xml.empty("link", &[("rel", relation), ("type", kind), ("href", &address)])
    }
}

/// Returns what happened, for machines and for people.
fn what(change: &Change) -> (&'static str, String) {
    let notice = &change.publication.notice;
    let was_stopped = change.before.as_ref().map(|before| before.stop().is_some());
    match (notice.stop(), was_stopped) {
        (Some((Stop::Suspended, _)), _) => ("suspended", "暂停办理".to_owned()),
        (Some((Stop::Withdrawn, _)), _) => ("withdrawn", "取消，不再办理".to_owned()),
        (None, None) => ("published", "首次公布".to_owned()),
        (None, Some(true)) => ("resumed", "恢复办理".to_owned()),
        (None, Some(false)) => {
            ("changed", format!("更新为第 {}", words::counted(notice.item().edition, "版")))
        }
    }
}

fn summary(notice: &Notice) -> String {
    let since = words::full_date(notice.since());
    match notice.stop() {
        Some((Stop::Suspended, reason)) => format!("{since}起暂停办理。原因：{reason}"),
        Some((Stop::Withdrawn, reason)) => format!("{since}起取消，不再办理。原因：{reason}"),
        None => format!("{since}起生效。"),
    }
}

/// Publications name days; a day begins at midnight in the office.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00+08:00")
}

fn feed_id(first: &str, area: Area) -> String {
    urn(&chain::link(first, &[b"changes.atom", area.parameter().as_bytes()]))
}

/// Returns a name for what has this hash: the first half of it, as a UUID of the form that is
/// free to hold such a thing (RFC 9562, version 8).
fn urn(hash: &str) -> String {
    let byte =
        |at: usize| hash.get(2 * at..2 * at + 2).and_then(|it| u8::from_str_radix(it, 16).ok());
    let bytes = std::array::from_fn(|at| byte(at).unwrap_or_default());
    Uuid::new_v8(bytes).urn().to_string()
}
