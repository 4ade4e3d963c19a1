use std::collections::HashMap;

use domain::region::{RegionCode, regions};

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

/// How many results have each value.
#[derive(Clone, Default)]
pub(super) struct Counts {
    /// By the region that an item is in itself.
    pub(super) regions: HashMap<RegionCode, usize>,
    pub(super) departments: HashMap<String, usize>,
    pub(super) traits: [HashMap<String, usize>; N_TRAITS],
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

impl Counts {
    pub(super) fn add(&mut self, other: Counts) {
        for (region, count) in other.regions {
            *self.regions.entry(region).or_default() += count;
        }
        add(&mut self.departments, other.departments);
        for (counts, more) in self.traits.iter_mut().zip(other.traits) {
            add(counts, more);
        }
    }
}

fn add(counts: &mut HashMap<String, usize>, more: HashMap<String, usize>) {
    if counts.is_empty() {
        *counts = more;
        return;
    }
    for (value, count) in more {
        *counts.entry(value).or_default() += count;
    }
}

pub(super) fn facets(counts: &Counts, query: &Query) -> Facets {
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

fn facet(counts: &HashMap<String, usize>, chosen: &[String]) -> Vec<Facet> {
    let none = chosen.iter().filter(|value| !counts.contains_key(*value)).map(|value| (value, 0));
    let some = counts.iter().map(|(value, count)| (value, *count));
    let mut values: Vec<(&String, usize)> = some.chain(none).collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    values.dedup();
    let mut rank = 0;
    values.retain(|(value, _)| {
        rank += 1;
        rank <= MOST_VALUES || chosen.contains(value)
    });
    let facet = |(value, count): (&String, usize)| Facet {
        value: value.clone(),
        label: value.clone(),
        count,
    };
    values.into_iter().map(facet).collect()
}

fn regions_below(asked: Option<RegionCode>, counts: &HashMap<RegionCode, usize>) -> Vec<Facet> {
    let mut below: HashMap<RegionCode, usize> = HashMap::new();
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
