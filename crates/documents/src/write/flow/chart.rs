//! 权力运行流程图 and 岗位说明 as Word.

use domain::{
    flow::{
        Flow,
        drawing::{Drawing, Paper},
    },
    item::ItemRecord,
    standard::Standard,
};

use super::{flow_of, posts, shapes, told};
use crate::write::word::{Align, Document, Font, HEADING_FONT, Page, Paragraph, TITLE_FONT};

const BODY: Font<'static> = Font::new("仿宋_GB2312", 24);

/// The page, and the room for a drawing on it below its heading.
const UPRIGHT: (Page, Paper) = (Page::A4, Paper { width: 464, height: 640 });
const LANDSCAPE: (Page, Paper) = (Page::A4_LANDSCAPE, Paper { width: 728, height: 390 });

/// Draws the flow of each item that has steps, and the table of its posts after it; on A4,
/// turned where most of the drawings are wider than high.
pub fn flow_docx(items: &[ItemRecord], standard: &Standard, title: &str) -> Vec<u8> {
    let flows: Vec<(&ItemRecord, Flow)> =
        items.iter().filter_map(|item| Some((item, flow_of(item)?))).collect();
    let drawings: Vec<Drawing> = flows.iter().map(|it| Drawing::of(&it.1)).collect();
    let is_wide = |it: &&Drawing| it.width > UPRIGHT.1.width && it.width > it.height;
    let n_wide = drawings.iter().filter(is_wide).count();
    let (page, paper) = if 2 * n_wide > drawings.len() { LANDSCAPE } else { UPRIGHT };
    let mut document = Document::new(title, page, BODY);
    let mut n_groups = 0;
    for (nth, ((item, flow), drawing)) in flows.iter().zip(&drawings).enumerate() {
        let words = told(flow);
        let heading = format!("{}流程图", item.name());
        document.push(head(&heading, nth > 0));
        for piece in drawing.pages(paper) {
            let group = shapes::group(&piece, n_groups, (paper.width, paper.height), &words);
            document.push(Paragraph::new().align(Align::Center).drawing(group));
            n_groups += 1;
        }
        push_posts(&mut document, item, standard, page);
    }
    document.finish()
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
