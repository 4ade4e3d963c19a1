//! A feature of the site knows no other feature.

use std::collections::BTreeSet;

use super::{
    Complaint, Tree,
    rust_text::{RustText, is_word},
};

const HOME: &str = "crates/web/src/features/";
const WAY_OUT: &str =
    "move what both need to `domain`, `store` or a module of `web` beside the features";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let features: BTreeSet<&str> = tree.below(HOME, "").filter_map(|(it, _)| feature(it)).collect();
    let mut complaints = Vec::new();
    for (path, source) in tree.below(HOME, "") {
        let Some(own) = feature(path) else { continue };
        let others = || features.iter().copied().filter(move |it| *it != own);
        let named = match path.rsplit('.').next() {
            Some("rs") => named_in_rust(source),
            Some("html") => named_in_template(source),
            _ => continue,
        };
        for (line, name) in named {
            // A submodule of the feature's own may bear the name of a sibling.
            let is_own_part = tree.has(&format!("{HOME}{own}/{name}"))
                || tree.has(&format!("{HOME}{own}/{name}.rs"));
            if others().any(|it| it == name) && !is_own_part {
                let reason = format!("the feature `{own}` names the feature `{name}`");
                complaints.push(Complaint::refusal(path, line, reason, WAY_OUT));
            }
        }
    }
    complaints
}

/// Returns the feature that a file belongs to; the list of features belongs to none.
fn feature(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(HOME)?;
    let name = rest.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (!matches!(name, "mod" | "tests") && !name.contains('.')).then_some(name)
}

/// Returns the names that follow `super::` and `features::`, and the features in template paths.
fn named_in_rust(source: &str) -> Vec<(usize, String)> {
    let text = RustText::read(source);
    let mut named = Vec::new();
    for door in ["super::", "features::"] {
        for (offset, _) in text.code.match_indices(door) {
            let is_whole_word = !text.code[..offset].ends_with(is_word);
            let line = text.line_of(offset);
            if is_whole_word {
                let heads = heads(&text.code[offset + door.len()..]);
                named.extend(heads.into_iter().map(|it| (line, it)));
            }
        }
    }
    for (line, string) in &text.strings {
        named.extend(named_in_template(string).into_iter().map(|(at, it)| (line + at - 1, it)));
    }
    named
}

fn named_in_template(source: &str) -> Vec<(usize, String)> {
    let lines = (1..).zip(source.lines());
    lines
        .flat_map(|(line, text)| {
            text.match_indices("features/").map(move |(offset, door)| {
                let rest = &text[offset + door.len()..];
                (line, rest.chars().take_while(|it| is_word(*it)).collect())
            })
        })
        .collect()
}

/// Returns the first names of a path or of each branch of a use tree: `a::b` or `{a::b, c}`.
fn heads(path: &str) -> Vec<String> {
    let Some(branches) = path.strip_prefix('{') else {
        return vec![path.chars().take_while(|it| is_word(*it)).collect()];
    };
    let mut heads = Vec::new();
    let mut depth = 1;
    let mut branch = String::new();
    for it in branches.chars() {
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && it == ',') {
            let head = branch.trim().chars().take_while(|it| is_word(*it)).collect();
            heads.push(head);
            branch.clear();
        } else {
            branch.push(it);
        }
        if depth == 0 {
            break;
        }
    }
    heads
}
