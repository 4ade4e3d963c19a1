//! The plan of a search: which terms are looked for, and what each is worth.

use tantivy::{
    Score, Searcher, SegmentOrdinal, SegmentReader, Term,
    postings::{Postings, SegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption},
};

use super::schema::Fields;
use crate::words::{Part, PartKind, Sound, Typed};

/// A code that was typed goes before all that words can find.
const WHOLE_CODE: Score = 10_000.0;
const OTHER_CODE: Score = 5_000.0;

/// Who types the whole name means that item.
const WHOLE_NAME: Score = 200.0;

/// What a token is worth, beside how rare it is.
const WORD: Score = 1.2;
const PAIR: Score = 0.5;
const LONE: Score = 1.0;
const WORD_OF_TEXT: Score = 0.4;
const SOUND: Score = 0.5;

/// A name that has so many of at least so many characters may be meant: one was mistaken,
/// left out or put in.
const MOST_CHARACTERS: f32 = 0.6;
const FEWEST_CHARACTERS: usize = 3;

/// Longer words are no abbreviations.
const LONGEST_ABBREVIATION: usize = 4;

/// The frequency at which a token is worth half of what it can be: BM25's k1.
const HALF_OF_NAMES: Score = 3.0;
const HALF_OF_TEXTS: Score = 5.0;

/// What a term does in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Finds an item by itself and is worth the same everywhere.
    Exact,
    /// Finds items by their names.
    Name,
    /// Finds items by what is said of them.
    Text,
    /// Finds items together with others of its group.
    Together(usize),
    /// Only helps to put in order what others found.
    Help,
}

/// A term that is looked for.
#[derive(Clone)]
pub(super) struct Sought {
    pub(super) term: Term,
    pub(super) role: Role,
    pub(super) weight: Score,
    /// 0 for a term that is worth the same however often it stands there.
    half: Score,
    /// What it stands for of what was typed.
    pub(super) places: u64,
    /// In how many items it is.
    pub(super) n_docs: u64,
    /// Where its lists lie, one a segment.
    lists: Vec<Option<TermInfo>>,
}

/// Terms of which so many must be found together.
#[derive(Clone)]
pub(super) struct Group {
    pub(super) least: usize,
    pub(super) places: u64,
}

/// 一次检索要找的词。
#[derive(Clone, Default)]
pub(super) struct Plan {
    pub(super) sought: Vec<Sought>,
    pub(super) groups: Vec<Group>,
    /// All that was typed and can be found.
    pub(super) places: u64,
}

impl Plan {
    /// Plans the search for what was typed, as it is written.
    pub(super) fn of(searcher: &Searcher, fields: &Fields, typed: &Typed) -> tantivy::Result<Plan> {
        let mut plan = Plan { places: typed.places(), ..Plan::default() };
        for part in &typed.parts {
            let helps = typed.only_helps(&part.text);
            let (role, weight) = match part.kind {
                PartKind::Word if helps => (Role::Help, LONE),
                PartKind::Word => (Role::Name, WORD),
                PartKind::Pair => (Role::Help, PAIR),
                PartKind::Lone => (Role::Help, LONE),
            };
            plan.add(fields.names, &part.text, role, weight, HALF_OF_NAMES, part.places);
            if part.kind == PartKind::Word && !helps {
                let weight = WORD_OF_TEXT;
                plan.add(fields.texts, &part.text, Role::Text, weight, HALF_OF_TEXTS, part.places);
            }
        }
        if !typed.whole.is_empty() {
            plan.add(fields.whole_names, &typed.whole, Role::Exact, WHOLE_NAME, 0.0, plan.places);
        }
        if let Some(code) = &typed.code {
            plan.add(fields.code, code, Role::Exact, WHOLE_CODE, 0.0, 0);
            plan.add(fields.other_codes, code, Role::Exact, OTHER_CODE, 0.0, 0);
        }
        plan.weigh(searcher, 0)?;
        plan.add_abbreviations(searcher, fields, typed)?;
        // Letters that no name has may be the sound of one.
        let letters = typed.sounds.iter().filter(|it| it.is_letters);
        let letters: Vec<&Sound> =
            letters.filter(|it| !plan.finds(fields.names, &it.run)).collect();
        plan.add_sounds(searcher, fields, &letters)?;
        Ok(plan)
    }

    /// Plans to look as well for what sounds like what was typed, and for what has most
    /// of its characters.
    pub(super) fn loosely(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        typed: &Typed,
    ) -> tantivy::Result<Option<Plan>> {
        let runs: Vec<&Sound> = typed.sounds.iter().filter(|it| !it.is_letters).collect();
        let lone: Vec<&Part> = typed.parts.iter().filter(|it| is_lone_han(it)).collect();
        if runs.is_empty() && lone.len() < FEWEST_CHARACTERS {
            return Ok(None);
        }
        let mut plan = self.clone();
        plan.add_sounds(searcher, fields, &runs)?;
        if lone.len() >= FEWEST_CHARACTERS {
            let first = plan.sought.len();
            let least = (lone.len() as f32 * MOST_CHARACTERS).ceil() as usize;
            let group = Role::Together(plan.groups.len());
            plan.groups.push(Group { least, places: 0 });
            for part in lone {
                plan.add(fields.names, &part.text, group, 0.0, HALF_OF_NAMES, 0);
            }
            plan.weigh(searcher, first)?;
        }
        Ok(Some(plan))
    }

