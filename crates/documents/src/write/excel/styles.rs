use super::{
    super::xml::{Element, el},
    MAIN,
};

/// Returns the styles; the order of the cell formats is that of `Look`.
pub(super) fn styles() -> Element {
    let font = |bold: bool| {
        el("font")
            .children(bold.then(|| el("b")))
            .child(el("sz").number("val", 11))
            .child(el("name").attr("val", "宋体"))
            .child(el("charset").number("val", 134))
    };
    let grey = el("patternFill")
        .attr("patternType", "solid")
        .child(el("fgColor").attr("rgb", "FFF1F5F9"))
        .child(el("bgColor").number("indexed", 64));
    let pattern =
        |kind: &'static str| el("fill").child(el("patternFill").attr("patternType", kind));
    let fills = [pattern("none"), pattern("gray125"), el("fill").child(grey)];
    let bottom = el("bottom").attr("style", "thin").child(el("color").attr("rgb", "FFBFC9D4"));
    let border = |bottom: Element| {
        el("border").children([el("left"), el("right"), el("top"), bottom]).child(el("diagonal"))
    };
    el("styleSheet")
        .attr("xmlns", MAIN)
        .child(counted("fonts", vec![font(false), font(true)]))
        .child(counted("fills", fills.into()))
        .child(counted("borders", vec![border(el("bottom")), border(bottom)]))
        .child(counted("cellStyleXfs", vec![format(0, [0; 3], None, false)]))
        .child(counted("cellXfs", cell_formats()))
}

fn cell_formats() -> Vec<Element> {
    let default = format(0, [0; 3], None, true);
    let header = format(49, [1, 2, 1], Some(("center", true)), true);
    // Format 49 is @: what is typed into the cell later stays text too.
    let text = format(49, [0; 3], Some(("top", true)), true);
    let line = format(49, [0; 3], Some(("top", false)), true);
    let number = format(1, [0; 3], Some(("top", false)), true);
    vec![default, header, text, line, number]
}

/// One format: number format; font, fill and border; vertical place and wrapping.
fn format(
    number: u32,
    parts: [u32; 3],
    align: Option<(&'static str, bool)>,
    of_cell: bool,
) -> Element {
    let [font, fill, border] = parts;
    let mut format = el("xf")
        .number("numFmtId", number)
        .number("fontId", font)
        .number("fillId", fill)
        .number("borderId", border);
    if of_cell {
        format = format.number("xfId", 0).attr("applyNumberFormat", "1");
    }
    let Some((vertical, wraps)) = align else { return format };
    let mut alignment = el("alignment").attr("horizontal", "left").attr("vertical", vertical);
    if wraps {
        alignment = alignment.attr("wrapText", "1");
    }
    format.attr("applyAlignment", "1").child(alignment)
}

fn counted(name: &'static str, children: Vec<Element>) -> Element {
    el(name).attr("count", children.len().to_string()).children(children)
}
