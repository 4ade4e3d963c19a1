//! Passages: the part of a text in which the words were found, the words marked.

use std::ops::Range;

use crate::{
    Piece,
    words::{Folded, Sound, Typed},
};

/// Characters of a passage; a line or two of a result.
const LENGTH: usize = 60;

/// How far back a passage may begin to begin with a sentence.
const LEAD: usize = 16;

/// Fewer initials in a row stand in any sentence by chance.
const FEWEST_INITIALS: usize = 3;

/// What is marked in a text.
pub(crate) struct Marks<'a> {
    words: Vec<Vec<char>>,
    sounds: Vec<(Vec<char>, &'a Sound)>,
}

impl<'a> Marks<'a> {
    pub(crate) fn of(typed: &'a Typed) -> Marks<'a> {
        let words = typed.words.iter().map(|word| word.chars().collect()).collect();
        let sounds = typed.sounds.iter().map(|sound| (sound.run.chars().collect(), sound));
        Marks { words, sounds: sounds.collect() }
    }
}

/// Returns the whole text, the words in it marked.
pub(crate) fn whole(text: &str, marks: &Marks<'_>) -> Vec<Piece> {
    let folded = Folded::new(text);
    let mut hits = find_words(&folded.chars, marks);
    find_sounds(&folded.chars, marks, 1, &mut hits);
    pieces(text, &folded, 0..folded.chars.len(), &hits)
}

/// Returns the passage in which most of the words stand, or the head of the first text.
pub(crate) fn best(texts: &[String], marks: &Marks<'_>) -> Vec<Piece> {
    let texts: Vec<(&str, Folded)> =
        texts.iter().map(|it| (it.as_str(), Folded::new(it))).collect();
    let by_words = densest_of(&texts, |chars| find_words(chars, marks));
    let found = by_words.or_else(|| {
        densest_of(&texts, |chars| {
            let mut hits = Vec::new();
            find_sounds(chars, marks, FEWEST_INITIALS, &mut hits);
            hits
        })
    });
    let (at, start, hits) = found.unwrap_or_default();
    let Some((text, folded)) = texts.get(at) else { return Vec::new() };
    pieces(text, folded, window(&folded.chars, start), &hits)
}

/// Which text has the best passage, where that begins, and the hits in the text.
type Densest = (usize, usize, Vec<Hit>);

fn densest_of(texts: &[(&str, Folded)], find: impl Fn(&[char]) -> Vec<Hit>) -> Option<Densest> {
    let mut best: Option<(usize, Densest)> = None;
    for (at, (_, folded)) in texts.iter().enumerate() {
        let hits = find(&folded.chars);
        let Some((n_words, start)) = densest(&hits) else { continue };
        if best.as_ref().is_none_or(|(most, _)| n_words > *most) {
            best = Some((n_words, (at, start, hits)));
        }
    }
    best.map(|(_, found)| found)
}

/// Where a word stands in a text, in characters.
struct Hit {
    word: usize,
    place: Range<usize>,
}

fn find_words(chars: &[char], marks: &Marks<'_>) -> Vec<Hit> {
    // A lone character marks half the page unless it is all that was asked for.
    let least = if marks.words.iter().any(|word| word.len() > 1) { 2 } else { 1 };
    let words: Vec<(usize, &Vec<char>)> =
        marks.words.iter().enumerate().filter(|(_, word)| word.len() >= least).collect();
    let mut hits = Vec::new();
    for start in 0..chars.len() {
        for (word, found) in words.iter().filter(|(_, word)| chars[start..].starts_with(word)) {
            hits.push(Hit { word: *word, place: start..start + found.len() });
        }
    }
    hits
}

/// Finds what sounds as it was typed, and is not there as it was typed.
fn find_sounds(chars: &[char], marks: &Marks<'_>, fewest_initials: usize, hits: &mut Vec<Hit>) {
    for (at, (run, sound)) in marks.sounds.iter().enumerate() {
        let length = sound.spelling.syllables.len();
        if sound.spelling.are_initials && length < fewest_initials {
            continue;
        }
        for start in 0..chars.len() {
            let here = &chars[start..];
            if !here.starts_with(run) && sound.spelling.reads(here) {
                hits.push(Hit { word: marks.words.len() + at, place: start..start + length });
            }
        }
    }
    hits.sort_by_key(|hit| hit.place.start);
}

/// Returns how many different words the best passage holds, and where its first one stands.
fn densest(hits: &[Hit]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for (at, first) in hits.iter().enumerate() {
        let end = first.place.start + LENGTH - LEAD;
        let near = hits[at..].iter().take_while(|hit| hit.place.end <= end);
        let mut words: Vec<usize> = near.map(|hit| hit.word).collect();
        words.sort_unstable();
        words.dedup();
        if best.is_none_or(|(most, _)| words.len() > most) {
            best = Some((words.len(), first.place.start));
        }
    }
    best
}

/// Chooses the passage around `start`, beginning with a sentence where one begins near.
fn window(chars: &[char], start: usize) -> Range<usize> {
    if chars.len() <= LENGTH {
        return 0..chars.len();
    }
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | ';' | '\n');
    let earliest = start.saturating_sub(LEAD);
    let lead = &chars[earliest..start];
    let from = match lead.iter().rposition(|c| ends(*c)) {
        Some(at) => earliest + at + 1,
        None => earliest,
    };
    let blanks = chars[from..].iter().take_while(|c| c.is_whitespace()).count();
    let from = from + blanks;
    from..(from + LENGTH).min(chars.len())
}

/// Cuts the text into marked and plain pieces, with dots where it goes on.
fn pieces(text: &str, folded: &Folded, window: Range<usize>, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, marked| {
        let text = text.replace(['\r', '\n'], " ");
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(&text),
            _ => pieces.push(Piece { text, marked }),
        }
    };
    if window.start > 0 {
        push("…", false);
    }
    let mut done = window.start;
    for hit in hits {
        let (from, to) = (hit.place.start.max(done), hit.place.end.min(window.end));
        if from >= to {
            continue;
        }
        push(&text[folded.bytes(done..from)], false);
        push(&text[folded.bytes(from..to)], true);
        done = to;
    }
    push(&text[folded.bytes(done..window.end)], false);
    if window.end < folded.chars.len() {
        push("…", false);
    }
    pieces
}

#[cfg(test)]
mod tests;
