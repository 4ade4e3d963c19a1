//! Whose items: offices found by region and by name.

use domain::{
    item::BodyId,
    office::Office,
    people::Scope,
    region::{Level, RegionCode},
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Body, Store, StoreError, scope,
    sql::{Bind, bind_all, escaped},
};

/// 找单位：在哪里，叫什么。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeFilter {
    /// A region; without one, everywhere.
    pub region: Option<RegionCode>,
    /// Only those of the region itself, none of what lies below it.
    pub is_of_region_alone: bool,
    /// The office's whole name.
    pub name: Option<String>,
    /// Parts of the names of an office or of its region; each must be found.
    pub words: Vec<String>,
}

const FROM: &str = "from body b left join region r on r.code = b.region";

impl Store {
    /// Returns an office that is open and lies in `scope`.
    pub async fn office(&self, scope: Scope, body: BodyId) -> Result<Option<Office>, StoreError> {
        let values = vec![Bind::Int(body.0)];
        Ok(self.offices_where(scope, "b.id = $1", values, 1).await?.pop())
    }

    /// Returns the first office of a scope, by region and in the order of their making.
    pub async fn first_office(&self, scope: Scope) -> Result<Option<Office>, StoreError> {
        Ok(self.offices_where(scope, "1 = 1", Vec::new(), 1).await?.pop())
    }

    /// Returns the offices that are looked for, by region and in the order of their making.
    pub async fn offices(
        &self,
        scope: Scope,
        filter: &OfficeFilter,
        limit: u32,
    ) -> Result<Vec<Office>, StoreError> {
        let mut values = Vec::new();
        let mut all = vec!["1 = 1".to_owned()];
        match filter.region {
            Some(region) if filter.is_of_region_alone => {
                values.push(Bind::Text(region.to_string()));
                all.push(format!("b.region = ${}", values.len()));
            }
            Some(region) => {
                all.push(scope::condition(Scope::Region(region), "b.id", "b.region", &mut values));
            }
            None => {}
        }
        if let Some(name) = &filter.name {
            values.push(Bind::Text(name.clone()));
            all.push(format!("b.name = ${}", values.len()));
        }
        for word in &filter.words {
            values.push(Bind::Text(format!("%{}%", escaped(word))));
            let n = values.len();
            all.push(format!("(b.name like ${n} escape '!' or r.name like ${n} escape '!')"));
        }
        self.offices_where(scope, &all.join(" and "), values, limit).await
    }

    /// Counts the offices of a scope in each region just below another; those that are the
    /// region's own are under its own code.
    pub async fn office_regions(
        &self,
        scope: Scope,
        within: Option<RegionCode>,
    ) -> Result<Vec<(RegionCode, u64)>, StoreError> {
        // So many digits of a code name what lies just below.
        let digits = match within.map(|it| it.level()) {
            None => 2,
            Some(Level::Province) => 4,
            Some(Level::City) => 6,
            Some(Level::County | Level::Township) => 9,
        };
        let mut values = vec![Bind::Int(digits)];
        let here = within.map_or(Scope::Everywhere, Scope::Region);
        let here = scope::condition(here, "b.id", "b.region", &mut values);
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let sql = format!(
            "select part, count(*) as n from
                 (select substr(b.region, 1, cast($1 as integer)) as part from body b
                  where b.closed_on is null and {here} and {within}) parts
             group by part order by part"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        let region = |row: &AnyRow| {
            let (part, n): (String, i64) = (row.try_get("part")?, row.try_get("n")?);
            let wrong = |err: domain::region::NotARegionCode| StoreError::Inconsistent {
                table: "body",
                id: 0,
                detail: err.to_string(),
            };
            Ok((RegionCode::parse(&part).map_err(wrong)?, n.unsigned_abs()))
        };
        rows.iter().map(region).collect()
    }

    async fn offices_where(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
        limit: u32,
    ) -> Result<Vec<Office>, StoreError> {
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        values.push(Bind::Int(limit.into()));
        let sql = format!(
            "select b.id, b.region, b.name, b.credit_code, b.letters {FROM}
             where b.closed_on is null and {condition} and {within}
             order by b.region, b.id limit ${}",
            values.len()
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| crate::bodies::read(row).map(Office::from)).collect()
    }
}

impl From<Body> for Office {
    fn from(body: Body) -> Office {
        Office { id: body.id, region: body.region, body: body.body }
    }
}
