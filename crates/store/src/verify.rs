//! Both chains, read from the first row to the last, and what else must agree.

use domain::{
    chain::GENESIS,
    event::{Event, event_hash},
    publication::{Notice, PublicItem, publication_hash},
};
use sqlx::{Row, any::AnyRow};

use crate::{Store, StoreError, chains::Chain};

const PAGE: i64 = 1_000;

/// No hash at all.
const UNREADABLE: &str = "unreadable";

/// 校验的结果。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub n_events: i64,
    pub n_publications: i64,
    pub wrong: Vec<Wrong>,
}

/// 对不上的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub table: &'static str,
    /// The row's number, or its id where it has none.
    pub seq: i64,
    pub detail: &'static str,
}

struct Link {
    seq: i64,
    hash: String,
    computed: String,
    /// Whether the columns that rows are found by say what the hashed bytes say.
    is_filed_right: bool,
}

impl Store {
    /// Recomputes both chains and names each row that does not fit.
    pub async fn verify(&self) -> Result<Verdict, StoreError> {
        let mut wrong = Vec::new();
        let n_events = self.verify_chain(Chain::Event, &mut wrong).await?;
        let n_publications = self.verify_chain(Chain::Publication, &mut wrong).await?;
        self.verify_ends(&mut wrong).await?;
        self.verify_agreement(&mut wrong).await?;
        Ok(Verdict { n_events, n_publications, wrong })
    }

    async fn verify_chain(&self, chain: Chain, wrong: &mut Vec<Wrong>) -> Result<i64, StoreError> {
        let mut found = |seq, detail| wrong.push(Wrong { table: chain.as_str(), seq, detail });
        let (mut last, mut previous) = (0, GENESIS.to_owned());
        loop {
            // The head is read before the rows: one recorded meanwhile is on a later page.
            let head = self.head(chain).await?;
            let page = self.chain_page(chain, last, &previous).await?;
            let Some(end) = page.last() else {
                if head != (last, previous) {
                    found(last, "与链尾的记录不符");
                }
                return Ok(last);
            };
            previous.clone_from(&end.hash);
            for link in &page {
                if link.seq != last + 1 {
                    found(link.seq, "前面缺行");
                }
                if link.hash != link.computed {
                    found(link.seq, "内容或前一行被改过");
                } else if !link.is_filed_right {
                    found(link.seq, "检索用的列与内容不符");
                }
                last = link.seq;
            }
        }
    }

