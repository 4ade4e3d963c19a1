use std::collections::HashMap;

use domain::{
    edition::{Edition, State},
    item::{EditionId, ItemId, ItemRecord},
    people::{OfficerId, Scope},
    standard::Operation,
};
use sqlx::{Row, any::AnyRow};
use time::OffsetDateTime;

use crate::{
    Store, StoreError, Tx,
    officers::{read_time, time_text},
    scope,
    sql::{Bind, bind_all, placeholders},
};

/// 版本上次保存、送审的时间，和在现处等了多久。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditionTimes {
    pub saved: Option<(OffsetDateTime, OfficerId)>,
    pub submitted_at: Option<OffsetDateTime>,
    pub waiting_since: Option<OffsetDateTime>,
}

pub(crate) const COLUMNS: &str = "id, item_id, number, revision, state, operation, desk, \
     submitted_by, returned_from, reason, standard_hash, record";

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
                edition.reason.clone().into(),
                edition.standard_hash.as_str().into(),
                to_json(&edition.record).into(),
            ]
        });
        let into = "edition (id, item_id, number, revision, state, operation, reason, \
                    standard_hash, record)";
        self.insert(into, rows.collect()).await
    }

    /// Saves what was written in a draft, if nobody saved it since it was read.
    pub async fn save_draft(
        &mut self,
        edition: &Edition,
        record: &ItemRecord,
        by: OfficerId,
        now: OffsetDateTime,
    ) -> Result<Edition, StoreError> {
        let sql = "update edition set record = $1, revision = revision + 1, saved_by = $4, \
                   saved_at = $5 \
                   where id = $2 and revision = $3 and state in ('draft', 'returned')";
        let saved_by = [by.0.into(), time_text(now).into()];
        self.put_in_draft(edition, record, (sql, saved_by.into())).await
    }

    /// Puts into a draft what nobody writes in it, such as its code, if nobody saved it since it
    /// was read.
    pub(crate) async fn amend_draft(
        &mut self,
        edition: &Edition,
        record: &ItemRecord,
    ) -> Result<Edition, StoreError> {
        let sql = "update edition set record = $1, revision = revision + 1 \
                   where id = $2 and revision = $3 and state in ('draft', 'returned')";
        self.put_in_draft(edition, record, (sql, Vec::new())).await
    }

    async fn put_in_draft(
        &mut self,
        edition: &Edition,
        record: &ItemRecord,
        (sql, more): (&str, Vec<Bind>),
    ) -> Result<Edition, StoreError> {
        let mut values = vec![to_json(record).into(), edition.id.0.into(), edition.revision.into()];
        values.extend(more);
        self.change_one(sql, values, ("版本", edition.id.0)).await?;
        self.mark_for_queries(&[edition.item]).await?;
        let revision = edition.revision + 1;
        Ok(Edition { revision, record: record.clone(), ..edition.clone() })
    }

    pub async fn edition(&mut self, id: EditionId) -> Result<Option<Edition>, StoreError> {
        Ok(self.editions_within(Scope::Everywhere, &[id]).await?.pop())
    }

    /// Returns an edition, unless it lies outside the scope.
    pub async fn edition_within(
        &mut self,
        scope: Scope,
        id: EditionId,
    ) -> Result<Option<Edition>, StoreError> {
        Ok(self.editions_within(scope, &[id]).await?.pop())
    }

    /// Returns those of the editions that lie within the scope, in no order.
    pub async fn editions_within(
        &mut self,
        scope: Scope,
        ids: &[EditionId],
    ) -> Result<Vec<Edition>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, values) = within(scope, ids);
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }

    /// Returns the editions that are in force of these items, in no order.
    pub async fn live_editions(&mut self, items: &[ItemId]) -> Result<Vec<Edition>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, ids) = live_of(items);
        let rows = bind_all(sql, ids).fetch_all(&mut *self.inner).await?;
        rows.iter().map(read).collect()
    }

    /// Returns the edition of an item that is being worked on.
    pub async fn open_edition(&mut self, item: ItemId) -> Result<Option<Edition>, StoreError> {
        let editions = self.current_editions(&[item]).await?;
        Ok(editions.into_iter().find(|it| it.state.is_open()))
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
    /// Returns every edition of an item, oldest first; none of one that lies outside the scope.
    pub async fn editions_of(
        &self,
        scope: Scope,
        item: ItemId,
    ) -> Result<Vec<Edition>, StoreError> {
        let mut values = vec![Bind::Int(item.0)];
        let lies_within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "select {COLUMNS} from edition where item_id = $1 and exists
                 (select 1 from item join body on body.id = item.body_id
                  where item.id = edition.item_id and {lies_within})
             order by number"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Returns those of the editions that lie within the scope, each with the one that is in
    /// force beside it, in no order.
    pub async fn editions_with_live(
        &self,
        scope: Scope,
        ids: &[EditionId],
    ) -> Result<Vec<(Edition, Option<Edition>)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, values) = within(scope, ids);
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        let editions: Vec<Edition> = rows.iter().map(read).collect::<Result<_, _>>()?;
        let items: Vec<ItemId> = editions.iter().map(|it| it.item).collect();
        let mut live = HashMap::new();
        if !items.is_empty() {
            let (sql, values) = live_of(&items);
            let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
            for row in &rows {
                let edition = read(row)?;
                live.insert(edition.item, edition);
            }
        }
        let with_live = |it: Edition| {
            let live = live.remove(&it.item);
            (it, live)
        };
        Ok(editions.into_iter().map(with_live).collect())
    }

    /// Returns an edition, unless it lies outside the scope.
    pub async fn edition_within(
        &self,
        scope: Scope,
        id: EditionId,
    ) -> Result<Option<Edition>, StoreError> {
        let (sql, values) = within(scope, &[id]);
        let row = bind_all(sql, values).fetch_optional(&self.readers).await?;
        row.as_ref().map(read).transpose()
    }

    /// Returns when an edition was last saved and submitted, and since when it waits.
    pub async fn edition_times(&self, id: EditionId) -> Result<Option<EditionTimes>, StoreError> {
        let sql = "select saved_at, saved_by, submitted_at, waiting_since from edition \
                   where id = $1";
        let row = bind_all(sql.into(), vec![id.0.into()]).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        let time = |column: &str| -> Result<Option<OffsetDateTime>, StoreError> {
            let text: Option<String> = row.try_get(column)?;
            Ok(text.as_deref().and_then(read_time))
        };
        let by: Option<i64> = row.try_get("saved_by")?;
        Ok(Some(EditionTimes {
            saved: time("saved_at")?.zip(by.map(OfficerId)),
            submitted_at: time("submitted_at")?,
            waiting_since: time("waiting_since")?,
        }))
    }
}

