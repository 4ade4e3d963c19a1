//! A flow as native Word shapes in one group, to be moved and edited in Word and WPS.

use domain::flow::{
    Flow, Symbol,
    drawing::{Connector, Drawing, LABEL_SIZE, Label, NAME_SIZE, NOTE_SIZE, Placed},
};

use super::{connectors::connector, told};
use crate::write::{
    word::Font,
    xml::{Element, el},
};

/// English metric units a point.
pub(super) const EMU: i64 = 12_700;
pub(super) const INK: &str = "17212D";

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const WPG: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

const FONT: &str = "宋体";

/// Returns the run that holds the drawing of a flow, or a piece of it, at most this large;
/// `page` tells several apart.
pub(super) fn group(drawing: &Drawing, flow: &Flow, page: u32, most: (i32, i32)) -> Element {
    // A thousandth is fine enough, and keeps to whole numbers.
    let fit = |room: i32, size: i32| (i64::from(room) * 1000 / i64::from(size.max(1))).min(1000);
    let scale = fit(most.0, drawing.width).min(fit(most.1, drawing.height));
    let scaled = |points: i32| i64::from(points) * EMU * scale / 1000;
    let (width, height) = (scaled(drawing.width), scaled(drawing.height));
    let size = |it: Element| it.attr("cx", width.to_string()).attr("cy", height.to_string());
    let ids = Ids { first: page * 10_000 + 1 };
    let frame = el("a:xfrm")
        .child(el("a:off").attr("x", "0").attr("y", "0"))
        .child(size(el("a:ext")))
        .child(el("a:chOff").attr("x", "0").attr("y", "0"))
        .child(
            el("a:chExt")
                .attr("cx", (i64::from(drawing.width) * EMU).to_string())
                .attr("cy", (i64::from(drawing.height) * EMU).to_string()),
        );
    let group = el("wpg:wgp")
        .child(el("wpg:cNvGrpSpPr"))
        .child(el("wpg:grpSpPr").child(frame))
        .children(shapes(drawing, flow, &ids, scale));
    let data = el("a:graphicData").attr("uri", WPG).child(group);
    let inline = el("wp:inline")
        .attr("distT", "0")
        .attr("distB", "0")
        .attr("distL", "0")
        .attr("distR", "0")
        .child(size(el("wp:extent")))
        .child(
            el("wp:docPr")
                .number("id", page + 1)
                .attr("name", format!("流程图 {}", page + 1))
                .attr("descr", told(flow)),
        )
        .child(el("wp:cNvGraphicFramePr"))
        .child(el("a:graphic").attr("xmlns:a", A).child(data));
    let choice = el("mc:Choice").attr("Requires", "wpg").child(el("w:drawing").child(inline));
    let either = el("mc:AlternateContent")
        .attr("xmlns:mc", MC)
        .attr("xmlns:wp", WP)
        .attr("xmlns:wpg", WPG)
        .attr("xmlns:wps", WPS)
        .child(choice);
    el("w:r").child(either)
}

struct Ids {
    first: u32,
}

impl Ids {
    fn node(&self, nth: usize) -> u32 {
        self.first + nth as u32
    }
}

fn shapes(drawing: &Drawing, flow: &Flow, ids: &Ids, scale: i64) -> Vec<Element> {
    let mut shapes = Vec::new();
    for (nth, node) in drawing.nodes.iter().enumerate() {
        shapes.push(symbol(ids.node(nth), node, &flow.nodes[node.node].name, scale));
    }
    let mut next = ids.node(drawing.nodes.len());
    for line in &drawing.lines {
        let placed = |node| {
            let nth = drawing.nodes.iter().position(|it| it.node == node)?;
            Some((ids.node(nth), &drawing.nodes[nth]))
        };
        shapes.push(connector(next, line, placed(line.from), placed(line.to)));
        next += 1;
        if let Some(it) = &line.label {
            let exit = flow.exits.iter().find(|exit| (exit.from, exit.to) == (line.from, line.to));
            let words = exit.map_or("", |exit| exit.label.as_str());
            shapes.push(label(next, it, words, scale));
            next += 1;
        }
    }
    for it in &drawing.connectors {
        shapes.push(page_connector(next, it, scale));
        next += 1;
    }
    shapes
}

