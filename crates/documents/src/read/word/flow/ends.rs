//! What the lines of a drawing join: the shapes that they are glued to, else those at their ends.

use super::{
    super::model::{Area, Point, Shape},
    lines::{arrow_ends, course, gap},
    note::{Note, name_and_note},
};

/// A shape with text, as a step of a flow.
pub(super) struct Node {
    id: String,
    pub(super) name: String,
    pub(super) note: Note,
    pub(super) area: Area,
    pub(super) is_diamond: bool,
    pub(super) is_round: bool,
}

/// A line from one node to another, by their numbers.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) course: Vec<Point>,
    pub(super) word: String,
}

impl Node {
    pub(super) fn of(shape: &Shape) -> Node {
        let geometry = shape.geometry.as_str();
        let (name, note) = name_and_note(shape);
        Node {
            id: shape.id.clone(),
            name,
            note,
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

impl Way {
    /// Finds out what a line joins; `None` where an end is free.
    pub(super) fn of(line: &Shape, nodes: &[Node]) -> Option<Way> {
        let mut course = course(line);
        let (begins, ends) = (*course.first()?, *course.last()?);
        let glued = |id: &Option<String>| {
            let id = id.as_ref()?;
            nodes.iter().position(|it| it.id == *id && !it.name.is_empty())
        };
        let from = glued(&line.from).or_else(|| nearest(begins, nodes, None))?;
        let to = glued(&line.to).or_else(|| nearest(ends, nodes, Some(from)))?;
        if from == to {
            return None;
        }
        let word = line.text().split_whitespace().collect();
        // The arrow is drawn where the line was begun.
        Some(match line.arrows {
            (true, false) => {
                course.reverse();
                Way { from: to, to: from, course, word }
            }
            _ => Way { from, to, course, word },
        })
    }
}

/// Finds the node at the end of a line, with a gap that a hand may leave.
fn nearest(point: Point, nodes: &[Node], except: Option<usize>) -> Option<usize> {
    let full =
        nodes.iter().enumerate().filter(|(at, it)| Some(*at) != except && !it.name.is_empty());
    let near = full.filter(|(_, it)| gap(it.area, point) <= 0.6 * it.area.height);
    let nearest = near.min_by(|(_, one), (_, other)| {
        let by = |it: &Node| (gap(it.area, point), from_middle(it.area, point));
        let (one, other) = (by(one), by(other));
        one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    nearest.map(|(at, _)| at)
}

fn from_middle(area: Area, point: Point) -> f64 {
    (area.x + area.width / 2.0 - point.0).hypot(area.y + area.height / 2.0 - point.1)
}
