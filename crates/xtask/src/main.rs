//! The project's own chores. Needs nothing but cargo; what the tests lack it installs.
#![expect(clippy::print_stdout, reason = "a chore speaks to the person who started it")]

mod bench;
mod command;
mod generated;
mod postgres;
mod provision;
mod test;
mod tidy;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
cargo xtask test [STEP…]    everything that must hold before a change lands, or only the named steps
cargo xtask tidy            the project's own rules about its tree
cargo xtask gen [--check]   writes the generated files, or only says which are out of date
cargo xtask gen pictures    pictures of the main pages, as a browser shows the demo
cargo xtask bench [--items N]
                            speed and memory on a catalogue of N items, 100,000 by default
cargo xtask bench bulk [--items N]
                            a bulk approval of N editions, 10,000 by default, beside bare inserts
cargo xtask bench search [--data FOLDER]
                            how well people's words find the items they mean
cargo xtask bench killed [--times N] [--seed N]
                            kills imports, sites, backups and restores, and looks at what is left
cargo xtask provision       installs what the tests need and this machine lacks";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let root = root()?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["test", steps @ ..] => test::run(&root, steps),
        ["tidy"] => tidy::run(&root),
        ["gen"] => generated::write(&root),
        ["gen", "pictures"] => generated::pictures(&root),
        ["gen", "--check"] => generated::check(&root),
        ["bench", what @ ..] => bench::run(&root, what),
        ["provision"] => provision::run(&root),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => bail!("there is no chore `{}`. The chores are:\n{USAGE}", unknown.join(" ")),
    }
}

/// Returns the repository that the person stands in.
fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder can not be read")?;
    here.ancestors()
        .find(|folder| folder.join("crates/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .context("run this inside the repository")
}
