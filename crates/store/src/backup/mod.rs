//! 备份与恢复: all rows out of one moment, and all rows in as one step.
//!
//! Rows are JSON values, so that a backup of one engine is one of the other.

mod restore;
mod snapshot;
mod tables;

pub(crate) use self::tables::FOLLOWED;
pub use self::{
    restore::Restoring,
    snapshot::{ChainEnd, Snapshot},
    tables::{FORM, Kind, TABLES, Table},
};

/// 一行：与表的各列一一对应。
pub type Row = Vec<serde_json::Value>;
