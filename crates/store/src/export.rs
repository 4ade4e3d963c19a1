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
        clauses.push(
            "(edition.state in ('published', 'suspended')
              or (edition.state in ('draft', 'in_review', 'returned', 'approved')
                  and not exists (select 1 from edition live where live.item_id = edition.item_id
                                  and live.state in ('published', 'suspended'))))"
                .to_owned(),
        );
        if let Some(PageKey(body, position, item)) = after {
            let [b1, b2, b3] = [0; 3].map(|_| bind(&mut values, body.into()));
            let [p1, p2] = [0; 2].map(|_| bind(&mut values, position.into()));
            let i = bind(&mut values, item.into());
            clauses.push(format!(
                "(item.body_id > {b1}
                  or (item.body_id = {b2} and coalesce(item.position, 999999999) > {p1})
                  or (item.body_id = {b3} and coalesce(item.position, 999999999) = {p2}
                      and item.id > {i}))"
            ));
        }
        let limit = bind(&mut values, i64::from(limit).into());
        let columns: Vec<String> =
            COLUMNS.split(", ").map(|column| format!("edition.{}", column.trim())).collect();
        let sql = format!(
            "select {}, item.body_id as key_body, coalesce(item.position, 999999999) as key_position
             from edition
             join item on item.id = edition.item_id
             join body on body.id = item.body_id
             where {}
             order by item.body_id, coalesce(item.position, 999999999), item.id
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
        let mut clauses = selected(selection, &mut values);
        clauses.push("item.standard is not null".to_owned());
        let sql = format!(
            "select distinct item.standard from item join body on body.id = item.body_id
             where {} order by item.standard",
            clauses.join(" and "),
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(sqlx::Row::try_get(row, "standard")?)).collect()
    }
}

/// Writes a selection as conditions on `item` and `body`.
fn selected(selection: &Selection, values: &mut Vec<Bind>) -> Vec<String> {
    let mut clauses = Vec::new();
    if let Some(region) = selection.region {
        let (low, high) = subtree_bounds(region);
        let (low, high) = (bind(values, low.into()), bind(values, high.into()));
        clauses.push(format!("body.region >= {low} and body.region < {high}"));
    }
    if let Some(body) = &selection.body {
        let body = bind(values, body.as_str().into());
        clauses.push(format!("body.name = {body}"));
    }
    if let Some(code) = &selection.code {
        let code = bind(values, code.as_str().into());
        clauses.push(format!("item.code = {code}"));
    }
    clauses
}

fn bind(values: &mut Vec<Bind>, value: Bind) -> String {
    values.push(value);
    format!("${}", values.len())
}
