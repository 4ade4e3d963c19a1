//! Walking candidates in the order of pages.

use sqlx::Row;

use super::{office::Range, page::QueryKey};
use crate::{
    Store, StoreError,
    sql::{Bind, bind_all},
};

/// What is walked, and what each candidate is probed for on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) range: Range,
    /// The items under any of these terms; all items where there are none.
    pub(super) along: Option<Vec<i64>>,
    /// A candidate is under one of the terms of each.
    pub(super) probes: Vec<Vec<i64>>,
}

/// A candidate, and whether the probes found it.
pub(super) struct Step {
    pub(super) key: QueryKey,
    pub(super) fits: bool,
}

/// Counting further tells nothing about which condition is the narrowest.
const COUNTED: i64 = 3_000;

/// A probe for more terms costs more than looking at the item itself.
pub(super) const PROBED: usize = 20;

impl Store {
    /// Returns the next candidates after a key, at most `limit`.
    pub(super) async fn walk(
        &self,
        path: &Path,
        after: QueryKey,
        limit: usize,
    ) -> Result<Vec<Step>, StoreError> {
        // $1 and $2 are the key, $3 the end of the range, $4 the limit.
        let mut values = vec![
            Bind::Int(after.office),
            after.item.into(),
            path.range.high.into(),
            Bind::Int(limit.try_into().unwrap_or(i64::MAX)),
        ];
        let candidates = candidates(path.along.as_deref(), &mut values);
        let fits = probes(&path.probes, &mut values);
        let sql = format!(
            "select w.office, w.item_id, {fits} as fits from ({candidates}) w
             order by w.office, w.item_id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let key =
                    QueryKey { office: row.try_get("office")?, item: row.try_get("item_id")? };
                Ok(Step { key, fits: row.try_get::<i64, _>("fits")? == 1 })
            })
            .collect()
    }

    /// Counts the items under any of the terms, up to where it does not matter any more.
    pub(super) async fn weigh(&self, range: Range, terms: &[i64]) -> Result<i64, StoreError> {
        let mut values =
            vec![Bind::Int(range.low), Bind::Int(-1), range.high.into(), Bind::Int(COUNTED)];
        let candidates = candidates(Some(terms), &mut values);
        let sql = format!("select count(*) as n from ({candidates}) w");
        let row = bind_all(sql, values).fetch_one(&self.readers).await?;
        Ok(row.try_get("n")?)
    }
}

const BEYOND: &str = "(office, item_id) > ($1, $2) and office < $3
     order by office, item_id limit $4";

/// Writes a select of the first candidates of all lists together; `union` takes those once
/// that are in several.
fn candidates(terms: Option<&[i64]>, values: &mut Vec<Bind>) -> String {
    let Some(terms) = terms else {
        return format!("select office, item_id from query_item where {BEYOND}");
    };
    let mut lists = Vec::with_capacity(terms.len());
    for term in terms {
        values.push((*term).into());
        let term = values.len();
        lists.push(format!(
            "select office, item_id from
             (select office, item_id from query_entry where term = ${term} and {BEYOND}) l{term}"
        ));
    }
    match lists.as_slice() {
        [only] => only.clone(),
        _ => format!("{} order by office, item_id limit $4", lists.join(" union ")),
    }
}

fn probes(probes: &[Vec<i64>], values: &mut Vec<Bind>) -> String {
    let mut found = Vec::with_capacity(probes.len());
    for terms in probes {
        let from = values.len() + 1;
        values.extend(terms.iter().map(|it| Bind::Int(*it)));
        let list: Vec<String> = (from..=values.len()).map(|n| format!("${n}")).collect();
        found.push(format!(
            "exists (select 1 from query_entry p where p.term in ({})
                     and p.office = w.office and p.item_id = w.item_id)",
            list.join(", ")
        ));
    }
    match found.is_empty() {
        true => "1".to_owned(),
        false => format!("case when {} then 1 else 0 end", found.join(" and ")),
    }
}
