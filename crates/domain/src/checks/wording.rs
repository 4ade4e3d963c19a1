//! What several rules ask of a text.

/// Returns the first of `words` that `text` says, unless it says not so: 「无需本人到场」.
///
/// A word may offer several spellings, as 「户口簿|户口本」; the first is returned.
pub(super) fn says<'a>(text: &str, words: &'a [String], negations: &[String]) -> Option<&'a str> {
    let spellings = |word: &'a String| word.split('|');
    words.iter().flat_map(spellings).find(|word| affirms(text, word, negations))
}

/// Returns the text in quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.trim().replace('\n', " ");
    match line.char_indices().nth(30) {
        Some((at, _)) => format!("“{}…”", &line[..at]),
        None => format!("“{line}”"),
    }
}

pub(super) fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Lists 1, 2 and 5 as 「1、2、5」.
pub(super) fn numbers(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join("、")
}

fn affirms(text: &str, word: &str, negations: &[String]) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before: Vec<char> = text[..at].chars().rev().take(4).collect();
        let before: String = before.into_iter().rev().collect();
        !negations.iter().any(|negation| before.contains(negation.as_str()))
    })
}
