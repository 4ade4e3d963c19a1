//! `cargo xtask tidy`: the rules about our own tree that no compiler knows.
//!
//! A rule is a function from the tree to its complaints, in a file of its own. It reads
//! nothing but the [`Tree`], so its test plants a fault in one.

mod architecture;
mod crate_edges;
mod features;
mod glossary;
mod lengths;
mod links;
mod markdown;
pub(crate) mod migrations;
mod rust_text;
mod sql;
#[cfg(test)]
mod tests;
mod tree;
mod unfinished;
mod words;

use std::{fmt, path::Path};

use anyhow::{Result, bail};

pub(crate) use tree::Tree;

type Rule = fn(&Tree) -> Vec<Complaint>;

const RULES: &[Rule] = &[
    crate_edges::check,
    sql::check,
    features::check,
    glossary::check,
    lengths::check,
    unfinished::check,
    links::check,
    architecture::check,
    migrations::check,
    words::check,
];

/// What a rule found: where, what is wrong, and the way out.
#[derive(Debug)]
struct Complaint {
    path: String,
    line: usize,
    reason: String,
    way_out: String,
    is_refusal: bool,
}

impl Complaint {
    fn refusal(path: &str, line: usize, reason: String, way_out: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, reason, way_out: way_out.into(), is_refusal: true }
    }

    fn warning(path: &str, line: usize, reason: String, way_out: impl Into<String>) -> Self {
        Self { is_refusal: false, ..Self::refusal(path, line, reason, way_out) }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, reason, way_out, is_refusal } = self;
        let weight = if *is_refusal { "refused" } else { "warning" };
        write!(f, "{path}:{line}: {weight}: {reason}\n    way out: {way_out}")
    }
}

/// Applies all rules to the repository.
pub(crate) fn run(root: &Path) -> Result<()> {
    let tree = Tree::read(root)?;
    let complaints: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for complaint in &complaints {
        println!("{complaint}");
    }
    let n_refusals = complaints.iter().filter(|it| it.is_refusal).count();
    if n_refusals > 0 {
        bail!("tidy refuses {n_refusals} things, listed above");
    }
    println!("{} files keep {} rules", tree.files().count(), RULES.len());
    Ok(())
}
