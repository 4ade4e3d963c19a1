use domain::code;

use super::{Folded, cut};

/// Nobody asks for a matter in more characters; what follows is not read.
const LONGEST_QUERY: usize = 200;

/// More different words cost time and find nothing better.
const MOST_WORDS: usize = 32;

/// A beginning of a code that is shorter would be any number.
const SHORTEST_CODE: usize = 6;

/// Words that say nothing of the matter; they count only where there are no others.
const EMPTY_WORDS: [&str; 34] = [
    "的", "了", "吗", "呢", "吧", "啊", "在", "和", "与", "及", "或", "是", "我", "想", "要", "请问",
    "怎么", "怎样", "如何", "什么", "哪里", "哪儿", "哪", "去", "到", "需要", "可以", "能", "办", "办理",
    "怎么办", "想要", "我要", "我想",
];

/// 人们输入的话，已经切成词。
pub(crate) struct Typed {
    /// Different words, the telling ones only.
    pub(crate) words: Vec<String>,
    /// The runs of characters as typed, folded, between spaces and marks.
    pub(crate) pieces: Vec<Vec<char>>,
    /// A code or the beginning of one, without its dashes.
    pub(crate) code: Option<String>,
    is_blank: bool,
}

impl Typed {
    pub(crate) fn read(text: &str) -> Typed {
        let text: String = text.chars().take(LONGEST_QUERY).collect();
        let folded = Folded::new(&text);
        let line = folded.text();
        Typed {
            words: telling_words(&line),
            pieces: pieces(&folded.chars),
            code: code_key(&text).filter(|key| looks_like_code(key)),
            is_blank: line.trim().is_empty(),
        }
    }

    /// Nothing was typed, which asks for everything; marks alone ask for nothing there is.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }
}

/// Writes a code as it is compared: upper case, half width, no dashes; `None` if it is no code.
pub(crate) fn code_key(text: &str) -> Option<String> {
    let text = code::normalise(text).text;
    let key: String = text.chars().filter(|c| *c != '-').collect();
    (!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(key)
}

fn looks_like_code(key: &str) -> bool {
    key.len() >= SHORTEST_CODE && key.bytes().filter(u8::is_ascii_digit).count() >= 4
}

fn telling_words(line: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (word, _, _) in cut(line) {
        if all.len() < MOST_WORDS && !all.iter().any(|it| it == word) {
            all.push(word.to_owned());
        }
    }
    let telling = |word: &String| !EMPTY_WORDS.contains(&word.as_str());
    if all.iter().any(telling) {
        all.retain(telling);
    }
    all
}

fn pieces(chars: &[char]) -> Vec<Vec<char>> {
    let runs = chars.split(|c| !c.is_alphanumeric());
    runs.filter(|run| !run.is_empty()).take(MOST_WORDS).map(<[char]>::to_vec).collect()
}
