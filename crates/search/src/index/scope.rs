//! The scope of a search: which regions come first, and what the filters refuse.

use std::ops::Range;

use domain::region::RegionCode;
use tantivy::{Searcher, Term};

use super::{
    aspect::Filter,
    columns::{Columns, N_TRAITS, Numbers},
    schema::{Fields, OWN},
};
use crate::Query;

/// The regions asked for and the filters, as a segment numbers them.
pub(super) struct Scope {
    /// Numbers of regions, the region asked for first, then those above it; `None` for all.
    regions: Option<Vec<Range<usize>>>,
    /// The filters that each combination of traits does not pass, a bit each.
    combinations: Option<Vec<u8>>,
    /// The departments that were chosen.
    departments: Option<Vec<usize>>,
}

/// What the scope says of an item.
pub(super) enum Verdict {
    /// In none of the regions.
    Outside,
    /// Several filters refuse it.
    Refused,
    /// In it; the smaller, the nearer to the region asked for.
    Inside(u8),
    /// One filter alone refuses it.
    RefusedBy(Filter),
}

/// Returns the terms of the regions asked for: all items that the search may find have one.
pub(super) fn region_terms(fields: &Fields, query: &Query) -> Vec<Term> {
    let Some(region) = query.region else { return Vec::new() };
    let own = |code: RegionCode| Term::from_field_text(fields.regions, &format!("{OWN}{code}"));
    let mut terms = vec![Term::from_field_text(fields.regions, &region.to_string())];
    terms.extend(above(query).map(own));
    terms
}

/// Returns how many items lie in the regions asked for; `None` where all do.
pub(super) fn n_items(searcher: &Searcher, terms: &[Term]) -> tantivy::Result<Option<u64>> {
    let counts: Vec<u64> =
        terms.iter().map(|term| searcher.doc_freq(term)).collect::<tantivy::Result<_>>()?;
    Ok((!counts.is_empty()).then(|| counts.iter().sum()))
}

impl Scope {
    pub(super) fn new(columns: &Columns, query: &Query) -> tantivy::Result<Scope> {
        let regions = query.region.map(|region| {
            let mut ranges = vec![range(&columns.regions, |code| region.contains(code), region)];
            ranges.extend(above(query).map(|up| range(&columns.regions, |code| *code == up, up)));
            ranges
        });
        let is_filtered =
            query.frequent || Filter::ALL.iter().any(|it| !it.chosen(query).is_empty());
        let departments = match query.departments.as_slice() {
            [] => None,
            chosen => Some(departments(columns, chosen)?),
        };
        let combinations = is_filtered.then(|| refusals(columns, query));
        Ok(Scope { regions, combinations, departments })
    }

    pub(super) fn verdict(&self, item: Numbers) -> Verdict {
        let nearness = match &self.regions {
            None => 0,
            Some(ranges) => match ranges.iter().position(|range| range.contains(&item.region())) {
                Some(at) => u8::try_from(at).unwrap_or(u8::MAX),
                None => return Verdict::Outside,
            },
        };
        let refused = self.refused(item);
        match refused.count_ones() {
            0 => Verdict::Inside(nearness),
            1 => Filter::of_bit(refused).map_or(Verdict::Refused, Verdict::RefusedBy),
            _ => Verdict::Refused,
        }
    }

    fn refused(&self, item: Numbers) -> u8 {
        let mut refused = match &self.combinations {
            None => 0,
            Some(all) => all.get(item.combination()).copied().unwrap_or_default(),
        };
        if let Some(chosen) = &self.departments
            && !chosen.contains(&item.department())
        {
            refused |= Filter::Departments.bit();
        }
        refused
    }
}

/// Two bits that no filter has, so that who is not frequent is refused for good.
const NOT_FREQUENT: u8 = 0b1100_0000;

fn above(query: &Query) -> impl Iterator<Item = RegionCode> {
    let first = query.region.filter(|_| query.and_above).and_then(|region| region.parent());
    std::iter::successors(first, RegionCode::parent)
}

fn range(
    regions: &[RegionCode],
    holds: impl Fn(&RegionCode) -> bool,
    first: RegionCode,
) -> Range<usize> {
    let from = regions.partition_point(|code| *code < first);
    let length = regions[from..].partition_point(holds);
    from..from + length
}

fn departments(columns: &Columns, chosen: &[String]) -> tantivy::Result<Vec<usize>> {
    let names = columns.departments()?;
    let number = |name: &String| names.binary_search_by(|it| (**it).cmp(name.as_str())).ok();
    Ok(chosen.iter().filter_map(number).collect())
}

fn refusals(columns: &Columns, query: &Query) -> Vec<u8> {
    let asked: Vec<(u8, [Vec<u32>; N_TRAITS])> = Filter::ALL
        .iter()
        .filter(|filter| **filter != Filter::Departments && !filter.chosen(query).is_empty())
        .map(|filter| (filter.bit(), filter.numbers(query, &columns.labels)))
        .collect();
    let refused = |labels: &[Vec<u32>; N_TRAITS], wanted: &[Vec<u32>; N_TRAITS]| {
        let mut pairs = labels.iter().zip(wanted);
        !pairs.any(|(labels, wanted)| labels.iter().any(|label| wanted.contains(label)))
    };
    let combinations = columns.combinations.iter().map(|it| {
        let bits = asked.iter().filter(|(_, wanted)| refused(&it.labels, wanted));
        let bits = bits.fold(0, |bits, (bit, _)| bits | bit);
        if query.frequent && !it.frequent { bits | NOT_FREQUENT } else { bits }
    });
    combinations.collect()
}
