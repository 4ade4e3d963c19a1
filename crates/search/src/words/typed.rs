use domain::code;

use super::{
    Folded, cut,
    sounds::{Spelling, spellings, syllables},
    whole_name,
};

/// Nobody asks for a matter in more characters; what follows is not read.
const LONGEST_QUERY: usize = 200;

/// More different words cost time and find nothing better.
const MOST_WORDS: usize = 32;

/// Pairs and lone characters only put the words' finds in order.
const MOST_GRAMS: usize = 24;

/// A beginning of a code that is shorter would be any number.
const SHORTEST_CODE: usize = 6;

/// Of so many pairs that sound right, all must; of more, this part.
const FEW_PAIRS: usize = 3;
const ENOUGH_PAIRS: f32 = 0.6;

/// Words that say nothing of the matter; they count only where there are no others.
const EMPTY_WORDS: [&str; 2] = [
    "的 了 吗 呢 吧 啊 在 和 与 及 或 是 我 想 要 请问 怎么",
    "怎样 如何 什么 哪里 哪儿 哪 去 到 需要 可以 能 办 办理 怎么办 想要 我要 我想",
];

/// 人们输入的话，已经切成词。
pub(crate) struct Typed {
    /// Different words, the telling ones only.
    pub(crate) words: Vec<String>,
    /// The same words, then pairs of neighbours and lone characters, each with its places.
    pub(crate) parts: Vec<Part>,
    /// What the runs of characters sound like, should they be written otherwise.
    pub(crate) sounds: Vec<Sound>,
    /// All of it run together, which may be a whole name.
    pub(crate) whole: String,
    /// A code or the beginning of one, without its dashes.
    pub(crate) code: Option<String>,
    is_blank: bool,
}

/// A token of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) kind: PartKind,
    /// The telling characters that it stands for, a bit each.
    pub(crate) places: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartKind {
    Word,
    /// Two neighbours that the dictionary does not know as a word.
    Pair,
    Lone,
}

/// How a run of what was typed sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sound {
    pub(crate) spelling: Spelling,
    /// So many of its tokens must be found together.
    pub(crate) least: usize,
    pub(crate) places: u64,
    /// The run as it was typed.
    pub(crate) run: String,
    /// The run is of letters, not of characters.
    pub(crate) is_letters: bool,
}

impl Typed {
    pub(crate) fn read(text: &str) -> Typed {
        let text: String = text.chars().take(LONGEST_QUERY).collect();
        let folded = Folded::new(&text);
        let line = folded.text();
        let code = code_key(&text).filter(|key| looks_like_code(key));
        let mut typed = Typed {
            words: Vec::new(),
            parts: Vec::new(),
            sounds: Vec::new(),
            whole: whole_name(&text),
            is_blank: line.trim().is_empty(),
            code,
        };
        if !typed.code.as_deref().is_some_and(is_surely_code) {
            typed.read_words(&folded.chars, &line);
        }
        typed
    }

    /// Nothing was typed, which asks for everything; marks alone ask for nothing there is.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Tells whether `word` is too short to find anything beside the longer ones.
    pub(crate) fn only_helps(&self, word: &str) -> bool {
        is_lone(word) && self.words.iter().any(|it| !is_lone(it))
    }

    /// All places that any part stands for.
    pub(crate) fn places(&self) -> u64 {
        let sounds = self.sounds.iter().map(|it| it.places);
        self.parts.iter().map(|it| it.places).chain(sounds).fold(0, |all, it| all | it)
    }

    fn read_words(&mut self, chars: &[char], line: &str) {
        let words = cut(line);
        let all_empty = words.iter().all(|(word, ..)| is_empty_word(word));
        let telling = words.into_iter().filter(|(word, ..)| all_empty || !is_empty_word(word));
        let mut tells = vec![false; chars.len()];
        for (word, from, to) in telling {
            tells[from..to].fill(true);
            if self.words.iter().any(|it| it == word) {
                self.add(word.to_owned(), PartKind::Word, from..to);
            } else if self.words.len() < MOST_WORDS {
                self.words.push(word.to_owned());
                self.add(word.to_owned(), PartKind::Word, from..to);
            }
        }
        for at in (0..chars.len()).filter(|at| tells[*at]).take(MOST_GRAMS) {
            if tells.get(at + 1) == Some(&true) {
                self.add(chars[at..at + 2].iter().collect(), PartKind::Pair, at..at + 2);
            }
            self.add(chars[at].to_string(), PartKind::Lone, at..at + 1);
        }
        self.read_sounds(chars, &tells);
    }

    fn add(&mut self, text: String, kind: PartKind, chars: std::ops::Range<usize>) {
        let places = bits(chars);
        match self.parts.iter_mut().find(|part| part.text == text) {
            Some(part) => part.places |= places,
            None => self.parts.push(Part { text, kind, places }),
        }
    }

    /// Reads letters as pinyin, and runs of characters by their sound.
    fn read_sounds(&mut self, chars: &[char], tells: &[bool]) {
        let mut from = 0;
        while from < chars.len() {
            let like = |at: usize| tells[at] && chars[at].is_ascii() == chars[from].is_ascii();
            if !tells[from] {
                from += 1;
                continue;
            }
            let to = (from..chars.len()).find(|at| !like(*at)).unwrap_or(chars.len());
            self.add_sounds(&chars[from..to], bits(from..to));
            from = to;
        }
    }

    fn add_sounds(&mut self, run: &[char], places: u64) {
        let text: String = run.iter().collect();
        if run[0].is_ascii() {
            for spelling in spellings(&text) {
                let (least, run) = (spelling.tokens().len(), text.clone());
                self.sounds.push(Sound { spelling, least, places, run, is_letters: true });
            }
        } else if let Some(syllables) = syllables(run).filter(|it| it.len() > 1) {
            let spelling = Spelling { syllables, are_initials: false };
            let n_pairs = run.len() - 1;
            let enough = (n_pairs as f32 * ENOUGH_PAIRS).ceil() as usize;
            let least = if n_pairs <= FEW_PAIRS { n_pairs } else { enough };
            self.sounds.push(Sound { spelling, least, places, run: text, is_letters: false });
        }
    }
}

/// Writes a code as it is compared: upper case, half width, no dashes; `None` if it is no code.
pub(crate) fn code_key(text: &str) -> Option<String> {
    let text = code::normalise(text).text;
    let key: String = text.chars().filter(|c| *c != '-').collect();
    (!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(key)
}

fn looks_like_code(key: &str) -> bool {
    key.len() >= SHORTEST_CODE && n_digits(key) >= 4
}

/// With so many digits it is no 「ISO9001」; its parts are not words to look for.
fn is_surely_code(key: &str) -> bool {
    n_digits(key) >= 8
}

fn n_digits(key: &str) -> usize {
    key.bytes().filter(u8::is_ascii_digit).count()
}

/// Marks characters; those past the sixty-fourth are not told apart.
fn bits(chars: std::ops::Range<usize>) -> u64 {
    chars.filter(|at| *at < 64).fold(0, |bits, at| bits | 1 << at)
}

fn is_empty_word(word: &str) -> bool {
    EMPTY_WORDS.iter().flat_map(|line| line.split(' ')).any(|it| it == word)
}

fn is_lone(word: &str) -> bool {
    word.chars().nth(1).is_none()
}
