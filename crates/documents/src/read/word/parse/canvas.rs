//! Drawn shapes, in both languages that Word draws in: where they are and what they are.

use quick_xml::events::BytesStart;

use super::{
    super::model::{Area, Block, Point, Shape},
    properties::attribute,
};

/// English Metric Units in a point: DrawingML measures in them.
const PER_POINT: f64 = 12_700.0;

/// The height of a line of text, as far as nobody has said another.
const LINE: f64 = 15.6 * PER_POINT;

/// A line that turns more often is a picture of something.
const MOST_POINTS: usize = 32;

/// The drawing that is being read.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    groups: Vec<Group>,
    shapes: Vec<Shape>,
    /// Where the drawing is anchored, and the name that Word gives it.
    anchor: (f64, f64),
    anchor_id: String,
    axis: Axis,
    /// The drawing moves with its paragraph, and is measured from there.
    moves: bool,
    /// How high the drawing is that stands in the line, and those before it.
    in_line: f64,
    above: f64,
    in_offset: bool,
    in_transform: bool,
    /// The coordinates of the outline that is read.
    outline: Point,
}

#[derive(Debug, Default, Clone, Copy)]
enum Axis {
    #[default]
    Across,
    Down,
}

/// A group: its place, and the coordinates that are used within.
#[derive(Debug, Default, Clone, Copy)]
struct Group {
    outer: Area,
    inner: Area,
}

