use domain::{
    people::{OfficerId, Scope},
    region::RegionCode,
};
use time::OffsetDateTime;

use crate::{Store, StoreError, officers::time_text, scope, sql::Bind};

/// 文库的一条，和它是谁的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    pub id: i64,
    pub revision: i64,
    /// Whose it is; all within may use it.
    pub owner: Scope,
    /// Who asked may change it: it lies within their own scope.
    pub is_own: bool,
    pub entry: T,
    pub saved_at: String,
}

/// Who saves an entry, and when.
#[derive(Debug, Clone, Copy)]
pub struct Saving {
    pub by: OfficerId,
    pub at: OffsetDateTime,
}

impl Saving {
    pub(crate) fn binds(self) -> [Bind; 2] {
        [Bind::Int(self.by.0), Bind::Text(time_text(self.at))]
    }
}

/// Columns that tell whose a row of table `t` is; `b` is the body that has it.
pub(super) const OWNER: &str = "t.region as owner_region, t.body_id as owner_body";
pub(super) const OWNER_COLUMNS: [&str; 2] = ["owner_region", "owner_body"];

impl Store {
    /// Returns what [`shared`] does, having looked where the scope lies.
    pub(crate) async fn shared(
        &self,
        scope: Scope,
        values: &mut Vec<Bind>,
    ) -> Result<(String, String), StoreError> {
        let here = match scope {
            Scope::Everywhere => None,
            Scope::Region(region) => Some(region),
            Scope::Body(body) => self.body_by_id(body).await?.map(|it| it.region),
        };
        Ok(shared(scope, here, values))
    }
}

/// Returns the condition for rows of `t` that an officer may change (`own`) and the one for
/// those that they may use: their own, and those of a region that they lie in. `here` is the
/// region in which the scope lies.
pub(crate) fn shared(
    scope: Scope,
    here: Option<RegionCode>,
    values: &mut Vec<Bind>,
) -> (String, String) {
    let own = scope::condition(scope, "t.body_id", "coalesce(t.region, b.region)", values);
    if scope == Scope::Everywhere {
        return (own.clone(), own);
    }
    let above = std::iter::successors(here, RegionCode::parent);
    let above: Vec<String> = above
        .map(|region| {
            values.push(Bind::Text(region.to_string()));
            format!("${}", values.len())
        })
        .collect();
    let above = match above.is_empty() {
        true => "1 = 0".to_owned(),
        false => format!("t.region in ({})", above.join(", ")),
    };
    let usable = format!("({own} or (t.body_id is null and (t.region is null or {above})))");
    (own, usable)
}
