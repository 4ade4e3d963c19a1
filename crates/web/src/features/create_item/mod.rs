//! 新增事项: an item is begun in its place of the tree, or like another one.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::get,
};
use domain::{
    edition::Edition,
    item::{BodyId, DirectoryId, ItemId},
    office::{self, Destination, Directory, NewItem, Office},
    people::Duty,
    standard::Operation,
};
use serde::Deserialize;
use store::{Found, Tx};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    office::{KindChoices, OfficeTree, Purpose, kind_choices, office, read_body, shown},
    refusals,
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/items/new", WHO, get(show).post(add));
    map.place("/workbench/items/{item}/copy", WHO, get(show_copy).post(copy))
}

#[derive(Template)]
#[template(path = "create_item/new.html")]
struct NewPage {
    bench: Bench,
    office: Office,
    choose: Option<Link>,
    kinds: Vec<KindChoices>,
    /// 目录 by the label of their kind.
    directories: Vec<(String, Vec<Directory>)>,
    typed: Typed,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "create_item/copy.html")]
struct CopyPage {
    bench: Bench,
    from: Found,
    typed: Typed,
    fault: Option<String>,
}

/// What is typed of a new item.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    /// Standard and kind, parted by a space: a kind's code says nothing without its standard.
    kind: String,
    directory: String,
    name: String,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let get = |key: &str| query.first(key).unwrap_or_default().to_owned();
    let kind = match (query.first("standard"), query.first("kind")) {
        (Some(standard), Some(kind)) => format!("{standard} {kind}"),
        _ => String::new(),
    };
    let typed = Typed { body: get("body"), kind, directory: get("directory"), name: get("name") };
    shown(&app, &session, new_page(&app, &session, typed, None).await?)
}

/// `POST /workbench/items/new`
async fn add(
    State(app): State<AppState>,
    session: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let own = office(&app, &session, read_body(&typed.body)).await?;
    let (standard, kind) = typed.kind.split_once(' ').unwrap_or_default();
    let Some(standard) = app.standards.get(standard) else {
        return refused(&app, &session, typed, "请选事项类型".into()).await;
    };
    let mut tx = app.store.begin().await?;
    let directory = match typed.directory() {
        Some(id) => {
            let found = tx.directory(session.actor.scope, id).await?;
            Some(found.ok_or(WebError::NotFound)?)
        }
        None => None,
    };
    let is_taken = is_taken(&mut tx, own.id, kind, &typed.name).await?;
    let new = NewItem { kind, name: &typed.name, directory: directory.as_ref(), is_taken };
    let to = directory.as_ref().map_or(Destination::Kind, Destination::Directory);
    let begun = office::begin_item(&session.actor, &own, new, standard).and_then(|record| {
        let seat = office::seat(&session.actor, own.id, kind, to, standard)?;
        Ok((record, seat))
    });
    let (record, seat) = match begun {
        Ok(begun) => begun,
        Err(refusal) => {
            drop(tx);
            let fault = refusals::of_office(&refusal, standard);
            return refused(&app, &session, typed, fault).await;
        }
    };
    let (id, item) = (tx.new_edition_id().await?, tx.new_item_id().await?);
    let draft = Edition::draft(id, item, 1, Operation::Create, record, standard);
    tx.add_item(own.id, &draft, seat).await?;
    tx.commit().await?;
    Ok(links::edit(&draft.id).redirect())
}

async fn show_copy(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let from = found(&app, &session, id).await?;
    let name = from.working().unwrap_or(&from.current).record.name().to_owned();
    let typed = Typed { name, ..Typed::default() };
    Ok(Html(copy_page(&app, &session, from, typed, None).render()?))
}

/// `POST /workbench/items/{item}/copy`
async fn copy(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let from = found(&app, &session, id).await?;
    let record = &from.working().unwrap_or(&from.current).record;
    let standard = app.standard(&record.standard);
    let mut tx = app.store.begin().await?;
    let seated = tx.seated(session.actor.scope, &[ItemId(id)]).await?.pop();
    let seated = seated.ok_or(WebError::NotFound)?;
    let is_taken = is_taken(&mut tx, seated.body, &record.kind, &typed.name).await?;
    let new = NewItem { kind: &record.kind, name: &typed.name, directory: None, is_taken };
    let record = match office::copy_item(&session.actor, record, new, standard) {
        Ok(record) => record,
        Err(refusal) => {
            drop(tx);
            let fault = Some(refusals::of_office(&refusal, standard));
            let page = copy_page(&app, &session, from, typed, fault);
            return layout::refused(page);
        }
    };
    let (id, item) = (tx.new_edition_id().await?, tx.new_item_id().await?);
    let draft = Edition::draft(id, item, 1, Operation::Create, record, standard);
    tx.add_item(seated.body, &draft, seated.seat).await?;
    tx.commit().await?;
    Ok(links::edit(&draft.id).redirect())
}

async fn found(app: &AppState, session: &Session, id: i64) -> Result<Found, WebError> {
    let found = app.store.found(session.actor.scope, &[ItemId(id)]).await?.pop();
    found.ok_or(WebError::NotFound)
}

/// Tells whether the office has an item of this kind and name already.
async fn is_taken(tx: &mut Tx, body: BodyId, kind: &str, name: &str) -> Result<bool, WebError> {
    let items = tx.items_by_name(body, &[name.trim()]).await?;
    Ok(items.iter().any(|it| it.kind == kind))
}

async fn refused(
    app: &AppState,
    session: &Session,
    typed: Typed,
    fault: String,
) -> Result<Response, WebError> {
    let page = new_page(app, session, typed, Some(fault)).await?.ok_or(WebError::NotFound)?;
    layout::refused(page)
}

/// Returns the page, or `None` where the officer sees no office.
async fn new_page(
    app: &AppState,
    session: &Session,
    typed: Typed,
    fault: Option<String>,
) -> Result<Option<NewPage>, WebError> {
    let tree = OfficeTree::of(app, session, read_body(&typed.body), Purpose::NewItem).await?;
    let Some(OfficeTree { office, directories: all, standards, choose, .. }) = tree else {
        return Ok(None);
    };
    let kinds = kind_choices(&standards);
    let mut directories: Vec<(String, Vec<Directory>)> = Vec::new();
    for directory in all {
        let label = app.standard(&directory.standard).kind_label(&directory.kind).to_owned();
        match directories.iter_mut().find(|(it, _)| *it == label) {
            Some((_, of_kind)) => of_kind.push(directory),
            None => directories.push((label, vec![directory])),
        }
    }
    let bench = Bench::new(app, session, Room::Items);
    Ok(Some(NewPage { bench, office, choose, kinds, directories, typed, fault }))
}

fn copy_page(
    app: &AppState,
    session: &Session,
    from: Found,
    typed: Typed,
    fault: Option<String>,
) -> CopyPage {
    CopyPage { bench: Bench::new(app, session, Room::Items), from, typed, fault }
}

impl Typed {
    fn directory(&self) -> Option<DirectoryId> {
        self.directory.parse().ok().map(DirectoryId)
    }
}

impl NewPage {
    fn is_chosen(&self, directory: &DirectoryId) -> bool {
        self.typed.directory == directory.to_string()
    }
}

#[cfg(test)]
mod tests;
