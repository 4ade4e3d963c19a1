//! What the lines of a drawing join: the shapes that they are glued to, else those at their ends.

use super::super::model::{Area, Shape};

/// A shape with text, as a step of a flow.
pub(super) struct Node {
    id: String,
    pub(super) text: String,
    pub(super) area: Area,
    pub(super) is_diamond: bool,
    pub(super) is_round: bool,
}

/// A line from one node to another, by their numbers.
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) begins: (f64, f64),
    pub(super) ends: (f64, f64),
    pub(super) word: String,
}

impl Node {
    pub(super) fn of(shape: &Shape) -> Node {
        let geometry = shape.geometry.as_str();
        Node {
            id: shape.id.clone(),
            text: shape.text().split_whitespace().collect(),
            area: shape.area,
            is_diamond: matches!(
                geometry,
                "flowChartDecision" | "diamond" | "flowChartPreparation" | "t110" | "t4"
            ),
            is_round: matches!(
                geometry,
                "ellipse" | "flowChartTerminator" | "flowChartConnector" | "oval" | "t116" | "t3"
            ),
        }
    }
}

/// Tells whether a shape is a thick arrow, which many draw instead of a line.
pub(super) fn is_arrow(shape: &Shape) -> bool {
    arrow_ends(shape).is_some()
}

/// The ends of a thick arrow within its area, as shares of width and height.
fn arrow_ends(shape: &Shape) -> Option<[(f64, f64); 2]> {
    Some(match shape.geometry.as_str() {
        "downArrow" | "t67" => [(0.5, 0.0), (0.5, 1.0)],
        "upArrow" | "t68" => [(0.5, 1.0), (0.5, 0.0)],
        "rightArrow" | "t13" => [(0.0, 0.5), (1.0, 0.5)],
        "leftArrow" | "t66" => [(1.0, 0.5), (0.0, 0.5)],
        _ => return None,
    })
}

impl Way {
    /// Finds out what a line joins; `None` where an end is free.
    pub(super) fn of(line: &Shape, nodes: &[Node]) -> Option<Way> {
        let [begins, ends] = points(line);
        let glued = |id: &Option<String>| {
            let id = id.as_ref()?;
            nodes.iter().position(|it| it.id == *id && !it.text.is_empty())
        };
        let from = glued(&line.from).or_else(|| nearest(begins, nodes, None))?;
        let to = glued(&line.to).or_else(|| nearest(ends, nodes, Some(from)))?;
        if from == to {
            return None;
        }
        let way = Way { from, to, begins, ends, word: line.text().split_whitespace().collect() };
        // The arrow is drawn where the line was begun.
        Some(match line.arrows {
            (true, false) => Way { from: to, to: from, begins: ends, ends: begins, ..way },
            _ => way,
        })
    }
}

/// Where a line begins and ends.
fn points(line: &Shape) -> [(f64, f64); 2] {
    let Area { x, y, width, height } = line.area;
    let (across, down) = line.flipped;
    let shares = arrow_ends(line).unwrap_or([(0.0, 0.0), (1.0, 1.0)]);
    let (sine, cosine) = line.turned.to_radians().sin_cos();
    shares.map(|(right, below)| {
        let right = if across { 1.0 - right } else { right } - 0.5;
        let below = if down { 1.0 - below } else { below } - 0.5;
        let (right, below) = (right * width, below * height);
        let turned = (right * cosine - below * sine, right * sine + below * cosine);
        (x + width / 2.0 + turned.0, y + height / 2.0 + turned.1)
    })
}

/// Finds the node at the end of a line, with a gap that a hand may leave.
fn nearest(point: (f64, f64), nodes: &[Node], except: Option<usize>) -> Option<usize> {
    let full =
        nodes.iter().enumerate().filter(|(at, it)| Some(*at) != except && !it.text.is_empty());
    let gap = |area: Area| {
        let across = (area.x - point.0).max(point.0 - area.x - area.width).max(0.0);
        let down = (area.y - point.1).max(point.1 - area.y - area.height).max(0.0);
        across.hypot(down)
    };
    let near = full.map(|(at, it)| (gap(it.area), it.area.height, at));
    let near = near.filter(|(gap, height, _)| gap <= &(0.6 * height));
    near.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(.., at)| at)
}

/// How far a point is from a line between two.
pub(super) fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (right, below) = (to.0 - from.0, to.1 - from.1);
    let length = right * right + below * below;
    let along = match length > 0.0 {
        true => ((point.0 - from.0) * right + (point.1 - from.1) * below) / length,
        false => 0.0,
    };
    let along = along.clamp(0.0, 1.0);
    (point.0 - from.0 - along * right).hypot(point.1 - from.1 - along * below)
}
