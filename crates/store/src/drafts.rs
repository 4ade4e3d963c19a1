//! Drafts while they are written: what stood there before, and who else is at it.

use std::collections::HashSet;

use domain::{
    edition::Edition,
    item::{EditionId, ItemRecord},
    people::{OfficerId, Scope},
};
use sqlx::{Row, any::AnyRow};
use time::{Duration, OffsetDateTime};

use crate::{
    Store, StoreError, Tx, editions,
    officers::{read_time, time_text},
    sql::{Bind, bind_all, placeholders},
};

/// How many saves of a draft are kept, and for how long.
const KEPT: i64 = 100;
const KEPT_FOR: Duration = Duration::days(30);

/// For so long after opening or saving a draft an officer counts as being at it.
pub const AT_WORK: Duration = Duration::minutes(15);

/// 草稿的一次保存：who laid it over which revision, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftSave {
    /// The revision that stood before, and is kept.
    pub over: i64,
    pub by: OfficerId,
    pub at: OffsetDateTime,
}

impl Store {
    /// Returns the saves of a draft that are kept, the last first.
    pub async fn draft_saves(&self, id: EditionId) -> Result<Vec<DraftSave>, StoreError> {
        let sql = "select revision, by_id, at from draft_save where edition_id = $1 \
                   order by revision desc";
        let rows = bind_all(sql.into(), vec![id.0.into()]).fetch_all(&self.readers).await?;
        rows.iter().map(|row| read_save(id, row)).collect()
    }

    /// Returns who else opened or saved a draft a while ago and may be at it still.
    pub async fn others_at_draft(
        &self,
        id: EditionId,
        officer: OfficerId,
        now: OffsetDateTime,
    ) -> Result<Vec<OfficerId>, StoreError> {
        let sql = "select officer_id from draft_open \
                   where edition_id = $1 and officer_id <> $2 and seen_at > $3 \
                   order by seen_at desc, officer_id";
        let values = vec![id.0.into(), officer.0.into(), time_text(now - AT_WORK).into()];
        let rows = bind_all(sql.into(), values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(OfficerId(row.try_get("officer_id")?))).collect()
    }
}

impl Tx {
    /// Returns an edition that is about to be saved, unless it lies outside the scope; until
    /// this step ends nobody else saves it.
    pub async fn edition_to_save(
        &mut self,
        scope: Scope,
        id: EditionId,
    ) -> Result<Option<Edition>, StoreError> {
        if !self.is_alone() {
            let lock = "select id from edition where id = $1 for update";
            bind_all(lock.into(), vec![id.0.into()]).fetch_optional(&mut *self.inner).await?;
        }
        let (sql, values) = editions::within(scope, &[id]);
        let row = bind_all(sql, values).fetch_optional(&mut *self.inner).await?;
        row.as_ref().map(editions::read).transpose()
    }

    /// Returns what stood in a draft at a revision, if that is kept.
    pub async fn draft_at(
        &mut self,
        edition: &Edition,
        revision: i64,
    ) -> Result<Option<ItemRecord>, StoreError> {
        if revision == edition.revision {
            return Ok(Some(edition.record.clone()));
        }
        let sql = "select record from draft_save where edition_id = $1 and revision = $2";
        let values = vec![edition.id.0.into(), revision.into()];
        let row = bind_all(sql.into(), values).fetch_optional(&mut *self.inner).await?;
        let Some(row) = row else { return Ok(None) };
        let record: String = row.try_get("record")?;
        serde_json::from_str(&record).map(Some).map_err(|err| wrong(edition.id, err.to_string()))
    }

    /// Returns those of the editions into which a person wrote, after they were made or brought in.
    pub async fn written_in(
        &mut self,
        ids: &[EditionId],
    ) -> Result<HashSet<EditionId>, StoreError> {
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let list = placeholders(0, ids.len());
        let sql = format!("select id from edition where saved_by is not null and id in {list}");
        let values = ids.iter().map(|id| Bind::Int(id.0)).collect();
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter().map(|row| Ok(EditionId(row.try_get("id")?))).collect()
    }

    /// Saves what was written in a draft, if nobody saved it since it was read, and keeps what
    /// stood there.
    pub async fn save_over(
        &mut self,
        edition: &Edition,
        record: &ItemRecord,
        by: OfficerId,
        now: OffsetDateTime,
    ) -> Result<Edition, StoreError> {
        let saved = self.save_draft(edition, record, by, now).await?;
        let row = vec![
            Bind::Int(edition.id.0),
            edition.revision.into(),
            editions::to_json(&edition.record).into(),
            by.0.into(),
            time_text(now).into(),
        ];
        self.insert("draft_save (edition_id, revision, record, by_id, at)", vec![row]).await?;
        let forget = "delete from draft_save where (edition_id = $1 and revision <= $2) or at < $3";
        let oldest = edition.revision - KEPT;
        let values = vec![edition.id.0.into(), oldest.into(), time_text(now - KEPT_FOR).into()];
        bind_all(forget.into(), values).execute(&mut *self.inner).await?;
        Ok(saved)
    }

    /// Notes that an officer is at a draft.
    pub async fn at_draft(
        &mut self,
        id: EditionId,
        officer: OfficerId,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let forget = "delete from draft_open where seen_at < $1";
        let long_ago = vec![time_text(now - AT_WORK).into()];
        bind_all(forget.into(), long_ago).execute(&mut *self.inner).await?;
        let row = vec![id.0.into(), officer.0.into(), time_text(now).into()];
        let seen = "on conflict (edition_id, officer_id) do update set seen_at = excluded.seen_at";
        self.insert_rows("draft_open (edition_id, officer_id, seen_at)", vec![row], seen).await
    }
}

fn read_save(id: EditionId, row: &AnyRow) -> Result<DraftSave, StoreError> {
    let at: String = row.try_get("at")?;
    Ok(DraftSave {
        over: row.try_get("revision")?,
        by: OfficerId(row.try_get("by_id")?),
        at: read_time(&at).ok_or_else(|| wrong(id, format!("时间 {at}")))?,
    })
}

fn wrong(id: EditionId, detail: String) -> StoreError {
    StoreError::Inconsistent { table: "draft_save", id: id.0, detail }
}
