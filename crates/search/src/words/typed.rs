use domain::code;

use super::{Folded, cut, whole_name};

/// Nobody asks for a matter in more characters; what follows is not read.
const LONGEST_QUERY: usize = 200;

/// More different words cost time and find nothing better.
const MOST_WORDS: usize = 32;

/// A beginning of a code that is shorter would be any number.
const SHORTEST_CODE: usize = 6;

/// Words that say nothing of the matter; they count only where there are no others.
const EMPTY_WORDS: [&str; 2] = [
    "的 了 吗 呢 吧 啊 在 和 与 及 或 是 我 想 要 请问 怎么",
    "怎样 如何 什么 哪里 哪儿 哪 去 到 需要 可以 能 办 办理 怎么办 想要 我要 我想",
];

/// 人们输入的话，已经切成词。
pub(crate) struct Typed {
    /// Different words, the telling ones only.
    pub(crate) words: Vec<String>,
    /// The runs of characters as typed, folded, between spaces and marks.
    pub(crate) pieces: Vec<Vec<char>>,
    /// All of it run together, which may be a whole name.
    pub(crate) whole: String,
    /// A code or the beginning of one, without its dashes.
    pub(crate) code: Option<String>,
    is_blank: bool,
}

impl Typed {
    pub(crate) fn read(text: &str) -> Typed {
        let text: String = text.chars().take(LONGEST_QUERY).collect();
        let folded = Folded::new(&text);
        let line = folded.text();
        let code = code_key(&text).filter(|key| looks_like_code(key));
        let surely_code = code.as_deref().is_some_and(is_surely_code);
        let words = if surely_code { Vec::new() } else { telling_words(&line) };
        let pieces = if surely_code { Vec::new() } else { pieces(&folded.chars, &words) };
        Typed { words, pieces, whole: whole_name(&text), code, is_blank: line.trim().is_empty() }
    }

    /// Nothing was typed, which asks for everything; marks alone ask for nothing there is.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Tells whether `word` is too short to find anything beside the longer ones.
    pub(crate) fn only_helps(&self, word: &str) -> bool {
        is_lone(word) && self.words.iter().any(|it| !is_lone(it))
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

fn telling_words(line: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (word, _, _) in cut(line) {
        if all.len() < MOST_WORDS && !all.iter().any(|it| it == word) {
            all.push(word.to_owned());
        }
    }
    let telling = |word: &String| !is_empty_word(word);
    if all.iter().any(telling) {
        all.retain(telling);
    }
    all
}

/// Returns the runs that say something; a lone character only where no word is longer.
fn pieces(chars: &[char], words: &[String]) -> Vec<Vec<char>> {
    let least = if words.iter().all(|word| is_lone(word)) { 1 } else { 2 };
    let runs = chars.split(|c| !c.is_alphanumeric()).filter(|run| run.len() >= least);
    let telling = runs.filter(|run| !is_empty_word(&String::from_iter(*run)));
    telling.take(MOST_WORDS).map(<[char]>::to_vec).collect()
}

fn is_empty_word(word: &str) -> bool {
    EMPTY_WORDS.iter().flat_map(|line| line.split(' ')).any(|it| it == word)
}

fn is_lone(word: &str) -> bool {
    word.chars().nth(1).is_none()
}
