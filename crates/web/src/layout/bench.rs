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
    icons: Vec<Icon>,
}

/// 主导航的一格。
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) room: Room,
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
        let rooms = Room::ALL.into_iter().filter(|room| room.is_open_to(session));
        Bench {
            is_demo: app.settings.demo,
            name: session.officer.name.clone(),
            place: session.place.clone(),
            csrf: session.csrf.clone(),
            entries: rooms.map(|room| Entry::of(room, session, here)).collect(),
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
    fn of(room: Room, session: &Session, here: Room) -> Entry {
        let n = match session.n_waiting {
            0 => None,
            n if n > MOST_COUNTED => Some(format!("{MOST_COUNTED}+")),
            n => Some(n.to_string()),
        };
        Entry { room, is_here: room == here, n: n.filter(|_| room == Room::Tasks) }
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

    fn is_open_to(self, session: &Session) -> bool {
        match self {
            Room::Administration => session.officer.has_duty(Duty::Administrator),
            _ => true,
        }
    }

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

    pub(crate) fn link(self) -> Link {
        match self {
            Room::Tasks => links::tasks(),
            Room::Items => links::items(),
            Room::Query => links::query(),
            Room::Libraries => links::laws(),
            Room::Approvals => links::approvals(),
            Room::Administration => links::officers(),
            Room::Elsewhere => links::workbench(),
        }
    }
}

/// 配置或者文库里的一页。
pub(crate) struct Tab {
    pub(crate) title: &'static str,
    pub(crate) link: Link,
    pub(crate) is_here: bool,
}

/// Returns the pages of 配置.
pub(crate) fn administration(here: &str) -> Vec<Tab> {
    let tabs = [
        ("账号", links::officers()),
        ("实施主体", links::bodies()),
        ("乡镇代码", links::regions()),
        ("规范", links::standards()),
        ("流转记录", links::events()),
        ("任务", links::jobs()),
    ];
    tabs.into_iter().map(|(title, link)| Tab { title, link, is_here: title == here }).collect()
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
