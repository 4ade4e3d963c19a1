pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod demo;
mod demo_officers;
pub(crate) mod export;
mod export_flow;
pub(crate) mod import;
pub(crate) mod laws;
pub(crate) mod officer;
pub(crate) mod reindex;
pub(crate) mod restore;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod undo;
pub(crate) mod verify;
pub(crate) mod workdays;

use std::io::{self, Write};

use serde::Serialize;

/// Prints a line of the command's result.
pub(crate) fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout().lock(), "{line}")?)
}

/// Prints the command's result as JSON on one line.
pub(crate) fn say_json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    Ok(writeln!(out)?)
}
