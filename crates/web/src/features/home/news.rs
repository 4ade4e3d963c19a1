use domain::publication::{Notice, Publication};

use crate::{
    AppState,
    error::WebError,
    links::{self, Area, Link},
    words,
};

const NEWS: u32 = 6;
/// How far back to look where no region narrows the list.
const LOOK_BACK: u32 = 60;

/// 最近有变化的一条。
pub(super) struct News {
    pub(super) date: String,
    pub(super) iso_date: String,
    pub(super) name: String,
    pub(super) link: Option<Link>,
    pub(super) what: String,
}

/// Returns what was last published or withdrawn in the area, newest first, each item once.
pub(super) async fn news(app: &AppState, area: Area) -> Result<Vec<News>, WebError> {
    let mut publications = match area {
        Area::Within(region) => app.store.recent_publications(region, NEWS).await?,
        Area::All => {
            let last = app.store.last_publication().await?;
            let from = last - i64::from(LOOK_BACK);
            let mut newest = app.store.publications_after(from, LOOK_BACK).await?;
            newest.reverse();
            newest
        }
    };
    let mut seen = Vec::new();
    publications.retain(|it| {
        let is_first = !seen.contains(&it.item);
        seen.push(it.item);
        is_first
    });
    let today = app.clock.today();
    Ok(publications.iter().take(NEWS as usize).map(|it| one(it, today)).collect())
}

fn one(publication: &Publication, today: time::Date) -> News {
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
        date: words::short_date(public.from, today),
        iso_date: public.from.to_string(),
        name: public.item.name().to_owned(),
        link: public.item.code.as_deref().map(links::guide),
        what,
    }
}
