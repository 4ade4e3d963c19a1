//! 待办: what waits for somebody, oldest first, by pages.

use std::{fmt, str::FromStr};

use domain::{
    edition::State,
    item::{BodyId, EditionId, ItemId},
    people::{OfficerId, Scope},
    region::RegionCode,
    standard::Operation,
};
use sqlx::{Row, any::AnyRow};
use time::{Date, OffsetDateTime};

use crate::{
    Store, StoreError,
    officers::{read_time, time_text},
    scope,
    sql::{Bind, bind_all, escaped, placeholders},
};

/// 待办的一件：an edition that waits, and what a list says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub edition: EditionId,
    pub item: ItemId,
    pub number: u32,
    pub revision: i64,
    pub state: State,
    pub operation: Operation,
    pub desk: Option<String>,
    pub code: Option<String>,
    pub name: String,
    pub kind: String,
    pub standard: String,
    pub body: BodyId,
    pub body_name: String,
    pub region: RegionCode,
    pub submitted_by: Option<OfficerId>,
    /// How many findings it was submitted with.
    pub n_findings: Option<u32>,
    /// Since when it waits where it is.
    pub since: Option<OffsetDateTime>,
}

/// 哪一份待办。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tray {
    /// What waits at these desks; with what waits to be published, for who publishes.
    Review { desks: Vec<String>, publishes: bool },
    /// What was returned: to one officer, or to anybody.
    Returned { to: Option<OfficerId> },
}

/// 待办的筛选。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// A part of the name or of the code.
    pub words: Option<String>,
    pub body: Option<BodyId>,
    pub operation: Option<Operation>,
    /// Whether it was submitted with findings.
    pub findings: Option<bool>,
    /// When it arrived, by standard and desk, whose limits differ; any of these will do.
    pub arrived: Option<Vec<Arrival>>,
}

/// What arrived at a desk from a time on and before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub standard: String,
    pub desk: String,
    pub from: Option<OffsetDateTime>,
    pub before: Option<OffsetDateTime>,
}

/// Where a page begins: after what waits since then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskKey {
    since: String,
    edition: i64,
}

/// 一件待办在清单里的位置，和它前后的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// How many wait longer.
    pub n_before: u64,
    pub total: u64,
    pub before: Option<EditionId>,
    pub after: Option<EditionId>,
}

/// The columns of a task, of edition `e`, item `i` and body `b`.
pub(crate) const TASK: &str = "e.id, e.item_id, e.number, e.revision, e.state, e.operation, \
     e.desk, e.submitted_by, e.n_findings, e.waiting_since, i.code, i.name, i.kind, i.standard, \
     b.id as body_id, b.name as body_name, b.region";

const FROM: &str = "from edition e join item i on i.id = e.item_id join body b on b.id = i.body_id";

/// The same by way of the offices of a scope, which are few beside all that waits anywhere;
/// SQLite takes crossed tables in their order. What is open is told to its partial index.
const BY_OFFICE: &str = "from body b cross join item i cross join edition e \
     where i.body_id = b.id and e.item_id = i.id \
     and e.state in ('draft', 'in_review', 'returned', 'approved')";

impl Task {
    pub fn key(&self) -> TaskKey {
        TaskKey { since: self.since.map(time_text).unwrap_or_default(), edition: self.edition.0 }
    }
}

