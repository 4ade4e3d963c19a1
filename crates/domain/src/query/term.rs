use sha2::{Digest, Sha256};

use super::{Condition, Test, facts};

/// 一处说的一个值，是查找的最小单位。
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    pub key: String,
    pub value: String,
}

/// 一个条件怎样缩小查找的范围。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrow {
    /// To the items under these terms.
    Terms(Vec<Term>),
    /// To the items under those terms of this key that fit.
    Among(String, Pattern),
    /// Not at all: every item must be looked at.
    Nothing,
}

/// 哪些值。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    All,
    Between { from: Option<String>, to: Option<String> },
    Begins(String),
    Contains(String),
}

/// A code is found by so many of its first characters: each code being a term of its own, the
/// beginnings of codes could not be told apart from each other quickly.
const CODE_BEGINNINGS: [usize; 3] = [8, 10, 13];

impl Term {
    pub fn new(key: &str, value: &str) -> Term {
        Term { key: key.to_owned(), value: value.to_owned() }
    }

    /// Returns the term of what says nothing of this.
    pub(super) fn lacking(key: &str) -> Term {
        Term::new(key, "")
    }

    /// Returns the terms that stand for a value.
    pub(super) fn all_of(key: &str, value: &str) -> Vec<Term> {
        match key {
            facts::CODE => CODE_BEGINNINGS.map(|n_chars| beginning(value, n_chars)).into(),
            _ => vec![Term::new(key, value)],
        }
    }

    /// Returns the term's number, which is made of the term alone, so that nobody gives it out.
    pub fn id(&self) -> i64 {
        let mut hash = Sha256::new();
        hash.update(&self.key);
        hash.update([0]);
        hash.update(&self.value);
        let bytes: [u8; 8] = hash.finalize()[..8].try_into().expect("a SHA-256 has 32 bytes");
        i64::from_be_bytes(bytes) & i64::MAX
    }
}

impl Condition {
    /// Returns under which terms the items are that may fit; each is still to be looked at.
    pub fn narrow(&self) -> Narrow {
        let among = |pattern| Narrow::Among(self.key.clone(), pattern);
        match (&self.test, self.key.as_str()) {
            (Test::AnyOf(codes), facts::CODE) => {
                Narrow::Terms(codes.iter().map(|code| beginning(code, longest())).collect())
            }
            (Test::Begins(text), facts::CODE) => narrow_code(text),
            (Test::Contains(_) | Test::Between { .. }, facts::CODE) => Narrow::Nothing,
            (Test::Filled, facts::CODE) => Narrow::Nothing,
            (Test::AnyOf(values), key) => {
                Narrow::Terms(values.iter().map(|value| Term::new(key, value)).collect())
            }
            (Test::Between { from, to }, _) => {
                among(Pattern::Between { from: from.clone(), to: to.clone() })
            }
            (Test::Begins(text), _) => among(Pattern::Begins(text.clone())),
            (Test::Contains(text), _) => among(Pattern::Contains(text.clone())),
            (Test::Filled, _) => among(Pattern::All),
            (Test::Empty, key) => Narrow::Terms(vec![Term::lacking(key)]),
        }
    }
}

fn narrow_code(text: &str) -> Narrow {
    let n_chars = text.chars().count();
    match CODE_BEGINNINGS.iter().find(|length| **length >= n_chars) {
        Some(length) => Narrow::Among(code_key(*length), Pattern::Begins(text.to_owned())),
        None => Narrow::Terms(vec![beginning(text, longest())]),
    }
}

fn beginning(code: &str, n_chars: usize) -> Term {
    Term { key: code_key(n_chars), value: code.chars().take(n_chars).collect() }
}

fn code_key(n_chars: usize) -> String {
    format!("{}.{n_chars}", facts::CODE)
}

fn longest() -> usize {
    CODE_BEGINNINGS[CODE_BEGINNINGS.len() - 1]
}
