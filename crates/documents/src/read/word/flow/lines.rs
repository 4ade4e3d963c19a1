//! Where the lines of a drawing run, and how far that is from what stands beside them.

use super::super::model::{Area, Point, Shape};

/// Where a line that says nothing of it bends: in the middle.
const MIDDLE: f64 = 0.5;

/// The points that a line runs through, from where it begins to where it ends.
pub(super) fn course(line: &Shape) -> Vec<Point> {
    let Area { x, y, width, height } = line.area;
    let (across, down) = line.flipped;
    let (sine, cosine) = line.turned.to_radians().sin_cos();
    let place = |(right, below): Point| {
        let right = if across { 1.0 - right } else { right } - 0.5;
        let below = if down { 1.0 - below } else { below } - 0.5;
        let (right, below) = (right * width, below * height);
        let turned = (right * cosine - below * sine, right * sine + below * cosine);
        (x + width / 2.0 + turned.0, y + height / 2.0 + turned.1)
    };
    shares(line).into_iter().map(place).collect()
}

/// The same as shares of its width and height.
fn shares(line: &Shape) -> Vec<Point> {
    if let Some(ends) = arrow_ends(line) {
        return ends.to_vec();
    }
    if line.outline.len() > 1 {
        return line.outline.clone();
    }
    let bend = |nth: usize| line.bends.get(nth).copied().unwrap_or(MIDDLE);
    let (first, second, third) = (bend(0), bend(1), bend(2));
    let inner = match line.geometry.as_str() {
        "bentConnector2" | "curvedConnector2" | "t33" => vec![(1.0, 0.0)],
        "bentConnector3" | "curvedConnector3" | "t34" | "t38" => vec![(first, 0.0), (first, 1.0)],
        "bentConnector4" | "curvedConnector4" | "t35" => {
            vec![(first, 0.0), (first, second), (1.0, second)]
        }
        "bentConnector5" | "curvedConnector5" | "t36" => {
            vec![(first, 0.0), (first, second), (third, second), (third, 1.0)]
        }
        _ => Vec::new(),
    };
    [vec![(0.0, 0.0)], inner, vec![(1.0, 1.0)]].concat()
}

/// The ends of a thick arrow within its area, as shares of width and height.
pub(super) fn arrow_ends(shape: &Shape) -> Option<[Point; 2]> {
    Some(match shape.geometry.as_str() {
        "downArrow" | "t67" => [(0.5, 0.0), (0.5, 1.0)],
        "upArrow" | "t68" => [(0.5, 1.0), (0.5, 0.0)],
        "rightArrow" | "t13" => [(0.0, 0.5), (1.0, 0.5)],
        "leftArrow" | "t66" => [(1.0, 0.5), (0.0, 0.5)],
        _ => return None,
    })
}

/// How far a point is from an area; nothing where it is within.
pub(super) fn gap(area: Area, point: Point) -> f64 {
    let across = (area.x - point.0).max(point.0 - area.x - area.width).max(0.0);
    let down = (area.y - point.1).max(point.1 - area.y - area.height).max(0.0);
    across.hypot(down)
}

/// How far a line is from an area; nothing where it runs through.
pub(super) fn clearance(area: Area, line: &[Point]) -> f64 {
    let pieces = line.windows(2).map(|it| clearance_of_piece(area, it[0], it[1]));
    pieces.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}

/// A straight piece is nearest at one of its ends, at what it has beside a corner of the area,
/// or where it passes one of the area's edges.
fn clearance_of_piece(area: Area, from: Point, to: Point) -> f64 {
    let (right, below) = (to.0 - from.0, to.1 - from.1);
    let length = right * right + below * below;
    let beside = |x: f64, y: f64| ((x - from.0) * right + (y - from.1) * below) / length;
    let (far_x, far_y) = (area.x + area.width, area.y + area.height);
    let along = [
        0.0,
        1.0,
        (area.x - from.0) / right,
        (far_x - from.0) / right,
        (area.y - from.1) / below,
        (far_y - from.1) / below,
        beside(area.x, area.y),
        beside(far_x, area.y),
        beside(area.x, far_y),
        beside(far_x, far_y),
    ];
    let along = along.into_iter().filter(|it| it.is_finite()).map(|it| it.clamp(0.0, 1.0));
    let gaps = along.map(|it| gap(area, (from.0 + it * right, from.1 + it * below)));
    gaps.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}
