//! Every public type of `domain` has a row in the glossary.

use std::collections::BTreeSet;

use super::{
    Complaint, Tree,
    rust_text::{RustText, is_word},
};

const GLOSSARY: &str = "docs/glossary.md";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let known = known(tree.text(GLOSSARY).unwrap_or_default());
    tree.below("crates/domain/src/", ".rs")
        .flat_map(|(path, source)| {
            public_types(source).into_iter().map(move |(line, name)| (path, line, name))
        })
        .filter(|(_, _, name)| !known.contains(name.as_str()))
        .map(|(path, line, name)| {
            let reason = format!("`{name}` is not in the glossary");
            let row = format!("add to {GLOSSARY}: | 中文 | `{name}` | what it is |");
            Complaint::refusal(path, line, reason, row)
        })
        .collect()
}

/// Returns the identifiers of the second column of the glossary's tables.
fn known(glossary: &str) -> BTreeSet<&str> {
    glossary
        .lines()
        .filter_map(|line| line.trim().strip_prefix('|')?.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect()
}

fn public_types(source: &str) -> Vec<(usize, String)> {
    let text = RustText::read(source);
    let lines = (1..).zip(text.code.lines());
    lines
        .filter_map(|(line, code)| {
            let rest = code.trim_start().strip_prefix("pub ")?;
            let rest = rest.strip_prefix("unsafe ").unwrap_or(rest);
            let (keyword, rest) = rest.split_once(' ')?;
            let is_type = matches!(keyword, "struct" | "enum" | "trait" | "type" | "union");
            let name: String = rest.chars().take_while(|it| is_word(*it)).collect();
            // The name of a type that a macro makes is not to be read here.
            (is_type && !name.is_empty()).then_some((line, name))
        })
        .collect()
}
