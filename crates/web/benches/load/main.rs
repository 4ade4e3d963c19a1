//! What the program promises of speed and memory, measured on a seeded catalogue.
//!
//! `cargo xtask bench` runs it, one part after another, and writes the figures to
//! `docs/performance.md`. Each part prints lines of `part`, `what`, `figure`, `limit`,
//! between tabs; the limit is measured in the same run, on the same machine.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

mod bare;
mod catalogue;
mod client;
mod editing;
mod figures;
mod importing;
mod pages;
mod program;
mod publishing;
mod queries;
mod querying;
mod searching;

use std::{env, path::PathBuf, process::ExitCode};

use self::{catalogue::Shapes, program::Program};

const USAGE: &str = "\
load make ITEMS FOLDER                  writes the catalogue to FOLDER/items.jsonl
load import ITEMS FOLDER PROGRAM LIMIT  imports it; LIMIT is its bare lines, inserted in a second
load PART ITEMS FOLDER PROGRAM          measures a part of what was imported: publish, search, pages, query, edit
load bare FOLDER                        serves the pages of FOLDER/pages and does nothing else";

/// The catalogue is the same each time.
const SEED: u64 = 20_261_120;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("load: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Outcome<()> {
    match arguments {
        ["make", items, folder] => {
            let path = PathBuf::from(folder).join("items.jsonl");
            Ok(Shapes::read().write(&path, items.parse()?, SEED)?)
        }
        ["import", items, folder, program, limit] => {
            let program = Program::new(program.into(), folder.into());
            importing::measure(&program, &Shapes::read(), items.parse()?, limit.parse()?)
        }
        [part, items, folder, program] => {
            let program = Program::new(program.into(), folder.into());
            measure(part, &program, &Shapes::read(), items.parse()?)
        }
        ["bare", folder] => bare::serve(&PathBuf::from(folder).join("pages")),
        _ => Err(USAGE.into()),
    }
}

fn measure(part: &str, program: &Program, shapes: &Shapes, n_items: usize) -> Outcome<()> {
    match part {
        "publish" => publishing::measure(program, shapes),
        "search" => searching::measure(program, shapes, n_items),
        "pages" => pages::measure(program, shapes, n_items),
        "query" => querying::measure(program, shapes),
        "edit" => editing::measure(program, shapes),
        _ => Err(USAGE.into()),
    }
}
