//! Speed and memory on a catalogue of a given size, beside the limits of the machine.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::command;

const REPORT: &str = "docs/performance.md";

/// Measures each part in turn, and writes the figures to the report.
pub(crate) fn run(root: &Path, n_items: usize) -> Result<()> {
    let items = n_items.to_string();
    let folder = root.join("target/bench").join(&items);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    let place = folder.to_str().context("the folder's name is no text")?;
    let program = root.join("target/release/shixiang");
    let program = program.to_str().context("the folder's name is no text")?;

    command::run(cargo(root).args(["build", "--release", "-p", "cli"]))?;
    bench(root, "web", "load", &["make", &items, place])?;
    let (lines, bare) = (folder.join("items.jsonl"), folder.join("bare.db"));
    let limit = bench(root, "store", "raw_insert", &[text(&lines)?, text(&bare)?])?;
    fs::remove_file(bare)?;
    let mut figures =
        bench(root, "web", "load", &["import", &items, place, program, limit.trim()])?;
    for part in ["query", "publish", "search", "pages", "edit"] {
        figures += &bench(root, "web", "load", &[part, &items, place, program])?;
    }
    write(&root.join(REPORT), n_items, &section(root, n_items, &figures))?;
    // The figures are kept; a million items are ten gigabytes.
    fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))
}

pub(super) fn bench(root: &Path, package: &str, name: &str, arguments: &[&str]) -> Result<String> {
    let mut bench = cargo(root);
    bench.args(["bench", "--quiet", "--package", package, "--bench", name, "--"]);
    command::tee(bench.args(arguments))
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}

pub(super) fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is no text", path.display()))
}

/// Writes the figures as a chapter: a table for each part.
fn section(root: &Path, n_items: usize, figures: &str) -> String {
    let mut section = format!("## {} 项\n\n{}\n", grouped(n_items), circumstances(root));
    let mut part = "";
    for line in figures.lines() {
        let mut cells = line.split('\t');
        let (Some(its_part), Some(what)) = (cells.next(), cells.next()) else { continue };
        if its_part != part {
            part = its_part;
            section += &format!(
                "\n### {part}\n\n| 项目 | 结果 | 同次测得的上限（比值） |\n|---|---|---|\n"
            );
        }
        let rest: Vec<&str> = cells.collect();
        section += &format!("| {what} | {} |\n", rest.join(" | "));
    }
    section
}

/// Says on which commit and machine it was measured.
fn circumstances(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let root = root.to_string_lossy();
        let arguments = [&["-C", &root], arguments].concat();
        command::output("git", &arguments).unwrap_or_default().trim().to_owned()
    };
    let commit = git(&["rev-parse", "--short", "HEAD"]);
    let is_changed = !git(&["status", "--porcelain", "--", "crates", "Cargo.lock"]).is_empty();
    let changed = if is_changed { "（有未提交的改动）" } else { "" };
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown", |(_, model)| model);
    let n_cores = processor.lines().filter(|line| line.starts_with("processor")).count();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!("提交 {commit}{changed}；{model}，{n_cores} 核；测完时一分钟负载 {load}。")
}

/// Puts the chapter in the place of the one about as many items.
fn write(report: &Path, n_items: usize, section: &str) -> Result<()> {
    let text = fs::read_to_string(report)
        .with_context(|| format!("{} can not be read", report.display()))?;
    let heading = format!("## {} 项\n", grouped(n_items));
    let (before, rest) = text.split_once(&heading).unwrap_or((&text, ""));
    let after = rest.find("\n## ").map_or("", |at| &rest[at + 1..]);
    let before = before.trim_end();
    let written = [before, section.trim_end(), after.trim_end()];
    let written: Vec<&str> = written.into_iter().filter(|it| !it.is_empty()).collect();
    fs::write(report, written.join("\n\n") + "\n")
        .with_context(|| format!("{} can not be written", report.display()))
}

/// Writes a number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}
