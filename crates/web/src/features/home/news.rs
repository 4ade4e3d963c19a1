use std::{cmp::Reverse, collections::HashSet};

use domain::publication::{Notice, Publication};
use time::Date;

use crate::{
    AppState,
    error::WebError,
    links::{self, Area, Link},
    words,
};

const NEWS: usize = 6;
/// How far back to look for the newest: a first load brings many at once.
const LOOK_BACK: u32 = 60;

/// 最近有变化的一条。
pub(super) struct News {
    /// Since when, as shown and as a machine reads it. A withdrawal tells no date.
    pub(super) date: Option<(String, String)>,
    pub(super) name: String,
    pub(super) link: Option<Link>,
    pub(super) what: String,
}

/// Returns what was last published or withdrawn in the area, newest first, each item once.
pub(super) async fn news(app: &AppState, area: Area) -> Result<Vec<News>, WebError> {
    let mut newest = match area {
        Area::Within(region) => app.store.recent_publications(region, LOOK_BACK).await?,
        Area::All => {
            let last = app.store.last_publication().await?;
            let mut newest =
                app.store.publications_after(last - i64::from(LOOK_BACK), LOOK_BACK).await?;
            newest.reverse();
            newest
        }
    };
    let mut seen = HashSet::new();
    newest.retain(|it| seen.insert(it.item));
    newest.sort_by_key(|it| Reverse((is_withdrawn(it), it.notice.item().from)));
    newest.truncate(NEWS);
    let today = app.clock.today();
    let this_year = newest.iter().all(|it| it.notice.item().from.year() == today.year());
    let date = |it: Date| if this_year { words::short_date(it) } else { it.to_string() };
    Ok(newest.iter().map(|it| one(it, &date)).collect())
}

fn is_withdrawn(publication: &Publication) -> bool {
    matches!(publication.notice, Notice::Withdrawn { .. })
}

fn one(publication: &Publication, date: &impl Fn(Date) -> String) -> News {
    let public = publication.notice.item();
    let what = match &publication.notice {
        Notice::Withdrawn { reason, .. } => format!("停止办理：{reason}"),
        Notice::Published(item) if item.edition <= 1 => {
            format!("{}　首次公布", item.item.body.name)
        }
        Notice::Published(item) => {
            format!("{}　更新为第 {}", item.item.body.name, words::counted(item.edition, "版"))
        }
    };
    News {
        date: (!is_withdrawn(publication)).then(|| (date(public.from), public.from.to_string())),
        name: public.item.name().to_owned(),
        link: public.item.code.as_deref().map(links::guide),
        what,
    }
}
