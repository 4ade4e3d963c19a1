//! The second look: puts the best finds in order by all that is known of them.

use tantivy::{DocSet, Score, SegmentReader, postings::SegmentPostings};

use super::{
    columns::{self, Columns},
    gather::{Ranked, Walk},
    plan::{Plan, Role, Sought},
};

/// How much it adds that a name holds all that was typed.
const ALL_IN_NAME: Score = 1.0;

/// How much it adds that the item holds it elsewhere.
const ALL_ANYWHERE: Score = 0.2;

/// How much it adds that what was typed is the whole of the name.
const SHORT_NAME: Score = 0.45;

/// How much each level nearer to the people adds: they are served by the nearest office.
const NEARER: Score = 0.08;

/// What sounds right counts as found, but not quite.
const SOUNDS_RIGHT: Score = 0.8;

/// A character of the name that stands there alone is the weaker sign.
const LONE_IN_NAME: Score = 0.5;

/// What was found of one item.
#[derive(Default)]
struct Found {
    score: Score,
    constant: Score,
    in_name: u64,
    /// Single characters that the name holds.
    lone: u64,
    in_texts: u64,
    /// What its texts say, each with the places that it stands for.
    texts: Vec<(u64, Score)>,
    by_sound: u64,
    groups: Vec<usize>,
}

/// Scores finds of one segment anew; they are in the order of their numbers.
pub(super) fn refine(
    walk: &Walk<'_>,
    reader: &SegmentReader,
    columns: &Columns,
    finds: &mut [Ranked],
) -> tantivy::Result<()> {
    let plan = walk.plan;
    let empty = || Found { groups: vec![0; plan.groups.len()], ..Found::default() };
    let mut found: Vec<Found> = finds.iter().map(|_| empty()).collect();
    let Some(segment) = finds.first().map(|ranked| ranked.address.segment_ord) else {
        return Ok(());
    };
    for sought in &plan.sought {
        if let Some(list) = sought.list(segment, reader)? {
            note(sought, list, finds, &mut found);
        }
    }
    for (ranked, mut found) in finds.iter_mut().zip(found) {
        let doc = ranked.address.doc_id;
        if walk.known.get(segment as usize).is_some_and(|docs| docs.binary_search(&doc).is_ok()) {
            found.constant += walk.known_score;
        }
        let region = columns.regions.get(columns.numbers(doc).region());
        let depth = region.map_or(0, |region| columns::depth(*region)) as Score;
        ranked.score = found.score(plan, columns.name_length(doc)) * (1.0 + NEARER * depth);
    }
    Ok(())
}

/// Notes at each find what one term is worth there.
fn note(sought: &Sought, mut list: SegmentPostings, finds: &[Ranked], found: &mut [Found]) {
    for (ranked, found) in finds.iter().zip(found) {
        let doc = ranked.address.doc_id;
        if list.doc() < doc {
            list.seek(doc);
        }
        if list.doc() != doc {
            continue;
        }
        match sought.role {
            Role::Exact => found.constant += sought.weight,
            Role::Together(group) => {
                found.groups[group] += 1;
                found.score += sought.worth(&list);
            }
            Role::Text => {
                found.in_texts |= sought.places;
                found.texts.push((sought.places, sought.worth(&list)));
            }
            Role::Name | Role::Help => {
                match sought.is_lone() {
                    true => found.lone |= sought.places,
                    false => found.in_name |= sought.places,
                }
                found.score += sought.worth(&list);
            }
        }
    }
}

impl Found {
    fn score(&mut self, plan: &Plan, name_length: u64) -> Score {
        for (group, n_found) in plan.groups.iter().zip(&self.groups) {
            if *n_found >= group.least {
                self.by_sound |= group.places;
            }
        }
        // Texts speak only for what the name leaves out, else the longest text would win.
        let left_out = self.texts.iter().filter(|(places, _)| places & !self.in_name != 0);
        self.score += left_out.map(|(_, worth)| worth).sum::<Score>();
        let n_places = plan.places.count_ones().max(1) as Score;
        let in_name = self.in_name.count_ones() as Score;
        let sounding = (self.by_sound & !self.in_name).count_ones() as Score;
        let lone = (self.lone & !self.in_name & !self.by_sound).count_ones() as Score;
        let by_name = (in_name + sounding * SOUNDS_RIGHT + lone * LONE_IN_NAME) / n_places;
        let anywhere = self.coverage(plan);
        let fit = (in_name + sounding) / (name_length.max(1) as Score);
        let all = 1.0 + ALL_IN_NAME * by_name * by_name + ALL_ANYWHERE * anywhere * anywhere;
        self.constant + self.score * all * (1.0 + SHORT_NAME * fit.min(1.0))
    }

    /// Returns how much of what was typed the item holds, from 0 to 1.
    fn coverage(&self, plan: &Plan) -> Score {
        let n_places = plan.places.count_ones().max(1) as Score;
        (self.in_name | self.in_texts | self.by_sound).count_ones() as Score / n_places
    }
}
