//! The first look: walks the items that the words find, counts them, and keeps the best.

use std::{
    array,
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

use tantivy::{
    DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term,
    postings::SegmentPostings, schema::IndexRecordOption,
};

use super::{
    columns::{self, Columns, Numbers},
    plan::{Plan, Role, Sought},
    scope::{Scope, Verdict},
    tally::Tally,
};
use crate::Query;

/// Where more items are found, every so many are looked at in turn: in each group of
/// [`WINDOW`] neighbours or not at all.
const WINDOW: u32 = 256;

/// So many finds are looked at together: their numbers come from all over the memory, and are
/// on their way at once.
const AT_ONCE: usize = 64;

/// How the items are walked.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    pub(super) query: &'a Query,
    pub(super) plan: &'a Plan,
    /// Which of the plan's terms lead to items; the others only add to their scores.
    pub(super) leads: Vec<bool>,
    /// All items with one of these are walked instead, where they are the fewer.
    pub(super) universe: Option<Vec<Term>>,
    /// Everything is a result.
    pub(super) is_blank: bool,
    /// One in so many is looked at.
    pub(super) stride: u32,
    /// Items known beforehand with their scores, in order, one list a segment.
    pub(super) known: &'a [Vec<DocId>],
    pub(super) known_score: Score,
    pub(super) n_best: usize,
}

/// What was found in one segment.
pub(super) struct Gathered {
    pub(super) total: usize,
    /// What of what was typed the item in the regions asked for has that has most, whether
    /// the filters refuse it or not.
    pub(super) covered: u64,
    pub(super) best: Vec<Ranked>,
    pub(super) tally: Tally,
}

/// A result and what decides its place; the greater comes first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    /// How far above the region asked for.
    pub(super) nearness: u8,
    pub(super) score: Score,
    pub(super) address: DocAddress,
    pub(super) frequent: bool,
    /// At one score: the body's number in its segment where everything is asked for, else
    /// how far from the people it is, for they go to the nearest of the same.
    pub(super) order: usize,
    pub(super) position: u64,
    pub(super) item: i64,
}

/// What the words found of an item.
#[derive(Default)]
struct Found {
    is_result: bool,
    score: Score,
    places: u64,
}

/// An item that was found, and the number of those that it stands for.
struct Seen {
    doc: DocId,
    found: Found,
    times: u32,
}

/// A list that is walked, with what it is worth.
struct Lead<'a> {
    list: SegmentPostings,
    sought: &'a Sought,
    leads: bool,
    is_sampled: bool,
}

struct SegmentWalk<'a> {
    walk: &'a Walk<'a>,
    segment: SegmentOrdinal,
    reader: &'a SegmentReader,
    columns: &'a Columns,
    scope: Scope,
    tally: Tally,
    total: usize,
    covered: u64,
    best: BinaryHeap<Reverse<Ranked>>,
}

/// Walks one segment.
pub(super) fn gather(
    walk: &Walk<'_>,
    segment: SegmentOrdinal,
    reader: &SegmentReader,
    columns: &Columns,
) -> tantivy::Result<Gathered> {
    let query = walk.query;
    let mut walked = SegmentWalk {
        walk,
        segment,
        reader,
        columns,
        scope: Scope::new(columns, query)?,
        tally: Tally::new(columns, |filter| !filter.chosen(query).is_empty()),
        total: 0,
        covered: 0,
        best: BinaryHeap::new(),
    };
    match (&walk.universe, walk.is_blank) {
        (Some(terms), _) => walked.through_universe(terms)?,
        (None, true) => (0..reader.max_doc()).for_each(|doc| walked.see_plain(doc)),
        (None, false) => walked.through_leads()?,
    }
    let best = walked.best.into_iter().map(|Reverse(ranked)| ranked).collect();
    let SegmentWalk { total, covered, tally, .. } = walked;
    Ok(Gathered { total, covered, best, tally })
}

