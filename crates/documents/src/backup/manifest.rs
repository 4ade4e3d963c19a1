use serde::{Deserialize, Serialize};

/// 备份文件的目录。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    #[serde(flatten)]
    pub about: About,
    pub tables: Vec<TablePart>,
    pub files: Vec<FilePart>,
}

/// 一份备份的来历。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Which tables and columns there are; counts up when they change.
    pub form: u32,
    pub program: String,
    pub made_at: String,
    pub engine: String,
    pub chains: Vec<ChainEnd>,
}

/// 一条链的链尾。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainEnd {
    pub chain: String,
    pub seq: i64,
    pub hash: String,
}

/// 一张表。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
    pub sha256: String,
}

/// 数据目录里的一个文件。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    /// Below the data folder, with `/` between its parts.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

impl TablePart {
    pub(super) fn part(&self) -> String {
        part_of(&self.name)
    }
}

pub(super) fn part_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
