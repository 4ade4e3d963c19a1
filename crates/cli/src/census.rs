//! The index in the data folder, held against the publications.

use std::path::Path;

use domain::{item::ItemId, publication::Notice};
use search::{Index, SearchError};
use store::Store;

use crate::place::Place;

const PAGE: u32 = 500;

/// Items that are named; the others are counted.
const NAMED: u64 = 20;

/// 检索库与公布对照的结果。
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Compared {
    /// The last publication that is in it.
    pub(crate) seq: i64,
    pub(crate) items: u64,
    /// Publications that it has still to follow.
    pub(crate) behind: i64,
    pub(crate) wrong: Vec<String>,
}

/// Compares the index with the publications, if the folder has one. A site may move it
/// meanwhile: then what was read of it is of two moments, and is read again.
pub(crate) async fn compare(place: &Place, store: &Store) -> anyhow::Result<Option<Compared>> {
    let dir = place.data().join("index");
    if !dir.is_dir() {
        return Ok(None);
    }
    loop {
        let index = match Index::look(&dir) {
            Ok(Some(index)) => index,
            Ok(None) => return Ok(None),
            Err(broken @ SearchError::Broken { .. }) => return Ok(Some(Compared::broken(&broken))),
            Err(error) => return Err(error.into()),
        };
        let compared = compare_once(&index, store).await?;
        if compared.wrong.is_empty() || !is_moved(&dir, compared.seq)? {
            return Ok(Some(compared));
        }
    }
}

impl Compared {
    fn broken(error: &SearchError) -> Compared {
        Compared { seq: 0, items: 0, behind: 0, wrong: vec![error.to_string()] }
    }
}

fn is_moved(dir: &Path, seq: i64) -> Result<bool, SearchError> {
    Ok(Index::look(dir)?.is_none_or(|index| index.seq() != seq))
}

async fn compare_once(index: &Index, store: &Store) -> anyhow::Result<Compared> {
    let seq = index.seq();
    let last = store.last_publication().await?;
    let (mut n_standing, mut n_missing, mut after) = (0, 0, 0);
    let mut wrong = Vec::new();
    if seq > last {
        wrong.push(format!("检索库记到第 {seq} 条，公布记录只有 {last} 条"));
    }
    loop {
        let page = store.standing_at(seq, after, PAGE).await?;
        let Some(end) = page.last() else { break };
        after = end.seq;
        let shown = page.iter().filter(|it| matches!(it.notice, Notice::Published(_)));
        let shown: Vec<_> = shown.collect();
        let items: Vec<ItemId> = shown.iter().map(|it| it.item).collect();
        n_standing += items.len() as u64;
        for item in index.census(&items)?.missing {
            n_missing += 1;
            if n_missing <= NAMED {
                let publication = shown.iter().find(|it| it.item == item);
                let code = publication.and_then(|it| it.notice.item().item.code.as_deref());
                wrong.push(format!("检索库里没有 {}", code.unwrap_or_default()));
            }
        }
    }
    if n_missing > NAMED {
        wrong.push(format!("检索库里还缺 {} 项", n_missing - NAMED));
    }
    let items = index.census(&[])?.n_items;
    let n_extra = (items + n_missing).saturating_sub(n_standing);
    if n_extra > 0 {
        wrong.push(format!("检索库里多出 {n_extra} 项不该有的"));
    }
    Ok(Compared { seq, items, behind: (last - seq).max(0), wrong })
}
