//! Labels as people write them: numbered, spaced, in other words, with the value behind a colon.

use std::{cell::RefCell, collections::BTreeMap};

use domain::intake::Sureness;

use crate::read::{HeaderUse, ReadOptions, options::squeeze, table::clean_header};

/// A label is no longer than this; what is longer says something.
const LONGEST: usize = 24;

/// Labels that are compared with all that are known; a file has few that are not.
const MOST_COMPARED: usize = 500;

/// Texts that are kept in mind with what they turned out to be.
const MOST_MET: usize = 10_000;

/// A text with labels and values in it is no longer, in bytes.
const LONGEST_PAIRS: usize = 64 << 10;

/// Knows the labels of one document.
#[derive(Clone)]
pub(super) struct Labels {
    pub(super) options: ReadOptions,
    /// What was found out about texts already; a form says the same again and again.
    met: RefCell<BTreeMap<String, Option<Label>>>,
    /// We wrote the file ourselves: a label is what the form calls it, and a value is all of
    /// its cell, whatever it looks like.
    pub(super) as_written: bool,
    compared: RefCell<BTreeMap<String, Option<String>>>,
}

/// A text that was recognised as a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// The spelling that is known.
    pub(super) header: String,
    /// As it stands.
    pub(super) said: String,
    pub(super) sureness: Sureness,
    pub(super) is_name: bool,
}

/// A label with what follows it in the same text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) label: Label,
    pub(super) text: String,
}

impl Labels {
    pub(super) fn new(options: &ReadOptions, as_written: bool) -> Labels {
        let options = options.clone();
        Labels { options, as_written, met: RefCell::default(), compared: RefCell::default() }
    }

    /// Recognises a text that is a known label and nothing else.
    pub(super) fn known(&self, text: &str) -> Option<Label> {
        if text.len() > 8 * LONGEST {
            return None;
        }
        if let Some(label) = self.met.borrow().get(text) {
            return label.clone();
        }
        let label = self.recognise(text);
        let mut met = self.met.borrow_mut();
        if met.len() < MOST_MET {
            met.insert(text.to_owned(), label.clone());
        }
        label
    }

    fn recognise(&self, text: &str) -> Option<Label> {
        let said = clean_header(text);
        let bare = bare(&said);
        let spellings = [said.trim_end_matches(['：', ':']), bare];
        let header = spellings
            .into_iter()
            .find(|it| !it.is_empty() && it.chars().count() <= LONGEST && self.options.knows(it))?;
        Some(self.label(header.to_owned(), said.clone(), self.options.sureness(header)))
    }

    /// Takes a text that stands where a label does for the known label that it is most like.
    pub(super) fn guessed(&self, text: &str) -> Option<Label> {
        let said = clean_header(text);
        if self.as_written || !is_like_a_label(text) {
            return None;
        }
        let mut compared = self.compared.borrow_mut();
        let room = compared.len() < MOST_COMPARED;
        let nearest = match compared.get(&said) {
            Some(known) => known.clone(),
            None if room => {
                let nearest = self.options.nearest(bare(&said)).map(str::to_owned);
                compared.insert(said.clone(), nearest.clone());
                nearest
            }
            None => None,
        };
        Some(self.label(nearest?, said, Sureness::Guessed))
    }

    /// Keeps a label that nothing is known of, so that a person can say what it means.
    pub(super) fn unknown(&self, text: &str) -> Label {
        let said = clean_header(text);
        self.label(said.trim_end_matches(['：', ':']).to_owned(), said.clone(), Sureness::Guessed)
    }

    fn label(&self, header: String, said: String, sureness: Sureness) -> Label {
        let is_name = self.options.header_use(&header) == HeaderUse::Name;
        Label { header, said, sureness, is_name }
    }

