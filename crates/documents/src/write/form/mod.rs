//! 表一、表二 and whatever other forms a standard asks for, as Word.

mod list;
mod nested;
mod rows;
mod sheet;

use domain::{
    item::{ItemRecord, title_text},
    standard::{Form, Layout, Place, Standard, ValueKind},
};

use super::word::{Align, Document, Font, Page, Paragraph};

/// Rows of a form leave room for a line written by hand: 8 mm.
const ROW_HEIGHT: u32 = 454;

/// What a title takes, and the line under it.
const TITLE_HEIGHT: u32 = 1_400;

/// Draws a form for one body's items: a list is one table, a sheet form one sheet an item.
///
/// A sheet form without items is a blank sheet.
pub fn form_docx(
    form: &Form,
    standard: &Standard,
    items: &[ItemRecord],
    body: &str,
    region: &str,
) -> Vec<u8> {
    let drawing = Drawing::new(form, standard, body, region);
    let mut document = Document::new(&drawing.title, drawing.page(), drawing.font);
    match (form.layout, items) {
        (Layout::List, items) => {
            drawing.list(&mut document, items, Title::Heading, None);
        }
        (Layout::Sheet, []) => {
            drawing.sheet(&mut document, None, 1, Title::Heading);
        }
        (Layout::Sheet, items) => {
            for (at, item) in items.iter().enumerate() {
                let title = if at > 0 { Title::HeadingOnNewPage } else { Title::Heading };
                drawing.sheet(&mut document, Some(item), at + 1, title);
            }
        }
    }
    document.push(Paragraph::hairline());
    document.finish()
}

/// How a form's title stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Heading,
    HeadingOnNewPage,
    /// Something else is the heading.
    Plain,
}

/// What both layouts draw with.
pub(super) struct Drawing<'a> {
    form: &'a Form,
    standard: &'a Standard,
    title: String,
    font: Font<'a>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        form: &'a Form,
        standard: &'a Standard,
        body: &str,
        region: &str,
    ) -> Drawing<'a> {
        let font = Font::new(&form.font, form.size_pt * 2);
        Drawing { form, standard, title: title_text(form, body, region), font }
    }

    pub(super) fn page(&self) -> Page {
        match self.form.layout {
            Layout::List => Page::A4_LANDSCAPE,
            Layout::Sheet => Page::A4,
        }
    }

    pub(super) fn title_text(&self) -> &str {
        &self.title
    }

    fn title(&self, title: Title) -> Paragraph {
        let font = Font::new(&self.form.title_font, self.form.title_size_pt * 2);
        let paragraph = Paragraph::of(&self.title, font).align(Align::Center).space(0, 200);
        match title {
            Title::Plain => paragraph.keep_next(),
            Title::Heading => paragraph.style("Heading1"),
            Title::HeadingOnNewPage => paragraph.style("Heading1").on_new_page(true),
        }
    }

    /// Words read from the left; codes, numbers and choices stand in the middle.
    fn align(&self, place: &Place) -> Align {
        let kind = match place {
            Place::RowNumber | Place::Fact(_) | Place::Unit(_) => return Align::Center,
            Place::Element(key) => self.standard.element(key).map(|it| it.kind),
            Place::Field(key, field) => {
                self.standard.element(key).and_then(|it| it.field(field)).map(|it| it.kind)
            }
        };
        match kind {
            Some(ValueKind::Text | ValueKind::Rows) | None => Align::Left,
            Some(_) => Align::Center,
        }
    }
}

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
