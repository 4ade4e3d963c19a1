//! What the public may read: publications, and no other table of content.

use domain::{
    item::ItemId,
    publication::{Notice, Publication, Shown},
    region::{Level, RegionCode},
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use time::{Date, format_description::well_known::Iso8601};

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

/// 公布史上的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdition {
    pub seq: i64,
    pub notice: Notice,
    pub shown: Shown,
}

/// 一项有指南的事项：where it is found, and from which day it is shown as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub seq: i64,
    pub code: String,
    pub since: Date,
}

/// 公布的一次变化，和它之前的样子。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub publication: Publication,
    pub code: String,
    pub hash: String,
    /// The day from which it was shown.
    pub since: Date,
    pub before: Option<Notice>,
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

    /// Returns the items that have a guide now, published after `after` and up to `last`, in
    /// the order of their publication.
    pub async fn listed_items(
        &self,
        after: i64,
        last: i64,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        // A notice's bytes begin with what it tells, as `Notice::to_bytes` writes them.
        let rows = sqlx::query(
            r#"select p.seq, p.code, coalesce(b.until_on, p.from_on) as since
             from publication p left join publication b on b.code = p.code and b.until_seq = p.seq
             where p.seq > $1 and p.seq <= $2 and p.until_seq is null
             and p.notice like '{"published":%' order by p.seq limit $3"#,
        )
        .bind(after)
        .bind(last)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let listed = |row: &AnyRow| {
            let seq = row.try_get("seq")?;
            Ok(Listed { seq, code: row.try_get("code")?, since: must_day(row, "since", seq)? })
        };
        rows.iter().map(listed).collect()
    }

    /// Returns the changes before `seq` in a region and all below it or in all, newest first,
    /// each with what it came after.
    pub async fn changes_before(
        &self,
        seq: i64,
        region: Option<RegionCode>,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let mut values = vec![Bind::Int(seq), Bind::Int(limit.into())];
        let mut chosen = "p.seq < $1";
        if let Some(region) = region {
            // The index of regions alone says which; only their notices are read.
            chosen = "p.seq in (select seq from publication where seq < $1
                      and region >= $3 and region < $4 order by seq desc limit $2)";
            let (low, high) = subtree_bounds(region);
            values.extend([low.into(), high.into()]);
        }
        let sql = format!(
            "select p.seq, p.item_id, p.code, p.hash, p.notice, b.notice as before,
             coalesce(b.until_on, p.from_on) as since
             from publication p left join publication b on b.code = p.code and b.until_seq = p.seq
             where {chosen} order by p.seq desc limit $2"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(change).collect()
    }

    /// Returns the hash of the first publication: no two catalogues share it.
    pub async fn first_publication(&self) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("select hash from publication where seq = 1")
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(row.try_get("hash")?)).transpose()
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
        // Of a province, the newest of all are soon among its own, and walking them by date costs
        // less than sorting all that it has; `|| ''` keeps the engine off the index of regions.
        let by_date = region.is_none_or(|code| code.level() == Level::Province);
        let place = if by_date { "(region || '')" } else { "region" };
        // A code is bound to its item for ever, and leads to the item's rows by an index.
        let rows = sqlx::query(AssertSqlSafe(format!(
            "select seq, item_id, notice,
                (select former.notice from publication former
                 where former.code = publication.code and former.item_id = publication.item_id
                   and former.seq < publication.seq
                 order by former.seq desc limit 1) as before
             from publication
             where {place} >= $1 and {place} < $2 and until_seq is null
             order by from_on desc, seq desc limit $3",
        )))
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
    let before = before.map(|text| read_notice(&text, publication.seq)).transpose()?;
    Ok(Recent { publication, before })
}

fn change(row: &AnyRow) -> Result<Change, StoreError> {
    let publication = publication(row)?;
    let seq = publication.seq;
    let before: Option<String> = row.try_get("before")?;
    Ok(Change {
        code: row.try_get("code")?,
        hash: row.try_get("hash")?,
        since: must_day(row, "since", seq)?,
        before: before.map(|text| read_notice(&text, seq)).transpose()?,
        publication,
    })
}

fn notice(row: &AnyRow, seq: i64) -> Result<Notice, StoreError> {
    read_notice(&row.try_get::<String, _>("notice")?, seq)
}

fn read_notice(text: &str, seq: i64) -> Result<Notice, StoreError> {
    serde_json::from_str(text).map_err(|err| inconsistent(seq, err.to_string()))
}

fn must_day(row: &AnyRow, column: &str, seq: i64) -> Result<Date, StoreError> {
    day(row, column, seq)?.ok_or_else(|| inconsistent(seq, format!("{column} is empty")))
}

fn day(row: &AnyRow, column: &str, seq: i64) -> Result<Option<Date>, StoreError> {
    let text: Option<String> = row.try_get(column)?;
    let parsed = text.map(|text| Date::parse(&text, &Iso8601::DATE)).transpose();
    parsed.map_err(|err| inconsistent(seq, format!("{column}: {err}")))
}

fn inconsistent(seq: i64, detail: String) -> StoreError {
    StoreError::Inconsistent { table: "publication", id: seq, detail }
}
