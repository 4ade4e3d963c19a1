//! 目录 and 分组: how an office parts its items, and what a 目录 hands on to new ones.

mod groups;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::{
    content::{Content, keys, read_form},
    item::DirectoryId,
    office::{self, Directory, Office, Shift},
    people::Duty,
    standard::Standard,
};
use serde::Deserialize;
use store::StoreError;

use crate::{
    AppState,
    attaching::foreign,
    controls::{Control, Input},
    error::WebError,
    extract::{Form, Path, Query},
    layout::{Bench, Room, refused},
    links::{self, Link},
    map::{Map, Who},
    office::{Chosen, KindChoices, OfficeTree, Purpose, kind_choices, office, read_body, shown},
    refusals,
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/directories", WHO, get(show_new).post(add));
    let map = map.place("/workbench/directories/{directory}", WHO, get(show).post(change));
    let map = map.place("/workbench/directories/{directory}/order", WHO, post(order));
    let map = map.place("/workbench/directories/{directory}/abolish", WHO, post(abolish));
    let map = map.place("/workbench/groups", WHO, get(groups::list).post(groups::add));
    map.place("/workbench/groups/{group}", WHO, post(groups::change))
}

#[derive(Template)]
#[template(path = "keep_directories/new.html")]
struct NewPage {
    bench: Bench,
    office: Office,
    choose: Option<Link>,
    kinds: Vec<KindChoices>,
    typed: Typed,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "keep_directories/directory.html")]
struct DirectoryPage {
    bench: Bench,
    directory: Directory,
    kind: String,
    branch: Link,
    name: String,
    sections: Vec<Section>,
    n_items: u32,
    /// Where its items may go when it is abolished.
    destinations: Vec<(String, String)>,
    fault: Option<String>,
    abolishing: Option<String>,
}

/// A section of the basic information.
struct Section {
    title: String,
    n_filled: usize,
    fields: Vec<(String, Input)>,
}

/// What is typed of a new 目录.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    /// Standard and kind, parted by a space.
    kind: String,
    name: String,
}

