//! The files that ARCHITECTURE.md names exist.

use super::{Complaint, Tree, markdown};

const PAGE: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (line, words) in markdown::prose(tree.text(PAGE).unwrap_or_default()) {
        for code in markdown::inline_code(words) {
            let Some(path) = as_path(tree, code) else { continue };
            if tree.has(path) || tree.has(&format!("crates/{path}")) {
                continue;
            }
            complaints.push(Complaint::refusal(
                PAGE,
                line,
                format!("there is no `{path}`"),
                "name the file as it is now, from the root or from crates/",
            ));
        }
    }
    complaints
}

/// Returns the path that inline code means, if it means one: `domain/src/checks/limits.rs::check`.
fn as_path<'a>(tree: &Tree, code: &'a str) -> Option<&'a str> {
    let path = code.split("::").next()?;
    let path = path.split(':').next()?;
    let (first, _) = path.split_once('/')?;
    let is_pattern = path.contains(['*', '{', '<', '…', ' ', '(', '→']);
    if is_pattern || first.is_empty() {
        return None;
    }
    let last = path.rsplit('/').next()?;
    let names_a_file =
        [".rs", ".toml", ".md", ".html", ".css", ".js", ".sql"].iter().any(|it| last.ends_with(it));
    let is_ours = tree.has(first) || tree.has(&format!("crates/{first}"));
    (names_a_file || is_ours).then_some(path)
}
