use domain::region::{RegionCode, regions};
use rustc_hash::FxHashMap;

use super::columns::N_TRAITS;
use crate::{Facet, Facets, Query};

/// More values of one facet help nobody to choose.
const MOST_VALUES: usize = 100;

/// A filter that several values may widen. Its facet is counted as if it were not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Departments,
    Kinds,
    Themes,
    Objects,
}

/// How many results have each value, segment by segment; names are those of the columns.
#[derive(Default)]
pub(super) struct Counts<'a> {
    /// By the region that an item is in itself; each segment counts its own.
    pub(super) regions: Vec<(RegionCode, usize)>,
    pub(super) departments: FxHashMap<&'a str, usize>,
    pub(super) traits: [FxHashMap<&'a str, usize>; N_TRAITS],
}

impl Filter {
    pub(super) const ALL: [Filter; 4] =
        [Filter::Departments, Filter::Kinds, Filter::Themes, Filter::Objects];

    pub(super) fn chosen(self, query: &Query) -> &[String] {
        match self {
            Filter::Departments => &query.departments,
            Filter::Kinds => &query.kinds,
            Filter::Themes => &query.themes,
            Filter::Objects => &query.objects,
        }
    }

    /// The filter that an aspect of the traits is counted behind.
    pub(super) fn of_trait(at: usize) -> Filter {
        match at {
            0 => Filter::Kinds,
            1..=3 => Filter::Themes,
            _ => Filter::Objects,
        }
    }

    pub(super) fn bit(self) -> u8 {
        1 << self.number()
    }

    pub(super) fn of_bit(bit: u8) -> Option<Filter> {
        Filter::ALL.into_iter().find(|filter| filter.bit() == bit)
    }

    pub(super) fn number(self) -> usize {
        Filter::ALL.iter().position(|it| *it == self).unwrap_or_default()
    }

    /// Returns the numbers of the chosen labels, at the trait that the filter looks at.
    pub(super) fn numbers(self, query: &Query, labels: &[String]) -> [Vec<u32>; N_TRAITS] {
        let looked_at = match self {
            Filter::Departments => return Default::default(),
            Filter::Kinds => 0,
            Filter::Themes => 1,
            Filter::Objects => 4,
        };
        let chosen = |label: &&String| self.chosen(query).contains(label);
        let numbers = (0..).zip(labels).filter(|(_, label)| chosen(label)).map(|(at, _)| at);
        let mut all: [Vec<u32>; N_TRAITS] = Default::default();
        all[looked_at] = numbers.collect();
        all
    }
}

pub(super) fn facets(counts: &Counts<'_>, query: &Query) -> Facets {
    let [kinds, themes, person, enterprise, objects] = &counts.traits;
    Facets {
        regions: regions_below(query.region, &counts.regions),
        departments: facet(&counts.departments, &query.departments),
        kinds: facet(kinds, &query.kinds),
        themes: facet(themes, &query.themes),
        person_themes: facet(person, &[]),
        enterprise_themes: facet(enterprise, &[]),
        objects: facet(objects, &query.objects),
    }
}

fn facet(counts: &FxHashMap<&str, usize>, chosen: &[String]) -> Vec<Facet> {
    let order = |a: &(&str, usize), b: &(&str, usize)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
    let mut values: Vec<(&str, usize)> =
        counts.iter().map(|(value, count)| (*value, *count)).collect();
    if values.len() > MOST_VALUES {
        values.select_nth_unstable_by(MOST_VALUES, order);
        values.truncate(MOST_VALUES);
    }
    for value in chosen.iter().map(String::as_str) {
        if !values.iter().any(|it| it.0 == value) {
            values.push((value, counts.get(value).copied().unwrap_or_default()));
        }
    }
    values.sort_unstable_by(order);
    let facet = |(value, count): (&str, usize)| Facet {
        value: value.to_owned(),
        label: value.to_owned(),
        count,
    };
    values.into_iter().map(facet).collect()
}

fn regions_below(asked: Option<RegionCode>, counts: &[(RegionCode, usize)]) -> Vec<Facet> {
    let mut below: FxHashMap<RegionCode, usize> = FxHashMap::default();
    for (region, count) in counts {
        let mut chain = std::iter::successors(Some(*region), RegionCode::parent);
        if let Some(child) = chain.find(|code| code.parent() == asked) {
            *below.entry(child).or_default() += count;
        }
    }
    let mut facets: Vec<Facet> = below
        .into_iter()
        .map(|(code, count)| {
            let value = code.to_string();
            let label = regions::name(&code).unwrap_or(&value).to_owned();
            Facet { value, label, count }
        })
        .collect();
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    facets
}