#[derive(Deserialize)]
struct Order {
    shift: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Abolishing {
    to: String,
}

async fn show_new(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let get = |key: &str| query.first(key).unwrap_or_default().to_owned();
    let kind = format!("{} {}", get("standard"), get("kind"));
    let typed = Typed { body: get("body"), kind, name: String::new() };
    shown(&app, &session, new_page(&app, &session, typed, None).await?)
}

/// `POST /workbench/directories`
async fn add(
    State(app): State<AppState>,
    session: SignedIn,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let own = office(&app, &session, read_body(&typed.body)).await?;
    let (standard, kind) = typed.kind.split_once(' ').unwrap_or_default();
    let standard = app.standards.get(standard).unwrap_or_else(|| app.standards.national());
    let (actor, nothing) = (&session.actor, Content::new());
    let opened = office::open_directory(actor, kind, &typed.name, &nothing, standard);
    let fault = match opened {
        Ok((name, defaults)) => {
            let mut tx = app.store.begin().await?;
            match tx.add_directory(own.id, &standard.id, kind, &name, &defaults).await {
                Ok(added) => {
                    tx.commit().await?;
                    return Ok(links::directory(&added.id).redirect());
                }
                Err(StoreError::Taken { .. }) => taken(&name),
                Err(error) => return Err(error.into()),
            }
        }
        Err(refusal) => refusals::of_office(&refusal, standard),
    };
    let page = new_page(&app, &session, typed, Some(fault)).await?.ok_or(WebError::NotFound)?;
    refused(page)
}

fn taken(name: &str) -> String {
    office::Refusal::NameTaken { name: name.to_owned() }.to_string()
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let directory = visible(&app, &session, id).await?;
    let name = directory.name.clone();
    Ok(Html(page(&app, &session, directory, name, (None, None)).await?.render()?))
}

/// `POST /workbench/directories/{directory}`: its name, and what it hands on.
async fn change(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let mut directory = visible(&app, &session, id).await?;
    let standard = app.standard(&directory.standard);
    // The name of the 目录 has a field of its own, beside those of the elements.
    let name = fields.iter().find(|(key, _)| key == "directory").map(|(_, name)| name.clone());
    let name = name.unwrap_or_default();
    let given = read_form(&fields, &directory.defaults, standard);
    let (actor, kind) = (&session.actor, &directory.kind);
    let fault = match office::open_directory(actor, kind, &name, &given, standard) {
        Ok((name, defaults)) => {
            let mut tx = app.store.begin().await?;
            let foreign = foreign(&mut tx, actor.scope, &directory.defaults, &defaults).await?;
            if foreign.is_empty() {
                match tx.change_directory(directory.id, &name, &defaults).await {
                    Ok(()) => {
                        tx.commit().await?;
                        return Ok(links::directory(&directory.id).redirect());
                    }
                    Err(StoreError::Taken { .. }) => taken(&name),
                    Err(error) => return Err(error.into()),
                }
            } else {
                refusals::of_foreign(&foreign)
            }
        }
        Err(refusal) => refusals::of_office(&refusal, standard),
    };
    directory.defaults = given;
    let page = page(&app, &session, directory, name, (Some(fault), None)).await?;
    refused(page)
}

/// `POST /workbench/directories/{directory}/order`
async fn order(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(order): Form<Order>,
) -> Result<Response, WebError> {
    let directory = visible(&app, &session, id).await?;
    let shift = read_shift(&order.shift)?;
    let mut tx = app.store.begin().await?;
    tx.shift_directory(directory.body, &directory.kind, directory.id, shift).await?;
    tx.commit().await?;
    Ok(links::directory(&directory.id).redirect())
}

fn read_shift(text: &str) -> Result<Shift, WebError> {
    match text {
        "up" => Ok(Shift::Up),
        "down" => Ok(Shift::Down),
        _ => Err(WebError::BadForm),
    }
}

/// `POST /workbench/directories/{directory}/abolish`
async fn abolish(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(form): Form<Abolishing>,
) -> Result<Response, WebError> {
    let directory = visible(&app, &session, id).await?;
    let standard = app.standard(&directory.standard);
    let mut tx = app.store.begin().await?;
    let n_items = tx.count_under(directory.id).await?;
    let to = Chosen::read(&mut tx, &session, &form.to).await?;
    let to = to.as_ref().map(Chosen::destination);
    let decided = office::abolish_directory(&session.actor, &directory, n_items, to, standard);
    let fault = match decided {
        Ok(seat) => {
            if let Some(seat) = seat {
                tx.empty_directory(directory.body, directory.id, seat).await?;
            }
            match tx.abolish_directory(directory.id, app.clock.now()).await {
                Ok(()) => {
                    tx.commit().await?;
                    let Directory { body, standard, kind, .. } = &directory;
                    return Ok(links::branch(body, standard, kind, None).redirect());
                }
                Err(StoreError::Stale { .. }) => "刚才又有事项归进来，请再看一遍".to_owned(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(refusal) => refusals::of_office(&refusal, standard),
    };
    drop(tx);
    let name = directory.name.clone();
    let page = page(&app, &session, directory, name, (None, Some(fault))).await?;
    refused(page)
}

/// Returns a 目录 of the officer's scope that is not abolished.
async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Directory, WebError> {
    let directory = app.store.directory(session.actor.scope, DirectoryId(id)).await?;
    directory.filter(|it| !it.is_abolished).ok_or(WebError::NotFound)
}

/// Returns the page, or `None` where the officer sees no office.
async fn new_page(
    app: &AppState,
    session: &Session,
    typed: Typed,
    fault: Option<String>,
) -> Result<Option<NewPage>, WebError> {
    let tree = OfficeTree::of(app, session, read_body(&typed.body), Purpose::NewDirectory).await?;
    let Some(OfficeTree { office, standards, choose, .. }) = tree else { return Ok(None) };
    let (bench, kinds) = (Bench::new(app, session, Room::Items), kind_choices(&standards));
    Ok(Some(NewPage { bench, office, choose, kinds, typed, fault }))
}

async fn page(
    app: &AppState,
    session: &Session,
    directory: Directory,
    name: String,
    (fault, abolishing): (Option<String>, Option<String>),
) -> Result<DirectoryPage, WebError> {
    let (scope, standard) = (session.actor.scope, app.standard(&directory.standard));
    let n_items = app.store.count_under(directory.id).await?;
    let others = app.store.directories(scope, directory.body).await?;
    let groups = app.store.groups(scope, directory.body).await?;
    let alike = others.iter().filter(|it| it.kind == directory.kind && it.id != directory.id);
    let mut destinations: Vec<(String, String)> = Vec::new();
    if !standard.needs_directory(&directory.kind) {
        destinations.push(("none".into(), "不设目录".into()));
        let loose = groups.iter().filter(|it| it.directory.is_none() && it.kind == directory.kind);
        destinations.extend(loose.map(|it| (format!("group.{}", it.id), it.name.clone())));
    }
    for other in alike {
        destinations.push((format!("directory.{}", other.id), other.name.clone()));
        for group in groups.iter().filter(|it| it.directory == Some(other.id)) {
            let title = format!("{} › {}", other.name, group.name);
            destinations.push((format!("group.{}", group.id), title));
        }
    }
    let Directory { body, kind, id, .. } = &directory;
    Ok(DirectoryPage {
        bench: Bench::new(app, session, Room::Items),
        kind: standard.kind_label(kind).to_owned(),
        branch: links::branch(body, &standard.id, kind, Some(*id)),
        sections: sections(&directory.defaults, standard),
        name,
        n_items,
        destinations,
        fault,
        abolishing,
        directory,
    })
}

/// Returns what a 目录 can hand on, as the fields of a form.
fn sections(defaults: &Content, standard: &Standard) -> Vec<Section> {
    let of = |section: &domain::standard::Section| {
        let own = standard.elements().iter().filter(|it| it.section == section.id);
        let own: Vec<_> = own.filter(|it| it.key != keys::NAME && !it.identifying).collect();
        let n_filled = own.iter().filter(|it| defaults.get(&it.key).is_some()).count();
        let field = |it: &&domain::standard::Element| {
            let control = Control::of(&it.key, defaults.get(&it.key), it.shape(), false, standard);
            (it.label.clone(), Input::plain(&it.key, control))
        };
        Section { title: section.title.clone(), n_filled, fields: own.iter().map(field).collect() }
    };
    let mut sections: Vec<Section> = standard.sections.iter().map(of).collect();
    sections.retain(|it| !it.fields.is_empty());
    sections
}

#[cfg(test)]
mod tests;
