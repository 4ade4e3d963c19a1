//! 办理流程: the steps of an item as a flow with one start, conditions, labelled exits and ends.
//!
//! The rows of 办理环节 are the flow; nothing is kept beside them. A start is added before the
//! first row; an end after a row that leads nowhere; a condition after a step that several ways
//! leave, so that only conditions branch.

pub mod drawing;
mod exits;
mod faults;
mod path;
mod read;
mod templates;
#[cfg(test)]
mod tests;

pub use self::{
    exits::{WrittenExit, exits_text, read_exits, renamed},
    faults::FlowFault,
    path::LongestWay,
    read::{CONDITION, END, END_WORD, is_work},
    templates::{TEMPLATES, Template},
};
use crate::content::Limit;

/// The place of a node in [`Flow::nodes`].
pub type NodeAt = usize;

/// 流程：环节和它们之间的去向。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The start first, then the rows in their order, the added end last.
    pub nodes: Vec<Node>,
    /// In the order of the nodes that they leave, and there as they are written.
    pub exits: Vec<Exit>,
    /// What of the rows could not be read as a flow.
    misread: Vec<FlowFault>,
}

/// 流程图里的一个图形。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub symbol: Symbol,
    pub name: String,
    /// The row that it stands for, or follows; the start has none, nor has the added end.
    pub row: Option<usize>,
    /// 岗位, never the person behind it.
    pub post: String,
    pub limit: Option<Limit>,
}

/// 图形：起止、处理、判断（GB/T 1526）。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbol {
    Start,
    Step,
    Condition,
    End,
}

/// 去向：从一个图形到下一个。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub from: NodeAt,
    pub to: NodeAt,
    /// 条件; empty where nothing is decided.
    pub label: String,
    /// Whether it leads back to where the work has been already, as 补正 does.
    pub is_back: bool,
}

impl Flow {
    pub fn exits_of(&self, node: NodeAt) -> impl Iterator<Item = &Exit> {
        self.exits.iter().filter(move |exit| exit.from == node)
    }

    pub fn entries_of(&self, node: NodeAt) -> impl Iterator<Item = &Exit> {
        self.exits.iter().filter(move |exit| exit.to == node)
    }

    /// Returns whether work branches anywhere; a plain list of steps does not.
    pub fn branches(&self) -> bool {
        self.nodes.iter().any(|node| node.symbol == Symbol::Condition)
    }

    /// Returns where each exit of a row leads, in words, for those who do not see the drawing;
    /// nothing for a row that simply leads to the next one.
    pub fn told(&self, row: usize) -> Vec<(&str, &str)> {
        let of_row = |exit: &&Exit| self.nodes[exit.from].row == Some(row);
        let within = |exit: &&Exit| self.nodes[exit.to].row != Some(row);
        let exits: Vec<&Exit> = self.exits.iter().filter(of_row).filter(within).collect();
        let is_plain =
            matches!(exits[..], [exit] if exit.to == exit.from + 1 && exit.label.is_empty());
        if is_plain {
            return Vec::new();
        }
        exits.iter().map(|it| (it.label.as_str(), self.nodes[it.to].name.as_str())).collect()
    }
}
