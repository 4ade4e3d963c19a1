//! Words: how texts and what people type are cut, the same way for both.

mod bag;
mod script;
mod sounds;
mod typed;

use std::sync::LazyLock;

use domain::text::fold_width;
use jieba_rs::Jieba;

pub(crate) use self::{
    bag::{Bag, BagTokenizer, Measure},
    typed::{Part, PartKind, Sound, Typed, code_key},
};

/// A longer run of letters or digits is no word that anyone looks for.
const LONGEST_WORD: usize = 64;

/// A text whose every character has its place in the original.
pub(crate) struct Folded {
    pub(crate) chars: Vec<char>,
    /// The first byte of each character in the original, and the end of it all.
    places: Vec<usize>,
}

impl Folded {
    /// Folds width, case and traditional forms, one character for one.
    pub(crate) fn new(text: &str) -> Folded {
        let mut places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        places.push(text.len());
        Folded {
            chars: fold_width(text).chars().map(lower).map(script::simplified).collect(),
            places,
        }
    }

    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Returns the bytes of the original that these characters came from.
    pub(crate) fn bytes(&self, chars: std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.places[chars.start]..self.places[chars.end]
    }
}

/// Cuts folded text into words: each with the number of its first and past its last character.
pub(crate) fn cut(folded: &str) -> Vec<(&str, usize, usize)> {
    static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);
    let words = DICTIONARY.cut_for_search(folded, true).into_iter();
    words
        .filter(|it| it.word.chars().any(char::is_alphanumeric))
        .filter(|it| it.end - it.start <= LONGEST_WORD)
        .map(|it| (it.word, it.start, it.end))
        .collect()
}

/// Writes a name so that width, case, spaces and marks in it do not matter.
pub(crate) fn whole_name(name: &str) -> String {
    Folded::new(name).chars.iter().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns each character and each pair of neighbours, with the number of the first.
pub(crate) fn grams(chars: &[char]) -> Vec<(String, usize, usize)> {
    let mut grams = Vec::with_capacity(chars.len() * 2);
    for (at, c) in chars.iter().enumerate().filter(|(_, c)| c.is_alphanumeric()) {
        grams.push((c.to_string(), at, at + 1));
        if let Some(next) = chars.get(at + 1).filter(|next| next.is_alphanumeric()) {
            grams.push((String::from_iter([*c, *next]), at, at + 2));
        }
    }
    grams
}

/// Lowers a letter; one that would become several stays, so that places hold.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

#[cfg(test)]
mod tests;
