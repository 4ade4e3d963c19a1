//! What the public may read: publications, and no other table of content.

use domain::{
    item::ItemId,
    publication::{Notice, Publication, Shown},
    region::RegionCode,
};
use sqlx::{Row, any::AnyRow};
use time::{Date, format_description::well_known::Iso8601};

use crate::{Store, StoreError};

/// 现行公布的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub seq: i64,
    pub hash: String,
    pub notice: Notice,
}

/// 公布史上的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdition {
    pub seq: i64,
    pub notice: Notice,
    pub shown: Shown,
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

    /// Returns everything that the public was ever told of the item, newest first.
    pub async fn public_history(&self, code: &str) -> Result<Vec<PastEdition>, StoreError> {
        let rows = sqlx::query(
            "select seq, notice, until_on from publication where code = $1 order by seq",
        )
        .bind(code)
        .fetch_all(&self.readers)
        .await?;
        let mut history = Vec::with_capacity(rows.len());
        let mut replaced_on = None;
        for row in &rows {
            let seq = row.try_get("seq")?;
            let notice = notice(row, seq)?;
            let until = day(row, "until_on", seq)?;
            let shown = Shown::of(notice.since(), replaced_on, until);
            history.push(PastEdition { seq, notice, shown });
            replaced_on = until;
        }
        history.reverse();
        Ok(history)
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

fn publication(row: &AnyRow) -> Result<Publication, StoreError> {
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

fn day(row: &AnyRow, column: &str, seq: i64) -> Result<Option<Date>, StoreError> {
    let text: Option<String> = row.try_get(column)?;
    let parsed = text.map(|text| Date::parse(&text, &Iso8601::DATE)).transpose();
    parsed.map_err(|err| StoreError::Inconsistent {
        table: "publication",
        id: seq,
        detail: format!("{column}: {err}"),
    })
}
