//! Passages: the part of a text in which the words were found, the words marked.

use std::ops::Range;

use crate::{Piece, words::Folded};

/// Characters of a passage; a line or two of a result.
const LENGTH: usize = 60;

/// How far back a passage may begin to begin with a sentence.
const LEAD: usize = 16;

/// Returns the whole text, the words in it marked.
pub(crate) fn whole(text: &str, words: &[String]) -> Vec<Piece> {
    let folded = Folded::new(text);
    let hits = find(&folded.chars, words);
    pieces(text, &folded, 0..folded.chars.len(), &hits)
}

/// Returns the passage in which most of the words stand, or the head of the first text.
pub(crate) fn best(texts: &[String], words: &[String]) -> Vec<Piece> {
    let mut best: Option<(usize, &str, Folded, Vec<Hit>, usize)> = None;
    for text in texts {
        let folded = Folded::new(text);
        let hits = find(&folded.chars, words);
        let Some((n_words, start)) = densest(&hits) else { continue };
        if best.as_ref().is_none_or(|(most, ..)| n_words > *most) {
            best = Some((n_words, text, folded, hits, start));
        }
    }
    let (text, folded, hits, start) = match best {
        Some((_, text, folded, hits, start)) => (text, folded, hits, start),
        None => {
            let head = texts.first().map_or("", String::as_str);
            (head, Folded::new(head), Vec::new(), 0)
        }
    };
    pieces(text, &folded, window(&folded.chars, start), &hits)
}

/// Where a word stands in a text, in characters.
struct Hit {
    word: usize,
    place: Range<usize>,
}

fn find(chars: &[char], words: &[String]) -> Vec<Hit> {
    let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    // A lone character marks half the page unless it is all that was asked for.
    let least = if words.iter().any(|word| word.len() > 1) { 2 } else { 1 };
    let mut hits = Vec::new();
    for start in 0..chars.len() {
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.len() >= least) {
            if chars[start..].starts_with(word) {
                hits.push(Hit { word: at, place: start..start + word.len() });
            }
        }
    }
    hits
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
