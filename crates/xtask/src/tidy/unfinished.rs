//! Nothing is left half done in the tree.

use super::{Complaint, Tree, rust_text::is_word};

const ENDINGS: &[&str] = &[".rs", ".toml", ".js", ".mjs", ".css", ".html", ".md", ".sql", ".sh"];

/// Pieced together, so that this file does not name what it refuses.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let files = tree.files().filter(|(path, _)| ENDINGS.iter().any(|it| path.ends_with(it)));
    for (path, text) in files {
        for (line, words) in (1..).zip(text.lines()) {
            let Some(mark) = MARKS.iter().find(|mark| has_word(words, mark)) else { continue };
            complaints.push(Complaint::refusal(
                path,
                line,
                format!("{mark} in the tree"),
                "do it now, or write an issue and take the mark out",
            ));
        }
    }
    complaints
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_word) && !text[at + word.len()..].starts_with(is_word)
    })
}
