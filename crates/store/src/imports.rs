use domain::item::{EditionId, ImportId, ItemId};
use sqlx::{Row, any::AnyRow};
use time::OffsetDateTime;

use crate::{
    Store, StoreError, Tx,
    officers::time_text,
    sql::{Bind, bind_all, placeholders},
};

/// 一次导入。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    pub source: String,
    pub standard: String,
    pub state: ImportState,
    pub started_at: String,
}

/// 导入的状态。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    Running,
    Done,
    Undone,
}

/// 一行的下场。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    Imported,
    Updated,
    Unchanged,
    Rejected,
}

/// What became of a row; enough to report and to undo it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    pub number: u64,
    pub place: String,
    pub outcome: Outcome,
    pub item: Option<ItemId>,
    pub edition: Option<EditionId>,
    pub replaced: Option<EditionId>,
    /// Findings as JSON, or the reason of a rejection.
    pub report: String,
}

const IMPORT: &str = "select id, source, standard, state, started_at from import";

impl Outcome {
    pub const ALL: [Outcome; 4] =
        [Outcome::Imported, Outcome::Updated, Outcome::Unchanged, Outcome::Rejected];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Imported => "imported",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Rejected => "rejected",
        }
    }
}

impl ImportState {
    fn as_str(self) -> &'static str {
        match self {
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Undone => "undone",
        }
    }
}

impl Tx {
    pub async fn start_import(
        &mut self,
        source: &str,
        standard: &str,
        now: OffsetDateTime,
    ) -> Result<ImportId, StoreError> {
        let id = self.new_id().await?;
        sqlx::query(
            "insert into import (id, source, standard, state, started_at)
             values ($1, $2, $3, 'running', $4)",
        )
        .bind(id)
        .bind(source)
        .bind(standard)
        .bind(time_text(now))
        .execute(&mut *self.inner)
        .await?;
        Ok(ImportId(id))
    }

    pub async fn set_import_state(
        &mut self,
        id: ImportId,
        state: ImportState,
    ) -> Result<(), StoreError> {
        sqlx::query("update import set state = $1 where id = $2")
            .bind(state.as_str())
            .bind(id.0)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }

    pub async fn add_import_rows(
        &mut self,
        import: ImportId,
        rows: &[ImportRow],
    ) -> Result<(), StoreError> {
        let rows = rows.iter().map(|row| {
            vec![
                Bind::Int(import.0),
                i64::try_from(row.number).unwrap_or(i64::MAX).into(),
                row.place.as_str().into(),
                row.outcome.as_str().into(),
                row.item.map(|it| it.0).into(),
                row.edition.map(|it| it.0).into(),
                row.replaced.map(|it| it.0).into(),
                row.report.as_str().into(),
            ]
        });
        let into = "import_row (import_id, number, place, outcome, item_id, edition_id, \
             replaced_id, report)";
        self.insert(into, rows.collect()).await
    }

    /// Returns which of these items an earlier row of this import already was, and where.
    pub async fn rows_of_items(
        &mut self,
        import: ImportId,
        items: &[ItemId],
    ) -> Result<Vec<(ItemId, String)>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(1, items.len());
        let sql = format!(
            "select item_id, place from import_row where import_id = $1 and item_id in {list}"
        );
        let mut values = vec![Bind::Int(import.0)];
        values.extend(items.iter().map(|item| Bind::Int(item.0)));
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        rows.iter()
            .map(|row| Ok((ItemId(row.try_get("item_id")?), row.try_get("place")?)))
            .collect()
    }
}

impl Store {
    pub async fn import(&self, id: ImportId) -> Result<Option<Import>, StoreError> {
        let sql = format!("{IMPORT} where id = $1");
        let row = bind_all(sql, vec![id.0.into()]).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_import).transpose()
    }

    /// Returns the newest import, which `undo` takes back when none is named.
    pub async fn last_import(&self) -> Result<Option<Import>, StoreError> {
        let sql = format!("{IMPORT} order by started_at desc, id desc limit 1");
        let row = bind_all(sql, vec![]).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_import).transpose()
    }

    /// Returns the number of the last row that an import has noted; 0 before the first.
    pub async fn last_import_row(&self, import: ImportId) -> Result<u64, StoreError> {
        let sql = "select coalesce(max(number), 0) as number from import_row where import_id = $1";
        let row = bind_all(sql.into(), vec![import.0.into()]).fetch_one(&self.readers).await?;
        Ok(row.try_get::<i64, _>("number")?.unsigned_abs())
    }

    /// Returns a page of an import's rows, in the file's order.
    pub async fn import_rows(
        &self,
        import: ImportId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<ImportRow>, StoreError> {
        let rows = sqlx::query(
            "select number, place, outcome, item_id, edition_id, replaced_id, report
             from import_row where import_id = $1 and number > $2 order by number limit $3",
        )
        .bind(import.0)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_row).collect()
    }
}

fn read_import(row: &AnyRow) -> Result<Import, StoreError> {
    let id: i64 = row.try_get("id")?;
    let word: String = row.try_get("state")?;
    let states = [ImportState::Running, ImportState::Done, ImportState::Undone];
    let state = states.into_iter().find(|it| it.as_str() == word);
    Ok(Import {
        id: ImportId(id),
        source: row.try_get("source")?,
        standard: row.try_get("standard")?,
        state: state.ok_or(StoreError::Inconsistent { table: "import", id, detail: word })?,
        started_at: row.try_get("started_at")?,
    })
}

fn read_row(row: &AnyRow) -> Result<ImportRow, StoreError> {
    let number: i64 = row.try_get("number")?;
    let word: String = row.try_get("outcome")?;
    let outcome = Outcome::ALL
        .into_iter()
        .find(|it| it.as_str() == word)
        .ok_or(StoreError::Inconsistent { table: "import_row", id: number, detail: word })?;
    Ok(ImportRow {
        number: number.unsigned_abs(),
        place: row.try_get("place")?,
        outcome,
        item: row.try_get::<Option<i64>, _>("item_id")?.map(ItemId),
        edition: row.try_get::<Option<i64>, _>("edition_id")?.map(EditionId),
        replaced: row.try_get::<Option<i64>, _>("replaced_id")?.map(EditionId),
        report: row.try_get("report")?,
    })
}
