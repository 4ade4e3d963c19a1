use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, HashMap, HashSet},
    sync::Arc,
};

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Column, StrColumn},
};

use super::aspect::{ASPECTS, Counts, Filter};
use crate::Query;

/// Gathers in one pass the best results, their number, and the counts of all facets.
///
/// A result that one filter alone refuses still counts for that filter's own facet.
pub(super) struct Gather<'a> {
    pub(super) query: &'a Query,
    /// How many of the best are kept.
    pub(super) n_best: usize,
}

#[derive(Default)]
pub(super) struct Gathered {
    pub(super) total: usize,
    /// The best first.
    pub(super) best: Vec<Ranked>,
    pub(super) counts: Counts,
}

/// A result and what decides its place; the greater comes first.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    pub(super) score: Score,
    pub(super) address: DocAddress,
    frequent: bool,
    body: Arc<str>,
    position: u64,
    item: i64,
}

pub(super) struct SegmentGather {
    segment: SegmentOrdinal,
    n_best: usize,
    total: usize,
    best: BinaryHeap<Reverse<Ranked>>,
    filters: Vec<(Filter, Chosen)>,
    tallies: Vec<Tally>,
    order: Order,
}

/// The chosen values of a filter, as the segment numbers them.
struct Chosen {
    column: Option<StrColumn>,
    values: HashSet<u64>,
}

/// The count of every value of one aspect in a segment.
struct Tally {
    filter: Option<Filter>,
    column: Option<StrColumn>,
    counts: Vec<u32>,
}

/// The columns that decide between results of one score.
struct Order {
    frequent: Column<bool>,
    position: Column<u64>,
    item: Column<i64>,
    bodies: Option<StrColumn>,
    names: HashMap<u64, Arc<str>>,
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentGather> {
        let fast = reader.fast_fields();
        let mut filters = Vec::new();
        for (filter, field) in Filter::ALL {
            let chosen = filter.chosen(self.query);
            if !chosen.is_empty() {
                filters.push((filter, Chosen::new(fast.str(field)?, chosen)?));
            }
        }
        let tally = |it: &super::aspect::Aspect| {
            let column = fast.str(it.field)?;
            let n_values = column.as_ref().map_or(0, |column| column.dictionary().num_terms());
            Ok(Tally { filter: it.filter, column, counts: vec![0; n_values] })
        };
        Ok(SegmentGather {
            segment,
            n_best: self.n_best,
            total: 0,
            best: BinaryHeap::new(),
            filters,
            tallies: ASPECTS.iter().map(tally).collect::<tantivy::Result<_>>()?,
            order: Order {
                frequent: fast.bool("frequent")?,
                position: fast.u64("position")?,
                item: fast.i64("item")?,
                bodies: fast.str("departments")?,
                names: HashMap::new(),
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for segment in segments {
            let segment = segment?;
            all.total += segment.total;
            all.best.extend(segment.best);
            for (counts, more) in all.counts.iter_mut().zip(segment.counts) {
                for (value, count) in more {
                    *counts.entry(value).or_default() += count;
                }
            }
        }
        all.best.sort_by(|a, b| b.cmp(a));
        all.best.truncate(self.n_best);
        Ok(all)
    }
}

impl SegmentCollector for SegmentGather {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let mut refusing = self.filters.iter().filter(|(_, chosen)| !chosen.holds(doc));
        let refused_by = refusing.next().map(|(filter, _)| *filter);
        if refusing.next().is_some() {
            return;
        }
        for tally in &mut self.tallies {
            if refused_by.is_none() || tally.filter == refused_by {
                tally.count(doc);
            }
        }
        if refused_by.is_none() {
            self.total += 1;
            self.rank(doc, score);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        let mut counts = Counts::default();
        for (named, tally) in counts.iter_mut().zip(self.tallies) {
            *named = tally.named()?;
        }
        let best = self.best.into_iter().map(|Reverse(ranked)| ranked).collect();
        Ok(Gathered { total: self.total, best, counts })
    }
}

impl SegmentGather {
    fn rank(&mut self, doc: DocId, score: Score) {
        let full = self.best.len() >= self.n_best;
        let beaten = self.best.peek().is_none_or(|Reverse(worst)| score < worst.score);
        if full && beaten {
            return;
        }
        let ranked = Ranked {
            score,
            address: DocAddress::new(self.segment, doc),
            frequent: self.order.frequent.first(doc).unwrap_or(false),
            body: self.order.body(doc),
            position: self.order.position.first(doc).unwrap_or(u64::MAX),
            item: self.order.item.first(doc).unwrap_or_default(),
        };
        self.best.push(Reverse(ranked));
        if self.best.len() > self.n_best {
            self.best.pop();
        }
    }
}

impl Chosen {
    fn new(column: Option<StrColumn>, labels: &[String]) -> tantivy::Result<Chosen> {
        let mut values = HashSet::new();
        if let Some(column) = &column {
            for label in labels {
                values.extend(column.dictionary().term_ord(label)?);
            }
        }
        Ok(Chosen { column, values })
    }

    fn holds(&self, doc: DocId) -> bool {
        let column = self.column.as_ref();
        column.is_some_and(|column| {
            column.ords().values_for_doc(doc).any(|it| self.values.contains(&it))
        })
    }
}

impl Tally {
    fn count(&mut self, doc: DocId) {
        let Some(column) = &self.column else { return };
        for value in column.ords().values_for_doc(doc) {
            if let Some(count) = self.counts.get_mut(value as usize) {
                *count += 1;
            }
        }
    }

    fn named(self) -> tantivy::Result<HashMap<String, usize>> {
        let mut named = HashMap::new();
        let Some(column) = self.column else { return Ok(named) };
        for (value, count) in (0..).zip(self.counts).filter(|(_, count)| *count > 0) {
            let mut label = String::new();
            column.ord_to_str(value, &mut label)?;
            named.insert(label, count as usize);
        }
        Ok(named)
    }
}

impl Order {
    /// Returns the body's name; one that can not be read only costs the item its place in a tie.
    fn body(&mut self, doc: DocId) -> Arc<str> {
        let Some(column) = &self.bodies else { return Arc::from("") };
        let Some(value) = column.ords().first(doc) else { return Arc::from("") };
        let name = self.names.entry(value).or_insert_with(|| {
            let mut name = String::new();
            let known = column.ord_to_str(value, &mut name).unwrap_or(false);
            if known { Arc::from(name) } else { Arc::from("") }
        });
        Arc::clone(name)
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        (self.score.total_cmp(&other.score))
            .then_with(|| self.frequent.cmp(&other.frequent))
            .then_with(|| other.body.cmp(&self.body))
            .then_with(|| other.position.cmp(&self.position))
            .then_with(|| other.item.cmp(&self.item))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}