impl<'a> SegmentWalk<'a> {
    /// Looks at every item of the regions asked for.
    fn through_universe(&mut self, terms: &[Term]) -> tantivy::Result<()> {
        let mut leads = if self.walk.is_blank { Vec::new() } else { self.leads()? };
        let mut known = self.known();
        let mut groups = vec![0; self.walk.plan.groups.len()];
        for term in terms {
            let inverted = self.reader.inverted_index(term.field())?;
            let list = inverted.read_postings(term, IndexRecordOption::Basic)?;
            let Some(mut list) = list else { continue };
            if terms.len() > 1 {
                // The regions above are walked each for itself, from the beginning.
                leads = if self.walk.is_blank { Vec::new() } else { self.leads()? };
                known = self.known();
            }
            while list.doc() != TERMINATED {
                let doc = list.doc();
                if self.walk.is_blank {
                    self.see_plain(doc);
                } else if let Some(found) = self.score(doc, &mut leads, &mut known, &mut groups) {
                    self.see(&Seen { doc, found, times: 1 }, self.columns.numbers(doc));
                }
                list.advance();
            }
        }
        Ok(())
    }

    /// Looks at every item that the words lead to.
    fn through_leads(&mut self) -> tantivy::Result<()> {
        let mut leads = self.leads()?;
        let mut known = self.known();
        let mut groups = vec![0; self.walk.plan.groups.len()];
        let mut seen = Vec::with_capacity(AT_ONCE);
        loop {
            let standing = leads.iter().filter(|lead| lead.leads).map(|lead| lead.list.doc());
            let doc = standing.chain(known.first().copied()).min().unwrap_or(TERMINATED);
            if doc == TERMINATED || seen.len() == AT_ONCE {
                self.see_all(&mut seen);
            }
            if doc == TERMINATED {
                return Ok(());
            }
            let surely = known.first() == Some(&doc)
                || leads.iter().any(|it| it.leads && !it.is_sampled && it.list.doc() == doc);
            let times = if surely { 1 } else { self.walk.stride };
            if let Some(found) = self.score(doc, &mut leads, &mut known, &mut groups) {
                seen.push(Seen { doc, found, times });
            }
            for lead in leads.iter_mut().filter(|lead| lead.leads && lead.list.doc() == doc) {
                lead.advance(self.walk.stride);
            }
            if known.first() == Some(&doc) {
                known = &known[1..];
            }
        }
    }

