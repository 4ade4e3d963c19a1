//! What the public may read: publications, and no other table of content.

use domain::{
    item::ItemId,
    publication::{Notice, Publication},
    region::RegionCode,
};
use sqlx::{Row, any::AnyRow};
use time::Date;

use crate::{
    Store, StoreError,
    sql::{Bind, bind_all, placeholders},
};

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

/// 最近的一次公布，和它之前的那次。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    pub publication: Publication,
    /// What the public was shown of the same item until then.
    pub before: Option<Notice>,
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
        row.as_ref().map(published).transpose()
    }

    /// Returns what the public is shown under these codes now, in no order.
    pub async fn public_items(&self, codes: &[&str]) -> Result<Vec<Published>, StoreError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(0, codes.len());
        let sql = format!(
            "select seq, hash, notice from publication
             where code in {list} and until_seq is null"
        );
        let codes = codes.iter().map(|code| Bind::from(*code)).collect();
        let rows = bind_all(sql, codes).fetch_all(&self.readers).await?;
        rows.iter().map(published).collect()
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
    ) -> Result<Vec<Recent>, StoreError> {
        let (low, high) = region.map_or((String::new(), "a".into()), subtree_bounds);
        // A code is bound to its item for ever, and leads to the item's rows by an index.
        let rows = sqlx::query(
            "select seq, item_id, notice,
                (select former.notice from publication former
                 where former.code = publication.code and former.item_id = publication.item_id
                   and former.seq < publication.seq
                 order by former.seq desc limit 1) as before
             from publication
             where region >= $1 and region < $2 and until_seq is null
             order by from_on desc, seq desc limit $3",
        )
        .bind(low)
        .bind(high)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(recent).collect()
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

fn published(row: &AnyRow) -> Result<Published, StoreError> {
    let seq = row.try_get("seq")?;
    Ok(Published { seq, hash: row.try_get("hash")?, notice: notice(row, seq)? })
}

pub(crate) fn publication(row: &AnyRow) -> Result<Publication, StoreError> {
    let seq = row.try_get("seq")?;
    Ok(Publication { seq, item: ItemId(row.try_get("item_id")?), notice: notice(row, seq)? })
}

fn recent(row: &AnyRow) -> Result<Recent, StoreError> {
    let publication = publication(row)?;
    let before: Option<String> = row.try_get("before")?;
    let before = before.map(|text| read(&text, publication.seq)).transpose()?;
    Ok(Recent { publication, before })
}

fn notice(row: &AnyRow, seq: i64) -> Result<Notice, StoreError> {
    read(row.try_get("notice")?, seq)
}

fn read(text: &str, seq: i64) -> Result<Notice, StoreError> {
    serde_json::from_str(text).map_err(|err| StoreError::Inconsistent {
        table: "publication",
        id: seq,
        detail: err.to_string(),
    })
}
