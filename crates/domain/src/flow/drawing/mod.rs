//! 流程图: where each symbol, line and word of a flow stands.
//!
//! Lengths are points, 1/72 inch, in whole numbers; x runs to the right and y down from the
//! top left corner. The same flow gives the same drawing on every machine. All that draws
//! (SVG, Word, BPMN) draws this.

mod columns;
mod grid;
mod layers;
mod pages;
mod route;
#[cfg(test)]
mod tests;
mod text;

pub use self::pages::Paper;
use super::{Flow, NodeAt, Symbol};
use grid::Grid;

/// The size of a name, a post or time limit below it, and a condition.
pub const NAME_SIZE: i32 = 10;
pub const NOTE_SIZE: i32 = 8;
pub const LABEL_SIZE: i32 = 9;

/// The room around a drawing.
const MARGIN: i32 = 8;

/// 流程图。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    pub nodes: Vec<Placed>,
    pub lines: Vec<Line>,
    /// Where lines go on from one page to another; none on a drawing in one piece.
    pub connectors: Vec<Connector>,
}

/// 画好位置的图形。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub node: NodeAt,
    pub symbol: Symbol,
    /// The top left corner.
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// The name, broken into lines.
    pub name: Vec<String>,
    /// Post and time limit, broken into lines, smaller.
    pub note: Vec<String>,
}

/// 流线，从一个图形到下一个；横平竖直。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub from: NodeAt,
    pub to: NodeAt,
    pub points: Vec<Point>,
    pub label: Option<Label>,
    /// Whether it ends in an arrow here, and not on another page.
    pub has_arrow: bool,
}

/// 条件的文字，在线旁边。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The top left corner.
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub lines: Vec<String>,
}

/// 连接符：线断在这里，接在另一页的同一个字母上。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    /// The middle of the circle.
    pub x: i32,
    pub y: i32,
    pub radius: i32,
    pub letter: String,
}

/// 一个点。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

impl Drawing {
    /// Lays a flow out from top to bottom, in one piece.
    pub fn of(flow: &Flow) -> Drawing {
        let (grid, y) = route::settled(Grid::of(flow));
        let nodes = flow.nodes.iter().enumerate().map(|(at, node)| {
            let cell = &grid.cells[at];
            let (name, note) = text::of_node(node);
            Placed {
                node: at,
                symbol: node.symbol,
                x: cell.x - cell.width / 2,
                y: y.middle(cell.layer) - cell.height / 2,
                width: cell.width,
                height: cell.height,
                name,
                note,
            }
        });
        let nodes: Vec<Placed> = nodes.collect();
        let mut lines = Vec::new();
        for (at, exit) in flow.exits.iter().enumerate() {
            let label = grid.labels[at].map(|cell| label_at(&grid, &y, cell, &exit.label));
            let points = y.points(&grid, at);
            lines.push(Line { from: exit.from, to: exit.to, points, label, has_arrow: true });
        }
        Drawing { width: 0, height: 0, nodes, lines, connectors: Vec::new() }.trimmed()
    }

    /// Moves all of it to the corner, and measures it.
    fn trimmed(mut self) -> Drawing {
        let left = self.boxes().map(|it| it.0).min().unwrap_or(0);
        let top = self.boxes().map(|it| it.1).min().unwrap_or(0);
        self.shift(MARGIN - left, MARGIN - top);
        self.width = self.boxes().map(|it| it.2).max().unwrap_or(0) + MARGIN;
        self.height = self.boxes().map(|it| it.3).max().unwrap_or(0) + MARGIN;
        self
    }

    /// Left, top, right and bottom of all that is drawn.
    fn boxes(&self) -> impl Iterator<Item = (i32, i32, i32, i32)> {
        let nodes = self.nodes.iter().map(|it| (it.x, it.y, it.x + it.width, it.y + it.height));
        let labels = self.lines.iter().filter_map(|it| it.label.as_ref());
        let labels = labels.map(|it| (it.x, it.y, it.x + it.width, it.y + it.height));
        let points = self.lines.iter().flat_map(|it| &it.points).map(|it| (it.x, it.y, it.x, it.y));
        let connectors = self.connectors.iter();
        let connectors = connectors
            .map(|it| (it.x - it.radius, it.y - it.radius, it.x + it.radius, it.y + it.radius));
        nodes.chain(labels).chain(points).chain(connectors)
    }

    fn shift(&mut self, dx: i32, dy: i32) {
        for node in &mut self.nodes {
            node.x += dx;
            node.y += dy;
        }
        for line in &mut self.lines {
            for point in &mut line.points {
                point.x += dx;
                point.y += dy;
            }
            if let Some(label) = &mut line.label {
                label.x += dx;
                label.y += dy;
            }
        }
        for connector in &mut self.connectors {
            connector.x += dx;
            connector.y += dy;
        }
    }
}

/// A label stands to the right of its line, in the cell that the line runs through.
fn label_at(grid: &Grid, y: &route::Heights, cell: usize, label: &str) -> Label {
    let cell = &grid.cells[cell];
    let lines = text::of_label(label);
    let width = text::widest(&lines, LABEL_SIZE);
    let height = text::height(&lines, LABEL_SIZE);
    Label {
        x: cell.x + grid::LABEL_GAP,
        y: y.middle(cell.layer) - height / 2,
        width,
        height,
        lines,
    }
}
