//! What stands around every page of the workbench.

use domain::people::Duty;

use super::icons::{self, Icon, icon};
use crate::{
    AppState, assets,
    links::{self, Link},
    session::{CSRF, MOST_COUNTED, Session},
};

/// 工作台的外框。
#[derive(Debug, Clone)]
pub(crate) struct Bench {
    pub(crate) is_demo: bool,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) csrf: String,
    pub(crate) entries: Vec<Entry>,
    /// The pages of 配置 that are open to the officer.
    configured: Vec<(&'static str, Link)>,
    icons: Vec<Icon>,
}

/// 主导航的一格。
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) room: Room,
    pub(crate) link: Link,
    pub(crate) is_here: bool,
    /// How many tasks wait there.
    pub(crate) n: Option<String>,
}

/// 工作台的各处，按主导航的次序。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    Tasks,
    Items,
    Query,
    Libraries,
    Approvals,
    Administration,
    /// A page that no entry leads to.
    Elsewhere,
}

impl Bench {
    pub(crate) fn new(app: &AppState, session: &Session, here: Room) -> Bench {
        let configured = configured(session);
        let entries = Room::ALL.into_iter().filter_map(|room| {
            let link = room.link(&configured)?;
            Some(Entry::of(room, link, session, here))
        });
        Bench {
            is_demo: app.settings.demo,
            name: session.officer.name.clone(),
            place: session.place.clone(),
            csrf: session.csrf.clone(),
            entries: entries.collect(),
            configured,
            icons: Vec::new(),
        }
    }

    /// Adds icons that the page uses beside the frame's own.
    pub(crate) fn with_icons(mut self, names: &[&str]) -> Bench {
        self.icons.extend(names.iter().map(|name| icon(name)));
        self
    }

    pub(crate) fn sprite(&self) -> String {
        let rooms = self.entries.iter().map(|entry| icon(entry.room.icon()));
        let frame = ["chevron-down", "user"].map(icon);
        icons::sprite(frame.into_iter().chain(rooms).chain(self.icons.iter().copied()))
    }

    /// The field that each form bears, to show that it is ours.
    pub(crate) fn csrf_field(&self) -> String {
        format!("<input type=\"hidden\" name=\"{CSRF}\" value=\"{}\">", self.csrf)
    }

    pub(crate) fn asset(&self, path: &str) -> String {
        assets::address(path)
    }

    /// Whether the officer has a part in 配置.
    pub(crate) fn configures(&self) -> bool {
        !self.configured.is_empty()
    }

    /// Returns the pages of 配置 as tabs.
    pub(crate) fn administration(&self, here: &str) -> Vec<Tab> {
        let tab = |(title, link): &(&'static str, Link)| Tab {
            title,
            link: link.clone(),
            is_here: *title == here,
        };
        self.configured.iter().map(tab).collect()
    }

    pub(crate) fn password_link(&self) -> Link {
        links::change_password()
    }

    pub(crate) fn sign_out_link(&self) -> Link {
        links::sign_out()
    }

    pub(crate) fn workbench_link(&self) -> Link {
        links::workbench()
    }

    pub(crate) fn portal_link(&self) -> Link {
        links::portal()
    }
}

impl Entry {
    fn of(room: Room, link: Link, session: &Session, here: Room) -> Entry {
        let n = match session.n_waiting {
            0 => None,
            n if n > MOST_COUNTED => Some(format!("{MOST_COUNTED}+")),
            n => Some(n.to_string()),
        };
        Entry { room, link, is_here: room == here, n: n.filter(|_| room == Room::Tasks) }
    }
}

impl Room {
    const ALL: [Room; 6] = [
        Room::Tasks,
        Room::Items,
        Room::Query,
        Room::Libraries,
        Room::Approvals,
        Room::Administration,
    ];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Room::Tasks => "待办",
            Room::Items => "梳理",
            Room::Query => "查询",
            Room::Libraries => "文库",
            Room::Approvals => "文书",
            Room::Administration => "配置",
            Room::Elsewhere => "",
        }
    }

    pub(crate) fn icon(self) -> &'static str {
        match self {
            Room::Tasks => "inbox",
            Room::Items => "list-tree",
            Room::Query => "search",
            Room::Libraries => "books",
            Room::Approvals => "file-text",
            Room::Administration | Room::Elsewhere => "settings",
        }
    }

    /// Returns where the entry leads, if it is open to the officer.
    fn link(self, configured: &[(&'static str, Link)]) -> Option<Link> {
        match self {
            Room::Tasks => Some(links::tasks()),
            Room::Items => Some(links::items()),
            Room::Query => Some(links::query()),
            Room::Libraries => Some(links::laws()),
            Room::Approvals => Some(links::approvals()),
            Room::Administration => configured.first().map(|(_, link)| link.clone()),
            Room::Elsewhere => None,
        }
    }
}

/// 配置或者文库里的一页。
pub(crate) struct Tab {
    pub(crate) title: &'static str,
    pub(crate) link: Link,
    pub(crate) is_here: bool,
}

/// Returns the pages of 配置 that are open to the officer.
fn configured(session: &Session) -> Vec<(&'static str, Link)> {
    let changes: &[Duty] = &[Duty::Administrator];
    let reads: &[Duty] = &[Duty::Administrator, Duty::Supervisor];
    let pages = [
        ("账号", links::officers(), changes),
        ("实施主体", links::bodies(), changes),
        ("乡镇代码", links::regions(), changes),
        ("规范", links::standards(), reads),
        ("流转记录", links::events(), reads),
        ("任务", links::jobs(), reads),
    ];
    let is_open = |duties: &[Duty]| duties.iter().any(|duty| session.officer.has_duty(*duty));
    let open = pages.into_iter().filter(|(_, _, duties)| is_open(duties));
    open.map(|(title, link, _)| (title, link)).collect()
}

/// Returns the pages of 文库.
pub(crate) fn libraries(here: &str) -> Vec<Tab> {
    let tabs = [
        ("法律法规", links::laws()),
        ("附件", links::attachments()),
        ("采集地址", links::places()),
        ("业务系统", links::systems()),
    ];
    tabs.into_iter().map(|(title, link)| Tab { title, link, is_here: title == here }).collect()
}
