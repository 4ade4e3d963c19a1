use std::collections::HashMap;

use tantivy::DocId;

use super::{
    aspect::{Counts, Filter},
    columns::{Columns, N_TRAITS},
};

/// Departments of a segment that are named, the most frequent ones; more than a facet shows.
const MOST_DEPARTMENTS: usize = 150;

/// The counts of a segment's results, by the numbers that the segment gives the values.
pub(super) struct Tally {
    regions: Vec<u32>,
    departments: Vec<u32>,
    combinations: Vec<u32>,
    /// Results that one filter alone refuses, by the numbers of what that filter looks at.
    refused: [Vec<u32>; Filter::ALL.len()],
}

impl Tally {
    pub(super) fn new(columns: &Columns, chosen: impl Fn(Filter) -> bool) -> Tally {
        let refused = Filter::ALL.map(|filter| match (chosen(filter), filter) {
            (false, _) => Vec::new(),
            (true, Filter::Departments) => vec![0; columns.n_departments()],
            (true, _) => vec![0; columns.combinations.len()],
        });
        Tally {
            regions: vec![0; columns.regions.len()],
            departments: vec![0; columns.n_departments()],
            combinations: vec![0; columns.combinations.len()],
            refused,
        }
    }

    /// Counts a result as so many.
    pub(super) fn count(&mut self, columns: &Columns, doc: DocId, times: u32) {
        raise(&mut self.regions, columns.region(doc), times);
        raise(&mut self.departments, columns.department(doc), times);
        raise(&mut self.combinations, columns.combination(doc), times);
    }

    /// Counts what `filter` alone refuses, for the facet of that filter.
    pub(super) fn count_refused(
        &mut self,
        columns: &Columns,
        doc: DocId,
        filter: Filter,
        times: u32,
    ) {
        let value = match filter {
            Filter::Departments => columns.department(doc),
            _ => columns.combination(doc),
        };
        raise(&mut self.refused[filter.number()], value, times);
    }

    /// Names what was counted.
    pub(super) fn named(self, columns: &Columns, chosen: &[String]) -> tantivy::Result<Counts> {
        let mut counts = Counts::default();
        for (region, count) in columns.regions.iter().zip(&self.regions).filter(|it| *it.1 > 0) {
            counts.regions.insert(*region, *count as usize);
        }
        let mut labels: [Vec<u32>; N_TRAITS] =
            std::array::from_fn(|_| vec![0; columns.labels.len()]);
        for (at, counted) in labels.iter_mut().enumerate() {
            let refused = &self.refused[Filter::of_trait(at).number()];
            for (number, combination) in columns.combinations.iter().enumerate() {
                let more = refused.get(number).copied().unwrap_or_default();
                let count = self.combinations[number] + more;
                for label in combination.labels[at].iter().filter(|_| count > 0) {
                    raise(counted, *label as usize, count);
                }
            }
        }
        for (named, counted) in counts.traits.iter_mut().zip(labels) {
            let some = columns.labels.iter().zip(counted).filter(|(_, count)| *count > 0);
            named.extend(some.map(|(label, count)| (label.clone(), count as usize)));
        }
        counts.departments = self.departments(columns, chosen)?;
        Ok(counts)
    }

    fn departments(
        &self,
        columns: &Columns,
        chosen: &[String],
    ) -> tantivy::Result<HashMap<String, usize>> {
        let refused = &self.refused[Filter::Departments.number()];
        let count = |at: usize| self.departments[at] + refused.get(at).copied().unwrap_or_default();
        let some = (0..self.departments.len()).map(|at| (at, count(at)));
        let mut some: Vec<(usize, u32)> = some.filter(|(_, count)| *count > 0).collect();
        let names = columns.departments()?;
        if some.len() > MOST_DEPARTMENTS {
            let is_chosen = |at: usize| chosen.iter().any(|it| **it == *names[at]);
            let kept: Vec<(usize, u32)> = some
                .iter()
                .copied()
                .filter(|(at, _)| !chosen.is_empty() && is_chosen(*at))
                .collect();
            some.select_nth_unstable_by_key(MOST_DEPARTMENTS, |(at, count)| {
                (u32::MAX - count, *at)
            });
            some.truncate(MOST_DEPARTMENTS);
            some.extend(kept);
        }
        let named = some.into_iter().map(|(at, count)| (String::from(&*names[at]), count as usize));
        Ok(named.collect())
    }
}

fn raise(counts: &mut [u32], at: usize, times: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count += times;
    }
}
