//! A line of a flow as a Word connector, glued to the two shapes that it joins.

use domain::flow::{
    Symbol,
    drawing::{Line, Placed, Point},
};

use super::shapes::{EMU, INK, offset_and_extent};
use crate::write::xml::{Element, el};

/// How a connector is drawn: one of Word's own where one fits, so that Word draws it anew when a
/// shape is moved; else as the points run.
struct Geometry {
    /// Turned by so many 60,000ths of a degree.
    turned: u32,
    mirrored: bool,
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    shape: Element,
}

/// Returns the connector with this id, between the shapes of `from` and `to`, where they are on
/// this page.
pub(super) fn connector(
    id: u32,
    line: &Line,
    from: Option<(u32, &Placed)>,
    to: Option<(u32, &Placed)>,
) -> Element {
    let (first, last) = (line.points[0], line.points[line.points.len() - 1]);
    let glue = |name: &'static str, shape: Option<(u32, &Placed)>, point: Point| {
        let (id, placed) = shape?;
        let site = site(placed, point)?;
        Some(el(name).number("id", id).number("idx", site))
    };
    let glued = el("wps:cNvCnPr")
        .children(glue("a:stCxn", from, first))
        .children(glue("a:endCxn", to, last));
    let Geometry { turned, mirrored, left, top, width, height, shape } = geometry(&line.points);
    let mut frame = offset_and_extent("a:xfrm", left, top, width, height);
    if turned > 0 {
        frame = frame.number("rot", turned);
    }
    if mirrored {
        frame = frame.attr("flipH", "1");
    }
    let arrow = line.has_arrow.then(|| el("a:tailEnd").attr("type", "triangle"));
    let stroke = el("a:ln")
        .attr("w", "9525")
        .child(el("a:solidFill").child(el("a:srgbClr").attr("val", INK)))
        .children(arrow);
    let looks = el("wps:spPr").child(frame).child(shape).child(stroke);
    el("wps:wsp")
        .child(el("wps:cNvPr").number("id", id).attr("name", format!("流线 {id}")))
        .child(glued)
        .child(looks)
        .child(el("wps:bodyPr"))
}

/// The connection site at which a line meets a shape: an ellipse has eight, others four, each
/// counted from the top against the clock.
fn site(placed: &Placed, point: Point) -> Option<u32> {
    let is_ellipse = matches!(placed.symbol, Symbol::Start | Symbol::End);
    let step = if is_ellipse { 2 } else { 1 };
    if point.y == placed.y {
        Some(0)
    } else if point.y == placed.y + placed.height {
        Some(2 * step)
    } else if point.x == placed.x {
        Some(step)
    } else if point.x == placed.x + placed.width {
        Some(3 * step)
    } else {
        None
    }
}

fn geometry(points: &[Point]) -> Geometry {
    match *points {
        [a, b] if a.x == b.x && a.y <= b.y => preset("straightConnector1", a, b),
        [a, corner, b] if a.y == corner.y && corner.x == b.x && b.y >= a.y => {
            Geometry { mirrored: b.x < a.x, ..preset("bentConnector2", a, b) }
        }
        [a, track, _, b] if a.x == track.x && a.y < track.y && track.y < b.y => {
            across(a, b, track.y)
        }
        _ => drawn(points),
    }
}

fn preset(name: &'static str, a: Point, b: Point) -> Geometry {
    Geometry {
        turned: 0,
        mirrored: false,
        left: a.x.min(b.x),
        top: a.y.min(b.y),
        width: (b.x - a.x).abs(),
        height: (b.y - a.y).abs(),
        shape: preset_shape(name, None),
    }
}

fn preset_shape(name: &'static str, bend: Option<i32>) -> Element {
    let bend = bend.map(|at| el("a:gd").attr("name", "adj1").attr("fmla", format!("val {at}")));
    el("a:prstGeom").attr("prst", name).child(el("a:avLst").children(bend))
}

/// Down, across at `y`, and down: Word's connector runs across first, so it lies on its side.
fn across(a: Point, b: Point, y: i32) -> Geometry {
    let (long, wide) = (b.y - a.y, (b.x - a.x).abs());
    let (middle_x, middle_y) = ((a.x + b.x) / 2, (a.y + b.y) / 2);
    let to_right = b.x > a.x;
    Geometry {
        turned: if to_right { 16_200_000 } else { 5_400_000 },
        mirrored: to_right,
        left: middle_x - long / 2,
        top: middle_y - wide / 2,
        width: long,
        height: wide,
        shape: preset_shape("bentConnector3", Some((y - a.y) * 100_000 / long)),
    }
}

/// The line as its points run.
fn drawn(points: &[Point]) -> Geometry {
    let left = points.iter().map(|it| it.x).min().unwrap_or(0);
    let top = points.iter().map(|it| it.y).min().unwrap_or(0);
    let width = points.iter().map(|it| it.x).max().unwrap_or(0) - left;
    let height = points.iter().map(|it| it.y).max().unwrap_or(0) - top;
    let steps = points.iter().enumerate().map(|(nth, point)| {
        let at = el("a:pt")
            .attr("x", (i64::from(point.x - left) * EMU).to_string())
            .attr("y", (i64::from(point.y - top) * EMU).to_string());
        el(if nth == 0 { "a:moveTo" } else { "a:lnTo" }).child(at)
    });
    let path = el("a:path")
        .attr("w", (i64::from(width) * EMU).to_string())
        .attr("h", (i64::from(height) * EMU).to_string())
        .attr("fill", "none")
        .children(steps);
    let frame = el("a:rect").attr("l", "0").attr("t", "0").attr("r", "r").attr("b", "b");
    let shape = el("a:custGeom")
        .children(["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"].map(el))
        .child(frame)
        .child(el("a:pathLst").child(path));
    Geometry { turned: 0, mirrored: false, left, top, width, height, shape }
}
