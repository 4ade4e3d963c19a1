//! Sheets and catalogues beside what writes them elsewhere, in one run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::load::{bench, text};
use crate::command;

/// The rivals, from the registry of Python packages.
const RIVALS: [&str; 2] = ["python-docx==1.2.0", "openpyxl==3.1.5"];

/// Each part is measured so often, in turn with its rival; the best of each counts.
const TURNS: usize = 3;

/// A chart of sixty nodes is placed in so many seconds at most.
const LAYOUT: f64 = 0.01;
const CHARTS: usize = 200;

/// A part of the bench: ours, a rival, and how they must compare.
struct Part {
    what: &'static str,
    ours: &'static str,
    rival: Rival,
    /// Ours takes at most so many times what the rival takes.
    at_most: f64,
}

#[derive(Clone, Copy)]
enum Rival {
    Python(&'static str),
    Rust(&'static str),
}

const PARTS: [Part; 3] = [
    Part {
        what: "sheets (python-docx)",
        ours: "sheets",
        rival: Rival::Python("sheets"),
        at_most: 0.01,
    },
    Part {
        what: "rows of a catalogue (openpyxl, write-only)",
        ours: "catalogue",
        rival: Rival::Python("catalogue"),
        at_most: 0.2,
    },
    Part {
        what: "rows of a catalogue (rust_xlsxwriter, constant memory)",
        ours: "catalogue",
        rival: Rival::Rust("plain"),
        at_most: 1.5,
    },
];

pub(super) fn run(root: &Path, n_sheets: usize, n_rows: usize) -> Result<()> {
    let folder = root.join("target/bench/documents");
    fs::create_dir_all(&folder)?;
    let python = python(&folder)?;
    let place = text(&folder)?.to_owned();
    let (sheets, rows) = (n_sheets.to_string(), n_rows.to_string());
    let ours = |arguments: &[&str]| bench(root, "documents", "office", arguments);
    ours(&["data", &sheets, &rows, &place])?;
    let seconds = |text: String| -> Result<f64> {
        text.trim().parse().with_context(|| format!("`{}` is no number of seconds", text.trim()))
    };
    let mut missed = Vec::new();
    for part in PARTS {
        let n = if part.ours == "sheets" { &sheets } else { &rows };
        let (mut best, mut best_rival) = (f64::MAX, f64::MAX);
        for turn in 0..TURNS {
            best = best.min(seconds(ours(&[part.ours, n, &place])?)?);
            // A rival that takes minutes is heard once.
            if turn == 0 || best_rival < 30.0 {
                let took = match part.rival {
                    Rival::Python(name) => rival(root, &python, name, &place)?,
                    Rival::Rust(name) => ours(&[name, n, &place])?,
                };
                best_rival = best_rival.min(seconds(took)?);
            }
        }
        let ratio = best / best_rival;
        println!("{n} {}: {best:.3} s; the rival {best_rival:.3} s; {ratio:.4} times", part.what);
        if ratio > part.at_most {
            missed.push(format!("{}: {ratio:.4} times, promised {}", part.what, part.at_most));
        }
    }
    let slowest = seconds(ours(&["layout", &CHARTS.to_string()])?)?;
    println!("the slowest of {CHARTS} charts of 60 nodes: {:.2} ms", slowest * 1e3);
    if slowest > LAYOUT {
        missed.push(format!("a chart: {slowest} s, promised {LAYOUT}"));
    }
    fs::remove_dir_all(&folder).with_context(|| format!("{} stays", folder.display()))?;
    match missed.is_empty() {
        true => Ok(()),
        false => bail!("what was promised is missed: {}", missed.join("; ")),
    }
}

fn rival(root: &Path, python: &Path, part: &str, place: &str) -> Result<String> {
    let script = root.join("crates/documents/benches/rivals.py");
    command::tee(Command::new(python).arg(script).args([part, place]))
}

/// Makes a place of its own for the rivals, gone with the folder.
fn python(folder: &Path) -> Result<PathBuf> {
    let venv = folder.join("venv");
    command::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))
        .context("the rivals need Python with venv (on Debian: python3-venv)")?;
    let python = venv.join("bin/python");
    let mut pip = Command::new(&python);
    command::run(pip.args(["-m", "pip", "install", "--quiet"]).args(RIVALS))?;
    Ok(python)
}
