//! Reading 流转记录 back: what became of an item, and what an officer has handled.

use domain::{
    event::Event,
    item::{EditionId, ItemId},
    people::{OfficerId, Scope},
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Store, StoreError, scope,
    sql::{Bind, bind_all},
    tasks::{TASK, Task, task},
};

/// 我经手的一件：what was done last, and how it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// The event's place in the chain; pages go on after it.
    pub seq: i64,
    pub event: Event,
    pub task: Task,
}

impl Store {
    /// Returns who did what to the editions of an item, oldest first; nothing of one that
    /// lies outside the scope.
    pub async fn events_of_item(
        &self,
        scope: Scope,
        item: ItemId,
    ) -> Result<Vec<Event>, StoreError> {
        let mut values = vec![Bind::Int(item.0)];
        let lies_within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "select event.seq, event.body from edition
             join event on event.edition_id = edition.id
             join item on item.id = edition.item_id join body on body.id = item.body_id
             where edition.item_id = $1 and {lies_within} order by event.seq"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(event).collect()
    }

    /// Returns what was done to an edition, oldest first.
    pub async fn events_of_edition(&self, id: EditionId) -> Result<Vec<Event>, StoreError> {
        let sql = "select seq, body from event where edition_id = $1 order by seq";
        let rows = bind_all(sql.into(), vec![id.0.into()]).fetch_all(&self.readers).await?;
        rows.iter().map(event).collect()
    }

    /// Returns the editions that an officer had a hand in, the last handled first, each with
    /// what was done last: those that are still open, or those that are finished.
    pub async fn handled_by(
        &self,
        scope: Scope,
        officer: OfficerId,
        finished: bool,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Handled>, StoreError> {
        let mut values =
            vec![Bind::Int(officer.0), before.unwrap_or(i64::MAX).into(), i64::from(limit).into()];
        let lies_within = scope::condition(scope, "b.id", "b.region", &mut values);
        let not = if finished { "not" } else { "" };
        let sql = format!(
            "select event.seq, event.body, {TASK} from event
             join edition e on e.id = event.edition_id
             join item i on i.id = e.item_id join body b on b.id = i.body_id
             where event.officer_id = $1 and event.seq < $2
               and e.state {not} in ('draft', 'in_review', 'returned', 'approved')
               and {lies_within}
               and not exists (select 1 from event later where later.edition_id = e.id
                               and later.officer_id = event.officer_id and later.seq > event.seq)
             order by event.seq desc limit $3"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        let handled = |row: &AnyRow| {
            Ok(Handled { seq: row.try_get("seq")?, event: event(row)?, task: task(row)? })
        };
        rows.iter().map(handled).collect()
    }
}

fn event(row: &AnyRow) -> Result<Event, StoreError> {
    let id: i64 = row.try_get("seq")?;
    let body: String = row.try_get("body")?;
    let wrong = |err: serde_json::Error| StoreError::Inconsistent {
        table: "event",
        id,
        detail: err.to_string(),
    };
    serde_json::from_str(&body).map_err(wrong)
}
