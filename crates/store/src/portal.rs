//! What the public may read: publications, and no other table of content.

use domain::{
    item::ItemId,
    publication::{Notice, Publication},
    region::RegionCode,
};
use sqlx::{Row, any::AnyRow};
use time::Date;

use crate::{Store, StoreError};

/// 现行公布的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub seq: i64,
    pub hash: String,
    pub notice: Notice,
}

/// 公布史上的一版。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdition {
    pub edition: u32,
    pub from: Date,
    pub until: Option<String>,
    /// Why it was withdrawn, if it was.
    pub reason: Option<String>,
}

impl Store {
    /// Returns what the public is shown of the item with this code now.
    pub async fn public_item(&self, code: &str) -> Result<Option<Published>, StoreError> {
        let row = sqlx::query(
            "select seq, hash, notice from publication
             where code = $1 and until_seq is null order by seq desc",
        )
        .bind(code)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let seq = row.try_get("seq")?;
        Ok(Some(Published { seq, hash: row.try_get("hash")?, notice: notice(&row, seq)? }))
    }

    /// Returns every edition of the item that the public was shown, newest first.
    pub async fn public_history(&self, code: &str) -> Result<Vec<PastEdition>, StoreError> {
        let rows = sqlx::query(
            "select seq, notice, until_on from publication where code = $1 order by seq desc",
        )
        .bind(code)
        .fetch_all(&self.readers)
        .await?;
        let past = |row: &AnyRow| {
            let notice = notice(row, row.try_get("seq")?)?;
            let reason = match &notice {
                Notice::Published(_) => None,
                Notice::Withdrawn { reason, .. } => Some(reason.clone()),
            };
            let item = notice.item();
            Ok(PastEdition {
                edition: item.edition,
                from: notice.since(),
                until: row.try_get("until_on")?,
                reason,
            })
        };
        rows.iter().map(past).collect()
    }

    /// Returns the publications after `seq`, oldest first: what the index and caches follow.
    pub async fn publications_after(
        &self,
        seq: i64,
        limit: u32,
    ) -> Result<Vec<Publication>, StoreError> {
        let rows = sqlx::query(
            "select seq, item_id, notice from publication where seq > $1 order by seq limit $2",
        )
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(publication).collect()
    }

    /// Returns what took effect last, in a region and all below it or in all, the newest first.
    pub async fn recent_publications(
        &self,
        region: Option<RegionCode>,
        limit: u32,
    ) -> Result<Vec<Publication>, StoreError> {
        let (low, high) = region.map_or((String::new(), "a".into()), subtree_bounds);
        let rows = sqlx::query(
            "select seq, item_id, notice from publication
             where region >= $1 and region < $2 and until_seq is null
             order by from_on desc, seq desc limit $3",
        )
        .bind(low)
        .bind(high)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(publication).collect()
    }

    /// Returns the number of the last publication, 0 if there is none.
    pub async fn last_publication(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("select seq from chain_head where chain = 'publication'")
            .fetch_optional(&self.readers)
            .await?;
        row.map_or(Ok(0), |row| Ok(row.try_get("seq")?))
    }
}

/// Returns the range of code texts that a region's subtree lies in.
pub(crate) fn subtree_bounds(region: RegionCode) -> (String, String) {
    let low = region.subtree_prefix();
    let next: u64 = low.parse::<u64>().expect("a region code is digits") + 1;
    (low, next.to_string())
}

pub(crate) fn publication(row: &AnyRow) -> Result<Publication, StoreError> {
    let seq = row.try_get("seq")?;
    Ok(Publication { seq, item: ItemId(row.try_get("item_id")?), notice: notice(row, seq)? })
}

fn notice(row: &AnyRow, seq: i64) -> Result<Notice, StoreError> {
    let text: String = row.try_get("notice")?;
    serde_json::from_str(&text).map_err(|err| StoreError::Inconsistent {
        table: "publication",
        id: seq,
        detail: err.to_string(),
    })
}
