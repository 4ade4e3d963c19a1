use domain::{edition::Edition, region::RegionCode};

use crate::{
    Store, StoreError,
    editions::{COLUMNS, read},
    portal::subtree_bounds,
    sql::{Bind, bind_all},
};

/// 选取哪些事项：地区（含下级）、单位、编码。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    pub region: Option<RegionCode>,
    pub body: Option<String>,
    pub code: Option<String>,
}

/// Where an item stands among those of its body; those without a place come last. The index
/// `item_in_order` holds just this.
const POSITION: &str = "coalesce(item.position, 999999999)";

/// Where a page of a listing begins: after this body, position and item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PageKey(i64, i64, i64);

impl Store {
    /// Returns the current edition of each selected item, body by body in the body's
    /// own order: the live one, else the open one. Withdrawn items are left out.
    pub async fn current_page(
        &self,
        selection: &Selection,
        after: Option<PageKey>,
        limit: u32,
    ) -> Result<Vec<(PageKey, Edition)>, StoreError> {
        let mut values = Vec::new();
        let mut clauses = selected(selection, &mut values);
        if let Some(PageKey(body, position, item)) = after {
            // The first clause is where the walk begins, the others where in that body.
            let [body, position, item] = [body, position, item].map(|it| bind(&mut values, it));
            clauses.push(format!(
                "item.body_id >= {body}
                 and (item.body_id > {body} or {POSITION} > {position}
                      or ({POSITION} = {position} and item.id > {item}))"
            ));
        }
        let limit = bind(&mut values, i64::from(limit));
        let columns: Vec<String> =
            COLUMNS.split(", ").map(|column| format!("edition.{}", column.trim())).collect();
        let sql = format!(
            "select {}, item.body_id as key_body, {POSITION} as key_position
             from item
             join edition on edition.id = coalesce(
                 (select live.id from edition live where live.item_id = item.id
                  and live.state in ('published', 'suspended')),
                 (select open.id from edition open where open.item_id = item.id
                  and open.state in ('draft', 'in_review', 'returned', 'approved')))
             where {}
             order by item.body_id, {POSITION}, item.id
             limit {limit}",
            columns.join(", "),
            clauses.join(" and "),
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let edition = read(row)?;
                let body: i64 = sqlx::Row::try_get(row, "key_body")?;
                let position: i64 = sqlx::Row::try_get(row, "key_position")?;
                Ok((PageKey(body, position, edition.item.0), edition))
            })
            .collect()
    }

    /// Returns the ids of the standards that the selected items are under.
    pub async fn standards_in_use(&self, selection: &Selection) -> Result<Vec<String>, StoreError> {
        let mut values = Vec::new();
        let clauses = selected(selection, &mut values);
        let sql = format!(
            "select distinct item.standard from item where {} order by item.standard",
            clauses.join(" and "),
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(sqlx::Row::try_get(row, "standard")?)).collect()
    }
}

/// Writes a selection as conditions on `item`.
fn selected(selection: &Selection, values: &mut Vec<Bind>) -> Vec<String> {
    let mut of_body = Vec::new();
    if let Some(region) = selection.region {
        let (low, high) = subtree_bounds(region);
        let (low, high) = (bind(values, low), bind(values, high));
        of_body.push(format!("body.region >= {low} and body.region < {high}"));
    }
    if let Some(body) = &selection.body {
        let body = bind(values, body.as_str());
        of_body.push(format!("body.name = {body}"));
    }
    let mut clauses = vec!["1 = 1".to_owned()];
    if !of_body.is_empty() {
        // As a list of bodies, so that the items of each are read in their order and not sorted.
        let of_body = of_body.join(" and ");
        clauses.push(format!("item.body_id in (select body.id from body where {of_body})"));
    }
    if let Some(code) = &selection.code {
        let code = bind(values, code.as_str());
        clauses.push(format!("item.code = {code}"));
    }
    clauses
}

fn bind(values: &mut Vec<Bind>, value: impl Into<Bind>) -> String {
    values.push(value.into());
    format!("${}", values.len())
}
