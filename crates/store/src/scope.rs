//! What an officer may see: as a condition of SQL, and as the two columns that hold it.

use domain::{
    item::BodyId,
    people::Scope,
    region::{NotARegionCode, RegionCode},
};
use sqlx::{Row, any::AnyRow};

use crate::{StoreError, portal::subtree_bounds, sql::Bind};

/// Returns the condition that a row lies in `scope`, given the columns of its body and
/// its region, and adds what it binds to `values`.
pub(crate) fn condition(
    scope: Scope,
    body_column: &str,
    region_column: &str,
    values: &mut Vec<Bind>,
) -> String {
    match scope {
        Scope::Everywhere => "1 = 1".to_owned(),
        Scope::Body(body) => {
            values.push(Bind::Int(body.0));
            format!("{body_column} = ${}", values.len())
        }
        Scope::Region(region) => {
            let (low, high) = subtree_bounds(region);
            values.extend([Bind::Text(low), Bind::Text(high)]);
            let n = values.len();
            format!("({region_column} >= ${} and {region_column} < ${n})", n - 1)
        }
    }
}

/// Returns a scope as its columns, region and body.
pub(crate) fn columns(scope: Scope) -> [Bind; 2] {
    let (region, body) = match scope {
        Scope::Everywhere => (None, None),
        Scope::Region(region) => (Some(region.to_string()), None),
        Scope::Body(body) => (None, Some(body.0)),
    };
    [region.into(), body.into()]
}

/// Reads a scope out of its columns, in a row of a table.
pub(crate) fn read(
    row: &AnyRow,
    [region, body]: [&str; 2],
    (table, id): (&'static str, i64),
) -> Result<Scope, StoreError> {
    let wrong =
        |err: NotARegionCode| StoreError::Inconsistent { table, id, detail: err.to_string() };
    let region: Option<String> = row.try_get(region)?;
    let body: Option<i64> = row.try_get(body)?;
    Ok(match (region, body) {
        (Some(region), _) => Scope::Region(RegionCode::parse(&region).map_err(wrong)?),
        (None, Some(body)) => Scope::Body(BodyId(body)),
        (None, None) => Scope::Everywhere,
    })
}
