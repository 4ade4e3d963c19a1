use domain::region::RegionCode;

/// 一次检索：要办的事，和各项筛选。
///
/// Several values of one filter widen it; several filters narrow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// What the person typed, as it is; empty finds everything.
    pub words: String,
    /// The region and all that lies in it.
    pub region: Option<RegionCode>,
    /// Also what the regions above `region` offer themselves, after all of its own.
    pub and_above: bool,
    pub departments: Vec<String>,
    /// Labels, as the facets give them.
    pub kinds: Vec<String>,
    pub themes: Vec<String>,
    pub objects: Vec<String>,
    /// Only 高频事项.
    pub frequent: bool,
    pub offset: usize,
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Query {
        Query {
            words: String::new(),
            region: None,
            and_above: false,
            departments: Vec::new(),
            kinds: Vec::new(),
            themes: Vec::new(),
            objects: Vec::new(),
            frequent: false,
            offset: 0,
            limit: 20,
        }
    }
}