    /// Reads 「办理时限：5个工作日」, and several such in one text. What stands before the
    /// first label makes it no pair; what follows one up to the next is its value.
    pub(super) fn pairs(&self, text: &str) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        let may_hold_one = text.len() <= LONGEST_PAIRS && text.contains(['：', ':', '】']);
        if self.as_written || !may_hold_one {
            return pairs;
        }
        for (segment, separator) in segments(text) {
            match (self.pair(segment), pairs.last_mut()) {
                (Some(pair), _) => pairs.push(pair),
                (None, Some(last)) => {
                    last.text.push_str(separator);
                    last.text.push_str(segment);
                }
                (None, None) if segment.trim().is_empty() => {}
                (None, None) => return Vec::new(),
            }
        }
        for pair in &mut pairs {
            let text = pair.text.trim_matches(|c: char| c.is_whitespace() || c == '；' || c == ';');
            pair.text = text.to_owned();
        }
        pairs
    }

    fn pair(&self, segment: &str) -> Option<Pair> {
        let segment = segment.trim_start();
        if let Some((label, text)) = segment.strip_prefix('【').and_then(|it| it.split_once('】'))
        {
            let text = text.trim_start_matches(['：', ':']).trim().to_owned();
            return Some(Pair { label: self.known(label)?, text });
        }
        let (label, text) = segment.split_once(['：', ':'])?;
        // 「http://」 and 「8:30」 have a colon, too.
        Some(Pair { label: self.known(label)?, text: text.trim().to_owned() })
    }

    /// Reads a cell whose first line is a label and whose others are its value.
    pub(super) fn headed(&self, text: &str) -> Option<Pair> {
        let (first, rest) = text.trim().split_once('\n').filter(|_| !self.as_written)?;
        let label = self.known(first).filter(|_| !rest.trim().is_empty())?;
        Some(Pair { label, text: rest.trim().to_owned() })
    }
}

/// Tells whether a text could be a label: short, in one line, without a sentence's signs.
pub(super) fn is_like_a_label(text: &str) -> bool {
    let said = squeeze(text);
    let n = said.chars().count();
    (2..=16).contains(&n)
        && !said.contains(['。', '，', '；', ';', ',', '“', '《', '☑', '□', '√', '☒'])
        && !said.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
}

/// Takes the number, the star and the brackets off a label: 「一、」「（二）」「3.」「★」「【】」.
fn bare(label: &str) -> &str {
    let label = label.trim_end_matches(['：', ':']);
    let label = label.strip_prefix('【').and_then(|it| it.strip_suffix('】')).unwrap_or(label);
    let label = label.trim_start_matches(['★', '☆', '▲', '●', '◆', '■', '*', '※', '·']);
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    if let Some(inner) = label.strip_prefix(['（', '(', '〔'])
        && let Some((number, rest)) = inner.split_once(['）', ')', '〕'])
        && !number.is_empty()
        && number.chars().all(is_number)
    {
        return rest;
    }
    let rest = label.trim_start_matches(is_number);
    match rest.strip_prefix(['、', '.', '．', '）', ')']) {
        Some(after) if rest.len() < label.len() => after,
        _ if label.starts_with(|c: char| ('①'..='⑳').contains(&c)) => rest,
        _ => label,
    }
}

/// Cuts a text where a label may begin: at lines, at semicolons, and after wide gaps.
fn segments(text: &str) -> Vec<(&str, &str)> {
    let mut segments = Vec::new();
    let (mut from, mut separator_from) = (0, 0);
    let mut at = 0;
    while at < text.len() {
        let width = separator(&text[at..]);
        if width > 0 {
            segments.push((&text[from..at], &text[separator_from..from]));
            (separator_from, from) = (at, at + width);
            at += width;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    segments.push((&text[from..], &text[separator_from..from]));
    segments
}

/// How many bytes a separator takes at the head of a text.
fn separator(text: &str) -> usize {
    let blank = |c: char| c.is_whitespace();
    let gap: &str = &text[..text.len() - text.trim_start_matches(blank).len()];
    let is_wide = gap.contains(['\n', '\u{3000}', '\t']) || gap.chars().count() >= 2;
    match text.chars().next() {
        Some(c @ ('；' | ';')) => c.len_utf8(),
        Some(_) if is_wide => gap.len(),
        _ => 0,
    }
}
