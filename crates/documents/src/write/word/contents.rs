//! 目录: a field that Word can make anew, with its entries already in it.

use super::{
    super::xml::{Element, el},
    Font, Page,
};

/// 目录里的一行
#[derive(Debug, Clone)]
pub(in super::super) struct Entry {
    /// 1 for a part, 2 for what is in it.
    pub(in super::super) level: u32,
    pub(in super::super) text: String,
    /// The number of the bookmark at its heading.
    pub(in super::super) bookmark: usize,
    /// The page, near enough: Word counts again when it opens the file.
    pub(in super::super) page: u32,
}

/// Returns the name of a heading's bookmark, as Word gives it to those of its own.
pub(super) fn anchor(bookmark: usize) -> String {
    format!("_Toc{bookmark:08}")
}

/// Returns the paragraphs of a table of contents over the headings of two levels.
pub(in super::super) fn contents(entries: &[Entry], page: Page, font: Font<'_>) -> Vec<Element> {
    let run = || el("w:r").child(font.properties());
    let mark = |kind: &'static str| run().child(el("w:fldChar").attr("w:fldCharType", kind));
    let code = |code: &str| {
        run().child(el("w:instrText").attr("xml:space", "preserve").text(&format!(" {code} ")))
    };
    let paragraph = |entry: &Entry, before: Vec<Element>| {
        let tab = el("w:tab")
            .attr("w:val", "right")
            .attr("w:leader", "dot")
            .number("w:pos", page.text_width());
        let properties = el("w:pPr")
            .child(el("w:pStyle").attr("w:val", format!("TOC{}", entry.level)))
            .child(el("w:tabs").child(tab));
        let anchor = anchor(entry.bookmark);
        let stale =
            run().child(el("w:fldChar").attr("w:fldCharType", "begin").attr("w:dirty", "true"));
        let number = [
            stale,
            code(&format!("PAGEREF {anchor} \\h")),
            mark("separate"),
            run().child(el("w:t").text(&entry.page.to_string())),
            mark("end"),
        ];
        let words = run().child(el("w:t").attr("xml:space", "preserve").text(&entry.text));
        let link = el("w:hyperlink").attr("w:anchor", anchor.clone()).attr("w:history", "1");
        let link = link.child(words).child(run().child(el("w:tab"))).children(number);
        el("w:p").child(properties).children(before).child(link)
    };
    let mut begun = vec![mark("begin"), code("TOC \\o \"1-2\" \\h \\z \\u"), mark("separate")];
    let entries = entries.iter().map(|entry| paragraph(entry, std::mem::take(&mut begun)));
    let mut paragraphs: Vec<Element> = entries.collect();
    paragraphs.push(el("w:p").children(begun).child(mark("end")));
    paragraphs
}
