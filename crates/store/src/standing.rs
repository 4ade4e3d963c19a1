use domain::publication::Publication;

use crate::{Store, StoreError, portal::publication};

impl Store {
    /// Returns the publications that stood when `seq` was the last one, in their order: what
    /// an index that has come so far must hold.
    pub async fn standing_at(
        &self,
        seq: i64,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Publication>, StoreError> {
        let rows = sqlx::query(
            "select seq, item_id, notice from publication
             where seq > $1 and seq <= $2 and coalesce(until_seq, $3) > $4
             order by seq limit $5",
        )
        .bind(after)
        .bind(seq)
        .bind(i64::MAX)
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(publication).collect()
    }
}