/// Word breaks the words into lines anew: it is given them whole.
fn symbol(id: u32, it: &Placed, name: &str, scale: i64) -> Element {
    let shape = match it.symbol {
        Symbol::Start | Symbol::End => "ellipse",
        Symbol::Step => "rect",
        Symbol::Condition => "diamond",
    };
    let mut paragraphs = vec![paragraph(name, NAME_SIZE, scale, "center")];
    if !it.note.is_empty() {
        paragraphs.push(paragraph(&it.note.concat(), NOTE_SIZE, scale, "center"));
    }
    let frame = offset_and_extent("a:xfrm", it.x, it.y, it.width, it.height);
    let looks = el("wps:spPr").child(frame).child(preset(shape)).child(paper()).child(ink());
    boxed(id, name, looks, paragraphs, false)
}

/// The circle at which a line goes on over the page.
fn page_connector(id: u32, it: &Connector, scale: i64) -> Element {
    let (left, top, size) = (it.x - it.radius, it.y - it.radius, 2 * it.radius);
    let frame = offset_and_extent("a:xfrm", left, top, size, size);
    let looks = el("wps:spPr").child(frame).child(preset("flowChartConnector"));
    let looks = looks.child(paper()).child(ink());
    let letter = paragraph(&it.letter, NOTE_SIZE, scale, "center");
    boxed(id, &format!("连接符 {}", it.letter), looks, vec![letter], false)
}

fn label(id: u32, it: &Label, words: &str, scale: i64) -> Element {
    // A little wider than measured: fonts differ.
    let frame = offset_and_extent("a:xfrm", it.x, it.y, it.width + 4, it.height);
    let looks = el("wps:spPr").child(frame).child(preset("rect"));
    let looks = looks.child(el("a:noFill")).child(el("a:ln").child(el("a:noFill")));
    boxed(id, words, looks, vec![paragraph(words, LABEL_SIZE, scale, "left")], true)
}

fn boxed(id: u32, name: &str, looks: Element, words: Vec<Element>, is_text: bool) -> Element {
    let mut kind = el("wps:cNvSpPr");
    if is_text {
        kind = kind.attr("txBox", "1");
    }
    let body = el("wps:bodyPr")
        .attr("wrap", "square")
        .attr("lIns", "0")
        .attr("tIns", "0")
        .attr("rIns", "0")
        .attr("bIns", "0")
        .attr("anchor", "ctr")
        .child(el("a:noAutofit"));
    el("wps:wsp")
        .child(el("wps:cNvPr").number("id", id).attr("name", name.to_owned()))
        .child(kind)
        .child(looks)
        .child(el("wps:txbx").child(el("w:txbxContent").children(words)))
        .child(body)
}

fn paragraph(text: &str, size: i32, scale: i64, align: &'static str) -> Element {
    // A note stays smaller than a name, however small both are.
    let half_points = (i64::from(size) * 2 * scale / 1000).max(i64::from(size) - 2) as u32;
    let font = Font::new(FONT, half_points);
    let spacing = el("w:spacing")
        .number("w:before", 0)
        .number("w:after", 0)
        .number("w:line", half_points * 13)
        .attr("w:lineRule", "exact");
    let properties = el("w:pPr").child(spacing).child(el("w:jc").attr("w:val", align));
    let words = el("w:t").attr("xml:space", "preserve").text(text);
    el("w:p").child(properties).child(el("w:r").child(font.properties()).child(words))
}

pub(super) fn offset_and_extent(
    name: &'static str,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
) -> Element {
    let emu = |points: i32| (i64::from(points) * EMU).to_string();
    el(name)
        .child(el("a:off").attr("x", emu(x)).attr("y", emu(y)))
        .child(el("a:ext").attr("cx", emu(width)).attr("cy", emu(height)))
}

fn preset(shape: &'static str) -> Element {
    el("a:prstGeom").attr("prst", shape).child(el("a:avLst"))
}

fn paper() -> Element {
    el("a:solidFill").child(el("a:srgbClr").attr("val", "FFFFFF"))
}

fn ink() -> Element {
    let colour = el("a:solidFill").child(el("a:srgbClr").attr("val", INK));
    el("a:ln").attr("w", "9525").child(colour)
}
