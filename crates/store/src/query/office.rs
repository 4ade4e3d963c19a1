//! Where an item is, as one number: so that a region with all below it is a range, and a body
//! one value.

use domain::{item::BodyId, people::Scope, query::Query, region::RegionCode};
use sqlx::Row;

use crate::{Store, StoreError};

/// Below the nine digits of a region there is room for so many bodies.
const BODIES: i64 = 1 << 33;

/// Offices from the first up to, but not with, the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Range {
    const ALL: Range = Range { low: 0, high: i64::MAX };

    fn of_region(region: RegionCode) -> Range {
        let prefix = region.subtree_prefix();
        let unit = 10_i64.pow(9_u32.saturating_sub(prefix.len() as u32));
        let first: i64 = prefix.parse().expect("a region code is digits");
        Range { low: first * unit * BODIES, high: (first + 1) * unit * BODIES }
    }

    fn of_office(office: i64) -> Range {
        Range { low: office, high: office + 1 }
    }

    fn within(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    pub(super) fn is_empty(self) -> bool {
        self.low >= self.high
    }
}

/// Returns the place of a body of a region.
pub(super) fn number(region: RegionCode, body: BodyId) -> Result<i64, StoreError> {
    if !(0..BODIES).contains(&body.0) {
        let detail = "编号太大，综合查询排不下".to_owned();
        return Err(StoreError::Inconsistent { table: "body", id: body.0, detail });
    }
    let exact: i64 = format!("{:0<9}", region.to_string()).parse().expect("nine digits");
    Ok(exact * BODIES + body.0)
}

impl Store {
    /// Returns where a question may look: what its asker may see, and what it asks about.
    pub(super) async fn range(&self, scope: Scope, query: &Query) -> Result<Range, StoreError> {
        let mut range = match scope {
            Scope::Everywhere => Range::ALL,
            Scope::Region(region) => Range::of_region(region),
            Scope::Body(body) => self.range_of_body(body).await?,
        };
        if let Some(region) = query.region {
            range = range.within(Range::of_region(region));
        }
        if let Some(body) = query.body {
            range = range.within(self.range_of_body(body).await?);
        }
        Ok(range)
    }

    async fn range_of_body(&self, body: BodyId) -> Result<Range, StoreError> {
        let row = sqlx::query("select region from body where id = $1")
            .bind(body.0)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(Range { low: 0, high: 0 }) };
        let region: String = row.try_get("region")?;
        let region = RegionCode::parse(&region).map_err(|err| StoreError::Inconsistent {
            table: "body",
            id: body.0,
            detail: err.to_string(),
        })?;
        Ok(Range::of_office(number(region, body)?))
    }
}
