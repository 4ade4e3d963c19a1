use std::collections::HashMap;

use domain::region::{RegionCode, regions};

use crate::{Facet, Facets, Query};

/// More values of one facet help nobody to choose.
const MOST_VALUES: usize = 200;

/// An aspect by which results are counted: a field, and the filter that its own
/// counts look behind.
pub(super) struct Aspect {
    pub(super) field: &'static str,
    pub(super) filter: Option<Filter>,
}

/// A filter that several values may widen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Departments,
    Kinds,
    Themes,
    Objects,
}

pub(super) const ASPECTS: [Aspect; 7] = [
    Aspect { field: "regions", filter: None },
    Aspect { field: "departments", filter: Some(Filter::Departments) },
    Aspect { field: "kinds", filter: Some(Filter::Kinds) },
    Aspect { field: "themes", filter: Some(Filter::Themes) },
    Aspect { field: "person_themes", filter: Some(Filter::Themes) },
    Aspect { field: "enterprise_themes", filter: Some(Filter::Themes) },
    Aspect { field: "objects", filter: Some(Filter::Objects) },
];

/// How many results have each value, one map an aspect.
pub(super) type Counts = [HashMap<String, usize>; ASPECTS.len()];

impl Filter {
    /// All filters, each with the field that it looks at.
    pub(super) const ALL: [(Filter, &'static str); 4] = [
        (Filter::Departments, "departments"),
        (Filter::Kinds, "kinds"),
        (Filter::Themes, "themes"),
        (Filter::Objects, "objects"),
    ];

    pub(super) fn chosen(self, query: &Query) -> &[String] {
        match self {
            Filter::Departments => &query.departments,
            Filter::Kinds => &query.kinds,
            Filter::Themes => &query.themes,
            Filter::Objects => &query.objects,
        }
    }
}

pub(super) fn facets(counts: Counts, query: &Query) -> Facets {
    let [region_counts, departments, kinds, themes, person, enterprise, objects] = counts;
    Facets {
        regions: regions_below(query.region, region_counts),
        departments: facet(departments, &query.departments),
        kinds: facet(kinds, &query.kinds),
        themes: facet(themes, &query.themes),
        person_themes: facet(person, &[]),
        enterprise_themes: facet(enterprise, &[]),
        objects: facet(objects, &query.objects),
    }
}

fn facet(mut counts: HashMap<String, usize>, chosen: &[String]) -> Vec<Facet> {
    for value in chosen {
        counts.entry(value.clone()).or_default();
    }
    let values = counts.into_iter();
    let mut facets: Vec<Facet> =
        values.map(|(value, count)| Facet { label: value.clone(), value, count }).collect();
    sort(&mut facets);
    let mut rank = 0;
    facets.retain(|facet| {
        rank += 1;
        rank <= MOST_VALUES || chosen.contains(&facet.value)
    });
    facets
}

fn regions_below(above: Option<RegionCode>, counts: HashMap<String, usize>) -> Vec<Facet> {
    let below = counts.into_iter().filter_map(|(value, count)| {
        let code = RegionCode::parse(&value).ok().filter(|code| code.parent() == above)?;
        let label = regions::name(&code).unwrap_or(&value).to_owned();
        Some(Facet { value, label, count })
    });
    let mut facets: Vec<Facet> = below.collect();
    sort(&mut facets);
    facets
}

fn sort(facets: &mut [Facet]) {
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
}
