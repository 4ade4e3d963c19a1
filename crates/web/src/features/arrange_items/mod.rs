//! 梳理: an office's items by kind, 目录 and group, in its own order.

mod acts;
mod rows;
mod tree;
mod view;

use askama::Template;
use axum::{
    extract::State,
    response::Response,
    routing::{get, post},
};
use domain::{
    office::{Directory, Group, Office},
    people::{Duty, Role},
    standard::Standard,
};
use store::{Lot, Reached, Tally, Under};

use self::{
    rows::{Block, Pick},
    tree::{Ground, Node, Tree},
    view::View,
};
use crate::{
    AppState,
    error::WebError,
    extract::Query,
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    office::{OfficeTree, Purpose, shown},
    session::{Session, SignedIn},
};

const EDITOR: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/items", Who::Officer(&[]), get(show));
    let map = map.place("/workbench/items/order", EDITOR, post(acts::order));
    let map = map.place("/workbench/items/move", EDITOR, post(acts::move_to));
    let map = map.place("/workbench/items/submit", EDITOR, post(acts::submit));
    let map = map.place("/workbench/items/change", EDITOR, post(acts::change));
    map.place("/workbench/items/number", EDITOR, post(acts::number))
}

/// Items that are listed at once.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "arrange_items/page.html")]
struct Page {
    bench: Bench,
    office: Office,
    /// Where another office is chosen.
    choose: Option<Link>,
    view: View,
    tree: Tree,
    lots: Vec<Node>,
    title: (String, String),
    /// The 目录 that is looked at.
    directory: Option<Directory>,
    blocks: Vec<Block>,
    has_groups: bool,
    more: Option<Link>,
    is_first: bool,
    may_edit: bool,
    /// Whether the list is one that can be put in order.
    is_ordered: bool,
    destinations: Vec<(String, Vec<(String, String)>)>,
    typed: Typed,
}

/// What was ticked and chosen, and why it was not done.
#[derive(Default)]
struct Typed {
    picks: Vec<Pick>,
    to: String,
    faults: Vec<String>,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let view = View::read(|key| query.first(key))?;
    let after = query
        .first("after")
        .map(|text| Reached::parse(text).ok_or_else(|| WebError::unreadable("after", text)));
    let page = page(&app, &session, view, after.transpose()?, Typed::default()).await?;
    shown(&app, &session, page)
}

/// Shows the list again, with what was typed and the reasons.
async fn refused(
    app: &AppState,
    session: &Session,
    view: View,
    typed: Typed,
) -> Result<Response, WebError> {
    let page = page(app, session, view, None, typed).await?.ok_or(WebError::NotFound)?;
    layout::refused(page)
}

/// Returns the page, or `None` where the officer sees no office.
async fn page(
    app: &AppState,
    session: &Session,
    mut view: View,
    after: Option<Reached>,
    typed: Typed,
) -> Result<Option<Page>, WebError> {
    let tree = OfficeTree::of(app, session, view.body, Purpose::Items).await?;
    let Some(OfficeTree { office, tallies, directories, standards, choose }) = tree else {
        return Ok(None);
    };
    view.body = Some(office.id);
    let (scope, store) = (session.actor.scope, &app.store);
    let groups = store.groups(scope, office.id).await?;
    let branch = view.branch(office.id);
    let items = store.arranged(scope, &branch, view.lot, after, PAGE + 1).await?;
    let is_last = items.len() <= PAGE as usize;
    let items = &items[..items.len().min(PAGE as usize)];
    let next = items.last().filter(|_| !is_last).map(|it| it.reached().to_text());
    let ground =
        Ground { view: &view, tallies: &tallies, directories: &directories, standards: &standards };
    let blocks = rows::blocks(app, session, items, &groups, &typed.picks).await?;
    let may_edit = session.actor.has(&Role::Editor);
    let directory = directories.iter().find(|it| view.under == Under::Directory(it.id)).cloned();
    Ok(Some(Page {
        bench: Bench::new(app, session, Room::Items).with_icons(ICONS),
        tree: ground.tree(),
        lots: ground.lots(),
        title: ground.title(),
        destinations: destinations(&standards, &directories, &groups),
        has_groups: blocks.iter().any(|it| it.title.is_some()),
        more: next.map(|it| view.link().with("after", &it)),
        is_first: after.is_none(),
        is_ordered: may_edit && is_ordered(&view, &tallies),
        office,
        choose,
        view,
        directory,
        blocks,
        may_edit,
        typed,
    }))
}

const ICONS: &[&str] = &[
    "alert-triangle",
    "arrow-narrow-down",
    "arrow-narrow-up",
    "file-export",
    "file-import",
    "folder-plus",
    "grip-vertical",
    "plus",
];

/// Items stand in order with those of their kind, 目录 and group.
fn is_ordered(view: &View, tallies: &[Tally]) -> bool {
    let in_directories = tallies.iter().any(|it| {
        Some(&it.kind) == view.kind.as_ref()
            && Some(&it.standard) == view.standard.as_ref()
            && it.directory.is_some()
    });
    view.lot == Lot::All && view.kind.is_some() && (view.under != Under::Any || !in_directories)
}

/// Returns where items may be moved, by kind.
fn destinations(
    standards: &[&Standard],
    directories: &[Directory],
    groups: &[Group],
) -> Vec<(String, Vec<(String, String)>)> {
    let label = |standard: &str, kind: &str| {
        let standard = standards.iter().find(|it| it.id == standard).or(standards.first());
        standard.map_or(kind, |it| it.kind_label(kind)).to_owned()
    };
    let mut all: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut put = |kind: String, value: String, title: String| match all
        .iter_mut()
        .find(|(it, _)| *it == kind)
    {
        Some((_, places)) => places.push((value, title)),
        None => all.push((kind, vec![(value, title)])),
    };
    for group in groups.iter().filter(|it| it.directory.is_none()) {
        put(label("", &group.kind), format!("group.{}", group.id), group.name.clone());
    }
    for it in directories {
        let kind = label(&it.standard, &it.kind);
        put(kind.clone(), format!("directory.{}", it.id), it.name.clone());
        for group in groups.iter().filter(|group| group.directory == Some(it.id)) {
            let title = format!("{} › {}", it.name, group.name);
            put(kind.clone(), format!("group.{}", group.id), title);
        }
    }
    all
}

impl Page {
    fn n_all(&self) -> i64 {
        self.tree.all.n_items
    }

    fn has_bulk(&self) -> bool {
        self.may_edit && !self.blocks.is_empty()
    }

    fn n_columns(&self) -> usize {
        6 + 2 * usize::from(self.may_edit) + usize::from(self.is_ordered)
    }

    fn new_item(&self) -> Link {
        let view = self.view.with_lot(Lot::All);
        view.leading_from(links::new_item())
    }

    fn new_directory(&self) -> Link {
        let link = links::new_directory().with("body", &self.office.id.to_string());
        let link = link.with("standard", self.view.standard.as_deref().unwrap_or_default());
        link.with("kind", self.view.kind.as_deref().unwrap_or_default())
    }

    fn table1(&self) -> Link {
        let link = links::query_export().with("body", &self.office.id.to_string());
        link.with("format", "table1")
    }

    fn groups(&self) -> Link {
        let view = self.view.with_lot(Lot::All);
        view.leading_from(links::groups())
    }
}

#[cfg(test)]
mod tests;
