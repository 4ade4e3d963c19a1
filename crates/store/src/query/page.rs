use std::collections::HashMap;

use domain::{
    item::ItemId,
    people::Scope,
    query::{Query, Said},
};
use sqlx::Row;

use super::walk::{PROBED, Path};
use crate::{
    Store, StoreError,
    sql::{Bind, bind_all, placeholders},
};

/// 查询结果的一页。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf {
    /// By region, body and item.
    pub items: Vec<ItemId>,
    /// Where to go on; `None` at the end. A page may end before it is full, where so few fit
    /// that looking further would take too long.
    pub next: Option<QueryKey>,
}

/// Where a page of a query begins: after this item of this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueryKey {
    pub(super) office: i64,
    pub(super) item: i64,
}

/// Candidates looked at for one page.
const LOOKED_AT: usize = 20_000;

/// Candidates walked by one statement.
const STRIDE: usize = 2_000;

/// Items whose values are read by one statement; see `sql::MAX_PARAMETERS`.
const READ_AT_ONCE: usize = 200;

impl QueryKey {
    /// Writes the key for an address.
    pub fn to_text(self) -> String {
        format!("{}.{}", self.office, self.item)
    }

    /// Reads what [`QueryKey::to_text`] writes.
    pub fn parse(text: &str) -> Option<QueryKey> {
        let (office, item) = text.split_once('.')?;
        Some(QueryKey { office: office.parse().ok()?, item: item.parse().ok()? })
    }
}

impl Store {
    /// Returns the items that fit, page by page in the order of region, body and item.
    pub async fn query(
        &self,
        scope: Scope,
        query: &Query,
        after: Option<QueryKey>,
        limit: usize,
    ) -> Result<PageOf, StoreError> {
        let mut page = PageOf { items: Vec::with_capacity(limit), next: None };
        let Some(path) = self.path(scope, query).await? else { return Ok(page) };
        let start = QueryKey { office: path.range.low, item: -1 };
        let mut reached = after.unwrap_or(start).max(start);
        let is_exact = path.probes.is_empty() && query.conditions.len() <= 1;
        let mut stride = if is_exact { limit + 1 } else { (limit * 4).min(STRIDE) };
        let mut n_looked_at = 0;
        loop {
            let steps = self.walk(&path, reached, stride).await?;
            let is_last = steps.len() < stride;
            n_looked_at += steps.len();
            let fitting: Vec<QueryKey> =
                steps.iter().filter(|it| it.fits).map(|it| it.key).collect();
            for keys in fitting.chunks(READ_AT_ONCE) {
                let said = self.said(keys).await?;
                for key in keys {
                    if !said.get(&key.item).is_some_and(|it| query.fits(it)) {
                        continue;
                    }
                    if page.items.len() == limit {
                        page.next = Some(reached);
                        return Ok(page);
                    }
                    page.items.push(ItemId(key.item));
                    reached = *key;
                }
            }
            let Some(last) = steps.last().filter(|_| !is_last) else { return Ok(page) };
            reached = last.key;
            if n_looked_at >= LOOKED_AT || page.items.len() == limit {
                page.next = Some(reached);
                return Ok(page);
            }
            stride = STRIDE;
        }
    }

    /// Plans the walk: along the condition under which the fewest are, probing for the others
    /// whose terms are few. `None` where nothing can fit.
    async fn path(&self, scope: Scope, query: &Query) -> Result<Option<Path>, StoreError> {
        let range = self.range(scope, query).await?;
        if range.is_empty() {
            return Ok(None);
        }
        let mut narrowed = Vec::new();
        for condition in &query.conditions {
            match self.terms_of(condition).await? {
                Some(terms) if terms.is_empty() => return Ok(None),
                Some(terms) => narrowed.push(terms),
                None => {}
            }
        }
        if narrowed.len() > 1 {
            let mut weighed = Vec::with_capacity(narrowed.len());
            for terms in narrowed {
                weighed.push((self.weigh(range, &terms).await?, terms));
            }
            weighed.sort_by_key(|(weight, terms)| (*weight, terms.len()));
            narrowed = weighed.into_iter().map(|(_, terms)| terms).collect();
        }
        let mut narrowed = narrowed.into_iter();
        let along = narrowed.next();
        let probes = narrowed.filter(|terms| terms.len() <= PROBED).collect();
        Ok(Some(Path { range, along, probes }))
    }

    async fn said(&self, keys: &[QueryKey]) -> Result<HashMap<i64, Said>, StoreError> {
        let list = placeholders(0, keys.len());
        let sql = format!("select item_id, said from query_item where item_id in {list}");
        let ids = keys.iter().map(|key| Bind::Int(key.item)).collect();
        let rows = bind_all(sql, ids).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let id: i64 = row.try_get("item_id")?;
                let said: String = row.try_get("said")?;
                Ok((id, read_said(id, &said)?))
            })
            .collect()
    }
}

pub(super) fn read_said(id: i64, text: &str) -> Result<Said, StoreError> {
    serde_json::from_str(text).map_err(|err| StoreError::Inconsistent {
        table: "query_item",
        id,
        detail: err.to_string(),
    })
}
