use domain::publication::{Notice, Publication};
use time::Date;

use crate::{
    AppState,
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
    let region = match area {
        Area::Within(region) => Some(region),
        Area::All => None,
    };
    let newest = app.store.recent_publications(region, NEWS).await?;
    let today = app.clock.today();
    let this_year = newest.iter().all(|it| it.notice.since().year() == today.year());
    let date = |it: Date| if this_year { words::short_date(it) } else { it.to_string() };
    Ok(newest.iter().map(|it| one(it, &date)).collect())
}

fn one(publication: &Publication, date: &impl Fn(Date) -> String) -> News {
    let (public, since) = (publication.notice.item(), publication.notice.since());
    let what = match &publication.notice {
        Notice::Suspended { reason, .. } => format!("暂停办理：{reason}"),
        Notice::Withdrawn { reason, .. } => format!("取消，不再办理：{reason}"),
        Notice::Published(item) if item.edition <= 1 => {
            format!("{}　首次公布", item.item.body.name)
        }
        Notice::Published(item) => {
            format!("{}　更新为第 {}", item.item.body.name, words::counted(item.edition, "版"))
        }
    };
    News {
        date: (date(since), since.to_string()),
        name: public.item.name().to_owned(),
        link: public.item.code.as_deref().map(links::guide),
        what,
    }
}
