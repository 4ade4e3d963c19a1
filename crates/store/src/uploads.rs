//! Files that officers bring to be imported: who has brought what.

use domain::people::OfficerId;
use time::{Duration, OffsetDateTime};

use crate::{Store, StoreError, Tx, officers::time_text, sql::bind_all};

/// For so long a table may be looked at before its import begins.
const KEPT_FOR: Duration = Duration::days(30);

impl Store {
    /// Tells whether an officer has brought the file of this hash: to name it is no proof.
    pub async fn has_brought(&self, officer: OfficerId, hash: &str) -> Result<bool, StoreError> {
        let sql = "select hash from upload where officer_id = $1 and hash = $2";
        let values = vec![officer.0.into(), hash.into()];
        let row = bind_all(sql.to_owned(), values).fetch_optional(&self.readers).await?;
        Ok(row.is_some())
    }
}

impl Tx {
    /// Notes that an officer has brought a file, whose bytes are kept already.
    pub async fn note_brought(
        &mut self,
        officer: OfficerId,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let forget = "delete from upload where brought_at < $1";
        let long_ago = vec![time_text(now - KEPT_FOR).into()];
        bind_all(forget.to_owned(), long_ago).execute(&mut *self.inner).await?;
        let row = vec![officer.0.into(), hash.into(), time_text(now).into()];
        let again = "on conflict (officer_id, hash) do update set brought_at = excluded.brought_at";
        self.insert_rows("upload (officer_id, hash, brought_at)", vec![row], again).await
    }
}
