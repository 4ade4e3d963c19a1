//! `cargo xtask bench`: measures what is promised, and prints it.

mod bulk;
mod documents;
mod load;

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{command, postgres::Cluster};

/// Where the real data lie beside the repository.
const DATA: &str = "../shared/data/guangdong";

const ITEMS: usize = 100_000;

pub(crate) fn run(root: &Path, arguments: &[&str]) -> Result<()> {
    match arguments {
        [] => load::run(root, ITEMS),
        ["--items", items] => load::run(root, items.parse().context("--items takes a number")?),
        ["bulk"] => bulk::run(root, 10_000),
        ["bulk", "--items", items] => {
            bulk::run(root, items.parse().context("--items takes a number")?)
        }
        ["search"] => search(root, DATA),
        ["search", "--data", folder] => search(root, folder),
        ["documents"] => documents::run(root, 1_000, 100_000),
        ["killed", rest @ ..] => killed(root, rest),
        _ => bail!(
            "say what to measure: `cargo xtask bench [--items N]`, \
             `cargo xtask bench bulk [--items N]`, \
             `cargo xtask bench search [--data FOLDER]`, \
             `cargo xtask bench documents`, \
             `cargo xtask bench killed [--times N] [--seed N]`"
        ),
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

/// Whether anything is lost when the program is killed, on a PostgreSQL of its own too.
fn killed(root: &Path, arguments: &[&str]) -> Result<()> {
    let cluster = Cluster::start()?;
    let mut bench = Command::new("cargo");
    bench.args(["bench", "--quiet", "--profile", "dev", "-p", "cli", "--bench", "killed", "--"]);
    bench.args(arguments).env("SHIXIANG_TEST_POSTGRES", cluster.url());
    command::run(bench.current_dir(root))
}
