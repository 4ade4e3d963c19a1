//! Both chains, read from the first row to the last.

use domain::{chain::GENESIS, event::event_hash, publication::publication_hash};
use sqlx::Row;

use crate::{Store, StoreError};

const PAGE: i64 = 1_000;

/// 校验的结果。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub n_events: i64,
    pub n_publications: i64,
    pub wrong: Vec<Wrong>,
}

/// 链上对不上的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub table: &'static str,
    pub seq: i64,
    pub detail: &'static str,
}

struct Link {
    seq: i64,
    hash: String,
    computed: String,
}

impl Store {
    /// Recomputes both chains and names each row that does not fit.
    pub async fn verify(&self) -> Result<Verdict, StoreError> {
        let mut wrong = Vec::new();
        let n_events = self.verify_chain("event", &mut wrong).await?;
        let n_publications = self.verify_chain("publication", &mut wrong).await?;
        Ok(Verdict { n_events, n_publications, wrong })
    }

    async fn verify_chain(
        &self,
        table: &'static str,
        wrong: &mut Vec<Wrong>,
    ) -> Result<i64, StoreError> {
        let mut found = |seq, detail| wrong.push(Wrong { table, seq, detail });
        let (mut previous, mut last) = (GENESIS.to_owned(), 0);
        loop {
            let page = self.chain_page(table, last, &previous).await?;
            let Some(end) = page.last() else { break };
            let next = (end.hash.clone(), end.seq);
            for link in &page {
                if link.seq != last + 1 {
                    found(link.seq, "前面缺行");
                }
                if link.hash != link.computed {
                    found(link.seq, "内容或前一行被改过");
                }
                last = link.seq;
            }
            (previous, last) = next;
        }
        let head = sqlx::query("select seq, hash from chain_head where chain = $1")
            .bind(table)
            .fetch_optional(&self.readers)
            .await?;
        let head = match head {
            Some(row) => (row.try_get::<i64, _>("seq")?, row.try_get::<String, _>("hash")?),
            None => (0, GENESIS.to_owned()),
        };
        if head != (last, previous) {
            found(last, "与链尾的记录不符");
        }
        Ok(last)
    }

    async fn chain_page(
        &self,
        table: &'static str,
        after: i64,
        previous: &str,
    ) -> Result<Vec<Link>, StoreError> {
        let sql = match table {
            "event" => {
                "select seq, edition_id as item_id, edition_id, body as bytes, hash
                 from event where seq > $1 order by seq limit $2"
            }
            _ => {
                "select seq, item_id, edition_id, notice as bytes, hash
                 from publication where seq > $1 order by seq limit $2"
            }
        };
        let rows = sqlx::query(sql).bind(after).bind(PAGE).fetch_all(&self.readers).await?;
        let mut previous = previous.to_owned();
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            let (seq, item, edition): (i64, i64, i64) =
                (row.try_get("seq")?, row.try_get("item_id")?, row.try_get("edition_id")?);
            let bytes: String = row.try_get("bytes")?;
            let computed = match table {
                "event" => event_hash(&previous, seq, bytes.as_bytes()),
                _ => publication_hash(&previous, seq, item, edition, bytes.as_bytes()),
            };
            let hash: String = row.try_get("hash")?;
            previous.clone_from(&hash);
            links.push(Link { seq, hash, computed });
        }
        Ok(links)
    }
}