impl Canvas {
    pub(super) fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "anchor" | "inline" => {
                (self.anchor, self.anchor_id) = ((0.0, 0.0), String::new());
                self.moves = true;
                self.in_line = 0.0;
            }
            "extent" if self.shapes.is_empty() => self.in_line = number(tag, "cy"),
            "docPr" => self.anchor_id = attribute(tag, "id").unwrap_or_default(),
            "positionH" => self.axis = Axis::Across,
            "positionV" => {
                self.axis = Axis::Down;
                let from = attribute(tag, "relativeFrom");
                self.moves = from.is_none_or(|it| it == "paragraph" || it == "line");
            }
            "posOffset" => self.in_offset = true,
            "wgp" | "grpSp" => self.groups.push(Group::default()),
            "wsp" => {
                self.shapes.push(Shape { id: self.anchor_id.clone(), ..Shape::default() });
            }
            "xfrm" => {
                self.in_transform = true;
                let is_on = |name| attribute(tag, name).is_some_and(|it| it == "1" || it == "true");
                self.change(|shape| {
                    shape.flipped = (is_on("flipH"), is_on("flipV"));
                    shape.turned = number(tag, "rot") / 60_000.0;
                });
            }
            "off" | "ext" | "chOff" | "chExt" if self.in_transform => self.place(name, tag),
            "path" => self.outline = (number(tag, "w"), number(tag, "h")),
            "pt" => self.run_through((number(tag, "x"), number(tag, "y"))),
            "group" | "rect" | "oval" | "roundrect" | "shape" | "line" => self.start_vml(name, tag),
            _ => self.describe(name, tag),
        }
    }

    fn describe(&mut self, name: &str, tag: &BytesStart<'_>) {
        let glued = || attribute(tag, "id");
        let arrow = |name| attribute(tag, name).is_some_and(|it| it != "none");
        self.change(|shape| match name {
            "cNvPr" => shape.id = glued().unwrap_or_default(),
            "cNvSpPr" => shape.is_text_box = attribute(tag, "txBox").is_some_and(|it| it != "0"),
            "cNvCnPr" => shape.is_line = true,
            "stCxn" => (shape.from, shape.is_line) = (glued(), true),
            "endCxn" => (shape.to, shape.is_line) = (glued(), true),
            "prstGeom" => {
                shape.geometry = attribute(tag, "prst").unwrap_or_default();
                // A connector of a flowchart is a circle in which a line ends.
                let is_connector = shape.geometry.contains("Connector");
                let is_symbol = shape.geometry.starts_with("flowChart");
                shape.is_line |= shape.geometry == "line" || (is_connector && !is_symbol);
            }
            "gd" if shape.is_line => shape.bends.extend(bend(tag)),
            "headEnd" => shape.arrows.0 = arrow("type"),
            "tailEnd" => shape.arrows.1 = arrow("type"),
            "stroke" => shape.arrows = (arrow("startarrow"), arrow("endarrow")),
            _ => {}
        });
    }

    /// Takes a point of an outline.
    fn run_through(&mut self, point: Point) {
        let size = self.outline;
        self.change(|shape| {
            let share = |at: f64, of: f64, whole: f64| {
                let of = if of > 0.0 { of } else { whole };
                if of > 0.0 { at / of } else { 0.0 }
            };
            if shape.outline.len() >= MOST_POINTS {
                return;
            }
            let Area { width, height, .. } = shape.area;
            shape.outline.push((share(point.0, size.0, width), share(point.1, size.1, height)));
        });
    }

    /// Text between elements of a drawing: only an offset is any.
    pub(super) fn say(&mut self, text: &str) {
        let Some(offset) = text.trim().parse().ok().filter(|_| self.in_offset) else { return };
        match self.axis {
            Axis::Across => self.anchor.0 = offset,
            Axis::Down => self.anchor.1 = offset,
        }
    }

    /// Puts what a text box holds into its shape, or makes one where none is open.
    pub(super) fn fill(&mut self, blocks: Vec<Block>, sizes: Vec<u32>) -> Option<Shape> {
        match self.shapes.last_mut() {
            Some(shape) => {
                shape.blocks.extend(blocks);
                shape.sizes.extend(sizes);
                None
            }
            None => Some(Shape { is_text_box: true, blocks, sizes, ..Shape::default() }),
        }
    }

    /// Ends an element; a shape that ends is handed over.
    pub(super) fn end(&mut self, name: &str, n_paragraphs: usize) -> Option<Shape> {
        match name {
            "posOffset" => self.in_offset = false,
            "xfrm" => self.in_transform = false,
            "inline" if self.shapes.is_empty() => self.above += self.in_line,
            "wgp" | "grpSp" | "group" => {
                self.groups.pop();
            }
            "wsp" | "rect" | "oval" | "roundrect" | "shape" | "line" => {
                let mut shape = self.shapes.pop()?;
                shape.area = self.placed(shape.area);
                if self.moves {
                    shape.area.y += n_paragraphs as f64 * LINE + self.above;
                }
                return Some(shape);
            }
            _ => {}
        }
        None
    }

    fn change(&mut self, change: impl FnOnce(&mut Shape)) {
        if let Some(shape) = self.shapes.last_mut() {
            change(shape);
        }
    }

    fn place(&mut self, name: &str, tag: &BytesStart<'_>) {
        let (at, size) =
            ((number(tag, "x"), number(tag, "y")), (number(tag, "cx"), number(tag, "cy")));
        let area = match (self.shapes.last_mut(), self.groups.last_mut()) {
            (Some(shape), _) => &mut shape.area,
            (None, Some(group)) if name.starts_with("ch") => &mut group.inner,
            // A picture in the group says where it is, too.
            (None, Some(group)) if group.outer.width == 0.0 => &mut group.outer,
            (None, Some(_)) => return,
            (None, None) => return,
        };
        match name {
            "off" | "chOff" => (area.x, area.y) = at,
            _ => (area.width, area.height) = size,
        }
    }

    /// Returns where an area is on the page, out of the groups that it is in.
    fn placed(&self, mut area: Area) -> Area {
        for group in self.groups.iter().rev() {
            let (across, down) = group.scale();
            area = Area {
                x: group.outer.x + (area.x - group.inner.x) * across,
                y: group.outer.y + (area.y - group.inner.y) * down,
                width: area.width * across,
                height: area.height * down,
            };
        }
        Area { x: area.x + self.anchor.0, y: area.y + self.anchor.1, ..area }
    }

    fn start_vml(&mut self, name: &str, tag: &BytesStart<'_>) {
        if self.shapes.is_empty() && self.groups.is_empty() {
            (self.anchor, self.moves) = ((0.0, 0.0), true);
        }
        let style = Style::of(tag);
        if name == "group" {
            let pair = |name| attribute(tag, name).map(|it| numbers(&it)).unwrap_or_default();
            let ((x, y), (width, height)) = (pair("coordorigin"), pair("coordsize"));
            let inner = Area { x, y, width, height };
            self.groups.push(Group { outer: style.area, inner });
            return;
        }
        let kind = attribute(tag, "type").unwrap_or_default();
        let kind = kind.rsplit('_').next().unwrap_or_default();
        let is_line = name == "line" || matches!(kind, "t32" | "t33" | "t34" | "t35" | "t20");
        let mut area = style.area;
        let mut flipped = style.flipped;
        if let (Some(from), Some(to)) = (attribute(tag, "from"), attribute(tag, "to")) {
            let ((x, y), (right, bottom)) = (numbers(&from), numbers(&to));
            area = Area {
                x: x.min(right),
                y: y.min(bottom),
                width: (right - x).abs(),
                height: (bottom - y).abs(),
            };
            flipped = (right < x, bottom < y);
        }
        self.shapes.push(Shape {
            id: attribute(tag, "id").unwrap_or_default(),
            geometry: if name == "shape" { kind.to_owned() } else { name.to_owned() },
            is_text_box: kind == "t202",
            is_line: is_line || attribute(tag, "connectortype").is_some_and(|it| it != "none"),
            turned: style.turned,
            area,
            flipped,
            ..Shape::default()
        });
    }
}

