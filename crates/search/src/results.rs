use domain::{content::Limit, region::RegionCode};
use serde::{Deserialize, Serialize};

/// 找到的事项：总数、这一页、各分面的计数。
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    pub total: usize,
    /// There are so many that `total` and the counts are estimated from a part of them.
    pub is_estimate: bool,
    pub hits: Vec<Hit>,
    pub facets: Facets,
}

/// 找到的一个事项。
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub code: String,
    pub region: RegionCode,
    pub card: Card,
    /// The name, the words found in it marked.
    pub title: Vec<Piece>,
    /// A short passage in which the words were found, else how the item begins.
    pub snippet: Vec<Piece>,
    pub score: f32,
}

/// 结果里一个事项给人看的要点。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub name: String,
    pub body: String,
    /// 事项类型的名称
    pub kind: String,
    pub promised: Option<Limit>,
    pub statutory: Option<Limit>,
    pub visits: Option<i64>,
    pub charged: Option<bool>,
    pub fee: Option<String>,
    pub place: Option<String>,
    pub summary: String,
}

/// 一段文字，命中的词标出。文字未经转义。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// 各分面。每个分面的计数只受其他筛选限制，最多的在前；已选的值总在其中。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// The regions directly below the one asked for that have hits.
    pub regions: Vec<Facet>,
    pub departments: Vec<Facet>,
    pub kinds: Vec<Facet>,
    /// Themes of persons and of enterprises together, by their labels.
    pub themes: Vec<Facet>,
    pub person_themes: Vec<Facet>,
    pub enterprise_themes: Vec<Facet>,
    pub objects: Vec<Facet>,
}

/// 分面的一个值。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What a filter is given: a region's code, else the label itself.
    pub value: String,
    pub label: String,
    pub count: usize,
}
