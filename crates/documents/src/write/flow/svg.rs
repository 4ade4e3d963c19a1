//! A flow as SVG: symbols of GB/T 1526, and the same in words for who does not see it.

use domain::flow::{
    Flow, Symbol,
    drawing::{Drawing, LABEL_SIZE, Line, NAME_SIZE, NOTE_SIZE, Placed, Point},
};

use super::{FlowPaper, told};
use crate::write::xml::{Element, el};

/// Fonts that machines of offices have, then whatever the machine takes for its own.
const FONTS: &str = "Microsoft YaHei, SimSun, PingFang SC, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif";

const INK: &str = "#17212d";
const NOTE_INK: &str = "#4a5663";

/// Draws the flow under this title.
pub fn flow_svg(flow: &Flow, title: &str) -> Vec<u8> {
    let drawing = Drawing::of(flow);
    let size = (drawing.width, drawing.height);
    drawn(&drawing, title, &told(flow), &View { size, corner: (0, 0), extent: size }).to_file()
}

/// Draws the flow in the middle of a sheet, smaller where it would not fit on it.
pub fn flow_svg_on(flow: &Flow, title: &str, paper: FlowPaper) -> Vec<u8> {
    let drawing = Drawing::of(flow);
    let (width, height, margin) = paper.sheet();
    // What the sheet measures in the drawing's own points.
    let grown = |length: i32, room: i32, whole: i32| (length * whole / room + 1).max(whole);
    let wide = grown(drawing.width, width - 2 * margin, width);
    let high = grown(drawing.height, height - 2 * margin, height);
    let (wide, high) = match wide * height > high * width {
        true => (wide, wide * height / width),
        false => (high * width / height, high),
    };
    let sheet = View {
        size: (width, height),
        corner: (-(wide - drawing.width) / 2, -margin * wide / width),
        extent: (wide, high),
    };
    drawn(&drawing, title, &told(flow), &sheet).to_file()
}

/// How large a picture is, and what it shows of the plane that the flow is drawn on.
struct View {
    size: (i32, i32),
    corner: (i32, i32),
    extent: (i32, i32),
}

fn drawn(drawing: &Drawing, title: &str, words: &str, view: &View) -> Element {
    let ((width, height), (x, y), (wide, high)) = (view.size, view.corner, view.extent);
    el("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("width", format!("{width}pt"))
        .attr("height", format!("{height}pt"))
        .attr("viewBox", format!("{x} {y} {wide} {high}"))
        .attr("role", "img")
        .attr("aria-labelledby", "flow-title flow-words")
        .attr("font-family", FONTS)
        .attr("text-anchor", "middle")
        .child(el("title").attr("id", "flow-title").text(title))
        .child(el("desc").attr("id", "flow-words").text(words))
        .child(
            el("rect")
                .attr("x", x.to_string())
                .attr("y", y.to_string())
                .attr("width", wide.to_string())
                .attr("height", high.to_string())
                .attr("fill", "#fff"),
        )
        .children(drawing.lines.iter().map(line))
        .children(drawing.nodes.iter().map(node))
}

fn node(it: &Placed) -> Element {
    let Placed { x, y, width, height, .. } = *it;
    let (middle_x, middle_y) = (x + width / 2, y + height / 2);
    let (kind, shape) = match it.symbol {
        Symbol::Start | Symbol::End => {
            let shape = el("ellipse")
                .attr("cx", middle_x.to_string())
                .attr("cy", middle_y.to_string())
                .attr("rx", (width / 2).to_string())
                .attr("ry", (height / 2).to_string());
            (if it.symbol == Symbol::Start { "start" } else { "end" }, shape)
        }
        Symbol::Step => {
            let shape = el("rect")
                .attr("x", x.to_string())
                .attr("y", y.to_string())
                .attr("width", width.to_string())
                .attr("height", height.to_string());
            ("step", shape)
        }
        Symbol::Condition => {
            let (right, bottom) = (x + width, y + height);
            let corners =
                format!("{middle_x},{y} {right},{middle_y} {middle_x},{bottom} {x},{middle_y}");
            ("condition", el("polygon").attr("points", corners))
        }
    };
    el("g")
        .attr("data-node", it.node.to_string())
        .attr("data-symbol", kind)
        .child(shape.attr("fill", "#fff").attr("stroke", INK))
        .children(words(it, middle_x, middle_y))
}

/// The name, and the note below it, in the middle of the symbol.
fn words(it: &Placed, x: i32, middle: i32) -> Vec<Element> {
    let lines = it.name.iter().map(|line| (line, NAME_SIZE, INK));
    let lines: Vec<(&String, i32, &'static str)> =
        lines.chain(it.note.iter().map(|line| (line, NOTE_SIZE, NOTE_INK))).collect();
    let total: i32 = lines.iter().map(|it| spacing(it.1)).sum();
    let mut top = middle - total / 2;
    let mut words = Vec::new();
    for (line, size, ink) in lines {
        words.push(text(line, x, top, size).attr("fill", ink));
        top += spacing(size);
    }
    words
}

/// Lines are set 1.3 of their size apart.
fn spacing(size: i32) -> i32 {
    size * 13 / 10
}

fn text(line: &str, x: i32, top: i32, size: i32) -> Element {
    el("text")
        .attr("x", x.to_string())
        .attr("y", (top + size).to_string())
        .attr("font-size", size.to_string())
        .text(line)
}

fn line(it: &Line) -> Element {
    let path =
        it.points.iter().enumerate().map(|(nth, point)| {
            format!("{}{} {}", if nth == 0 { "M" } else { "L" }, point.x, point.y)
        });
    let path = el("path")
        .attr("d", path.collect::<Vec<_>>().join(" "))
        .attr("fill", "none")
        .attr("stroke", INK);
    let label = it.label.iter().flat_map(|label| {
        label.lines.iter().enumerate().map(|(nth, line)| {
            text(line, label.x, label.y + nth as i32 * spacing(LABEL_SIZE), LABEL_SIZE)
                .attr("text-anchor", "start")
                .attr("fill", INK)
        })
    });
    let arrow = it.has_arrow.then(|| arrow(&it.points)).flatten();
    el("g")
        .attr("data-from", it.from.to_string())
        .attr("data-to", it.to.to_string())
        .child(path)
        .children(arrow)
        .children(label)
}

/// The head of an arrow at the end of a line.
fn arrow(points: &[Point]) -> Option<Element> {
    let [.., before, Point { x, y }] = *points else { return None };
    let (dx, dy) = ((x - before.x).signum(), (y - before.y).signum());
    // Back along the line, and out to both of its sides.
    let side = |out: i32| format!("{},{}", x - 6 * dx + out * dy, y - 6 * dy + out * dx);
    let corners = format!("{x},{y} {} {}", side(3), side(-3));
    Some(el("polygon").attr("points", corners).attr("fill", INK))
}