/// Reads these editions where they lie within the scope.
pub(crate) fn within(scope: Scope, ids: &[EditionId]) -> (String, Vec<Bind>) {
    let mut values: Vec<Bind> = ids.iter().map(|id| Bind::Int(id.0)).collect();
    let list = placeholders(0, ids.len());
    if scope == Scope::Everywhere {
        return (format!("select {COLUMNS} from edition where id in {list}"), values);
    }
    let lies_within = scope::condition(scope, "body.id", "body.region", &mut values);
    let sql = format!(
        "select {COLUMNS} from edition where id in {list} and exists
             (select 1 from item join body on body.id = item.body_id
              where item.id = edition.item_id and {lies_within})"
    );
    (sql, values)
}

fn live_of(items: &[ItemId]) -> (String, Vec<Bind>) {
    let list = placeholders(0, items.len());
    let sql = format!(
        "select {COLUMNS} from edition
         where item_id in {list} and state in ('published', 'suspended')"
    );
    (sql, items.iter().map(|item| Bind::Int(item.0)).collect())
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
        returned_from: row.try_get("returned_from")?,
        reason: row.try_get("reason")?,
        standard_hash: row.try_get("standard_hash")?,
        record: serde_json::from_str(&record).map_err(|err| wrong(err.to_string()))?,
    })
}

pub(crate) fn to_json(record: &ItemRecord) -> String {
    serde_json::to_string(record).expect("a record holds only strings as keys")
}
