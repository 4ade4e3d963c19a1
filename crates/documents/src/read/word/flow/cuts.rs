//! Lines that are cut at the end of a page, and go on at a connector of the same letter.

use std::collections::BTreeMap;

use super::ends::{Node, Way};

/// Joins the pieces of such lines; other lines stay as they are.
pub(super) fn joined(nodes: &[Node], pieces: Vec<Way>) -> Vec<Way> {
    let cuts = Cuts::of(nodes, &pieces);
    let whole = pieces.iter().filter(|way| cuts.at(way.from).is_none());
    let whole = whole.map(|way| {
        let mut way = way.clone();
        // No line has more pieces than there are.
        for _ in 0..pieces.len() {
            let Some(next) = cuts.at(way.to) else { break };
            way.to = pieces[next].to;
            if way.word.is_empty() {
                way.word.clone_from(&pieces[next].word);
            }
        }
        way
    });
    whole.collect()
}

/// The connectors at which lines are cut.
struct Cuts<'a> {
    nodes: &'a [Node],
    is_cut: Vec<bool>,
    /// The piece that begins at each letter.
    beginnings: BTreeMap<&'a str, usize>,
}

impl<'a> Cuts<'a> {
    /// Lines only begin, or only end, at such a connector, and at another of the same letter it
    /// is the other way about.
    fn of(nodes: &'a [Node], pieces: &[Way]) -> Cuts<'a> {
        let (mut begins, mut ends) = (vec![false; nodes.len()], vec![false; nodes.len()]);
        for way in pieces {
            (begins[way.from], ends[way.to]) = (true, true);
        }
        let is_one = |at: usize| is_connector(&nodes[at]) && begins[at] != ends[at];
        let mut beginnings = BTreeMap::new();
        for (nth, way) in pieces.iter().enumerate().filter(|(_, way)| is_one(way.from)) {
            beginnings.entry(nodes[way.from].name.as_str()).or_insert(nth);
        }
        let letters = pieces.iter().filter(|way| is_one(way.to)).map(|way| &nodes[way.to].name);
        let letters: Vec<&String> = letters.collect();
        beginnings.retain(|letter, _| letters.iter().any(|it| it == letter));
        let is_cut = |at| is_one(at) && beginnings.contains_key(nodes[at].name.as_str());
        let is_cut = (0..nodes.len()).map(is_cut).collect();
        Cuts { nodes, is_cut, beginnings }
    }

    /// Returns the piece that goes on where a line ends at this node, if it is cut there.
    fn at(&self, node: usize) -> Option<usize> {
        let name = self.nodes[node].name.as_str();
        self.is_cut[node].then(|| self.beginnings.get(name).copied()).flatten()
    }
}

/// A connector of GB/T 1526: a letter in a circle, maybe with a number; ① ② ③ as well.
pub(super) fn is_connector(node: &Node) -> bool {
    let mut chars = node.name.chars();
    let Some(first) = chars.next() else { return false };
    let is_letter = first.is_ascii_alphabetic() || ('\u{2460}'..='\u{2473}').contains(&first);
    node.is_round && is_letter && chars.as_str().len() < 3 && chars.all(|it| it.is_ascii_digit())
}
