//! Finds: plans a search, walks the segments, and puts the best in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tantivy::{
    DocId, DocSet, Score, Searcher, TERMINATED, Term, index::SegmentId, schema::IndexRecordOption,
};

use super::{
    aspect::{Counts, facets},
    columns::Columns,
    gather::{Ranked, Walk, gather},
    plan::{Plan, Role},
    refine::refine,
    schema::Fields,
    scope,
    tally::Tally,
};
use crate::{Facets, Query, words::Typed};

/// The best finds, which are looked at twice. Where fewer are found, what is only like the
/// words is looked for as well.
const REFINED: usize = 100;

/// So many items a search may walk; where words find more, the rarest of them lead.
const MOST_WALKED: u64 = 2_400;

/// Where names find fewer, what is said of items is searched as well.
const FEW_NAMES: u64 = 1_500;

/// The beginning of a code goes before all that words can find.
const BEGINNING_OF_CODE: Score = 1_000.0;
const MOST_CODES: usize = 5_000;

/// The columns of the segments, opened once.
#[derive(Default)]
pub(super) struct Opened {
    columns: Mutex<HashMap<SegmentId, Arc<Columns>>>,
}

/// What a search found, before it is shown.
pub(super) struct Finds {
    pub(super) total: usize,
    pub(super) is_estimate: bool,
    /// The best first.
    pub(super) best: Vec<Ranked>,
    pub(super) facets: Facets,
}

/// What a walk found in all segments.
struct Walked {
    total: usize,
    is_estimate: bool,
    /// What of what was typed the item that has most has.
    covered: u64,
    /// The best first.
    best: Vec<Ranked>,
    tallies: Vec<Tally>,
}

/// One search on one state of the index.
pub(super) struct Search<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) columns: Vec<Arc<Columns>>,
    pub(super) query: &'a Query,
    pub(super) typed: &'a Typed,
    pub(super) n_best: usize,
}

impl Opened {
    /// Returns the columns of all segments, and forgets those of segments that are gone.
    pub(super) fn of(&self, searcher: &Searcher) -> tantivy::Result<Vec<Arc<Columns>>> {
        let mut known = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        let mut all = Vec::with_capacity(segments.len());
        for reader in segments {
            let columns = match known.get(&reader.segment_id()) {
                Some(columns) => columns.clone(),
                None => {
                    let columns = Arc::new(Columns::open(reader)?);
                    known.insert(reader.segment_id(), columns.clone());
                    columns
                }
            };
            all.push(columns);
        }
        if known.len() > segments.len() {
            known.retain(|id, _| segments.iter().any(|reader| reader.segment_id() == *id));
        }
        Ok(all)
    }
}

