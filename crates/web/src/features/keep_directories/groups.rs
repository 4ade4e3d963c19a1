//! 分组管理: the groups of an office, under a kind or a 目录.

use askama::Template;
use axum::{extract::State, response::Response};
use domain::{
    item::{BodyId, DirectoryId, GroupId},
    office::{self, Directory, Group, Office, read_name},
};
use serde::Deserialize;
use store::StoreError;

use super::read_shift;
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{self, Bench, Room},
    links::{self, Link},
    office::{KindChoices, OfficeTree, Purpose, kind_choices, office, read_body, shown},
    refusals,
    session::{Session, SignedIn},
};

#[derive(Template)]
#[template(path = "keep_directories/groups.html")]
struct Page {
    bench: Bench,
    office: Office,
    choose: Option<Link>,
    groups: Vec<Line>,
    kinds: Vec<KindChoices>,
    directories: Vec<Directory>,
    typed: Typed,
    fault: Option<String>,
}

struct Line {
    group: Group,
    place: String,
    branch: Link,
}

/// What is typed of a group.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    body: String,
    /// `standard kind`, or `directory.7`.
    place: String,
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    name: String,
    /// `rename`, `up`, `down`, `dissolve`
    act: String,
}

pub(super) async fn list(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let get = |key: &str| query.first(key).unwrap_or_default().to_owned();
    let place = match query.first("directory").filter(|it| *it != "none") {
        Some(id) => format!("directory.{id}"),
        None => format!("{} {}", get("standard"), get("kind")),
    };
    let typed = Typed { body: get("body"), place, name: String::new() };
    shown(&app, &session, page(&app, &session, typed, None).await?)
}

/// `POST /workbench/groups`
pub(super) async fn add(
    State(app): State<AppState>,
    session: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let own = office(&app, &session, read_body(&typed.body)).await?;
    let mut tx = app.store.begin().await?;
    let directory = match typed.place.strip_prefix("directory.").map(str::parse) {
        Some(Ok(id)) => tx.directory(session.actor.scope, DirectoryId(id)).await?,
        _ => None,
    };
    let chosen = match &directory {
        Some(it) => Some((app.standard(&it.standard), it.kind.as_str())),
        None => typed.place.split_once(' ').and_then(|(standard, kind)| {
            let standard = app.standards.get(standard)?;
            standard.kinds().iter().any(|it| it.code == kind).then_some((standard, kind))
        }),
    };
    let Some((standard, kind)) = chosen else {
        drop(tx);
        return refused(&app, &session, typed, "请选分组放在哪里".into()).await;
    };
    let (actor, under) = (&session.actor, directory.as_ref());
    let fault = match office::open_group(actor, own.id, kind, under, &typed.name) {
        Ok(name) => match tx.add_group(own.id, kind, under.map(|it| it.id), &name).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(back(own.id));
            }
            Err(StoreError::Taken { .. }) => taken(&name),
            Err(error) => return Err(error.into()),
        },
        Err(refusal) => refusals::of_office(&refusal, standard),
    };
    drop(tx);
    refused(&app, &session, typed, fault).await
}

/// `POST /workbench/groups/{group}`: renamed, moved up or down, dissolved.
pub(super) async fn change(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(change): Form<Change>,
) -> Result<Response, WebError> {
    let mut tx = app.store.begin().await?;
    let group = tx.group(session.actor.scope, GroupId(id)).await?.ok_or(WebError::NotFound)?;
    let Group { id, body, kind, directory, .. } = group;
    match change.act.as_str() {
        "dissolve" => tx.dissolve_group(id).await?,
        "rename" => {
            let fault = match read_name(&change.name) {
                Ok(name) => match tx.rename_group(id, &name).await {
                    Ok(()) => None,
                    Err(StoreError::Taken { .. }) => Some(taken(&name)),
                    Err(error) => return Err(error.into()),
                },
                Err(refusal) => Some(refusals::of_office(&refusal, app.standards.national())),
            };
            if let Some(fault) = fault {
                drop(tx);
                let typed = Typed { body: body.to_string(), ..Typed::default() };
                return refused(&app, &session, typed, fault).await;
            }
        }
        shift => tx.shift_group(body, &kind, directory, id, read_shift(shift)?).await?,
    }
    tx.commit().await?;
    Ok(back(body))
}

fn taken(name: &str) -> String {
    format!("那里已经有叫“{name}”的分组")
}

fn back(body: BodyId) -> Response {
    links::groups().with("body", &body.to_string()).redirect()
}

async fn refused(
    app: &AppState,
    session: &Session,
    typed: Typed,
    fault: String,
) -> Result<Response, WebError> {
    let page = page(app, session, typed, Some(fault)).await?.ok_or(WebError::NotFound)?;
    layout::refused(page)
}

async fn page(
    app: &AppState,
    session: &Session,
    typed: Typed,
    fault: Option<String>,
) -> Result<Option<Page>, WebError> {
    let tree = OfficeTree::of(app, session, read_body(&typed.body), Purpose::Groups).await?;
    let Some(OfficeTree { office, directories, standards, choose, .. }) = tree else {
        return Ok(None);
    };
    let line = |group: Group| {
        let directory = directories.iter().find(|it| Some(it.id) == group.directory);
        let named = directory.map(|it| app.standard(&it.standard));
        // A group under a kind does not say whose kind it is.
        let standard = named.unwrap_or_else(|| {
            let knows = |it: &&&domain::standard::Standard| {
                it.kinds().iter().any(|kind| kind.code == group.kind)
            };
            standards.iter().find(knows).unwrap_or(&standards[0])
        });
        let kind = standard.kind_label(&group.kind);
        let place = directory.map_or(kind.to_owned(), |it| format!("{kind} › {}", it.name));
        let branch = links::branch(&office.id, &standard.id, &group.kind, group.directory);
        Line { place, branch, group }
    };
    let groups =
        app.store.groups(session.actor.scope, office.id).await?.into_iter().map(line).collect();
    let kinds = kind_choices(&standards);
    let bench =
        Bench::new(app, session, Room::Items).with_icons(&["arrow-narrow-up", "arrow-narrow-down"]);
    Ok(Some(Page { bench, office, choose, groups, kinds, directories, typed, fault }))
}

impl Page {
    fn is_chosen(&self, directory: &DirectoryId) -> bool {
        self.typed.place == format!("directory.{directory}")
    }
}
