use std::collections::HashMap;

use domain::{
    edition::Edition,
    item::{BodyId, ItemId},
    people::Scope,
};
use sqlx::Row;

use crate::{
    Store, StoreError, editions, scope,
    sql::{Bind, bind_all, placeholders},
};

/// 查到的一个事项。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub item: ItemId,
    pub body: BodyId,
    /// The edition in force, else the newest one.
    pub current: Edition,
    /// The edition that is being worked on, where it is another one.
    pub open: Option<Edition>,
}

impl Store {
    /// Returns items with their editions, in the order given; what lies outside `scope` is
    /// left out.
    pub async fn found(&self, scope: Scope, items: &[ItemId]) -> Result<Vec<Found>, StoreError> {
        let mut found: HashMap<ItemId, Found> = HashMap::with_capacity(items.len());
        for items in items.chunks(200) {
            let mut values: Vec<Bind> = items.iter().map(|it| Bind::Int(it.0)).collect();
            let list = placeholders(0, items.len());
            let within = scope::condition(scope, "body.id", "body.region", &mut values);
            let columns: Vec<String> =
                editions::COLUMNS.split(", ").map(|it| format!("edition.{}", it.trim())).collect();
            let sql = format!(
                "select {}, item.body_id from edition
                 join item on item.id = edition.item_id join body on body.id = item.body_id
                 where edition.item_id in {list} and {within}
                   and (edition.state in ('published', 'suspended')
                        or edition.number = (select max(newest.number) from edition newest
                                             where newest.item_id = edition.item_id))
                 order by edition.item_id, edition.number",
                columns.join(", ")
            );
            for row in bind_all(sql, values).fetch_all(&self.readers).await? {
                let (edition, body) = (editions::read(&row)?, BodyId(row.try_get("body_id")?));
                match found.get_mut(&edition.item) {
                    Some(item) => item.take(edition),
                    None => drop(found.insert(edition.item, Found::of(body, edition))),
                }
            }
        }
        Ok(items.iter().filter_map(|item| found.remove(item)).collect())
    }
}

impl Found {
    pub(super) fn of(body: BodyId, current: Edition) -> Found {
        Found { item: current.item, body, current, open: None }
    }

    /// Takes a newer edition of the same item.
    pub(super) fn take(&mut self, newer: Edition) {
        if self.current.state.is_live() {
            self.open = newer.state.is_open().then_some(newer);
        } else {
            self.current = newer;
        }
    }

    /// The edition that is being worked on, if any.
    pub fn working(&self) -> Option<&Edition> {
        self.open.as_ref().or(Some(&self.current).filter(|it| it.state.is_open()))
    }

    /// The edition in force, if any.
    pub fn live(&self) -> Option<&Edition> {
        Some(&self.current).filter(|it| it.state.is_live())
    }
}
