//! `cargo xtask bench`: measures what is promised, and prints it.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::command;

/// Where the real data lie beside the repository.
const DATA: &str = "../shared/data/guangdong";

pub(crate) fn run(root: &Path, arguments: &[&str]) -> Result<()> {
    match arguments {
        ["search"] => search(root, DATA),
        ["search", "--data", folder] => search(root, folder),
        _ => bail!("say what to measure: `cargo xtask bench search [--data FOLDER]`"),
    }
}

/// How well people's words find the items they mean.
fn search(root: &Path, data: &str) -> Result<()> {
    let folder = root.join(data);
    if !folder.join("items.jsonl").is_file() {
        bail!(
            "{} has no items.jsonl: name the folder that holds the real items and \
             daily_terms_to_item.csv with `--data FOLDER`",
            folder.display()
        );
    }
    // What is found does not depend on optimisation, and the build is much shorter without.
    let mut bench = Command::new("cargo");
    bench.args(["bench", "--quiet", "--profile", "dev", "-p", "search", "--bench", "golden", "--"]);
    command::run(bench.arg(folder).current_dir(root))
}
