use std::cmp::Reverse;

use domain::publication::Notice;
use store::{Change, Changes};
use time::Date;

use crate::{
    AppState, changes,
    error::WebError,
    links::{self, Area, Link},
    words,
};

const NEWS: u32 = 6;

/// 最近有变化的一条。
pub(super) struct News {
    /// Since when, as shown and as a machine reads it.
    pub(super) date: (String, String),
    pub(super) name: String,
    pub(super) link: Option<Link>,
    pub(super) what: String,
}

/// Returns what was last published or withdrawn in the area, newest first.
pub(super) async fn news(app: &AppState, area: Area) -> Result<Vec<News>, WebError> {
    let asked = Changes { region: area.code(), is_current: true, ..Changes::default() };
    let mut newest = app.store.changes(asked, NEWS).await?;
    newest.sort_by_key(|it| Reverse(it.publication.notice.since()));
    let today = app.clock.today();
    let days = || newest.iter().map(|it| it.publication.notice.since());
    let this_year = days().all(|day| day.year() == today.year());
    let date = |it: Date| if this_year { words::short_date(it) } else { it.to_string() };
    Ok(newest.iter().map(|it| one(app, it, &date)).collect())
}

fn one(app: &AppState, change: &Change, date: &impl Fn(Date) -> String) -> News {
    let notice = &change.publication.notice;
    let (public, since) = (notice.item(), notice.since());
    News {
        date: (date(since), since.to_string()),
        name: public.item.name().to_owned(),
        link: public.item.code.as_deref().map(links::guide),
        what: what(app, change),
    }
}

fn what(app: &AppState, change: &Change) -> String {
    let item = match &change.publication.notice {
        Notice::Suspended { reason, .. } => return format!("暂停办理：{reason}"),
        Notice::Withdrawn { reason, .. } => return format!("取消，不再办理：{reason}"),
        Notice::Published(item) => item,
    };
    match &change.before {
        Some(Notice::Suspended { .. } | Notice::Withdrawn { .. }) => "恢复办理".to_owned(),
        Some(Notice::Published(before)) => {
            let standard = app.standard(&item.item.standard);
            changes::in_words(before, item, standard).unwrap_or_else(|| {
                format!("更新为第 {}，公开的内容没有变", words::counted(item.edition, "版"))
            })
        }
        None => format!("{}　首次公布", item.item.body.name),
    }
}
