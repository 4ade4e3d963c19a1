//! What is wrong with a flow, as values; the words are those of the checks.

use super::{Flow, Node, NodeAt, Symbol};

/// 流程的毛病。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowFault {
    /// An exit to a step that is not among the rows.
    NoSuchStep { step: String, target: String },
    /// An exit of a condition back to itself.
    ToItself { step: String },
    /// An end with a next step.
    EndLeadsOn { step: String },
    /// No way from the start comes here.
    Unreached { step: String },
    /// From here no way comes to an end.
    NoWayOut { step: String },
    /// A condition that decides nothing: fewer than two exits.
    FewExits { step: String },
    /// An exit of a condition that does not say when it is taken.
    Unlabelled { step: String, target: String },
    /// Two exits of a condition with the same words.
    SameLabel { step: String, label: String },
    /// A way back that does not say how often it may be taken.
    Unbounded { step: String, target: String },
}

impl Flow {
    /// Returns all that is wrong with the flow at once.
    pub fn faults(&self) -> Vec<FlowFault> {
        let mut faults = self.misread().to_vec();
        let (from_start, to_end) = (self.reached(), self.with_way_out());
        for (at, node) in self.nodes.iter().enumerate() {
            let step = || node.name.clone();
            // Of a row that is two nodes, the condition is not told of beside its step.
            let is_second = at > 0 && node.row.is_some() && self.nodes[at - 1].row == node.row;
            // The start and the added end are nobody's rows.
            let is_told = node.row.is_some() && !is_second;
            if !from_start[at] && is_told {
                faults.push(FlowFault::Unreached { step: step() });
            }
            if !to_end[at] && is_told {
                faults.push(FlowFault::NoWayOut { step: step() });
            }
            if node.symbol == Symbol::Condition {
                self.condition_faults(at, node, &mut faults);
            }
        }
        faults.extend(self.unbounded());
        faults
    }

    fn condition_faults(&self, at: NodeAt, node: &Node, faults: &mut Vec<FlowFault>) {
        let step = || node.name.clone();
        let exits: Vec<_> = self.exits_of(at).collect();
        if exits.len() < 2 {
            faults.push(FlowFault::FewExits { step: step() });
        }
        for (nth, exit) in exits.iter().enumerate() {
            if exit.label.is_empty() {
                let target = self.nodes[exit.to].name.clone();
                faults.push(FlowFault::Unlabelled { step: step(), target });
            } else if exits[..nth].iter().any(|other| other.label == exit.label) {
                faults.push(FlowFault::SameLabel { step: step(), label: exit.label.clone() });
            }
        }
    }

    /// A loop is bounded if a way back says how often: 「材料不齐（一次）」.
    fn unbounded(&self) -> impl Iterator<Item = FlowFault> {
        let back = self.exits.iter().filter(|exit| exit.is_back);
        back.filter(|exit| !self.says_how_often(exit.from, exit.to)).map(|exit| {
            let (step, target) =
                (self.nodes[exit.from].name.clone(), self.nodes[exit.to].name.clone());
            FlowFault::Unbounded { step, target }
        })
    }

    /// Whether any exit on the way around the loop that this way back closes says a number of times.
    fn says_how_often(&self, from: NodeAt, to: NodeAt) -> bool {
        let ahead = self.walk(vec![to], |it| self.exits_of(it).map(|exit| exit.to).collect());
        let behind =
            self.walk(vec![from], |it| self.entries_of(it).map(|exit| exit.from).collect());
        let is_around = |node: NodeAt| ahead[node] && behind[node];
        let mut around = self.exits.iter().filter(|it| is_around(it.from) && is_around(it.to));
        around.any(|exit| says_times(&exit.label))
    }

    fn reached(&self) -> Vec<bool> {
        self.walk(vec![0], |node| self.exits_of(node).map(|exit| exit.to).collect())
    }

    fn with_way_out(&self) -> Vec<bool> {
        let is_end = |node: &NodeAt| self.nodes[*node].symbol == Symbol::End;
        let ends = (0..self.nodes.len()).filter(is_end).collect();
        self.walk(ends, |node| self.entries_of(node).map(|exit| exit.from).collect())
    }

    fn walk(&self, mut from: Vec<NodeAt>, next: impl Fn(NodeAt) -> Vec<NodeAt>) -> Vec<bool> {
        let mut seen = vec![false; self.nodes.len()];
        while let Some(node) = from.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                from.extend(next(node));
            }
        }
        seen
    }
}

/// Whether a label counts: a number and 次.
fn says_times(label: &str) -> bool {
    let is_number = |c: char| c.is_numeric() || "一二两三四五六七八九十".contains(c);
    label.match_indices('次').any(|(at, _)| label[..at].trim_end().ends_with(is_number))
}
