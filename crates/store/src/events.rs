//! Reading 流转记录 back: what became of an item, and what an officer has handled.

use domain::{
    edition::Action,
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

/// What is looked for in the event log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    pub action: Option<Action>,
    pub officer: Option<OfficerId>,
    /// The item's code, whole.
    pub code: Option<String>,
    /// Events before this place in the chain; pages go on with it.
    pub before: Option<i64>,
}

/// 流转记录的一行，和它是哪个事项的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub seq: i64,
    pub event: Event,
    pub name: String,
    pub code: Option<String>,
}

impl Store {
    /// Returns what happened to the items of a scope, newest first.
    pub async fn event_log(
        &self,
        scope: Scope,
        filter: &EventFilter,
        limit: u32,
    ) -> Result<Vec<Logged>, StoreError> {
        let mut values =
            vec![Bind::Int(filter.before.unwrap_or(i64::MAX)), i64::from(limit).into()];
        let mut chosen = scope::condition(scope, "body.id", "body.region", &mut values);
        let mut bind = |value: Bind| {
            values.push(value);
            format!("${}", values.len())
        };
        if let Some(officer) = filter.officer {
            chosen += &format!(" and event.officer_id = {}", bind(officer.0.into()));
        }
        if let Some(code) = &filter.code {
            chosen += &format!(" and item.code = {}", bind(code.as_str().into()));
        }
        if let Some(action) = filter.action {
            let written = format!("%\"action\":\"{}\"%", action.as_str());
            chosen += &format!(" and event.body like {}", bind(written.into()));
        }
        let sql = format!(
            "select event.seq, event.body, item.name, item.code from event
             join edition on edition.id = event.edition_id
             join item on item.id = edition.item_id join body on body.id = item.body_id
             where event.seq < $1 and {chosen} order by event.seq desc limit $2"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        let logged = |row: &AnyRow| {
            Ok(Logged {
                seq: row.try_get("seq")?,
                event: event(row)?,
                name: row.try_get("name")?,
                code: row.try_get("code")?,
            })
        };
        rows.iter().map(logged).collect()
    }

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
