//! `cargo xtask gen`: files that are made from others, and are kept beside them to be read.

mod ways;
mod workflow;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{command, provision, tidy};

/// Makes the text that a file should have.
type Maker = fn(&Path) -> Result<String>;

/// Every generated file. A new one is a line here.
const GENERATED: &[(&str, Maker)] = &[
    (tidy::migrations::LIST, migration_hashes),
    ("docs/workflow.md", workflow::document),
    ("e2e/flows/ways.json", ways::document),
];

/// Writes the files that are out of date.
pub(crate) fn write(root: &Path) -> Result<()> {
    for (path, text) in out_of_date(root)? {
        let file = root.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("{path} can not be written"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Takes pictures of the main pages for the manual. What a browser draws differs from machine
/// to machine, so nobody compares them.
pub(crate) fn pictures(root: &Path) -> Result<()> {
    provision::run(root)?;
    let mut build = Command::new("cargo");
    build.args(["build", "--package", "cli", "--bin", "shixiang"]);
    command::run(build.current_dir(root))?;
    let mut pictures = Command::new("node");
    pictures.arg("pictures.mjs").current_dir(root.join("e2e"));
    command::run(pictures.env("SHIXIANG_BIN", root.join("target/debug/shixiang")))
}

/// Refuses files that are out of date.
pub(crate) fn check(root: &Path) -> Result<()> {
    let stale: Vec<_> = out_of_date(root)?.into_iter().map(|(path, _)| path).collect();
    if !stale.is_empty() {
        bail!("out of date: {}. To write them anew: cargo xtask gen", stale.join(", "));
    }
    println!("{} generated files are what they should be", GENERATED.len());
    Ok(())
}

fn out_of_date(root: &Path) -> Result<Vec<(&'static str, String)>> {
    let mut stale = Vec::new();
    for (path, make) in GENERATED {
        let text = make(root).with_context(|| format!("{path} can not be made"))?;
        if fs::read_to_string(root.join(path)).ok().as_ref() != Some(&text) {
            stale.push((*path, text));
        }
    }
    Ok(stale)
}

fn migration_hashes(root: &Path) -> Result<String> {
    Ok(tidy::migrations::list(&tidy::Tree::read(root)?))
}
