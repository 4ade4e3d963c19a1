//! How long a flow takes, and the ways through it.

use std::collections::VecDeque;

use super::{Flow, NodeAt, Symbol};
use crate::content::Limit;

/// 最长的一条路，和它要的工作日。
#[derive(Debug, Clone, PartialEq)]
pub struct LongestWay {
    pub working_days: f64,
    pub nodes: Vec<NodeAt>,
}

impl Flow {
    /// Returns the way from the start to an end that takes longest by the steps' limits.
    ///
    /// Ways back are not taken: a limit runs for an application that is complete, and the time
    /// that an applicant needs to mend it is not the office's.
    pub fn longest_way(&self) -> Option<LongestWay> {
        let order = self.forward_order();
        let mut best: Vec<Option<(f64, NodeAt)>> = vec![None; self.nodes.len()];
        best[0] = Some((0.0, 0));
        for node in order {
            let Some((so_far, _)) = best[node] else { continue };
            let until = so_far + self.nodes[node].limit.map_or(0.0, Limit::in_working_days);
            for exit in self.exits_of(node).filter(|exit| !exit.is_back) {
                if best[exit.to].is_none_or(|(other, _)| until > other) {
                    best[exit.to] = Some((until, node));
                }
            }
        }
        let total = |node: NodeAt| {
            let own = self.nodes[node].limit.map_or(0.0, Limit::in_working_days);
            best[node].map(|(days, _)| days + own)
        };
        let ends = (0..self.nodes.len()).filter(|it| self.nodes[*it].symbol == Symbol::End);
        let (working_days, mut at) = ends.filter_map(|it| Some((total(it)?, it))).reduce(longer)?;
        let mut nodes = vec![at];
        while let Some((_, before)) = best[at].filter(|_| at != 0) {
            nodes.push(before);
            at = before;
        }
        nodes.reverse();
        Some(LongestWay { working_days, nodes })
    }

    /// Returns ways from the start to an end that together take every exit that lies on one.
    pub fn ways(&self) -> Vec<Vec<NodeAt>> {
        let mut ways: Vec<Vec<NodeAt>> = Vec::new();
        for exit in &self.exits {
            let is_taken = |way: &Vec<NodeAt>| way.windows(2).any(|it| it == [exit.from, exit.to]);
            if ways.iter().any(is_taken) {
                continue;
            }
            let to = self.shortest(0, |node| node == exit.from);
            let on = self.shortest(exit.to, |node| self.nodes[node].symbol == Symbol::End);
            if let (Some(mut way), Some(on)) = (to, on) {
                way.extend(on);
                ways.push(way);
            }
        }
        ways
    }

    fn shortest(&self, from: NodeAt, is_there: impl Fn(NodeAt) -> bool) -> Option<Vec<NodeAt>> {
        let mut before: Vec<Option<NodeAt>> = vec![None; self.nodes.len()];
        let mut waiting = VecDeque::from([from]);
        while let Some(node) = waiting.pop_front() {
            if is_there(node) {
                let mut way = vec![node];
                while let Some(&at) = way.last().filter(|it| **it != from) {
                    way.push(before[at].expect("only what was come to is waiting"));
                }
                way.reverse();
                return Some(way);
            }
            for exit in self.exits_of(node) {
                if exit.to != from && before[exit.to].is_none() {
                    before[exit.to] = Some(node);
                    waiting.push_back(exit.to);
                }
            }
        }
        None
    }

    /// Returns the nodes so that every exit that does not lead back leads onward.
    pub(super) fn forward_order(&self) -> Vec<NodeAt> {
        let mut n_entries = vec![0; self.nodes.len()];
        let onward = || self.exits.iter().filter(|exit| !exit.is_back);
        onward().for_each(|exit| n_entries[exit.to] += 1);
        let mut order: Vec<NodeAt> =
            (0..self.nodes.len()).filter(|node| n_entries[*node] == 0).collect();
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            at += 1;
            for exit in self.exits_of(node).filter(|exit| !exit.is_back) {
                n_entries[exit.to] -= 1;
                if n_entries[exit.to] == 0 {
                    order.push(exit.to);
                }
            }
        }
        order
    }
}

fn longer(one: (f64, NodeAt), other: (f64, NodeAt)) -> (f64, NodeAt) {
    if other.0 > one.0 { other } else { one }
}
