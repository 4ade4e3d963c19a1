//! 单位: whose items an officer arranges, and by which standards.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use domain::{
    item::BodyId,
    office::{Directory, Office},
    people::Scope,
    standard::{Code, Standard},
};
use store::{Selection, Tally};

use crate::{
    AppState,
    error::WebError,
    layout::{Bench, Room},
    session::Session,
};

#[derive(Template)]
#[template(path = "no_office.html")]
struct NoOfficePage {
    bench: Bench,
}

/// Returns the page for an officer who sees no office yet.
pub(crate) fn no_office(app: &AppState, session: &Session) -> Result<Response, WebError> {
    let bench = Bench::new(app, session, Room::Items);
    Ok(Html(NoOfficePage { bench }.render()?).into_response())
}

/// The kinds of one part of a standard's tree, as a form offers them: `standard kind`, since a
/// kind's code says nothing without its standard, and the label.
pub(crate) struct KindChoices {
    pub(crate) title: String,
    pub(crate) kinds: Vec<(String, String)>,
}

/// Returns the kinds of these standards, part by part.
pub(crate) fn kind_choices(standards: &[&Standard]) -> Vec<KindChoices> {
    let is_one = standards.len() == 1;
    let of = |standard: &&Standard| {
        let part = |(title, kinds): (&str, Vec<&Code>)| {
            let kind = |it: &&Code| {
                let note = if it.needs_directory { "（要归在目录下）" } else { "" };
                (format!("{} {}", standard.id, it.code), format!("{}{note}", it.label))
            };
            let title = match is_one {
                true => title.to_owned(),
                false => format!("{}{title}", standard.title),
            };
            KindChoices { title, kinds: kinds.iter().map(kind).collect() }
        };
        standard.tree().into_iter().map(part).collect::<Vec<_>>()
    };
    standards.iter().flat_map(of).collect()
}

/// Returns the office that is asked for, else the first that the officer sees; with it all others.
pub(crate) async fn offices(
    app: &AppState,
    session: &Session,
    asked: Option<BodyId>,
) -> Result<(Option<Office>, Vec<Office>), WebError> {
    let all = app.store.offices(session.actor.scope).await?;
    let office = match asked {
        None => all.first().cloned(),
        Some(id) => Some(all.iter().find(|it| it.id == id).cloned().ok_or(WebError::NotFound)?),
    };
    Ok((office, all))
}

/// Returns the office that is asked for; without one, the one that the officer's scope is.
pub(crate) async fn office(
    app: &AppState,
    session: &Session,
    asked: Option<BodyId>,
) -> Result<Office, WebError> {
    let own = match session.actor.scope {
        Scope::Body(id) => Some(id),
        _ => None,
    };
    let (office, _) = offices(app, session, asked.or(own)).await?;
    office.ok_or(WebError::NotFound)
}

/// Returns the standards under which an office works: those of what it has, else those that its
/// neighbours follow, else the nation's.
pub(crate) async fn standards<'a>(
    app: &'a AppState,
    office: &Office,
    tallies: &[Tally],
    directories: &[Directory],
) -> Result<Vec<&'a Standard>, WebError> {
    let of_items = tallies.iter().map(|it| it.standard.clone());
    let mut ids: BTreeSet<String> =
        of_items.chain(directories.iter().map(|it| it.standard.clone())).collect();
    if ids.is_empty() {
        let region = Selection { region: Some(office.region), ..Selection::default() };
        ids.extend(app.store.standards_in_use(&region).await?);
    }
    let known: Vec<&Standard> = ids.iter().filter_map(|id| app.standards.get(id)).collect();
    Ok(if known.is_empty() { vec![app.standards.national()] } else { known })
}