    fn leads(&self) -> tantivy::Result<Vec<Lead<'a>>> {
        let walk = self.walk;
        let all = walk.plan.sought.iter().zip(&walk.leads);
        let all = all.filter(|(sought, _)| sought.role != Role::Help);
        // Texts come last, for they are asked only for what the names leave out.
        let (texts, others): (Vec<_>, Vec<_>) = all.partition(|it| it.0.role == Role::Text);
        let mut leads = Vec::with_capacity(texts.len() + others.len());
        for (sought, leading) in others.into_iter().chain(texts) {
            let Some(list) = sought.list(self.segment, self.reader)? else { continue };
            let is_sampled = walk.stride > 1 && sought.role != Role::Exact;
            let mut lead = Lead { list, sought, leads: *leading, is_sampled };
            lead.enter_window(walk.stride);
            leads.push(lead);
        }
        Ok(leads)
    }

    fn known(&self) -> &'a [DocId] {
        self.walk.known.get(self.segment as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns what the item is worth; `None` if not enough of the words find it.
    fn score(
        &self,
        doc: DocId,
        leads: &mut [Lead<'a>],
        known: &mut &[DocId],
        groups: &mut [usize],
    ) -> Option<Found> {
        let mut found = Found::default();
        if !groups.is_empty() {
            groups.fill(0);
        }
        while known.first().is_some_and(|it| *it < doc) {
            *known = &known[1..];
        }
        if known.first() == Some(&doc) {
            found.is_result = true;
            found.score += self.walk.known_score;
        }
        for lead in leads {
            let sought = lead.sought;
            // Texts speak only for what the name leaves out.
            let is_told = sought.role == Role::Text && sought.places & !found.places == 0;
            if is_told || !lead.stands_at(doc) {
                continue;
            }
            found.score += sought.worth(&lead.list);
            match sought.role {
                Role::Together(group) => groups[group] += 1,
                _ => found.is_result = true,
            }
            found.places |= sought.places;
        }
        for (group, n_found) in self.walk.plan.groups.iter().zip(groups) {
            if *n_found >= group.least {
                found.is_result = true;
                found.places |= group.places;
            }
        }
        found.is_result.then_some(found)
    }

    fn see_plain(&mut self, doc: DocId) {
        self.see(&Seen { doc, found: Found::default(), times: 1 }, self.columns.numbers(doc));
    }

    fn see_all(&mut self, seen: &mut Vec<Seen>) {
        let numbers: [Numbers; AT_ONCE] = array::from_fn(|at| match seen.get(at) {
            Some(seen) => self.columns.numbers(seen.doc),
            None => Numbers::default(),
        });
        for (seen, item) in seen.drain(..).zip(numbers) {
            self.see(&seen, item);
        }
    }

    fn see(&mut self, seen: &Seen, item: Numbers) {
        let Seen { doc, ref found, times } = *seen;
        if self.reader.is_deleted(doc) {
            return;
        }
        let verdict = self.scope.verdict(item);
        let covers_more = found.places.count_ones() > self.covered.count_ones();
        if covers_more && !matches!(verdict, Verdict::Outside) {
            self.covered = found.places;
        }
        match verdict {
            Verdict::Outside | Verdict::Refused => {}
            Verdict::RefusedBy(filter) => {
                self.tally.count_refused(item, filter, times);
            }
            Verdict::Inside(nearness) => {
                self.total += times as usize;
                self.tally.count(item, times);
                self.rank(doc, item, nearness, found.score);
            }
        }
    }

    fn rank(&mut self, doc: DocId, item: Numbers, nearness: u8, score: Score) {
        let columns = self.columns;
        let combination = columns.combinations.get(item.combination());
        let frequent = combination.is_some_and(|it| it.frequent);
        // Most are beaten by the first things that count; the rest is not read of them.
        let beaten = |worst: &Ranked| {
            let here = (nearness, -score, !frequent);
            here > (worst.nearness, -worst.score, !worst.frequent)
        };
        let is_full = self.best.len() >= self.walk.n_best;
        if is_full && self.best.peek().is_none_or(|Reverse(worst)| beaten(worst)) {
            return;
        }
        let ranked = Ranked {
            nearness,
            score,
            address: DocAddress::new(self.segment, doc),
            frequent,
            order: match (self.walk.is_blank, columns.regions.get(item.region())) {
                (true, _) => item.department(),
                (false, Some(region)) => 3 - columns::depth(*region),
                (false, None) => usize::MAX,
            },
            position: columns.position(doc),
            item: columns.item(doc),
        };
        if is_full && self.best.peek().is_some_and(|Reverse(worst)| ranked <= *worst) {
            return;
        }
        self.best.push(Reverse(ranked));
        if self.best.len() > self.walk.n_best {
            self.best.pop();
        }
    }
}

impl Lead<'_> {
    fn stands_at(&mut self, doc: DocId) -> bool {
        if self.list.doc() < doc {
            self.list.seek(doc);
        }
        self.list.doc() == doc
    }

    fn advance(&mut self, stride: u32) {
        self.list.advance();
        self.enter_window(stride);
    }

    /// Goes on to the next window that is looked at.
    fn enter_window(&mut self, stride: u32) {
        if !self.is_sampled || !self.leads {
            return;
        }
        while self.list.doc() != TERMINATED && !(self.list.doc() / WINDOW).is_multiple_of(stride) {
            let turn = self.list.doc() / WINDOW / stride + 1;
            match turn.checked_mul(WINDOW * stride).filter(|it| *it < TERMINATED) {
                Some(next) => self.list.seek(next),
                None => self.list.seek(TERMINATED - 1),
            };
        }
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        (other.nearness.cmp(&self.nearness))
            .then_with(|| self.score.total_cmp(&other.score))
            .then_with(|| self.frequent.cmp(&other.frequent))
            .then_with(|| other.order.cmp(&self.order))
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
