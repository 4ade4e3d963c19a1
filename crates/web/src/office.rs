//! 单位: whose items an officer arranges, and by which standards.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use domain::{
    item::{BodyId, DirectoryId, GroupId},
    office::{Destination, Directory, Group, Office},
    people::Scope,
    region::RegionCode,
    standard::{Code, Standard},
};
use store::{Selection, Tally, Tx};

use crate::{
    AppState,
    error::WebError,
    layout::{Bench, Room},
    links::{self, Link},
    session::Session,
};

#[derive(Template)]
#[template(path = "no_office.html")]
struct NoOfficePage {
    bench: Bench,
}

/// Answers with a page about an office, or says that the officer sees none yet.
pub(crate) fn shown(
    app: &AppState,
    session: &Session,
    page: Option<impl Template>,
) -> Result<Response, WebError> {
    let page = match page {
        Some(page) => page.render()?,
        None => NoOfficePage { bench: Bench::new(app, session, Room::Items) }.render()?,
    };
    Ok(Html(page).into_response())
}

/// What was chosen for items to go to: a 目录, a group, or straight under their kind.
pub(crate) enum Chosen {
    Directory(Directory),
    Group(Group),
    Kind,
}

impl Chosen {
    /// Reads `none`, `directory.7` or `group.7`; what the officer does not see is not chosen.
    pub(crate) async fn read(
        tx: &mut Tx,
        session: &Session,
        text: &str,
    ) -> Result<Option<Chosen>, WebError> {
        let scope = session.actor.scope;
        let (what, id) = text.split_once('.').unwrap_or((text, ""));
        Ok(match (what, id.parse()) {
            ("none", _) => Some(Chosen::Kind),
            ("directory", Ok(id)) => {
                tx.directory(scope, DirectoryId(id)).await?.map(Chosen::Directory)
            }
            ("group", Ok(id)) => tx.group(scope, GroupId(id)).await?.map(Chosen::Group),
            _ => None,
        })
    }

    pub(crate) fn destination(&self) -> Destination<'_> {
        match self {
            Chosen::Directory(it) => Destination::Directory(it),
            Chosen::Group(it) => Destination::Group(it),
            Chosen::Kind => Destination::Kind,
        }
    }
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

/// 为什么选单位：what is then opened with the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Items,
    NewItem,
    NewDirectory,
    Groups,
}

impl Purpose {
    const ALL: [Purpose; 4] =
        [Purpose::Items, Purpose::NewItem, Purpose::NewDirectory, Purpose::Groups];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Purpose::Items => "items",
            Purpose::NewItem => "new-item",
            Purpose::NewDirectory => "new-directory",
            Purpose::Groups => "groups",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|it| it.as_str() == text)
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Purpose::Items => "看它的事项",
            Purpose::NewItem => "在它下面新增事项",
            Purpose::NewDirectory => "在它下面新增目录",
            Purpose::Groups => "管理它的分组",
        }
    }

    /// Leads to what is done with an office.
    pub(crate) fn link(self, office: BodyId) -> Link {
        let page = match self {
            Purpose::Items => links::items(),
            Purpose::NewItem => links::new_item(),
            Purpose::NewDirectory => links::new_directory(),
            Purpose::Groups => links::groups(),
        };
        page.with("body", &office.to_string())
    }

    /// Leads to where the office is chosen, in a region.
    pub(crate) fn chooser(self, region: Option<RegionCode>) -> Link {
        let region = region.map(|it| it.to_string()).unwrap_or_default();
        links::offices(self.as_str()).with("region", &region)
    }
}

/// 单位和它的树：its 目录, what stands under them, and the standards that it follows.
pub(crate) struct OfficeTree<'a> {
    pub(crate) office: Office,
    pub(crate) tallies: Vec<Tally>,
    pub(crate) directories: Vec<Directory>,
    pub(crate) standards: Vec<&'a Standard>,
    /// Where another office is chosen, for who sees more than one.
    pub(crate) choose: Option<Link>,
}

impl<'a> OfficeTree<'a> {
    /// Reads that of the office which is asked for, else of the first that the officer sees;
    /// `None` where they see none.
    pub(crate) async fn of(
        app: &'a AppState,
        session: &Session,
        asked: Option<BodyId>,
        purpose: Purpose,
    ) -> Result<Option<OfficeTree<'a>>, WebError> {
        let scope = session.actor.scope;
        let office = match asked {
            Some(_) => Some(office(app, session, asked).await?),
            None => app.store.first_office(scope).await?,
        };
        let Some(office) = office else { return Ok(None) };
        let tallies = app.store.tree(scope, office.id).await?;
        let directories = app.store.directories(scope, office.id).await?;
        let standards = standards(app, &office, &tallies, &directories).await?;
        let choose = match scope {
            Scope::Body(_) => None,
            _ => Some(purpose.chooser(Some(office.region))),
        };
        Ok(Some(OfficeTree { office, tallies, directories, standards, choose }))
    }
}

/// Returns the office that is asked for, else the first that the officer sees.
pub(crate) async fn office(
    app: &AppState,
    session: &Session,
    asked: Option<BodyId>,
) -> Result<Office, WebError> {
    let scope = session.actor.scope;
    let found = match asked {
        Some(id) => app.store.office(scope, id).await?,
        None => app.store.first_office(scope).await?,
    };
    found.ok_or(WebError::NotFound)
}

/// Reads the office that a form or an address names.
pub(crate) fn read_body(text: &str) -> Option<BodyId> {
    text.parse().ok().map(BodyId)
}

/// Returns the standards under which an office works: those of what it has, else those that its
/// neighbours follow, else the nation's.
async fn standards<'a>(
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
