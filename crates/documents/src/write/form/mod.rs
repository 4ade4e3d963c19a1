//! 表一、表二 and whatever other forms a standard asks for, as Word.

mod list;
mod sheet;

use domain::{
    item::{ItemRecord, title_text},
    standard::{Form, Layout, Place, Standard, ValueKind},
};

use super::word::{Align, Document, Font, Page, Paragraph, TITLE_FONT};

/// Rows of a form leave room for a line written by hand: 8 mm.
const ROW_HEIGHT: u32 = 454;

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
    let drawing = Drawing {
        form,
        standard,
        title: title_text(form, body, region),
        font: Font::new(&form.font, form.size_pt * 2),
    };
    match form.layout {
        Layout::List => drawing.list(items),
        Layout::Sheet => drawing.sheets(items),
    }
}

/// What both layouts draw with.
struct Drawing<'a> {
    form: &'a Form,
    standard: &'a Standard,
    title: String,
    font: Font<'a>,
}

impl Drawing<'_> {
    fn document(&self, page: Page) -> Document {
        Document::new(&self.title, page, self.font)
    }

    fn title(&self) -> Paragraph {
        Paragraph::of(&self.title, TITLE_FONT).style("Heading1").align(Align::Center).space(0, 200)
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
mod tests;