impl Store {
    /// Returns a page of what waits, the longest first.
    pub async fn tasks(
        &self,
        scope: Scope,
        tray: &Tray,
        filter: &TaskFilter,
        after: Option<&TaskKey>,
        limit: u32,
    ) -> Result<Vec<Task>, StoreError> {
        let mut values = Vec::new();
        let mut chosen = chosen(scope, tray, filter, &mut values);
        if let Some(key) = after {
            chosen += &beside(key, '>', &mut values);
        }
        let limit = bind(&mut values, i64::from(limit));
        let sql = format!(
            "select {TASK} {FROM} where {chosen} order by e.waiting_since, e.id limit {limit}"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(task).collect()
    }

    /// Counts what waits.
    pub async fn count_tasks(
        &self,
        scope: Scope,
        tray: &Tray,
        filter: &TaskFilter,
    ) -> Result<u64, StoreError> {
        let mut values = Vec::new();
        let chosen = chosen(scope, tray, filter, &mut values);
        let sql = format!("select count(*) as n {FROM} where {chosen}");
        let row = bind_all(sql, values).fetch_one(&self.readers).await?;
        Ok(row.try_get::<i64, _>("n")?.unsigned_abs())
    }

    /// Counts what waits, as far as `most`: what lies beyond is not looked at.
    pub async fn count_waiting(
        &self,
        scope: Scope,
        tray: &Tray,
        most: u64,
    ) -> Result<u64, StoreError> {
        let mut values = Vec::new();
        let chosen = chosen(scope, tray, &TaskFilter::default(), &mut values);
        let most = bind(&mut values, most as i64);
        let from = match scope {
            Scope::Everywhere => format!("{FROM} where"),
            Scope::Region(_) | Scope::Body(_) => format!("{BY_OFFICE} and"),
        };
        let sql =
            format!("select count(*) as n from (select e.id {from} {chosen} limit {most}) waiting");
        let row = bind_all(sql, values).fetch_one(&self.readers).await?;
        Ok(row.try_get::<i64, _>("n")?.unsigned_abs())
    }

    /// Returns what waits just before and after a place in the list, whatever waits there.
    pub async fn task_neighbours(
        &self,
        scope: Scope,
        tray: &Tray,
        key: &TaskKey,
    ) -> Result<Neighbours, StoreError> {
        let none = TaskFilter::default();
        let mut values = Vec::new();
        let chosen = chosen(scope, tray, &none, &mut values);
        let before = beside(key, '<', &mut values);
        let sql = format!(
            "select count(*) over () as n, e.id {FROM} where {chosen} {before}
             order by e.waiting_since desc, e.id desc limit 1"
        );
        let row = bind_all(sql, values).fetch_optional(&self.readers).await?;
        let (n_before, before) = match row {
            Some(row) => {
                let n: i64 = row.try_get("n")?;
                (n.unsigned_abs(), Some(EditionId(row.try_get("id")?)))
            }
            None => (0, None),
        };
        let after = self.tasks(scope, tray, &none, Some(key), 1).await?;
        let total = self.count_tasks(scope, tray, &none).await?;
        Ok(Neighbours { n_before, total, before, after: after.first().map(|it| it.edition) })
    }

    /// Returns the bodies whose items wait, and how many of each.
    pub async fn task_bodies(
        &self,
        scope: Scope,
        tray: &Tray,
    ) -> Result<Vec<(BodyId, String, u64)>, StoreError> {
        let mut values = Vec::new();
        let chosen = chosen(scope, tray, &TaskFilter::default(), &mut values);
        let sql = format!(
            "select b.id, b.name, count(*) as n {FROM} where {chosen}
             group by b.id, b.name, b.region order by b.region, b.name"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        let body = |row: &AnyRow| {
            let n: i64 = row.try_get("n")?;
            Ok((BodyId(row.try_get("id")?), row.try_get("name")?, n.unsigned_abs()))
        };
        rows.iter().map(body).collect()
    }

    /// Returns approved editions that are to be published by themselves on a day or were to be
    /// before, in the order of their days.
    pub async fn due_editions(
        &self,
        on: Date,
        after: Option<(Date, EditionId)>,
        limit: u32,
    ) -> Result<Vec<(Date, EditionId)>, StoreError> {
        let (day, id) = after.map_or((String::new(), 0), |(day, id)| (day.to_string(), id.0));
        let sql = "select publish_on, id from edition
                   where publish_on is not null and publish_on <= $1 and state = 'approved'
                     and (publish_on > $2 or (publish_on = $2 and id > $3))
                   order by publish_on, id limit $4";
        let values = vec![on.to_string().into(), day.into(), id.into(), i64::from(limit).into()];
        let rows = bind_all(sql.into(), values).fetch_all(&self.readers).await?;
        let due = |row: &AnyRow| {
            let (id, day): (i64, String) = (row.try_get("id")?, row.try_get("publish_on")?);
            let iso = time::format_description::well_known::Iso8601::DATE;
            let wrong = |_| StoreError::Inconsistent { table: "edition", id, detail: day.clone() };
            Ok((Date::parse(&day, &iso).map_err(wrong)?, EditionId(id)))
        };
        rows.iter().map(due).collect()
    }
}

impl TaskKey {
    pub fn new(since: OffsetDateTime, edition: EditionId) -> TaskKey {
        TaskKey { since: time_text(since), edition: edition.0 }
    }
}

impl fmt::Display for TaskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.since, self.edition)
    }
}

impl FromStr for TaskKey {
    type Err = ();

    fn from_str(text: &str) -> Result<TaskKey, ()> {
        let (since, edition) = text.split_once('~').ok_or(())?;
        read_time(since).ok_or(())?;
        Ok(TaskKey { since: since.to_owned(), edition: edition.parse().map_err(|_| ())? })
    }
}

