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

impl FilePart {
    /// Returns the hash under which a kept file lies; `None` for another file of the folder.
    pub fn kept_hash(&self) -> Option<&str> {
        let name = self.path.strip_prefix(KEPT)?;
        name.split_once('/').map(|(_, hash)| hash)
    }
}

impl TablePart {
    pub(super) fn part(&self) -> String {
        part_of(&self.name)
    }
}

/// Where kept files lie, as they do in the data folder.
const KEPT: &str = "files/";

/// Two digits of the hash part the folder, as in the data folder.
pub(super) fn kept_path(hash: &str) -> String {
    format!("{KEPT}{}/{hash}", hash.get(..2).unwrap_or_default())
}

pub(super) fn part_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
