//! Two chains, one shape: events (private) and publications (public).

use domain::chain::GENESIS;
use sqlx::Row;

use crate::{StoreError, Tx};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    Event,
    Publication,
}

/// The last row of a chain, held by this transaction until it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: String,
}

impl Chain {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Chain::Event => "event",
            Chain::Publication => "publication",
        }
    }
}

impl Tx {
    /// Takes the head for this transaction alone. To be done last, so that it is held briefly,
    /// and by `record` only, which takes both in one order.
    pub(crate) async fn take_head(&mut self, chain: Chain) -> Result<Head, StoreError> {
        let row = sqlx::query(
            "insert into chain_head (chain, seq, hash) values ($1, 0, $2)
             on conflict (chain) do update set seq = chain_head.seq
             returning seq, hash",
        )
        .bind(chain.as_str())
        .bind(GENESIS)
        .fetch_one(&mut *self.inner)
        .await?;
        Ok(Head { seq: row.try_get("seq")?, hash: row.try_get("hash")? })
    }

    pub(crate) async fn put_head(&mut self, chain: Chain, head: &Head) -> Result<(), StoreError> {
        sqlx::query("update chain_head set seq = $1, hash = $2 where chain = $3")
            .bind(head.seq)
            .bind(&head.hash)
            .bind(chain.as_str())
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }
}
