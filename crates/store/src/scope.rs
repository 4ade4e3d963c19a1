//! What an officer may see, as a condition of SQL.

use domain::people::Scope;

use crate::{portal::subtree_bounds, sql::Bind};

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