pub(crate) fn task(row: &AnyRow) -> Result<Task, StoreError> {
    let id: i64 = row.try_get("id")?;
    let wrong = |detail: String| StoreError::Inconsistent { table: "edition", id, detail };
    let [state, operation, region]: [String; 3] =
        [row.try_get("state")?, row.try_get("operation")?, row.try_get("region")?];
    let number: i64 = row.try_get("number")?;
    let n_findings: Option<i64> = row.try_get("n_findings")?;
    let since: Option<String> = row.try_get("waiting_since")?;
    Ok(Task {
        edition: EditionId(id),
        item: ItemId(row.try_get("item_id")?),
        number: number.try_into().map_err(|_| wrong(format!("版本号 {number}")))?,
        revision: row.try_get("revision")?,
        state: State::parse(&state).ok_or_else(|| wrong(format!("状态 {state}")))?,
        operation: Operation::parse(&operation)
            .ok_or_else(|| wrong(format!("操作 {operation}")))?,
        desk: row.try_get("desk")?,
        code: row.try_get("code")?,
        name: row.try_get("name")?,
        kind: row.try_get("kind")?,
        standard: row.try_get("standard")?,
        body: BodyId(row.try_get("body_id")?),
        body_name: row.try_get("body_name")?,
        region: RegionCode::parse(&region).map_err(|err| wrong(err.to_string()))?,
        submitted_by: row.try_get::<Option<i64>, _>("submitted_by")?.map(OfficerId),
        n_findings: n_findings.and_then(|n| n.try_into().ok()),
        since: since.as_deref().and_then(read_time),
    })
}

/// Writes what is asked for as a condition. States stand as they are, for the partial index.
fn chosen(scope: Scope, tray: &Tray, filter: &TaskFilter, values: &mut Vec<Bind>) -> String {
    let mut all = vec![
        "e.waiting_since is not null".to_owned(),
        in_tray(tray, values),
        scope::condition(scope, "b.id", "b.region", values),
    ];
    if let Some(words) = &filter.words {
        let like = format!("%{}%", escaped(words));
        let name = bind(values, like.as_str());
        let code = bind(values, like.to_uppercase());
        all.push(format!("(i.name like {name} escape '!' or i.code like {code} escape '!')"));
    }
    if let Some(body) = filter.body {
        all.push(format!("b.id = {}", bind(values, body.0)));
    }
    if let Some(operation) = filter.operation {
        all.push(format!("e.operation = {}", bind(values, operation.as_str())));
    }
    if let Some(findings) = filter.findings {
        let comparison = if findings { ">" } else { "=" };
        all.push(format!("coalesce(e.n_findings, 0) {comparison} 0"));
    }
    if let Some(arrivals) = &filter.arrived {
        let any: Vec<String> = arrivals.iter().map(|it| arrived(it, values)).collect();
        all.push(if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) });
    }
    all.join(" and ")
}

/// Narrows to what comes before a place in the list, or after it.
fn beside(key: &TaskKey, side: char, values: &mut Vec<Bind>) -> String {
    let since = bind(values, key.since.as_str());
    let edition = bind(values, key.edition);
    format!(
        " and (e.waiting_since {side} {since}
               or (e.waiting_since = {since} and e.id {side} {edition}))"
    )
}

fn in_tray(tray: &Tray, values: &mut Vec<Bind>) -> String {
    match tray {
        Tray::Returned { to: None } => "e.state = 'returned'".into(),
        Tray::Returned { to: Some(officer) } => {
            format!("e.state = 'returned' and e.submitted_by = {}", bind(values, officer.0))
        }
        Tray::Review { desks, publishes } => {
            let mut any = Vec::new();
            if !desks.is_empty() {
                let list = placeholders(values.len(), desks.len());
                values.extend(desks.iter().map(|desk| Bind::from(desk.as_str())));
                any.push(format!("e.state = 'in_review' and e.desk in {list}"));
            }
            if *publishes {
                any.push("e.state = 'approved'".to_owned());
            }
            if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) }
        }
    }
}

fn arrived(arrival: &Arrival, values: &mut Vec<Bind>) -> String {
    let standard = bind(values, arrival.standard.as_str());
    let desk = bind(values, arrival.desk.as_str());
    let mut all = format!("i.standard = {standard} and e.desk = {desk}");
    if let Some(from) = arrival.from {
        all += &format!(" and e.waiting_since >= {}", bind(values, time_text(from)));
    }
    if let Some(before) = arrival.before {
        all += &format!(" and e.waiting_since < {}", bind(values, time_text(before)));
    }
    format!("({all})")
}

fn bind(values: &mut Vec<Bind>, value: impl Into<Bind>) -> String {
    values.push(value.into());
    format!("${}", values.len())
}
