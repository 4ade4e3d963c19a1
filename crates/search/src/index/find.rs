use tantivy::{
    Score, Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery,
        Occur, PhraseQuery, Query, RegexQuery, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use super::schema::Fields;
use crate::words::{Typed, grams};

/// A code that was typed goes before all that words can find.
const WHOLE_CODE: Score = 10_000.0;
const OTHER_CODE: Score = 5_000.0;
const BEGINNING_OF_CODE: Score = 1_000.0;

/// Who types the whole name means that item.
const WHOLE_NAME: Score = 200.0;

/// The words side by side in the name, as they were typed.
const PIECE_OF_NAME: Score = 4.0;

/// A name that holds the characters of a word where the dictionary cuts it elsewhere.
const CHARACTERS_OF_NAME: Score = 3.0;

/// How much a second field that holds the word adds to the best one.
const TIE_BREAKER: Score = 0.1;

/// Makes the query for what was typed and the filters that no facet looks behind.
///
/// Every word is optional, and each one found adds to the score. A lone character
/// beside real words only adds: 「开」 of 「开饭馆」 would find half the catalogue.
pub(super) fn query(fields: &Fields, typed: &Typed, asked: &crate::Query) -> Box<dyn Query> {
    let mut clauses = vec![(Occur::Must, words_query(fields, typed))];
    let filters = [
        asked.region.map(|region| Term::from_field_text(fields.regions, &region.to_string())),
        asked.frequent.then(|| Term::from_field_bool(fields.frequent, true)),
    ];
    for filter in filters.into_iter().flatten() {
        let filter = TermQuery::new(filter, IndexRecordOption::Basic);
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(filter), 0.0))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn words_query(fields: &Fields, typed: &Typed) -> Box<dyn Query> {
    if typed.is_blank() {
        return Box::new(AllQuery);
    }
    let (helping, finding): (Vec<&String>, Vec<&String>) =
        typed.words.iter().partition(|word| typed.only_helps(word));
    let mut finders: Vec<Box<dyn Query>> =
        finding.into_iter().map(|word| word_query(fields, word)).collect();
    for piece in &typed.pieces {
        finders.extend(in_name(fields, piece).map(|query| boosted(query, PIECE_OF_NAME)));
    }
    if !typed.whole.is_empty() {
        finders.push(constant(term(fields.whole_names, &typed.whole), WHOLE_NAME));
    }
    if let Some(code) = &typed.code {
        finders.extend(code_queries(fields, code));
    }
    if finders.is_empty() {
        return Box::new(EmptyQuery);
    }
    let helpers = helping.into_iter().map(|word| (Occur::Should, word_query(fields, word)));
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = helpers.collect();
    clauses.push((Occur::Must, any(finders)));
    Box::new(BooleanQuery::new(clauses))
}

/// Finds a word in any field; the field where it weighs most counts.
fn word_query(fields: &Fields, word: &str) -> Box<dyn Query> {
    let weights = [
        (fields.name, 8.0),
        (fields.everyday_names, 6.0),
        (fields.catalogue, 4.0),
        (fields.body, 3.0),
        (fields.materials, 1.5),
        (fields.rest, 1.0),
    ];
    let mut places: Vec<Box<dyn Query>> =
        weights.iter().map(|(field, weight)| boosted(term(*field, word), *weight)).collect();
    let chars: Vec<char> = word.chars().collect();
    places.extend(in_name(fields, &chars).map(|query| boosted(query, CHARACTERS_OF_NAME)));
    Box::new(DisjunctionMaxQuery::with_tie_breaker(places, TIE_BREAKER))
}

/// Finds names that hold these characters side by side, wherever the dictionary cuts them.
fn in_name(fields: &Fields, chars: &[char]) -> Option<Box<dyn Query>> {
    if chars.len() == 1 {
        return Some(term(fields.grams, &chars[0].to_string()));
    }
    let pairs = grams(chars).into_iter().filter(|(_, from, to)| to - from == 2);
    let mut pairs: Vec<(usize, Term)> =
        pairs.map(|(pair, from, _)| (from, Term::from_field_text(fields.grams, &pair))).collect();
    match pairs.len() {
        0 => None,
        1 => {
            let (_, only) = pairs.remove(0);
            Some(Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)))
        }
        _ => Some(Box::new(PhraseQuery::new_with_offset(pairs))),
    }
}

fn code_queries(fields: &Fields, code: &str) -> Vec<Box<dyn Query>> {
    let mut queries = vec![
        constant(term(fields.code, code), WHOLE_CODE),
        constant(term(fields.other_codes, code), OTHER_CODE),
    ];
    // A code's key holds only letters and digits, so that it stands for itself in a pattern.
    if let Ok(beginning) = RegexQuery::from_pattern(&format!("{code}.*"), fields.code) {
        queries.push(constant(Box::new(beginning), BEGINNING_OF_CODE));
    }
    queries
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn any(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(queries.into_iter().map(|it| (Occur::Should, it)).collect()))
}

fn boosted(query: Box<dyn Query>, weight: Score) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn constant(query: Box<dyn Query>, score: Score) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}
