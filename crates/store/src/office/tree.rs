use domain::{
    edition::State,
    item::{BodyId, DirectoryId, EditionId, ItemId},
    office::Seat,
    people::Scope,
    standard::Operation,
};
use sqlx::{Row, any::AnyRow};
use time::{Date, OffsetDateTime, macros::format_description};

use super::seats::read_seat;
use crate::{
    Store, StoreError,
    officers::read_time,
    scope,
    sql::{Bind, bind_all},
};

/// 树上的一处。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub body: BodyId,
    /// Two standards may call two kinds by one code.
    pub standard: Option<String>,
    /// One kind of item, or all.
    pub kind: Option<String>,
    pub under: Under,
}

/// 目录的取舍。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Under {
    #[default]
    Any,
    /// 不设目录
    None,
    Directory(DirectoryId),
}

/// 按状态取哪些：全部、在办处于某状态的、在用处于某状态的、已废置的。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lot {
    #[default]
    All,
    Open(State),
    Live(State),
    /// Neither open nor live: withdrawn, or taken back with its import.
    Ended,
}

/// 一类型、一目录、一种状态有几项。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub standard: String,
    pub kind: String,
    pub directory: Option<DirectoryId>,
    /// Of the edition that is being worked on, and the desk where it waits.
    pub open: Option<(State, Option<String>)>,
    /// Of the edition that is in force.
    pub live: Option<State>,
    pub n_items: i64,
}

/// 梳理表里的一项。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arranged {
    pub id: ItemId,
    pub standard: String,
    pub kind: String,
    pub name: String,
    pub code: Option<String>,
    pub seat: Seat,
    pub open: Option<Brief>,
    pub live: Option<Brief>,
    /// When what is being worked on was last written or moved.
    pub touched_at: Option<OffsetDateTime>,
    /// Since when the public reads what is in force.
    pub published_on: Option<Date>,
    key: Reached,
}

/// 一个版本，不带内容。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub id: EditionId,
    pub number: u32,
    pub revision: i64,
    pub state: State,
    pub operation: Operation,
    pub desk: Option<String>,
}

/// Where a page of a branch ends: the group's place, the item's place, the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached(i64, i64, i64);

/// What has no place of its own comes last.
const LAST: &str = "999999999";

const OPEN: &str = "open.state in ('draft', 'in_review', 'returned', 'approved')";
const LIVE: &str = "live.state in ('published', 'suspended')";

impl Store {
    /// Counts a body's items by kind, 目录 and state.
    pub async fn tree(&self, scope: Scope, body: BodyId) -> Result<Vec<Tally>, StoreError> {
        let mut values = vec![Bind::Int(body.0)];
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let sql = format!(
            "select item.standard, item.kind, item.directory_id, open.state as open_state,
                    open.desk, live.state as live_state, count(*) as n_items
             from item join body on body.id = item.body_id
             left join edition open on open.item_id = item.id and {OPEN}
             left join edition live on live.item_id = item.id and {LIVE}
             where item.body_id = $1 and {within}
             group by item.standard, item.kind, item.directory_id, open.state, open.desk, live.state
             order by item.standard, item.kind, item.directory_id, open.state, open.desk, live.state"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read_tally).collect()
    }

    /// Returns a page of a branch in the office's order: group by group, what is in none last.
    pub async fn arranged(
        &self,
        scope: Scope,
        branch: &Branch,
        lot: Lot,
        after: Option<Reached>,
        limit: u32,
    ) -> Result<Vec<Arranged>, StoreError> {
        let mut values = vec![Bind::Int(branch.body.0)];
        let mut clauses = vec![scope::condition(scope, "body.id", "body.region", &mut values)];
        clauses.extend(within(branch, lot, &mut values));
        if let Some(Reached(group, place, item)) = after {
            let from = values.len();
            values.extend([group, place, item].map(Bind::Int));
            clauses.push(format!(
                "(coalesce(item_group.position, {LAST}), coalesce(item.position, {LAST}), item.id)
                 > (${}, ${}, ${})",
                from + 1,
                from + 2,
                from + 3
            ));
        }
        values.push(i64::from(limit).into());
        let sql = format!(
            "select item.id, item.standard, item.kind, item.name, item.code, item.directory_id,
                    item.group_id, {}, {}, open.saved_at, open.submitted_at, open.waiting_since,
                    publication.from_on,
                    coalesce(item_group.position, {LAST}) as group_place,
                    coalesce(item.position, {LAST}) as place
             from item join body on body.id = item.body_id
             left join item_group on item_group.id = item.group_id
             left join edition open on open.item_id = item.id and {OPEN}
             left join edition live on live.item_id = item.id and {LIVE}
             left join publication on publication.item_id = item.id
                  and publication.until_seq is null
             where item.body_id = $1 and {}
             order by coalesce(item_group.position, {LAST}), coalesce(item.position, {LAST}), item.id
             limit ${}",
            brief_columns("open"),
            brief_columns("live"),
            clauses.join(" and "),
            values.len(),
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read_arranged).collect()
    }
}

impl Arranged {
    /// Where the next page begins, after this item.
    pub fn reached(&self) -> Reached {
        self.key
    }

