//! 备份文件: a ZIP of a part a table, the files of the standards and those that officers brought,
//! and `manifest.json`.
//!
//! A part of a table has a row a line, each a JSON array in the order of the table's
//! columns. The manifest comes last, so that a file without an end has none.

mod error;
mod manifest;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use self::{
    error::BackupError,
    manifest::{About, ChainEnd, FilePart, Manifest, TablePart},
    read::{BackupReader, Rows},
    write::BackupWriter,
};

/// 一行：与表的各列一一对应。
pub type Row = Vec<serde_json::Value>;

const MANIFEST: &str = "manifest.json";

fn hex(hash: impl AsRef<[u8]>) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