    /// Returns what was typed in words that some item has.
    pub(super) fn familiar(&self) -> u64 {
        let words = self.sought.iter().filter(|it| matches!(it.role, Role::Name | Role::Text));
        words.filter(|it| !it.is_lone()).fold(0, |places, it| places | it.places)
    }

    /// Tells whether items of the group could be missed if this term did not lead to them:
    /// where all terms must be found together, the rarest one leads to all.
    pub(super) fn is_needed_to_find(&self, at: usize, group: usize) -> bool {
        let together = |it: &&(usize, &Sought)| it.1.role == Role::Together(group);
        let terms: Vec<(usize, &Sought)> =
            self.sought.iter().enumerate().filter(|it| together(&it)).collect();
        let rarest = terms.iter().min_by_key(|(_, sought)| sought.n_docs);
        terms.len() > self.groups[group].least || rarest.is_some_and(|(rarest, _)| *rarest == at)
    }

    fn add(
        &mut self,
        field: Field,
        text: &str,
        role: Role,
        weight: Score,
        half: Score,
        places: u64,
    ) {
        let term = Term::from_field_text(field, text);
        self.sought.push(Sought { term, role, weight, half, places, n_docs: 0, lists: Vec::new() });
    }

    fn add_sounds(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
        sounds: &[&Sound],
    ) -> tantivy::Result<()> {
        let first = self.sought.len();
        for sound in sounds.iter().filter(|it| it.least > 0) {
            let group = Role::Together(self.groups.len());
            self.groups.push(Group { least: sound.least, places: sound.places });
            for token in sound.spelling.tokens() {
                self.add(fields.sounds, &token, group, SOUND, 0.0, 0);
            }
        }
        self.weigh(searcher, first)
    }

    /// Plans to look for the characters of words that no name has: 「法考」 is 「法律…考试」.
    fn add_abbreviations(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
        typed: &Typed,
    ) -> tantivy::Result<()> {
        let first = self.sought.len();
        for part in typed.parts.iter().filter(|part| part.kind == PartKind::Word) {
            let chars: Vec<char> = part.text.chars().collect();
            let is_short = (2..=LONGEST_ABBREVIATION).contains(&chars.len());
            if !is_short || part.text.is_ascii() || self.finds(fields.names, &part.text) {
                continue;
            }
            let group = Role::Together(self.groups.len());
            self.groups.push(Group { least: chars.len(), places: part.places });
            for c in chars {
                self.add(fields.names, &c.to_string(), group, LONE, HALF_OF_NAMES, 0);
            }
        }
        self.weigh(searcher, first)
    }

    /// Weighs the terms by how rare they are, and forgets those that are nowhere.
    fn weigh(&mut self, searcher: &Searcher, first: usize) -> tantivy::Result<()> {
        let n_docs: u64 = searcher.segment_readers().iter().map(|it| u64::from(it.max_doc())).sum();
        for sought in &mut self.sought[first..] {
            sought.lists.clear();
            for reader in searcher.segment_readers() {
                let inverted = reader.inverted_index(sought.term.field())?;
                sought.lists.push(inverted.get_term_info(&sought.term)?);
            }
            let found = sought.lists.iter().flatten();
            sought.n_docs = found.map(|it| u64::from(it.doc_freq)).sum();
            if sought.role != Role::Exact {
                let (n, all) = (sought.n_docs as Score, n_docs as Score);
                sought.weight *= (1.0 + (all - n + 0.5) / (n + 0.5)).ln();
            }
        }
        self.sought.retain(|sought| sought.n_docs > 0);
        Ok(())
    }

    fn finds(&self, field: Field, text: &str) -> bool {
        let term = Term::from_field_text(field, text);
        self.sought.iter().any(|sought| sought.term == term)
    }
}

impl Sought {
    /// Opens the list of a segment's items that have the term.
    pub(super) fn list(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(list) = self.lists.get(segment as usize).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let inverted = reader.inverted_index(self.term.field())?;
        Ok(Some(inverted.read_postings_from_terminfo(list, IndexRecordOption::WithFreqs)?))
    }

    pub(super) fn is_lone(&self) -> bool {
        self.places.count_ones() == 1
    }

    /// Returns what the term is worth at the item where `list` stands.
    pub(super) fn worth(&self, list: &SegmentPostings) -> Score {
        if self.half == 0.0 {
            return self.weight;
        }
        let frequency = list.term_freq() as Score;
        self.weight * frequency / (frequency + self.half)
    }
}

fn is_lone_han(part: &Part) -> bool {
    part.kind == PartKind::Lone && !part.text.is_ascii()
}