    /// The edition that its page leads to: the open one, else the live one.
    pub fn newest(&self) -> Option<&Brief> {
        self.open.as_ref().or(self.live.as_ref())
    }
}

impl Reached {
    /// Writes the key for an address.
    pub fn to_text(self) -> String {
        format!("{}.{}.{}", self.0, self.1, self.2)
    }

    /// Reads what [`Reached::to_text`] writes.
    pub fn parse(text: &str) -> Option<Reached> {
        let mut numbers = text.split('.').map(|it| it.parse::<i64>().ok());
        let key = Reached(numbers.next()??, numbers.next()??, numbers.next()??);
        numbers.next().is_none().then_some(key)
    }
}

fn within(branch: &Branch, lot: Lot, values: &mut Vec<Bind>) -> Vec<String> {
    let mut clauses = Vec::new();
    let mut bind = |value: Bind| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(standard) = &branch.standard {
        clauses.push(format!("item.standard = {}", bind(standard.as_str().into())));
    }
    if let Some(kind) = &branch.kind {
        clauses.push(format!("item.kind = {}", bind(kind.as_str().into())));
    }
    match branch.under {
        Under::Any => {}
        Under::None => clauses.push("item.directory_id is null".to_owned()),
        Under::Directory(id) => {
            clauses.push(format!("item.directory_id = {}", bind(id.0.into())));
        }
    }
    match lot {
        Lot::All => {}
        Lot::Open(state) => clauses.push(format!("open.state = {}", bind(state.as_str().into()))),
        Lot::Live(state) => clauses.push(format!("live.state = {}", bind(state.as_str().into()))),
        Lot::Ended => clauses.push("open.id is null and live.id is null".to_owned()),
    }
    clauses
}

fn brief_columns(edition: &str) -> String {
    let columns = ["id", "number", "revision", "state", "operation", "desk"];
    columns.map(|it| format!("{edition}.{it} as {edition}_{it}")).join(", ")
}

fn read_tally(row: &AnyRow) -> Result<Tally, StoreError> {
    let open: Option<String> = row.try_get("open_state")?;
    let live: Option<String> = row.try_get("live_state")?;
    let desk = row.try_get("desk")?;
    Ok(Tally {
        standard: row.try_get("standard")?,
        kind: row.try_get("kind")?,
        directory: row.try_get::<Option<i64>, _>("directory_id")?.map(DirectoryId),
        open: open.map(|it| state(0, &it)).transpose()?.map(|it| (it, desk)),
        live: live.map(|it| state(0, &it)).transpose()?,
        n_items: row.try_get("n_items")?,
    })
}

fn read_arranged(row: &AnyRow) -> Result<Arranged, StoreError> {
    let id: i64 = row.try_get("id")?;
    let times: [Option<String>; 3] =
        [row.try_get("saved_at")?, row.try_get("submitted_at")?, row.try_get("waiting_since")?];
    let from_on: Option<String> = row.try_get("from_on")?;
    let day = format_description!("[year]-[month]-[day]");
    Ok(Arranged {
        id: ItemId(id),
        standard: row.try_get("standard")?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        code: row.try_get("code")?,
        seat: read_seat(row)?,
        open: read_brief(row, "open")?,
        live: read_brief(row, "live")?,
        touched_at: times.into_iter().flatten().filter_map(|it| read_time(&it)).max(),
        published_on: from_on.and_then(|it| Date::parse(&it, day).ok()),
        key: Reached(row.try_get("group_place")?, row.try_get("place")?, id),
    })
}

fn read_brief(row: &AnyRow, edition: &str) -> Result<Option<Brief>, StoreError> {
    let column = |name: &str| format!("{edition}_{name}");
    let Some(id) = row.try_get::<Option<i64>, _>(column("id").as_str())? else { return Ok(None) };
    let number: i64 = row.try_get(column("number").as_str())?;
    let operation: String = row.try_get(column("operation").as_str())?;
    let read: String = row.try_get(column("state").as_str())?;
    let wrong = |detail: String| StoreError::Inconsistent { table: "edition", id, detail };
    Ok(Some(Brief {
        id: EditionId(id),
        number: number.try_into().map_err(|_| wrong(format!("版本号 {number}")))?,
        revision: row.try_get(column("revision").as_str())?,
        state: state(id, &read)?,
        operation: Operation::parse(&operation)
            .ok_or_else(|| wrong(format!("操作 {operation}")))?,
        desk: row.try_get(column("desk").as_str())?,
    }))
}

fn state(id: i64, text: &str) -> Result<State, StoreError> {
    State::parse(text).ok_or_else(|| StoreError::Inconsistent {
        table: "edition",
        id,
        detail: format!("状态 {text}"),
    })
}
