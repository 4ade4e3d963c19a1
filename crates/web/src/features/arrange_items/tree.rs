//! 类型和目录: an office's tree at the side, and its items by state.

use domain::{edition::State, office::Directory, standard::Standard};
use store::{Lot, Tally, Under};

use super::view::View;
use crate::links::Link;

/// 树。
pub(super) struct Tree {
    pub(super) all: Node,
    pub(super) parts: Vec<Part>,
}

/// A part that a standard keeps apart; without a title where it keeps nothing apart.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) kinds: Vec<Kind>,
}

pub(super) struct Kind {
    pub(super) node: Node,
    pub(super) is_open: bool,
    /// Its 目录, and what is in none; empty where the office keeps none of this kind.
    pub(super) below: Vec<Node>,
}

pub(super) struct Node {
    pub(super) title: String,
    pub(super) n_items: i64,
    pub(super) link: Link,
    pub(super) is_here: bool,
}

/// What the tree is made of.
pub(super) struct Ground<'a> {
    pub(super) view: &'a View,
    pub(super) tallies: &'a [Tally],
    pub(super) directories: &'a [Directory],
    pub(super) standards: &'a [&'a Standard],
}

impl Ground<'_> {
    pub(super) fn tree(&self) -> Tree {
        let whole = View { body: self.view.body, ..View::default() };
        let parts = self.standards.iter().flat_map(|standard| self.parts(standard));
        let parts = parts.filter(|part| !part.kinds.is_empty()).collect();
        Tree { all: self.node("全部", count(self.tallies, |_| true), whole), parts }
    }

    fn parts(&self, standard: &Standard) -> Vec<Part> {
        let tree = standard.tree();
        let held: Vec<&str> =
            tree.iter().flat_map(|(_, kinds)| kinds).map(|it| it.code.as_str()).collect();
        let mut parts: Vec<Part> = Vec::new();
        for (title, kinds) in &tree {
            let several = self.standards.len() > 1;
            let title = match (several, title.is_empty()) {
                (false, _) => (*title).to_owned(),
                (true, true) => standard.title.clone(),
                (true, false) => format!("{}，{title}", standard.title),
            };
            let kinds = kinds.iter().map(|kind| self.kind(standard, &kind.code, &kind.label));
            parts.push(Part { title, kinds: kinds.collect() });
        }
        // What was imported under a kind that the standard does not know must not vanish.
        let mut strange: Vec<&str> = self
            .tallies
            .iter()
            .filter(|it| it.standard == standard.id && !held.contains(&it.kind.as_str()))
            .map(|it| it.kind.as_str())
            .collect();
        strange.sort_unstable();
        strange.dedup();
        let kinds = strange.into_iter().map(|kind| self.kind(standard, kind, kind)).collect();
        parts.push(Part { title: "规范里没有的类型".to_owned(), kinds });
        parts
    }

    fn kind(&self, standard: &Standard, code: &str, label: &str) -> Kind {
        let of_kind = |it: &Tally| it.standard == standard.id && it.kind == code;
        let place = |under| View {
            body: self.view.body,
            standard: Some(standard.id.clone()),
            kind: Some(code.to_owned()),
            under,
            lot: Lot::All,
        };
        let own = |it: &&Directory| it.standard == standard.id && it.kind == code;
        let mut below: Vec<Node> = self
            .directories
            .iter()
            .filter(own)
            .map(|it| {
                let n = count(self.tallies, |tally| tally.directory == Some(it.id));
                self.node(&it.name, n, place(Under::Directory(it.id)))
            })
            .collect();
        let n_loose = count(self.tallies, |it| of_kind(it) && it.directory.is_none());
        if !below.is_empty() && n_loose > 0 {
            below.push(self.node("不设目录", n_loose, place(Under::None)));
        }
        let is_current = self.view.kind.as_deref() == Some(code)
            && self.view.standard.as_ref() == Some(&standard.id);
        let n_items = count(self.tallies, of_kind);
        let node = self.node(label, n_items, place(Under::Any));
        Kind { node, is_open: is_current || n_items > 0, below }
    }

    fn node(&self, title: &str, n_items: i64, view: View) -> Node {
        let here = self.view.with_lot(Lot::All);
        Node { title: title.to_owned(), n_items, is_here: here == view, link: view.link() }
    }

    /// Returns the lists by state of what is looked at: those that hold something, and the
    /// usual ones.
    pub(super) fn lots(&self) -> Vec<Node> {
        let here: Vec<&Tally> = self.tallies.iter().filter(|it| self.is_here(it)).collect();
        let n = |lot: Lot| {
            let of_lot = here.iter().filter(|it| is_of(it, lot));
            of_lot.map(|it| it.n_items).sum::<i64>()
        };
        let standard = self.standards[0];
        let mut lots: Vec<Node> = Vec::new();
        for lot in LOTS {
            let (state, is_usual) = match lot {
                Lot::All => (None, true),
                Lot::Open(state) => (Some(state), state == State::InReview),
                Lot::Live(state) => (Some(state), state == State::Published),
                Lot::Ended => (Some(State::Withdrawn), false),
            };
            if !is_usual && n(lot) == 0 && self.view.lot != lot {
                continue;
            }
            let word = state.map_or("全部", |state| standard.state_word(state, None));
            // Where a region has one word for two states, ours tells them apart.
            let is_taken = lots.iter().any(|it| it.title == word);
            let title = match state.filter(|_| is_taken) {
                Some(state) => format!("{word}（{}）", state.label()),
                None => word.to_owned(),
            };
            let link = self.view.with_lot(lot).link();
            lots.push(Node { title, n_items: n(lot), link, is_here: self.view.lot == lot });
        }
        lots
    }

    fn is_here(&self, tally: &Tally) -> bool {
        let View { standard, kind, under, .. } = self.view;
        standard.as_ref().is_none_or(|it| *it == tally.standard)
            && kind.as_ref().is_none_or(|it| *it == tally.kind)
            && match under {
                Under::Any => true,
                Under::None => tally.directory.is_none(),
                Under::Directory(id) => tally.directory == Some(*id),
            }
    }

    /// Returns the title of what is looked at, and what it is.
    pub(super) fn title(&self) -> (String, String) {
        let View { standard, kind, under, .. } = self.view;
        let Some(kind) = kind else { return ("全部事项".to_owned(), String::new()) };
        let known = self.standards.iter().find(|it| Some(&it.id) == standard.as_ref());
        let label = known.map_or(kind.as_str(), |it| it.kind_label(kind)).to_owned();
        let directory = |it: &&Directory| *under == Under::Directory(it.id);
        match under {
            Under::Any => (label, String::new()),
            Under::None => ("不设目录".to_owned(), label),
            Under::Directory(_) => match self.directories.iter().find(directory) {
                Some(it) => (it.name.clone(), format!("{label}目录")),
                None => ("已作废的目录".to_owned(), label),
            },
        }
    }
}

const LOTS: [Lot; 8] = [
    Lot::All,
    Lot::Open(State::Draft),
    Lot::Open(State::Returned),
    Lot::Open(State::InReview),
    Lot::Open(State::Approved),
    Lot::Live(State::Published),
    Lot::Live(State::Suspended),
    Lot::Ended,
];

fn is_of(tally: &Tally, lot: Lot) -> bool {
    let open = tally.open.as_ref().map(|(state, _)| *state);
    match lot {
        Lot::All => true,
        Lot::Open(state) => open == Some(state),
        Lot::Live(state) => tally.live == Some(state),
        Lot::Ended => open.is_none() && tally.live.is_none(),
    }
}

fn count(tallies: &[Tally], counts: impl Fn(&Tally) -> bool) -> i64 {
    tallies.iter().filter(|it| counts(it)).map(|it| it.n_items).sum()
}
