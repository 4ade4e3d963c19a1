//! From the rows of 办理环节 to a flow.

use super::{
    Exit, Flow, FlowFault, Node, NodeAt, Symbol,
    exits::{WrittenExit, is_same_name, read_exits},
};
use crate::content::Row;

/// The word by which a row leads to the end, and others that are taken for it, where no step is
/// called so.
pub const END_WORD: &str = "结束";
const END_WORDS: [&str; 4] = [END_WORD, "流程结束", "办理结束", "终止"];

/// Codes of the list `flow_shape`.
pub const CONDITION: &str = "condition";
pub const END: &str = "end";

impl Flow {
    /// Reads the rows of 办理环节; without rows there is no flow.
    pub fn of(rows: &[Row]) -> Option<Flow> {
        if rows.is_empty() {
            return None;
        }
        let mut reading = Reading::of(rows);
        reading.exit(0, reading.entry[0], "");
        for (at, written) in rows.iter().enumerate() {
            reading.leave(at, written);
        }
        let Reading { mut nodes, mut exits, misread, end, .. } = reading;
        if exits.iter().any(|exit| exit.to == end) {
            nodes.push(Node::added(Symbol::End, END_WORD, None));
        }
        exits.sort_by_key(|exit| exit.from);
        let mut flow = Flow { nodes, exits, misread };
        flow.mark_back();
        Some(flow)
    }

    /// What of the rows could not be read: exits that lead nowhere.
    pub(super) fn misread(&self) -> &[FlowFault] {
        &self.misread
    }

    /// Marks the exits that close a loop, seen from the start, then from what is not reached.
    fn mark_back(&mut self) {
        let leaving: Vec<Vec<usize>> = (0..self.nodes.len())
            .map(|node| (0..self.exits.len()).filter(|it| self.exits[*it].from == node).collect())
            .collect();
        // 0 unseen, 1 on the way, 2 done with.
        let mut seen = vec![0_u8; self.nodes.len()];
        for root in 0..self.nodes.len() {
            if seen[root] != 0 {
                continue;
            }
            let mut way = vec![(root, 0)];
            seen[root] = 1;
            while let Some((node, next)) = way.last_mut() {
                let Some(exit) = leaving[*node].get(*next) else {
                    seen[*node] = 2;
                    way.pop();
                    continue;
                };
                *next += 1;
                let to = self.exits[*exit].to;
                match seen[to] {
                    0 => {
                        seen[to] = 1;
                        way.push((to, 0));
                    }
                    1 => self.exits[*exit].is_back = true,
                    _ => {}
                }
            }
        }
    }
}

/// Whether someone works at what the row stands for: not at a condition, not at an end.
pub fn is_work(row: &Row) -> bool {
    !row.codes("shape").iter().any(|code| code == CONDITION || code == END)
}

impl Node {
    fn added(symbol: Symbol, name: &str, row: Option<usize>) -> Node {
        Node { symbol, name: name.to_owned(), row, post: String::new(), limit: None }
    }
}

/// A flow under construction.
struct Reading<'a> {
    rows: &'a [Row],
    nodes: Vec<Node>,
    exits: Vec<Exit>,
    misread: Vec<FlowFault>,
    /// Where each row is entered, and where it is left.
    entry: Vec<NodeAt>,
    exit: Vec<NodeAt>,
    /// Where the added end will stand, if any row needs it.
    end: NodeAt,
}

impl Reading<'_> {
    fn of(rows: &[Row]) -> Reading<'_> {
        let mut nodes = vec![Node::added(Symbol::Start, "开始", None)];
        let (mut entry, mut exit) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let node = node(row, at);
            entry.push(nodes.len());
            let branches = node.symbol == Symbol::Step && read_exits(row.text("next")).len() > 1;
            let name = node.name.clone();
            nodes.push(node);
            if branches {
                nodes.push(Node::added(Symbol::Condition, &format!("{name}结果"), Some(at)));
            }
            exit.push(nodes.len() - 1);
        }
        let end = nodes.len();
        Reading { rows, nodes, exits: Vec::new(), misread: Vec::new(), entry, exit, end }
    }

    /// Draws what leaves a row.
    fn leave(&mut self, at: usize, row: &Row) {
        let (entry, exit) = (self.entry[at], self.exit[at]);
        let written = read_exits(row.text("next"));
        let name = self.nodes[entry].name.clone();
        if self.nodes[entry].symbol == Symbol::End {
            if !written.is_empty() {
                self.misread.push(FlowFault::EndLeadsOn { step: name });
            }
            return;
        }
        if entry != exit {
            self.exit(entry, exit, "");
        }
        if written.is_empty() {
            let next = self.entry.get(at + 1).copied().unwrap_or(self.end);
            return self.exit(exit, next, "");
        }
        for WrittenExit { label, target } in written {
            match self.find(&target, at) {
                Some(to) if to == exit => {
                    self.misread.push(FlowFault::ToItself { step: name.clone() });
                }
                Some(to) => self.exit(exit, to, &label),
                None => self.misread.push(FlowFault::NoSuchStep { step: name.clone(), target }),
            }
        }
    }

    /// Finds a step by its name: of several, the one that comes next.
    fn find(&self, target: &str, from: usize) -> Option<NodeAt> {
        let named = |at: &usize| is_same_name(self.rows[*at].text("name"), target);
        let mut after = from + 1..self.rows.len();
        let found = after.find(named).or_else(|| (0..=from).find(named));
        let is_end = END_WORDS.iter().any(|word| is_same_name(word, target));
        found.map(|at| self.entry[at]).or_else(|| is_end.then_some(self.end))
    }

    /// Adds an exit; a second one to the same place is one with both conditions.
    fn exit(&mut self, from: NodeAt, to: NodeAt, label: &str) {
        let label = label.to_owned();
        match self.exits.iter_mut().find(|exit| (exit.from, exit.to) == (from, to)) {
            Some(exit) if label.is_empty() || exit.label.is_empty() => exit.label.push_str(&label),
            Some(exit) => exit.label = format!("{}、{label}", exit.label),
            None => self.exits.push(Exit { from, to, label, is_back: false }),
        }
    }
}

fn node(row: &Row, at: usize) -> Node {
    let symbol = match row.codes("shape").first().map(String::as_str) {
        Some(CONDITION) => Symbol::Condition,
        Some(END) => Symbol::End,
        _ => Symbol::Step,
    };
    let name = match row.text("name").trim() {
        "" => format!("第 {} 步", at + 1),
        name => name.to_owned(),
    };
    Node {
        symbol,
        name,
        row: Some(at),
        post: row.text("post").trim().to_owned(),
        limit: row.limit("limit"),
    }
}