impl Group {
    fn scale(&self) -> (f64, f64) {
        let ratio = |outer: f64, inner: f64| match inner > 0.0 && outer > 0.0 {
            true => outer / inner,
            false => 1.0,
        };
        (ratio(self.outer.width, self.inner.width), ratio(self.outer.height, self.inner.height))
    }
}

/// What a VML shape's style says of its place.
#[derive(Debug, Default)]
struct Style {
    area: Area,
    flipped: (bool, bool),
    turned: f64,
}

impl Style {
    fn of(tag: &BytesStart<'_>) -> Style {
        let mut style = Style::default();
        let text = attribute(tag, "style").unwrap_or_default();
        for (name, value) in text.split(';').filter_map(|it| it.split_once(':')) {
            match name.trim() {
                "left" | "margin-left" => style.area.x += length(value),
                "top" | "margin-top" => style.area.y += length(value),
                "width" => style.area.width = length(value),
                "height" => style.area.height = length(value),
                "rotation" => style.turned = length(value),
                "flip" => style.flipped = (value.contains('x'), value.contains('y')),
                _ => {}
            }
        }
        style
    }
}

/// Reads a length; one without a unit is in the group's coordinates.
fn length(text: &str) -> f64 {
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..end].parse().unwrap_or(0.0);
    let unit = match &text[end..] {
        "pt" => PER_POINT,
        "in" => 72.0 * PER_POINT,
        "mm" => 72.0 / 25.4 * PER_POINT,
        "cm" => 72.0 / 2.54 * PER_POINT,
        "px" => 0.75 * PER_POINT,
        _ => 1.0,
    };
    if number.is_finite() { number * unit } else { 0.0 }
}

/// Reads where a preset line bends: `val 50000` is its middle.
fn bend(tag: &BytesStart<'_>) -> Option<f64> {
    let said = attribute(tag, "fmla")?;
    let share: f64 = said.strip_prefix("val ")?.trim().parse().ok()?;
    share.is_finite().then_some(share / 100_000.0)
}

fn numbers(text: &str) -> (f64, f64) {
    let (one, other) = text.split_once(',').unwrap_or((text, ""));
    (length(one), length(other))
}

fn number(tag: &BytesStart<'_>, name: &str) -> f64 {
    attribute(tag, name).map_or(0.0, |it| length(&it))
}
