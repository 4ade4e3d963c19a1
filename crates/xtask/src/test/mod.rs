//! `cargo xtask test`: everything that must hold before a change lands, in the order of its price.

#[cfg(test)]
mod tests;

use std::{path::Path, process::Command, time::Instant};

use anyhow::{Context, Result, bail};

use crate::{command, generated, postgres::Cluster, provision, tidy};

/// One thing that must hold. Returns how many tests passed in it.
struct Step {
    name: &'static str,
    heading: &'static str,
    run: fn(&Path) -> Result<usize>,
}

const STEPS: &[Step] = &[
    Step { name: "provision", heading: "what the tests need", run: install },
    Step { name: "fmt", heading: "cargo fmt --check", run: fmt },
    Step { name: "clippy", heading: "cargo clippy", run: clippy },
    Step { name: "doc", heading: "cargo doc", run: doc },
    Step { name: "tidy", heading: "tidy", run: tidy },
    Step { name: "rust", heading: "cargo test", run: rust },
    Step { name: "gen", heading: "generated files", run: generated },
    Step { name: "browser", heading: "browser journeys", run: browser },
];

/// Runs all steps, or only the named ones, and stops at the first that fails.
pub(crate) fn run(root: &Path, names: &[&str]) -> Result<()> {
    let mut passed = 0;
    for step in chosen(names)? {
        println!("\n==> {}", step.heading);
        let started = Instant::now();
        let outcome = (step.run)(root);
        println!("<== {}: {:.1} s", step.heading, started.elapsed().as_secs_f64());
        passed += outcome.with_context(|| {
            format!("step `{0}` failed; to run it alone: cargo xtask test {0}", step.name)
        })?;
    }
    println!("\n{passed} passed, 0 failed");
    Ok(())
}

fn chosen(names: &[&str]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|it| it.name != **name)) {
        let known: Vec<_> = STEPS.iter().map(|it| it.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", known.join(", "));
    }
    Ok(STEPS.iter().filter(|it| names.is_empty() || names.contains(&it.name)).collect())
}

fn install(root: &Path) -> Result<usize> {
    provision::run(root)?;
    Ok(0)
}

fn fmt(root: &Path) -> Result<usize> {
    command::run(cargo(root).args(["fmt", "--all", "--check"]))?;
    Ok(0)
}

fn clippy(root: &Path) -> Result<usize> {
    let deny = ["--", "-D", "warnings"];
    command::run(cargo(root).args(["clippy", "--workspace", "--all-targets"]).args(deny))?;
    Ok(0)
}

fn doc(root: &Path) -> Result<usize> {
    let mut doc = cargo(root);
    doc.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    command::run(&mut doc)?;
    Ok(0)
}

fn tidy(root: &Path) -> Result<usize> {
    tidy::run(root)?;
    Ok(0)
}

fn rust(root: &Path) -> Result<usize> {
    let cluster = Cluster::start()?;
    let mut tests = cargo(root);
    tests.args(["test", "--workspace"]).env("SHIXIANG_TEST_POSTGRES", cluster.url());
    Ok(passed_in_rust(&command::tee(&mut tests)?))
}

fn generated(root: &Path) -> Result<usize> {
    generated::check(root)?;
    Ok(0)
}

fn browser(root: &Path) -> Result<usize> {
    command::run(cargo(root).args(["build", "--package", "cli", "--bin", "shixiang"]))?;
    let mut journeys = Command::new("npm");
    journeys
        .args(["test", "--silent"])
        .current_dir(root.join("e2e"))
        .env("SHIXIANG_BIN", root.join("target/debug/shixiang"));
    Ok(passed_in_browser(&command::tee(&mut journeys)?))
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}

/// Adds up the lines `test result: ok. 12 passed; …`, one for each test binary.
fn passed_in_rust(output: &str) -> usize {
    output
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. "))
        .filter_map(|rest| rest.split_once(" passed"))
        .filter_map(|(number, _)| number.parse::<usize>().ok())
        .sum()
}

/// Reads Playwright's closing line, `  9 passed (21.4s)`.
fn passed_in_browser(output: &str) -> usize {
    output
        .lines()
        .filter_map(|line| line.trim().split_once(" passed ("))
        .find_map(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}
