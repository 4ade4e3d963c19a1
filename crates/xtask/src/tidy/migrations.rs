//! A migration that has landed is never changed: somewhere a database has already run it.

use std::{collections::BTreeMap, fmt::Write};

use sha2::{Digest, Sha256};

use super::{Complaint, Tree};
use crate::provision::hex;

/// Where the landed migrations are listed with their hashes, as `sha256sum` writes them.
pub(crate) const LIST: &str = "crates/store/migrations/HASHES";
const FOLDER: &str = "crates/store/migrations/";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let landed = landed(tree);
    let changed = landed.iter().filter_map(|(name, (line, hash))| {
        let (reason, way_out) = match tree.text(&format!("{FOLDER}{name}")) {
            None => ("is gone", "bring it back as it was"),
            Some(text) if hash_of(text) != *hash => {
                ("was changed", "bring it back as it was, and put the change into a new migration")
            }
            Some(_) => return None,
        };
        let reason = format!("the landed migration {name} {reason}");
        let way_out = format!(
            "{way_out}; only if it never left your machine, take its line out and run \
             cargo xtask gen"
        );
        Some(Complaint::refusal(LIST, *line, reason, way_out))
    });
    changed.collect()
}

/// Returns the list as it should be: the landed ones as they are listed, new ones added.
pub(crate) fn list(tree: &Tree) -> String {
    let mut list: BTreeMap<&str, String> =
        landed(tree).into_iter().map(|(name, (_, hash))| (name, hash.to_owned())).collect();
    for (path, text) in tree.below(FOLDER, ".sql") {
        list.entry(path.trim_start_matches(FOLDER)).or_insert_with(|| hash_of(text));
    }
    let mut text = String::new();
    for (name, hash) in list {
        writeln!(text, "{hash}  {name}").expect("writing to a string does not fail");
    }
    text
}

fn landed(tree: &Tree) -> BTreeMap<&str, (usize, &str)> {
    let lines = (1..).zip(tree.text(LIST).unwrap_or_default().lines());
    lines
        .filter_map(|(line, text)| {
            let (hash, name) = text.split_once("  ")?;
            Some((name, (line, hash)))
        })
        .collect()
}

fn hash_of(text: &str) -> String {
    hex(&Sha256::digest(text))
}
