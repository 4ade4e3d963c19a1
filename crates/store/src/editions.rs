use domain::{
    edition::{Edition, State},
    item::{EditionId, ItemId, ItemRecord},
    people::OfficerId,
    standard::Operation,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Store, StoreError, Tx,
    sql::{Bind, bind_all, placeholders},
};

pub(crate) const COLUMNS: &str = "id, item_id, number, revision, state, operation, desk, \
     submitted_by, standard_hash, record";

impl Tx {
    pub async fn new_edition_id(&mut self) -> Result<EditionId, StoreError> {
        self.new_id().await.map(EditionId)
    }

    /// Adds drafts. Every other state is reached by a decision.
    pub async fn add_drafts(&mut self, editions: &[Edition]) -> Result<(), StoreError> {
        let items: Vec<ItemId> = editions.iter().map(|it| it.item).collect();
        self.mark_for_queries(&items).await?;
        self.add_drafts_to_decide(editions).await
    }

    /// Adds drafts that are decided upon in the same step, so that queries follow its events.
    pub async fn add_drafts_to_decide(&mut self, editions: &[Edition]) -> Result<(), StoreError> {
        let rows = editions.iter().map(|edition| {
            vec![
                Bind::Int(edition.id.0),
                edition.item.0.into(),
                i64::from(edition.number).into(),
                edition.revision.into(),
                State::Draft.as_str().into(),
                edition.operation.as_str().into(),
                Bind::NoText,
                Bind::NoInt,
                edition.standard_hash.as_str().into(),
                to_json(&edition.record).into(),
            ]
        });
        self.insert(&format!("edition ({COLUMNS})"), rows.collect()).await
    }

    /// Saves what was written in a draft, if nobody saved it since it was read.
    pub async fn save_draft(
        &mut self,
        edition: &Edition,
        record: &ItemRecord,
    ) -> Result<Edition, StoreError> {
        let saved = sqlx::query(
            "update edition set record = $1, revision = revision + 1
             where id = $2 and revision = $3 and state in ('draft', 'returned')",
        )
        .bind(to_json(record))
        .bind(edition.id.0)
        .bind(edition.revision)
        .execute(&mut *self.inner)
        .await?;
        if saved.rows_affected() != 1 {
            return Err(StoreError::Stale { what: "版本", id: edition.id.0 });
        }
        self.mark_for_queries(&[edition.item]).await?;
        let revision = edition.revision + 1;
        Ok(Edition { revision, record: record.clone(), ..edition.clone() })
    }

    pub async fn edition(&mut self, id: EditionId) -> Result<Option<Edition>, StoreError> {
        let sql = format!("select {COLUMNS} from edition where id = $1");
        let row = bind_all(sql, vec![id.0.into()]).fetch_optional(&mut *self.inner).await?;
        row.as_ref().map(read).transpose()
    }

    /// Returns the newest edition of each item, whatever its state, and the live one if older.
    pub async fn current_editions(&mut self, items: &[ItemId]) -> Result<Vec<Edition>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(0, items.len());
        let sql = format!(
            "select {COLUMNS} from edition
             where item_id in {list}
               and (state in ('published', 'suspended')
                    or number = (select max(newest.number) from edition newest
                                 where newest.item_id = edition.item_id))
             order by item_id, number"
        );
        let ids = items.iter().map(|item| Bind::Int(item.0)).collect();
        let rows = bind_all(sql, ids).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }
}

impl Store {
    /// Returns every edition of an item, oldest first.
    pub async fn editions_of(&self, item: ItemId) -> Result<Vec<Edition>, StoreError> {
        let sql = format!("select {COLUMNS} from edition where item_id = $1 order by number");
        let rows = bind_all(sql, vec![item.0.into()]).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

pub(crate) fn read(row: &AnyRow) -> Result<Edition, StoreError> {
    let id: i64 = row.try_get("id")?;
    let wrong = |detail: String| StoreError::Inconsistent { table: "edition", id, detail };
    let state: String = row.try_get("state")?;
    let operation: String = row.try_get("operation")?;
    let record: String = row.try_get("record")?;
    let number: i64 = row.try_get("number")?;
    Ok(Edition {
        id: EditionId(id),
        item: ItemId(row.try_get("item_id")?),
        number: number.try_into().map_err(|_| wrong(format!("版本号 {number}")))?,
        revision: row.try_get("revision")?,
        state: State::parse(&state).ok_or_else(|| wrong(format!("状态 {state}")))?,
        operation: Operation::parse(&operation)
            .ok_or_else(|| wrong(format!("操作 {operation}")))?,
        desk: row.try_get("desk")?,
        submitted_by: row.try_get::<Option<i64>, _>("submitted_by")?.map(OfficerId),
        standard_hash: row.try_get("standard_hash")?,
        record: serde_json::from_str(&record).map_err(|err| wrong(err.to_string()))?,
    })
}

pub(crate) fn to_json(record: &ItemRecord) -> String {
    serde_json::to_string(record).expect("a record holds only strings as keys")
}
