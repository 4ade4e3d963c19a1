//! Which parts the site map has: a stretch of the publications each.
//!
//! Read from the publications and kept until the index moves on, so that a catalogue of any
//! size is looked through once for all who ask.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use search::Index;
use store::{Store, StoreError};

/// Publications in a part; the format allows 50,000 addresses.
pub(crate) const PART: i64 = 10_000;

/// The parts with any guide, as of one state of the index.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    known: Mutex<Option<(i64, Arc<[i64]>)>>,
}

impl Parts {
    /// Returns the numbers of the parts that have any guide, in order.
    pub(crate) async fn listed(
        &self,
        store: &Store,
        index: &Index,
    ) -> Result<Arc<[i64]>, StoreError> {
        // Asked for first: a publication that comes meanwhile is then looked at again.
        let seq = index.seq();
        if let Some((of, parts)) = &*self.known()
            && *of == seq
        {
            return Ok(parts.clone());
        }
        let parts: Arc<[i64]> = store.listed_parts(PART).await?.into();
        *self.known() = Some((seq, parts.clone()));
        Ok(parts)
    }

    fn known(&self) -> MutexGuard<'_, Option<(i64, Arc<[i64]>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
