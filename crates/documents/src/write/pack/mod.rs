//! 汇编: what an office hands over in one piece: 表一, each item's 表二 with its chart and
//! posts, as one Word file with contents, or as a folder of files.

mod zip;

use domain::{
    item::ItemRecord,
    standard::{Form, Layout, Standard},
};

pub use self::zip::pack_zip;
use super::{
    form::{Drawing, Title},
    word::{
        Align, Document, Entry, Font, HEADING_FONT, Page, Paragraph, TITLE_FONT, contents, height,
    },
};

const BODY: Font<'_> = Font::new("仿宋_GB2312", 24);
const HEADING: Font<'_> = Font::new(HEADING_FONT, 28);

/// 一个单位的全部事项，和它们的规范。
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    pub body: &'a str,
    /// The name of its region.
    pub region: &'a str,
    pub standard: &'a Standard,
    pub items: &'a [ItemRecord],
}

impl Office<'_> {
    fn title(&self) -> String {
        format!("{}政务服务事项汇编", self.body)
    }

    fn forms(&self, layout: Layout) -> impl Iterator<Item = &Form> {
        self.standard.forms.iter().filter(move |form| form.layout == layout)
    }

    fn drawing<'b>(&'b self, form: &'b Form) -> Drawing<'b> {
        Drawing::new(form, self.standard, self.body, self.region)
    }
}

/// Draws an office's forms as one document: contents, its lists, then item by item.
pub fn pack_docx(office: &Office<'_>) -> Vec<u8> {
    let lists = office.forms(Layout::List).count();
    let n_entries = lists + usize::from(!office.items.is_empty()) + office.items.len();
    let n_front = contents_pages(n_entries);
    let first = if lists > 0 { Page::A4_LANDSCAPE } else { Page::A4 };
    let document = Document::new(&office.title(), first, BODY);
    let mut pack = Pack { office, document, entries: Vec::new(), page: n_front + 1 };
    pack.lists();
    pack.items();
    let Pack { mut document, entries, .. } = pack;
    let title = Paragraph::of(&office.title(), TITLE_FONT).align(Align::Center).space(0, 400);
    let heading = Paragraph::of("目　录", HEADING).align(Align::Center).space(0, 160);
    let mut front = vec![title.into(), heading.into()];
    front.extend(contents(&entries, Page::A4, BODY));
    document.precede(front, Page::A4);
    document.finish()
}

/// Returns how many pages so many lines of contents take.
fn contents_pages(n_entries: usize) -> u32 {
    let line = height("", BODY.half_points, Page::A4.text_width()) + 60;
    let lines = u32::try_from(n_entries).unwrap_or(u32::MAX).saturating_mul(line);
    (lines + 2_000).div_ceil(Page::A4.text_height())
}

/// A pack under construction.
struct Pack<'a> {
    office: &'a Office<'a>,
    document: Document,
    entries: Vec<Entry>,
    /// The page that comes next.
    page: u32,
}

impl Pack<'_> {
    fn lists(&mut self) {
        let forms: Vec<&Form> = self.office.forms(Layout::List).collect();
        for (at, form) in forms.iter().enumerate() {
            let drawing = self.office.drawing(form);
            let bookmark = self.enter(1, drawing.title_text());
            let items = self.office.items;
            self.page += drawing.list(&mut self.document, items, Title::Heading, Some(bookmark));
            let is_last = at + 1 == forms.len();
            self.document.end_section(if is_last { Page::A4 } else { Page::A4_LANDSCAPE });
        }
    }

    /// Item by item, each on a page of its own.
    fn items(&mut self) {
        let forms: Vec<&Form> = self.office.forms(Layout::Sheet).collect();
        let drawings: Vec<Drawing<'_>> = forms.iter().map(|it| self.office.drawing(it)).collect();
        let titles: Vec<&str> = drawings.iter().map(Drawing::title_text).collect();
        let title = titles.join("、");
        for (at, item) in self.office.items.iter().enumerate() {
            if at == 0 {
                let bookmark = self.enter(1, &title);
                let part = Paragraph::of(&title, TITLE_FONT).style("Heading1");
                self.document.push(part.align(Align::Center).space(0, 200).bookmark(bookmark));
            }
            let name = format!("{}．{}", at + 1, item.name());
            let bookmark = self.enter(2, &name);
            let heading = Paragraph::of(&name, HEADING).style("Heading2").bookmark(bookmark);
            self.document.push(heading.on_new_page(at > 0).space(0, 120));
            for drawing in &drawings {
                self.page += drawing.sheet(&mut self.document, Some(item), at + 1, Title::Plain);
            }
        }
        self.document.push(Paragraph::hairline());
    }

    /// Notes a line of the contents, and returns the number of its bookmark.
    fn enter(&mut self, level: u32, text: &str) -> usize {
        let bookmark = self.entries.len() + 1;
        self.entries.push(Entry { level, text: text.to_owned(), bookmark, page: self.page });
        bookmark
    }
}

#[cfg(test)]
mod tests;
