//! 提醒: what an officer is told of beside what waits for them.

use domain::people::{OfficerId, Scope};
use sqlx::{Row, any::AnyRow};
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

use crate::{
    Store, StoreError,
    officers::{read_time, time_text},
    scope,
    sql::{Bind, bind_all},
    tasks::{TASK, Task, task},
};

/// 提醒的一件，和它的日子。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    pub task: Task,
    pub on: Date,
}

const FROM: &str = "from edition e join item i on i.id = e.item_id join body b on b.id = i.body_id";

impl Store {
    /// Returns what is approved and is published by itself on a day, in the order of the days;
    /// of one officer's, or of everybody's.
    pub async fn days_to_come(
        &self,
        scope: Scope,
        submitted_by: Option<OfficerId>,
        limit: u32,
    ) -> Result<Vec<Noticed>, StoreError> {
        let mut values = vec![Bind::Int(i64::from(limit))];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let whose = submitted_by.map_or(String::new(), |officer| {
            values.push(Bind::Int(officer.0));
            format!(" and e.submitted_by = ${}", values.len())
        });
        let sql = format!(
            "select {TASK}, e.publish_on as notice_on {FROM}
             where e.publish_on is not null and e.state = 'approved' and {within}{whose}
             order by e.publish_on, e.id limit $1"
        );
        self.noticed(sql, values).await
    }

    /// Returns what an officer submitted and the public was shown since a day, and still is, the
    /// last submitted first.
    pub async fn published_of(
        &self,
        scope: Scope,
        officer: OfficerId,
        since: Date,
        limit: u32,
    ) -> Result<Vec<Noticed>, StoreError> {
        let mut values =
            vec![Bind::Int(i64::from(limit)), officer.0.into(), since.to_string().into()];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        // Through what the officer has done: nothing else leads to an edition's author.
        let sql = format!(
            "select {TASK}, p.from_on as notice_on from event
             join edition e on e.id = event.edition_id
             join item i on i.id = e.item_id join body b on b.id = i.body_id
             join publication p on p.item_id = e.item_id and p.edition_id = e.id
             where event.officer_id = $2 and e.submitted_by = $2
               and p.until_seq is null and p.from_on >= $3 and {within}
               and not exists (select 1 from event later where later.edition_id = e.id
                               and later.officer_id = event.officer_id and later.seq > event.seq)
             order by event.seq desc limit $1"
        );
        self.noticed(sql, values).await
    }

    /// Returns drafts that an officer saved last, and not since a time, the oldest first.
    pub async fn idle_drafts(
        &self,
        scope: Scope,
        officer: OfficerId,
        since: OffsetDateTime,
        limit: u32,
    ) -> Result<Vec<Noticed>, StoreError> {
        let mut values =
            vec![Bind::Int(i64::from(limit)), officer.0.into(), time_text(since).into()];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        // The states stand as they are, for the partial index of what is open.
        let sql = format!(
            "select {TASK}, e.saved_at as notice_on {FROM}
             where e.state in ('draft', 'in_review', 'returned', 'approved') and e.state = 'draft'
               and e.saved_by = $2 and e.saved_at < $3 and {within}
             order by e.saved_at, e.id limit $1"
        );
        self.noticed(sql, values).await
    }

    async fn noticed(&self, sql: String, values: Vec<Bind>) -> Result<Vec<Noticed>, StoreError> {
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(noticed).collect()
    }
}

fn noticed(row: &AnyRow) -> Result<Noticed, StoreError> {
    let task = task(row)?;
    let text: String = row.try_get("notice_on")?;
    let moment = read_time(&text).map(domain::calendar::office_day);
    let day = moment.or_else(|| Date::parse(&text, &Iso8601::DATE).ok());
    let wrong = || StoreError::Inconsistent { table: "edition", id: task.edition.0, detail: text };
    Ok(Noticed { on: day.ok_or_else(wrong)?, task })
}
