//! 权力运行流程图 and 岗位说明 as Word.

use domain::{
    flow::{Flow, drawing::Drawing},
    item::ItemRecord,
    standard::Standard,
};

use super::{FlowPaper, flow_of, posts, shapes};
use crate::write::word::{Align, Document, Font, HEADING_FONT, Page, Paragraph, TITLE_FONT};

const BODY: Font<'static> = Font::new("仿宋_GB2312", 24);

/// Twentieths of a point in a point.
const TWIPS: u32 = 20;

/// What the headings of a chart and of its posts take, in twentieths of a point.
const HEADINGS: u32 = 1_800;

/// The chart of an item that has steps.
pub(in crate::write) struct Chart<'a> {
    item: &'a ItemRecord,
    standard: &'a Standard,
    flow: Flow,
    drawing: Drawing,
}

impl<'a> Chart<'a> {
    pub(in crate::write) fn of(item: &'a ItemRecord, standard: &'a Standard) -> Option<Chart<'a>> {
        let flow = flow_of(item)?;
        let drawing = Drawing::of(&flow);
        Some(Chart { item, standard, flow, drawing })
    }

    pub(in crate::write) fn title(&self) -> String {
        format!("{}流程图", self.item.name())
    }

    /// Puts it on an upright page below its heading, with its posts after it, and returns how
    /// many pages that takes. `n_groups` counts the drawings of the document.
    pub(in crate::write) fn push(
        &self,
        document: &mut Document,
        posts: Paragraph,
        n_groups: &mut u32,
    ) -> u32 {
        let page = FlowPaper::A4.page();
        let before = *n_groups;
        let last = self.push_drawing(document, FlowPaper::A4, n_groups);
        let table = posts::table(self.item, self.standard, BODY, page.text_width());
        let room = page.text_height();
        let left = room.saturating_sub(HEADINGS + last * TWIPS);
        let n_pages = (*n_groups - before).saturating_sub(1) + table.n_pages(left, room);
        document.push(posts);
        document.push(table);
        n_pages
    }

    /// Draws its pieces, and returns how high the last one is.
    fn push_drawing(&self, document: &mut Document, paper: FlowPaper, n_groups: &mut u32) -> u32 {
        let room = paper.room(&self.title());
        let mut height = 0;
        for piece in self.drawing.pages(room) {
            let most = (room.width, room.height);
            let group = shapes::group(&piece, &self.flow, *n_groups, most);
            document.push(Paragraph::new().align(Align::Center).drawing(group));
            *n_groups += 1;
            height = piece.height.unsigned_abs();
        }
        height
    }
}

/// Draws the flow of each item that has steps, and the table of its posts after it; where no
/// paper is asked for on A4, turned where most of the drawings are wider than high.
pub fn flow_docx(
    items: &[ItemRecord],
    standard: &Standard,
    title: &str,
    paper: Option<FlowPaper>,
) -> Vec<u8> {
    let charts: Vec<Chart<'_>> = items.iter().filter_map(|it| Chart::of(it, standard)).collect();
    let paper = paper.unwrap_or_else(|| fitting(&charts));
    let page = paper.page();
    let mut document = Document::new(title, page, BODY);
    let mut n_groups = 0;
    for (nth, chart) in charts.iter().enumerate() {
        document.push(head(&chart.title(), nth > 0));
        chart.push_drawing(&mut document, paper, &mut n_groups);
        push_posts(&mut document, chart.item, standard, page);
    }
    document.finish()
}

fn fitting(charts: &[Chart<'_>]) -> FlowPaper {
    let is_wide = |it: &&Chart<'_>| {
        let room = FlowPaper::A4.room(&it.title());
        it.drawing.width > room.width && it.drawing.width > it.drawing.height
    };
    let n_wide = charts.iter().filter(is_wide).count();
    if 2 * n_wide > charts.len() { FlowPaper::A4Landscape } else { FlowPaper::A4 }
}

/// Writes 岗位说明 alone, a table an item.
pub fn posts_docx(items: &[ItemRecord], standard: &Standard, title: &str) -> Vec<u8> {
    let page = Page::A4;
    let mut document = Document::new(title, page, BODY);
    let with_steps = items.iter().filter(|item| flow_of(item).is_some());
    for (nth, item) in with_steps.enumerate() {
        document.push(head(item.name(), nth > 0));
        push_posts(&mut document, item, standard, page);
    }
    document.finish()
}

fn push_posts(document: &mut Document, item: &ItemRecord, standard: &Standard, page: Page) {
    let heading = Paragraph::of("岗位说明", Font::new(HEADING_FONT, 28));
    document.push(heading.style("Heading2").keep_next().space(200, 120));
    document.push(posts::table(item, standard, BODY, page.text_width()));
}

fn head(text: &str, on_new_page: bool) -> Paragraph {
    let head = Paragraph::of(text, TITLE_FONT).style("Heading1").align(Align::Center);
    head.space(0, 160).on_new_page(on_new_page)
}
