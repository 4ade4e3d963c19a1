//! Nothing in the tree speaks of one machine.

use super::{Complaint, Tree};

/// A word, what it is, and how to do without it. Pieced together, so that this file has none.
const WORDS: &[(&str, &str, &str)] = &[
    (
        concat!("/wo", "rk/"),
        "a path of one machine",
        "name the path from the root of the repository",
    ),
    (
        concat!("/ro", "ot/"),
        "a path of one machine",
        "name the path from the root of the repository",
    ),
    (
        concat!("\"resol", "ved\": \"http"),
        "the host of one registry",
        "run npm in e2e/, where .npmrc keeps hosts out of the lock file",
    ),
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.files() {
        for (word, what, way_out) in WORDS {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| begins_in(line, word));
            complaints.extend(lines.map(|(line, _)| {
                Complaint::refusal(path, line, format!("{what}: `{word}`"), *way_out)
            }));
        }
    }
    complaints
}

/// Returns whether `word` stands in `line` other than in the middle of an address or a path.
fn begins_in(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|it| !it.is_alphanumeric() && !matches!(it, '.' | '-' | '_' | '}' | '/'))
    })
}
