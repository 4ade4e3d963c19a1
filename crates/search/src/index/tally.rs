use super::{
    aspect::{Counts, Filter},
    columns::{Columns, Numbers},
};

/// Departments of a segment that are named, the most frequent ones; more than a facet shows.
const MOST_DEPARTMENTS: usize = 150;

/// The counts of a segment's results, by the numbers that the segment gives the values.
pub(super) struct Tally {
    regions: Vec<u32>,
    departments: Vec<u32>,
    /// The departments that have any: of a whole country's, few have the words.
    counted: Vec<usize>,
    combinations: Vec<u32>,
    /// Results that one filter of traits alone refuses, by their combinations.
    refused: [Vec<u32>; Filter::ALL.len()],
}

impl Tally {
    pub(super) fn new(columns: &Columns, chosen: impl Fn(Filter) -> bool) -> Tally {
        let refused = Filter::ALL.map(|filter| match filter != Filter::Departments {
            true if chosen(filter) => vec![0; columns.combinations.len()],
            _ => Vec::new(),
        });
        Tally {
            regions: vec![0; columns.regions.len()],
            departments: vec![0; columns.n_departments()],
            counted: Vec::new(),
            combinations: vec![0; columns.combinations.len()],
            refused,
        }
    }

    /// Counts a result as so many.
    pub(super) fn count(&mut self, item: Numbers, times: u32) {
        raise(&mut self.regions, item.region(), times);
        self.count_department(item, times);
        raise(&mut self.combinations, item.combination(), times);
    }

    /// Counts what `filter` alone refuses, for the facet of that filter.
    pub(super) fn count_refused(&mut self, item: Numbers, filter: Filter, times: u32) {
        match filter {
            Filter::Departments => self.count_department(item, times),
            _ => raise(&mut self.refused[filter.number()], item.combination(), times),
        }
    }

    /// Adds what was counted to the counts of all segments, under its names.
    pub(super) fn name<'a>(
        &self,
        columns: &'a Columns,
        chosen: &[String],
        counts: &mut Counts<'a>,
    ) -> tantivy::Result<()> {
        let regions = columns.regions.iter().zip(&self.regions).filter(|it| *it.1 > 0);
        counts.regions.extend(regions.map(|(region, count)| (*region, *count as usize)));
        let mut labels = vec![0; columns.labels.len()];
        for (at, named) in counts.traits.iter_mut().enumerate() {
            labels.fill(0);
            let refused = &self.refused[Filter::of_trait(at).number()];
            for (number, combination) in columns.combinations.iter().enumerate() {
                let more = refused.get(number).copied().unwrap_or_default();
                let count = self.combinations[number] + more;
                for label in combination.labels[at].iter().filter(|_| count > 0) {
                    raise(&mut labels, *label as usize, count);
                }
            }
            for (label, count) in columns.labels.iter().zip(&labels).filter(|it| *it.1 > 0) {
                *named.entry(label).or_default() += *count as usize;
            }
        }
        let names = columns.departments()?;
        for (at, count) in self.departments(names, chosen) {
            *counts.departments.entry(&names[at]).or_default() += count as usize;
        }
        Ok(())
    }

    /// Returns the departments that have most, and those that were chosen.
    fn departments(&self, names: &[Box<str>], chosen: &[String]) -> Vec<(usize, u32)> {
        let some = self.counted.iter().map(|at| (*at, self.departments[*at]));
        let mut some: Vec<(usize, u32)> = some.collect();
        if some.len() > MOST_DEPARTMENTS {
            some.select_nth_unstable_by_key(MOST_DEPARTMENTS, |(at, count)| {
                (u32::MAX - count, *at)
            });
            let is_chosen = |at: usize| chosen.iter().any(|it| **it == *names[at]);
            let kept = some.split_off(MOST_DEPARTMENTS);
            some.extend(kept.into_iter().filter(|(at, _)| !chosen.is_empty() && is_chosen(*at)));
        }
        some
    }

    fn count_department(&mut self, item: Numbers, times: u32) {
        if self.departments.get(item.department()) == Some(&0) {
            self.counted.push(item.department());
        }
        raise(&mut self.departments, item.department(), times);
    }
}

fn raise(counts: &mut [u32], at: usize, times: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count += times;
    }
}
