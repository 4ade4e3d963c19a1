//! What the public may read: publications, and no other table of content.

use domain::{
    item::ItemId,
    publication::{Notice, Publication, Shown},
    region::{Level, RegionCode},
};
use sqlx::{Row, any::AnyRow};
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
    /// What the public was shown of the same item until then.
    pub before: Option<Notice>,
}

/// 要看哪些变化。
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// In this region and all below it, or in all.
    pub region: Option<RegionCode>,
    /// Before this publication, or from the last one on.
    pub before: Option<i64>,
    /// Only the last change of each item: what is shown of it now.
    pub is_current: bool,
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

    /// Returns, of every so many publications, the number of each part in which an item has a
    /// guide now. Parts are counted from 1.
    pub async fn listed_parts(&self, n_publications: i64) -> Result<Vec<i64>, StoreError> {
        // From the first of one part to the first beyond it, so that no part is read through.
        let rows = sqlx::query(
            r#"with recursive first (seq) as (
                 select min(seq) from publication
                 where until_seq is null and notice like '{"published":%'
                 union all
                 select (select min(p.seq) from publication p
                         where p.seq > (first.seq + $1 - 1) / $1 * $1
                         and p.until_seq is null and p.notice like '{"published":%')
                 from first where first.seq is not null)
               select (seq + $1 - 1) / $1 as part from first where seq is not null order by seq"#,
        )
        .bind(n_publications)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("part")?)).collect()
    }

    /// Returns what changed, newest first, each with what it came after.
    pub async fn changes(&self, asked: Changes, limit: u32) -> Result<Vec<Change>, StoreError> {
        let mut values = vec![Bind::Int(asked.before.unwrap_or(i64::MAX)), Bind::Int(limit.into())];
        let mut chosen = String::from("p.seq < $1");
        if let Some(region) = asked.region {
            chosen += &format!(" and {} = $3", place(region));
            values.push(region.subtree_prefix().into());
        }
        if asked.is_current {
            chosen += " and p.until_seq is null";
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

/// Returns what the index of the region's level holds for a publication of the region or below.
fn place(region: RegionCode) -> &'static str {
    match region.level() {
        Level::Province => "substr(p.region, 1, 2)",
        Level::City => "substr(p.region, 1, 4)",
        Level::County => "substr(p.region, 1, 6)",
        Level::Township => "p.region",
    }
}

fn published(row: &AnyRow) -> Result<Published, StoreError> {
    let seq = row.try_get("seq")?;
    Ok(Published { seq, hash: row.try_get("hash")?, notice: notice(row, seq)? })
}

pub(crate) fn publication(row: &AnyRow) -> Result<Publication, StoreError> {
    let seq = row.try_get("seq")?;
    Ok(Publication { seq, item: ItemId(row.try_get("item_id")?), notice: notice(row, seq)? })
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
