//! Which regions have items, for the region switch of every page.
//!
//! Read from the index and kept until the index moves on.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::region::{RegionCode, regions};
use search::{Index, SearchError};

use crate::overview;

/// 有事项的地区。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) code: RegionCode,
    pub(crate) name: String,
    /// Where it lies, to tell regions of one name apart.
    pub(crate) above: String,
}

/// The places below each region, as of one state of the index.
#[derive(Debug, Default)]
pub(crate) struct Areas {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    seq: i64,
    below: HashMap<Option<RegionCode>, Arc<[Place]>>,
}

impl Areas {
    /// Returns the regions with items right below `region`, in the order of their codes.
    ///
    /// A region that has nothing of its own and only one region below it is passed
    /// over: nobody gains from choosing the province first and then its one county.
    pub(crate) fn below(
        &self,
        region: Option<RegionCode>,
        index: &Index,
    ) -> Result<Arc<[Place]>, SearchError> {
        let seq = index.seq();
        {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.seq != seq {
                *known = Known { seq, below: HashMap::new() };
            }
            if let Some(places) = known.below.get(&region) {
                return Ok(places.clone());
            }
        }
        let mut places = Vec::new();
        for (code, count) in direct(region, index)?.1 {
            places.push(place(descend(code, count, index)?));
        }
        places.sort_by_key(|place| place.code);
        let places: Arc<[Place]> = places.into();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.seq == seq {
            known.below.insert(region, places.clone());
        }
        Ok(places)
    }
}

/// Returns how many items lie in `region`, and the regions right below with theirs.
fn direct(
    region: Option<RegionCode>,
    index: &Index,
) -> Result<(usize, Vec<(RegionCode, usize)>), SearchError> {
    let results = index.search(&overview::everything(region))?;
    let below = results.facets.regions.into_iter();
    let codes = below.filter_map(|it| Some((RegionCode::parse(&it.value).ok()?, it.count)));
    let codes = codes.filter(|(code, count)| *count > 0 && Some(*code) != region);
    Ok((results.total, codes.collect()))
}

fn descend(code: RegionCode, count: usize, index: &Index) -> Result<RegionCode, SearchError> {
    match direct(Some(code), index)?.1.as_slice() {
        [(only, all)] if *all == count => descend(*only, *all, index),
        _ => Ok(code),
    }
}

fn place(code: RegionCode) -> Place {
    let name = regions::name(&code).map_or_else(|| code.to_string(), str::to_owned);
    let full = regions::full_name(&code).unwrap_or_default();
    let above = full.strip_suffix(&name).unwrap_or_default().to_owned();
    Place { code, name, above }
}