    /// Finds publications that end where no later one of the item is, or go on where one is:
    /// that is outside the hash, and would hide a guide or show an old one.
    async fn verify_ends(&self, wrong: &mut Vec<Wrong>) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "select former.seq from publication former
             where coalesce(former.until_seq, 0) <> coalesce(
                 (select min(later.seq) from publication later
                  where later.code = former.code and later.seq > former.seq), 0)
             order by former.seq",
        )
        .fetch_all(&self.readers)
        .await?;
        let table = Chain::Publication.as_str();
        for row in rows {
            let seq = row.try_get("seq")?;
            if wrong.iter().all(|it| (it.table, it.seq) != (table, seq)) {
                wrong.push(Wrong { table, seq, detail: "结束标记与后一条不符" });
            }
        }
        Ok(())
    }

    async fn head(&self, chain: Chain) -> Result<(i64, String), StoreError> {
        let head = sqlx::query("select seq, hash from chain_head where chain = $1")
            .bind(chain.as_str())
            .fetch_optional(&self.readers)
            .await?;
        match head {
            Some(row) => Ok((row.try_get("seq")?, row.try_get("hash")?)),
            None => Ok((0, GENESIS.to_owned())),
        }
    }

    /// Reads a page of a chain; row by row where one of them can not be read.
    async fn chain_page(
        &self,
        chain: Chain,
        after: i64,
        previous: &str,
    ) -> Result<Vec<Link>, StoreError> {
        let page = self.links(chain, after, previous, PAGE).await;
        if !matches!(page, Err(StoreError::Database(_))) {
            return page;
        }
        let mut links: Vec<Link> = Vec::new();
        while links.len() < PAGE as usize {
            let (after, previous) = match links.last() {
                Some(link) => (link.seq, &*link.hash),
                None => (after, previous),
            };
            match self.links(chain, after, previous, 1).await {
                Ok(link) if link.is_empty() => break,
                Ok(link) => links.extend(link),
                Err(_) => links.push(self.unreadable(chain, after).await?),
            }
        }
        Ok(links)
    }

    async fn links(
        &self,
        chain: Chain,
        after: i64,
        previous: &str,
        limit: i64,
    ) -> Result<Vec<Link>, StoreError> {
        let (sql, link): (_, ReadLink) = match chain {
            Chain::Event => (
                "select seq, edition_id, officer_id, body, hash from event
                 where seq > $1 order by seq limit $2",
                event_link,
            ),
            Chain::Publication => (
                "select seq, item_id, edition_id, code, region, from_on, notice, hash
                 from publication where seq > $1 order by seq limit $2",
                publication_link,
            ),
        };
        let rows = sqlx::query(sql).bind(after).bind(limit).fetch_all(&self.readers).await?;
        let mut previous = previous.to_owned();
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            let link = link(&row, &previous)?;
            previous.clone_from(&link.hash);
            links.push(link);
        }
        Ok(links)
    }

    /// A row whose bytes are no text any more, which SQLite keeps all the same. The row
    /// after it is held against its hash, if that can be read.
    async fn unreadable(&self, chain: Chain, after: i64) -> Result<Link, StoreError> {
        let (seq, hash) = match chain {
            Chain::Event => (
                "select min(seq) from event where seq > $1",
                "select hash from event where seq = $1",
            ),
            Chain::Publication => (
                "select min(seq) from publication where seq > $1",
                "select hash from publication where seq = $1",
            ),
        };
        let row = sqlx::query(seq).bind(after).fetch_one(&self.readers).await?;
        let seq: i64 = row.try_get(0)?;
        let hash = sqlx::query(hash).bind(seq).fetch_one(&self.readers).await;
        let hash = hash.and_then(|row| row.try_get(0)).unwrap_or_default();
        Ok(Link { seq, hash, computed: UNREADABLE.to_owned(), is_filed_right: false })
    }
}

/// Reads a row of a chain, given the hash of the one before.
type ReadLink = fn(&AnyRow, &str) -> Result<Link, StoreError>;

fn event_link(row: &AnyRow, previous: &str) -> Result<Link, StoreError> {
    let seq = row.try_get("seq")?;
    let edition: i64 = row.try_get("edition_id")?;
    let officer: Option<i64> = row.try_get("officer_id")?;
    let body: String = row.try_get("body")?;
    let event: Result<Event, _> = serde_json::from_str(&body);
    Ok(Link {
        seq,
        hash: row.try_get("hash")?,
        computed: event_hash(previous, seq, body.as_bytes()),
        is_filed_right: event
            .is_ok_and(|it| it.edition == edition && officer.unwrap_or_default() == it.by),
    })
}

fn publication_link(row: &AnyRow, previous: &str) -> Result<Link, StoreError> {
    let seq = row.try_get("seq")?;
    let (item, edition) = (row.try_get("item_id")?, row.try_get("edition_id")?);
    let [code, region, from]: [String; 3] =
        [row.try_get("code")?, row.try_get("region")?, row.try_get("from_on")?];
    let bytes: String = row.try_get("notice")?;
    let notice: Result<Notice, _> = serde_json::from_str(&bytes);
    let is_filed_right = notice.is_ok_and(|notice| {
        let PublicItem { item, .. } = notice.item();
        item.code.as_deref() == Some(&code)
            && item.region.to_string() == region
            && notice.since().to_string() == from
    });
    let computed = publication_hash(previous, seq, item, edition, bytes.as_bytes());
    Ok(Link { seq, hash: row.try_get("hash")?, computed, is_filed_right })
}
