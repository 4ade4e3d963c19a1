//! 备份与恢复: all rows out of one moment, and all rows in as one step.
//!
//! Rows are JSON values, so that a backup of one engine is one of the other.

mod restore;
mod snapshot;
mod table;
mod tables;

pub use self::{
    restore::Restoring,
    snapshot::{ChainEnd, Snapshot},
    table::{Column, Kind, Table},
    tables::{FORM, tables},
};

/// 一行：与表的各列一一对应。
pub type Row = Vec<serde_json::Value>;

/// Tables that a follower writes from the others: not in a backup, and empty after a restore.
pub(crate) const FOLLOWED: &[&str] =
    &["query_item", "query_term", "query_entry", "query_due", "query_progress"];
