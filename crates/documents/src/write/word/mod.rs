//! Word documents: page, styles and footer around a body.

mod contents;
mod measure;
mod paragraph;
mod picture;
mod settings;
mod table;

use quick_xml::Writer;

pub(super) use self::{
    contents::{Entry, contents},
    measure::height,
    paragraph::{Align, Font, Paragraph},
    picture::Picture,
    table::{Border, Cell, Merge, Table, edges},
};
use super::{
    package::Package,
    xml::{self, Element, el},
};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// 小标宋, the face of official titles.
pub(super) const TITLE_FONT: Font<'_> = Font::new("方正小标宋简体", 44);
/// 黑体, the face of headings.
pub(super) const HEADING_FONT: &str = "黑体";

/// 纸张与页边, in twentieths of a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) side: u32,
    pub(super) edge: u32,
}

impl Page {
    pub(super) const A4: Page = Page { width: 11906, height: 16838, side: 1304, edge: 1247 };
    pub(super) const A4_LANDSCAPE: Page =
        Page { width: 16838, height: 11906, side: 1134, edge: 1247 };
    pub(super) const A3: Page = Page { width: 16838, height: 23811, side: 1304, edge: 1247 };
    pub(super) const A3_LANDSCAPE: Page =
        Page { width: 23811, height: 16838, side: 1134, edge: 1247 };

    pub(super) const fn text_width(self) -> u32 {
        self.width - 2 * self.side
    }

    pub(super) const fn text_height(self) -> u32 {
        self.height - 2 * self.edge
    }
}

/// A document being written: paragraphs and tables, in order.
pub(super) struct Document {
    title: String,
    page: Page,
    font: String,
    half_points: u32,
    footer: String,
    body: Writer<Vec<u8>>,
    /// PNG files, in the order of their relations.
    pictures: Vec<Vec<u8>>,
}

impl Document {
    /// Starts a document; `font` is what everything is in that says nothing else.
    pub(super) fn new(title: &str, page: Page, font: Font<'_>) -> Document {
        Document {
            title: title.to_owned(),
            page,
            font: font.name.to_owned(),
            half_points: font.half_points,
            footer: String::new(),
            body: Writer::new(Vec::new()),
            pictures: Vec::new(),
        }
    }

    /// Puts a remark before the page number at the foot of each page.
    pub(super) fn with_footer(mut self, remark: &str) -> Document {
        self.footer = remark.to_owned();
        self
    }

    pub(super) fn push(&mut self, block: impl Into<Element>) {
        block.into().write(&mut self.body).expect("writing to memory does not fail");
    }

    /// Ends the section: what follows begins on a new page, which may lie another way.
    pub(super) fn end_section(&mut self, next: Page) {
        self.push(end_of_section(self.page));
        self.page = next;
    }

    /// Puts a section before all that was said so far.
    pub(super) fn precede(&mut self, blocks: Vec<Element>, page: Page) {
        let said = std::mem::replace(&mut self.body, Writer::new(Vec::new()));
        for block in blocks {
            self.push(block);
        }
        self.push(end_of_section(page));
        self.body.get_mut().extend_from_slice(said.get_ref());
    }

    /// Takes a PNG into the document; `words` say what it shows to who can not see it.
    pub(super) fn picture(&mut self, png: Vec<u8>, words: &str) -> Picture {
        self.pictures.push(png);
        Picture { relation: PARTS.len() + self.pictures.len(), words: words.to_owned() }
    }

    /// Returns the bytes of the .docx file.
    pub(super) fn finish(self) -> Vec<u8> {
        let font = Font::new(&self.font, self.half_points);
        let part = |name: &str| format!("word/{name}.xml");
        let mut package = Package::new(std::io::Cursor::new(Vec::new()));
        let mut write = || {
            let name = part("document");
            package.part(&name, DOCUMENT, &self.document())?;
            let parts = PARTS.map(|kind| (kind, format!("{kind}.xml")));
            let names = (1..=self.pictures.len()).map(|n| format!("media/{n}.png"));
            let pictures = names.clone().map(|name| ("image", name));
            let relations: Vec<_> = parts.into_iter().chain(pictures).collect();
            package.relations("word/_rels/document.xml.rels", &relations)?;
            for (name, png) in names.zip(&self.pictures) {
                package.part(&format!("word/{name}"), "image/png", png)?;
            }
            package.part(&part("styles"), STYLES, &settings::styles(font).to_file())?;
            package.part(&part("settings"), SETTINGS, &settings::settings().to_file())?;
            package.part(&part("fontTable"), FONTS, &settings::font_table(font).to_file())?;
            package.part(&part("footer"), FOOTER, &settings::footer(&self.footer, font).to_file())
        };
        write()
            .and_then(|()| package.finish("word/document.xml", &self.title))
            .expect("writing to memory does not fail")
            .into_inner()
    }

    fn document(&self) -> Vec<u8> {
        let section = section(self.page);
        let mut out = Writer::new(Vec::with_capacity(self.body.get_ref().len() + 2000));
        xml::declare(&mut out)
            .and_then(|()| {
                let bytes = out.get_mut();
                bytes.extend_from_slice(
                    format!(r#"<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>"#).as_bytes(),
                );
                bytes.extend_from_slice(self.body.get_ref());
                section.write(&mut out)
            })
            .expect("writing to memory does not fail");
        let mut bytes = out.into_inner();
        bytes.extend_from_slice(b"</w:body></w:document>");
        bytes
    }
}

fn section(page: Page) -> Element {
    let Page { width, height, side, edge } = page;
    let mut size = el("w:pgSz").number("w:w", width).number("w:h", height);
    if width > height {
        size = size.attr("w:orient", "landscape");
    }
    let margins = el("w:pgMar")
        .number("w:top", edge)
        .number("w:right", side)
        .number("w:bottom", edge)
        .number("w:left", side)
        .number("w:header", 680)
        .number("w:footer", 680)
        .number("w:gutter", 0);
    // The footer is the last of the document's own parts.
    let footer = el("w:footerReference").attr("w:type", "default").attr("r:id", "rId4");
    el("w:sectPr").child(footer).child(size).child(margins)
}

/// The paragraph that ends a section; it takes next to no room.
fn end_of_section(page: Page) -> Element {
    let mark = el("w:rPr").child(el("w:sz").number("w:val", 2));
    let spacing = el("w:spacing").number("w:line", 20).attr("w:lineRule", "exact");
    el("w:p").child(el("w:pPr").child(spacing).child(mark).child(section(page)))
}

/// The parts beside the body, in the order of their relations.
const PARTS: [&str; 4] = ["styles", "settings", "fontTable", "footer"];

const DOCUMENT: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const STYLES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
const SETTINGS: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml";
const FONTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml";
const FOOTER: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
