//! Ids, handed out in blocks from a table; below 2^53 so that every reader keeps them.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::Row;

use crate::{StoreError, Tx};

const BLOCK: i64 = 1_000;

/// What is left of the last block that was committed.
#[derive(Default)]
pub(crate) struct Ids {
    left: Mutex<std::ops::Range<i64>>,
}

/// A transaction's own share. It goes back on commit; a rollback forgets it,
/// because the table may have forgotten it too.
pub(crate) struct Lease {
    home: Arc<Ids>,
    range: std::ops::Range<i64>,
}

impl Ids {
    pub(crate) fn lease(self: &Arc<Ids>) -> Lease {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        Lease { home: Arc::clone(self), range: std::mem::take(&mut *left) }
    }
}

impl Lease {
    pub(crate) fn give_back(self) {
        let mut left = self.home.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.is_empty() {
            *left = self.range;
        }
    }
}

impl Tx {
    pub(crate) async fn new_id(&mut self) -> Result<i64, StoreError> {
        if let Some(id) = self.ids.range.next() {
            return Ok(id);
        }
        let block = sqlx::query(
            "insert into id_block (name, next) values ('id', $1)
             on conflict (name) do update set next = id_block.next + $2
             returning next",
        )
        .bind(1 + BLOCK)
        .bind(BLOCK);
        let row = match &self.beside {
            Some(pool) => block.fetch_one(pool).await?,
            None => block.fetch_one(&mut *self.inner).await?,
        };
        let end: i64 = row.try_get("next")?;
        self.ids.range = end - BLOCK..end;
        Ok(self.ids.range.next().unwrap_or(end - BLOCK))
    }
}
