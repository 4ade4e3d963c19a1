//! The parts of a Word file beside its body: styles, settings, fonts, footer.

use super::{
    super::xml::{Element, el},
    Align, Font, HEADING_FONT, Paragraph, TITLE_FONT, W,
};

/// Fonts that many machines lack, with the ones of the same face that they have.
const STAND_INS: [(&str, &str); 4] = [
    ("仿宋_GB2312", "仿宋"),
    ("楷体_GB2312", "楷体"),
    ("方正小标宋简体", "宋体"),
    ("黑体", "SimHei"),
];

pub(super) fn styles(font: Font<'_>) -> Element {
    let language = el("w:lang").attr("w:val", "en-US").attr("w:eastAsia", "zh-CN");
    let defaults = el("w:docDefaults")
        .child(el("w:rPrDefault").child(font.properties().child(language)))
        .child(el("w:pPrDefault"));
    let style = |kind: &'static str, id: &'static str, name: &'static str| {
        el("w:style")
            .attr("w:type", kind)
            .attr("w:styleId", id)
            .child(el("w:name").attr("w:val", name))
    };
    let headed = |id: &'static str, name: &'static str, font: Font<'_>, level: u32| {
        let outline = el("w:outlineLvl").number("w:val", level);
        style("paragraph", id, name)
            .child(el("w:basedOn").attr("w:val", "Normal"))
            .child(el("w:next").attr("w:val", "Normal"))
            .child(el("w:qFormat"))
            .child(el("w:pPr").child(el("w:keepNext")).child(outline))
            .child(font.properties())
    };
    let cells = ["w:left", "w:right"].map(|side| el(side).number("w:w", 85).attr("w:type", "dxa"));
    let table = el("w:tblPr").child(el("w:tblInd").number("w:w", 0).attr("w:type", "dxa"));
    el("w:styles")
        .attr("xmlns:w", W)
        .child(defaults)
        .child(style("paragraph", "Normal", "Normal").attr("w:default", "1").child(el("w:qFormat")))
        .child(headed("Heading1", "heading 1", TITLE_FONT, 0))
        .child(headed("Heading2", "heading 2", Font::new(HEADING_FONT, 28), 1))
        .children([("TOC1", "toc 1", 0), ("TOC2", "toc 2", 240)].map(|(id, name, indent)| {
            let lines = el("w:spacing").number("w:before", 60).number("w:after", 0);
            let indent = el("w:ind").number("w:left", indent);
            style("paragraph", id, name)
                .child(el("w:basedOn").attr("w:val", "Normal"))
                .child(el("w:next").attr("w:val", "Normal"))
                .child(el("w:uiPriority").number("w:val", 39))
                .child(el("w:pPr").child(lines).child(indent))
        }))
        .child(
            style("table", "TableNormal", "Normal Table")
                .attr("w:default", "1")
                .child(el("w:uiPriority").number("w:val", 99))
                .child(table.child(el("w:tblCellMar").children(cells))),
        )
}

pub(super) fn settings() -> Element {
    let mode = el("w:compatSetting")
        .attr("w:name", "compatibilityMode")
        .attr("w:uri", "http://schemas.microsoft.com/office/word")
        .attr("w:val", "15");
    el("w:settings")
        .attr("xmlns:w", W)
        .child(el("w:zoom").attr("w:percent", "100"))
        .child(el("w:characterSpacingControl").attr("w:val", "compressPunctuation"))
        .child(el("w:compat").child(mode))
}

pub(super) fn font_table(font: Font<'_>) -> Element {
    let own = (font.name, "");
    let all = STAND_INS.iter().copied().chain([own]);
    let mut named: Vec<&str> = Vec::new();
    let mut fonts = Vec::new();
    for (name, stand_in) in all {
        if named.contains(&name) {
            continue;
        }
        named.push(name);
        let alternative =
            (!stand_in.is_empty()).then(|| el("w:altName").attr("w:val", stand_in.to_owned()));
        let entry = el("w:font").attr("w:name", name.to_owned()).children(alternative);
        fonts.push(entry.child(el("w:charset").attr("w:val", "86")));
    }
    el("w:fonts").attr("xmlns:w", W).children(fonts)
}

pub(super) fn footer(remark: &str, font: Font<'_>) -> Element {
    let font = Font::new(font.name, 18);
    let lead = if remark.is_empty() { "第 ".to_owned() } else { format!("{remark}　　第 ") };
    let line = Paragraph::of(&lead, font)
        .field("PAGE", font)
        .run(" 页，共 ", font)
        .field("NUMPAGES", font)
        .run(" 页", font)
        .align(Align::Center);
    el("w:ftr").attr("xmlns:w", W).child(line.into())
}
