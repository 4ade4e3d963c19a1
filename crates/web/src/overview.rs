//! What the first page of a region asks of the index.

use domain::region::RegionCode;
use search::{Query, SearchError};

use crate::AppState;

const FREQUENT: usize = 7;

/// Counts everything in the region.
pub(crate) fn everything(region: Option<RegionCode>) -> Query {
    Query { region, limit: 0, ..Query::default() }
}

/// Finds what is asked for most in the region.
pub(crate) fn frequent(region: Option<RegionCode>) -> Query {
    Query { region, frequent: true, limit: FREQUENT, ..Query::default() }
}

/// Asks for the largest regions beforehand: the answers are kept as long as nothing is
/// published, and who comes first need not wait until a whole province is counted.
pub(crate) fn ask_beforehand(app: &AppState) -> Result<(), SearchError> {
    let provinces = app.areas.below(None, &app.index)?;
    for region in provinces.iter().map(|it| Some(it.code)).chain([None]) {
        app.areas.below(region, &app.index)?;
        app.index.search(&everything(region))?;
        app.index.search(&frequent(region))?;
    }
    Ok(())
}
