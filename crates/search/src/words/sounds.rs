//! Sounds: how characters are read in pinyin, and what typed letters may stand for.

use std::{collections::HashSet, sync::LazyLock};

use pinyin::{ToPinyin, ToPinyinMulti};

/// Readings kept of a character; the rest are of old names and poems.
const MOST_READINGS: usize = 3;

/// Longer runs of letters are no initials that anyone types.
const MOST_INITIALS: usize = 12;

/// The longest syllable is 「zhuang」.
const LONGEST_SYLLABLE: usize = 6;

/// What a run of letters may stand for: grams that must all be found together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// Syllables as `shen`, initials as single letters.
    pub(crate) syllables: Vec<String>,
    pub(crate) are_initials: bool,
}

impl Spelling {
    /// Returns the tokens that a name so read has in the index.
    pub(crate) fn tokens(&self) -> Vec<String> {
        match (self.are_initials, self.syllables.len()) {
            (true, 0..=1) => Vec::new(),
            (true, 2) => vec![initials_token(&self.syllables)],
            (true, _) => self.syllables.windows(3).map(initials_token).collect(),
            (false, 1) => self.syllables.clone(),
            (false, _) => self.syllables.windows(2).map(|pair| pair.join(" ")).collect(),
        }
    }

    /// Tells how many of `chars` from its beginning on are read so; `None` if they are not.
    pub(crate) fn reads(&self, chars: &[char]) -> bool {
        let fits = |(syllable, c): (&String, &char)| {
            let mut readings = c.to_pinyin_multi().into_iter().flatten().take(MOST_READINGS);
            readings.any(|it| match self.are_initials {
                true => it.plain().starts_with(&**syllable),
                false => it.plain() == syllable,
            })
        };
        chars.len() >= self.syllables.len() && self.syllables.iter().zip(chars).all(fits)
    }
}

/// Returns the tokens under which the index knows the sound of a name.
///
/// Each syllable, each pair of neighbours, and the initials of two and of three in a row.
pub(crate) fn sound_tokens(chars: &[char]) -> HashSet<String> {
    let readings: Vec<Vec<&str>> = chars.iter().map(|c| readings(*c)).collect();
    let mut tokens = HashSet::new();
    for (at, here) in readings.iter().enumerate() {
        tokens.extend(here.iter().map(|it| (*it).to_owned()));
        let Some(next) = readings.get(at + 1) else { continue };
        for (a, b) in here.iter().flat_map(|a| next.iter().map(move |b| (*a, *b))) {
            tokens.insert(format!("{a} {b}"));
            tokens.insert(initials_token(&[a, b]));
            for c in readings.get(at + 2).into_iter().flatten() {
                tokens.insert(initials_token(&[a, b, c]));
            }
        }
    }
    tokens
}

/// Returns the first reading of each character; `None` where one has none.
pub(crate) fn syllables(chars: &[char]) -> Option<Vec<String>> {
    chars.iter().map(|c| c.to_pinyin().map(|it| it.plain().to_owned())).collect()
}

/// Returns what a run of letters may stand for.
pub(crate) fn spellings(letters: &str) -> Vec<Spelling> {
    if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut spellings = Vec::new();
    if let Some(syllables) = fewest_syllables(letters) {
        spellings.push(Spelling { syllables, are_initials: false });
    }
    if (2..=MOST_INITIALS).contains(&letters.len()) {
        let initials = letters.chars().map(String::from).collect();
        spellings.push(Spelling { syllables: initials, are_initials: true });
    }
    spellings
}

fn readings(c: char) -> Vec<&'static str> {
    let Some(readings) = c.to_pinyin_multi() else { return Vec::new() };
    let mut plain: Vec<&'static str> = Vec::with_capacity(MOST_READINGS);
    for reading in readings {
        if plain.len() < MOST_READINGS && !plain.contains(&reading.plain()) {
            plain.push(reading.plain());
        }
    }
    plain
}

/// Marked as upper case, which no syllable is.
fn initials_token(syllables: &[impl AsRef<str>]) -> String {
    let initials = syllables.iter().filter_map(|it| it.as_ref().chars().next());
    initials.map(|c| c.to_ascii_uppercase()).collect()
}

/// Cuts letters into the fewest syllables; what is still being typed at the end is left out.
fn fewest_syllables(letters: &str) -> Option<Vec<String>> {
    static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let chars = ('\u{4e00}'..='\u{9fa5}').filter_map(|c| c.to_pinyin());
        let plain = chars.map(pinyin::Pinyin::plain);
        plain.filter(|it| it.bytes().all(|byte| byte.is_ascii_lowercase())).collect()
    });
    // The fewest syllables of each beginning, as the number of them and the last one's length.
    let mut fewest: Vec<Option<(usize, usize)>> = vec![Some((0, 0))];
    for end in 1..=letters.len() {
        let lengths = 1..=end.min(LONGEST_SYLLABLE);
        let ways = lengths.filter(|length| KNOWN.contains(&letters[end - length..end]));
        let ways = ways.filter_map(|length| Some((fewest[end - length]?.0 + 1, length)));
        fewest.push(ways.min());
    }
    let begun = letters.len().saturating_sub(LONGEST_SYLLABLE - 1);
    let whole = fewest[letters.len()].is_some();
    let mut end = if whole {
        letters.len()
    } else {
        (begun..letters.len()).rev().find(|it| fewest[*it].is_some())?
    };
    let mut syllables = Vec::new();
    while let Some((_, length)) = fewest[end].filter(|_| end > 0) {
        syllables.push(letters[end - length..end].to_owned());
        end -= length;
    }
    syllables.reverse();
    // One syllable and a begun one may be any word at all.
    (whole || syllables.len() >= 2).then_some(syllables)
}
