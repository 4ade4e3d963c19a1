//! The layers of a drawing: which symbol stands in which, and at which x.
//!
//! A label is a cell of its own in the layer below its condition, so that nothing else comes
//! where it stands. A way back is a column beside what it passes, with a turn above and below.

use super::{
    columns::columns,
    layers::{Layers, ranks},
    text,
};
use crate::flow::{Exit, Flow};

/// The room between a line and its label.
pub(super) const LABEL_GAP: i32 = 5;

/// A symbol, a label or a turn, or a line on its way through a layer.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) layer: usize,
    /// The middle.
    pub(super) x: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    /// Whether it is only a line that comes through.
    pub(super) is_line: bool,
}

/// Cells in layers, and the way of each exit through them.
pub(super) struct Grid {
    /// Those of the flow's nodes first, in their order.
    pub(super) cells: Vec<Cell>,
    pub(super) n_layers: usize,
    /// The cells that an exit's line comes through, from its node to the next.
    pub(super) ways: Vec<Vec<usize>>,
    /// The cell of an exit's label.
    pub(super) labels: Vec<Option<usize>>,
}

impl Grid {
    pub(super) fn of(flow: &Flow) -> Grid {
        let mut plan = Plan::default();
        for node in &flow.nodes {
            let (width, height) = text::size_of(node);
            plan.cell(width, height);
        }
        for exit in &flow.exits {
            plan.exit(exit);
        }
        plan.laid_out()
    }
}

/// A piece of a way: down along a link, or up along it.
#[derive(Clone, Copy)]
enum Piece {
    Down(usize),
    Up(usize),
}

/// Cells, and links that each lead from a higher one to a lower one.
#[derive(Default)]
struct Plan {
    cells: Vec<Cell>,
    links: Vec<(usize, usize)>,
    ways: Vec<Vec<Piece>>,
    labels: Vec<Option<usize>>,
}

impl Plan {
    fn cell(&mut self, width: i32, height: i32) -> usize {
        self.cells.push(Cell { width, height, is_line: width == 0, ..Cell::default() });
        self.cells.len() - 1
    }

    fn link(&mut self, above: usize, below: usize) -> usize {
        self.links.push((above, below));
        self.links.len() - 1
    }

    fn exit(&mut self, exit: &Exit) {
        let mut way = Vec::new();
        let mut at = exit.from;
        let label = (!exit.label.is_empty()).then(|| {
            let lines = text::of_label(&exit.label);
            let width = text::widest(&lines, super::LABEL_SIZE) + LABEL_GAP;
            // The line runs through the middle, the words are on its right.
            self.cell(2 * width, text::height(&lines, super::LABEL_SIZE) + 4)
        });
        if let Some(label) = label {
            way.push(Piece::Down(self.link(at, label)));
            at = label;
        }
        if exit.is_back {
            let (above, below) = (self.cell(0, 0), self.cell(0, 0));
            way.push(Piece::Down(self.link(at, below)));
            way.push(Piece::Up(self.link(above, below)));
            way.push(Piece::Down(self.link(above, exit.to)));
        } else {
            way.push(Piece::Down(self.link(at, exit.to)));
        }
        self.ways.push(way);
        self.labels.push(label);
    }

    fn laid_out(mut self) -> Grid {
        let mut rank = ranks(self.cells.len(), &self.links);
        let (mut steps, mut between) = (Vec::new(), Vec::new());
        for &(above, below) in &self.links {
            let mut passed = Vec::new();
            let mut last = above;
            for layer in rank[above] + 1..rank[below] {
                let line = self.cells.len();
                self.cells.push(Cell { is_line: true, ..Cell::default() });
                rank.push(layer);
                steps.push((last, line));
                passed.push(line);
                last = line;
            }
            steps.push((last, below));
            between.push(passed);
        }
        let layers = Layers::of(&rank, &steps);
        let x = columns(&self.cells, &layers);
        for ((cell, layer), x) in self.cells.iter_mut().zip(rank).zip(x) {
            (cell.layer, cell.x) = (layer, x);
        }
        let ways = self.ways.iter().map(|way| self.way(way, &between)).collect();
        Grid { cells: self.cells, n_layers: layers.rows.len(), ways, labels: self.labels }
    }

    fn way(&self, pieces: &[Piece], between: &[Vec<usize>]) -> Vec<usize> {
        let mut way = Vec::new();
        for piece in pieces {
            let (link, is_up) = match *piece {
                Piece::Down(link) => (link, false),
                Piece::Up(link) => (link, true),
            };
            let (above, below) = self.links[link];
            let mut passed = vec![above];
            passed.extend(&between[link]);
            passed.push(below);
            if is_up {
                passed.reverse();
            }
            // Each piece begins where the one before ended.
            way.extend(passed.into_iter().skip(usize::from(!way.is_empty())));
        }
        way
    }
}