impl Search<'_> {
    pub(super) fn run(&self) -> tantivy::Result<Finds> {
        if self.typed.is_blank() {
            return self.everything();
        }
        let plan = Plan::of(self.searcher, self.fields, self.typed)?;
        let known = self.codes_beginning()?;
        let walked = self.by_words(&plan, &known)?;
        // A word that some item has was not mistyped, even if no item has it with the others.
        let strange = plan.places & !walked.covered & !plan.familiar();
        let is_whole = walked.covered & plan.places == plan.places;
        let is_enough = is_whole || strange == 0 && walked.total >= REFINED;
        if is_enough || !known.is_empty() {
            return self.finds(walked);
        }
        match plan.loosely(self.searcher, self.fields, self.typed)? {
            Some(plan) => self.finds(self.by_words(&plan, &known)?),
            None => self.finds(walked),
        }
    }

    fn everything(&self) -> tantivy::Result<Finds> {
        let plan = Plan::default();
        let terms = self.universe();
        let universe = (!terms.is_empty()).then_some(terms);
        let walk = Walk { universe, is_blank: true, ..self.walk(&plan, &[]) };
        self.finds(self.gather(&walk)?)
    }

    /// Names what was counted.
    fn finds(&self, walked: Walked) -> tantivy::Result<Finds> {
        let mut counts = Counts::default();
        for (tally, columns) in walked.tallies.iter().zip(&self.columns) {
            tally.name(columns, &self.query.departments, &mut counts)?;
        }
        let Walked { total, is_estimate, best, .. } = walked;
        Ok(Finds { total, is_estimate, best, facets: facets(&counts, self.query) })
    }

    fn walk<'w>(&'w self, plan: &'w Plan, known: &'w [Vec<DocId>]) -> Walk<'w> {
        Walk {
            query: self.query,
            plan,
            leads: vec![false; plan.sought.len()],
            universe: None,
            is_blank: false,
            stride: 1,
            known,
            known_score: BEGINNING_OF_CODE,
            n_best: self.n_best.max(REFINED),
        }
    }

    /// Returns the terms of which every result has one, or none.
    fn universe(&self) -> Vec<Term> {
        match scope::region_terms(self.fields, self.query) {
            terms if terms.is_empty() && self.query.frequent => {
                vec![Term::from_field_bool(self.fields.frequent, true)]
            }
            terms => terms,
        }
    }

    /// Finds by the plan's terms.
    fn by_words(&self, plan: &Plan, known: &[Vec<DocId>]) -> tantivy::Result<Walked> {
        let terms = self.universe();
        let n_universe = scope::n_items(self.searcher, &terms)?;
        let mut walk = self.walk(plan, known);
        let all: u64 =
            plan.sought.iter().filter(|it| it.role != Role::Help).map(|it| it.n_docs).sum();
        match n_universe.filter(|n_items| *n_items <= all.min(MOST_WALKED)) {
            Some(_) => walk.universe = Some(terms),
            None => (walk.leads, walk.stride) = leads(plan),
        }
        let mut walked = self.gather(&walk)?;
        self.refine(&walk, &mut walked.best)?;
        Ok(walked)
    }

    fn gather(&self, walk: &Walk<'_>) -> tantivy::Result<Walked> {
        let mut all = Walked {
            total: 0,
            is_estimate: walk.stride > 1,
            covered: 0,
            best: Vec::new(),
            tallies: Vec::with_capacity(self.columns.len()),
        };
        for ((at, reader), columns) in (0..).zip(self.searcher.segment_readers()).zip(&self.columns)
        {
            let gathered = gather(walk, at, reader, columns)?;
            all.total += gathered.total;
            if gathered.covered.count_ones() > all.covered.count_ones() {
                all.covered = gathered.covered;
            }
            all.best.extend(gathered.best);
            all.tallies.push(gathered.tally);
        }
        if walk.is_blank && self.columns.len() > 1 {
            self.number_bodies(&mut all.best)?;
        }
        all.best.sort_unstable_by(|a, b| b.cmp(a));
        all.best.truncate(walk.n_best);
        Ok(all)
    }

    /// Numbers bodies across segments, each of which numbers its own.
    fn number_bodies(&self, best: &mut [Ranked]) -> tantivy::Result<()> {
        let mut names: Vec<&str> = Vec::with_capacity(best.len());
        for ranked in best.iter() {
            let columns = &self.columns[ranked.address.segment_ord as usize];
            names.push(columns.departments()?.get(ranked.order).map_or("", |name| name));
        }
        let mut order = names.clone();
        order.sort_unstable();
        order.dedup();
        for (ranked, name) in best.iter_mut().zip(&names) {
            ranked.order = order.partition_point(|it| it < name);
        }
        Ok(())
    }

    /// Looks again at the best, which stay before the others.
    fn refine(&self, walk: &Walk<'_>, best: &mut [Ranked]) -> tantivy::Result<()> {
        let n_refined = best.len().min(REFINED);
        let best = &mut best[..n_refined];
        best.sort_unstable_by_key(|ranked| ranked.address);
        for finds in best.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let at = finds[0].address.segment_ord;
            let columns = &self.columns[at as usize];
            refine(walk, self.searcher.segment_reader(at), columns, finds)?;
        }
        best.sort_unstable_by(|a, b| b.cmp(a));
        Ok(())
    }

    /// Returns the items whose code begins with what was typed, one list a segment.
    fn codes_beginning(&self) -> tantivy::Result<Vec<Vec<DocId>>> {
        let Some(code) = &self.typed.code else { return Ok(Vec::new()) };
        let mut known = Vec::new();
        let mut n_known = 0;
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields.code)?;
            let mut past = code.clone().into_bytes();
            past.push(0xff);
            let mut docs = Vec::new();
            let mut codes = inverted.terms().range().ge(code.as_bytes()).lt(past).into_stream()?;
            while n_known < MOST_CODES && codes.advance() {
                let option = IndexRecordOption::Basic;
                let mut list = inverted.read_postings_from_terminfo(codes.value(), option)?;
                while list.doc() != TERMINATED {
                    docs.push(list.doc());
                    list.advance();
                }
                n_known += 1;
            }
            docs.sort_unstable();
            docs.dedup();
            known.push(docs);
        }
        Ok(if n_known == 0 { Vec::new() } else { known })
    }
}

/// Chooses the terms that lead to items: as many as can be walked, the rarest first.
///
/// Also returns one in how many items is looked at, where even the rarest has too many.
fn leads(plan: &Plan) -> (Vec<bool>, u32) {
    let in_names = plan.sought.iter().filter(|it| it.role == Role::Name);
    let few_names = in_names.map(|it| it.n_docs).sum::<u64>() < FEW_NAMES;
    let mut leads: Vec<bool> = plan.sought.iter().map(|it| it.role == Role::Exact).collect();
    let can_lead = |at: usize| match plan.sought[at].role {
        Role::Name => true,
        Role::Together(group) => plan.is_needed_to_find(at, group),
        Role::Text => few_names,
        Role::Exact | Role::Help => false,
    };
    let mut rarest: Vec<usize> = (0..leads.len()).filter(|at| can_lead(*at)).collect();
    rarest.sort_by_key(|at| plan.sought[*at].n_docs);
    let mut n_walked = 0;
    for at in rarest {
        let n_docs = plan.sought[at].n_docs;
        if n_walked > 0 && n_walked + n_docs > MOST_WALKED {
            break;
        }
        leads[at] = true;
        n_walked += n_docs;
    }
    let stride = n_walked.div_ceil(MOST_WALKED).max(1);
    (leads, u32::try_from(stride).unwrap_or(u32::MAX))
}
