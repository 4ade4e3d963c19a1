use std::collections::{BTreeMap, BTreeSet};

use super::Trace;
use crate::{finding::Finding, item::ItemRecord};

/// 读到的一行，还没有按规范理解。
#[derive(Debug, Clone, PartialEq)]
pub struct RawRow {
    /// 第几行, counted from 1 as the file's reader counts data rows.
    pub number: u64,
    /// Where a person finds it: 「第 6 行」「Sheet1 第 6 行」「表 2」.
    pub place: String,
    pub data: RawData,
    pub trace: Trace,
}

/// 一行里有什么。
#[derive(Debug, Clone, PartialEq)]
pub enum RawData {
    /// Cells under headers, as in a spreadsheet or a flattened JSON object.
    Cells(Vec<Cell>),
    /// An item in our own exchange form.
    Record(Box<ItemRecord>),
    /// The row could not be read at all.
    Broken(String),
}

/// 表头和它下面的一格。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub header: String,
    pub value: CellValue,
}

/// 一格的值。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    Text(String),
    List(Vec<String>),
    /// A nested table: rows of (header, text).
    Table(Vec<Vec<(String, String)>>),
}

/// 一行说明了某要素的多少。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    Whole,
    /// Only these columns of its rows; what the others hold stays.
    Fields(BTreeSet<String>),
}

/// 一行读成的事项。
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub number: u64,
    pub place: String,
    pub record: ItemRecord,
    /// The elements that the row speaks of; `None` when it is the whole item.
    pub given: Option<BTreeMap<String, Given>>,
    pub findings: Vec<Finding>,
}

/// 不能成为事项的一行，和理由。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    pub number: u64,
    pub place: String,
    pub reason: String,
}
