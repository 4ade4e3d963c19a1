//! Bags: the words of an item, each with how much it tells of the item.

use rustc_hash::FxHashMap as HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Folded, cut, grams, sounds::sound_tokens};

/// A word that stands everywhere in an item tells no more than this.
const MOST: f32 = 15.0;

const TIMES: [&str; 16] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];

/// How texts of one part of an item count.
#[derive(Clone, Copy)]
pub(crate) struct Measure {
    /// What a word of a text of the usual length counts.
    pub(crate) weight: f32,
    /// The usual number of characters of such a text.
    pub(crate) usual: f32,
    /// How much a longer text makes each word count for less, from 0 to 1.
    pub(crate) bend: f32,
}

/// Words with their weights. BM25F is worked out here, when the item is indexed: the weight
/// of the field and the length of the text go into the word's frequency.
#[derive(Default)]
pub(crate) struct Bag {
    impacts: HashMap<String, f32>,
}

/// Reads a bag back, each word as often as it counts.
#[derive(Clone)]
pub(crate) struct BagTokenizer;

pub(crate) struct BagStream<'a> {
    lines: std::str::Lines<'a>,
    token: Token,
    left: u32,
}

impl Bag {
    /// Adds the words, pairs of characters and characters of short texts of one part.
    ///
    /// A word counts once, as in the text where it counts most: six everyday names
    /// that all say 身份证 say it once.
    pub(crate) fn add_names<'a>(&mut self, texts: impl Iterator<Item = &'a str>, measure: Measure) {
        let mut part = HashMap::default();
        for text in texts {
            let folded = Folded::new(text);
            let impact = measure.impact(folded.chars.len());
            let line = folded.text();
            let words = cut(&line).into_iter().map(|(word, _, _)| word.to_owned());
            let grams = grams(&folded.chars).into_iter().map(|(gram, _, _)| gram);
            for token in words.chain(grams) {
                keep_most(&mut part, token, impact);
            }
        }
        self.add(part);
    }

    /// Adds the words of longer texts of one part; lone characters say nothing there.
    pub(crate) fn add_texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>, measure: Measure) {
        let mut part = HashMap::default();
        for text in texts {
            let folded = Folded::new(text);
            let impact = measure.impact(folded.chars.len());
            let line = folded.text();
            for (word, from, to) in cut(&line) {
                if to - from > 1 {
                    keep_most(&mut part, word.to_owned(), impact);
                }
            }
        }
        self.add(part);
    }

    /// Adds how a name sounds.
    pub(crate) fn add_sounds(&mut self, name: &str) {
        for token in sound_tokens(&Folded::new(name).chars) {
            self.impacts.insert(token, 1.0);
        }
    }

    /// Writes the bag as [`BagTokenizer`] reads it.
    pub(crate) fn into_text(self) -> String {
        let length: usize = self.impacts.keys().map(|token| token.len() + 4).sum();
        let mut text = String::with_capacity(length);
        for (token, impact) in self.impacts {
            text.push_str(&token);
            text.push('\t');
            text.push_str(TIMES[impact.clamp(1.0, MOST).round() as usize]);
            text.push('\n');
        }
        text
    }

    fn add(&mut self, part: HashMap<String, f32>) {
        for (token, impact) in part {
            *self.impacts.entry(token).or_default() += impact;
        }
    }
}

impl Measure {
    fn impact(&self, n_chars: usize) -> f32 {
        self.weight / (1.0 - self.bend + self.bend * n_chars as f32 / self.usual)
    }
}

fn keep_most(part: &mut HashMap<String, f32>, token: String, impact: f32) {
    let kept = part.entry(token).or_default();
    *kept = kept.max(impact);
}

impl Tokenizer for BagTokenizer {
    type TokenStream<'a> = BagStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BagStream<'a> {
        BagStream { lines: text.lines(), token: Token { position: 0, ..Token::default() }, left: 0 }
    }
}

impl TokenStream for BagStream<'_> {
    fn advance(&mut self) -> bool {
        while self.left == 0 {
            let Some(line) = self.lines.next() else { return false };
            let Some((token, times)) = line.split_once('\t') else { continue };
            self.token.text.clear();
            self.token.text.push_str(token);
            self.left = times.parse().unwrap_or(0);
        }
        self.left -= 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
