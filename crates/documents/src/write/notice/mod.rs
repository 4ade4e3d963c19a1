//! 一次性告知单: all that an applicant must know and bring, on one page to be handed over.
//!
//! It says everything or it says where the rest is: an item with much to say is set smaller,
//! then leaves the remarks on materials to the guide; the materials themselves are all there.

mod words;

use domain::{publication::PublicItem, standard::Standard};

use self::words::{Material, Words};
use super::{
    qr,
    word::{
        Align, Border, Cell, Document, Font, HEADING_FONT, Page, Paragraph, Picture, TITLE_FONT,
        Table, height,
    },
};

const BODY: &str = "仿宋_GB2312";
/// Sizes of the text in half points, from 小四 to 小五.
const SIZES: [u32; 4] = [24, 21, 20, 18];
/// What title, head and foot take beside the table.
const AROUND: u32 = 1_500;
const FOOT: u32 = 1_900;
/// The side of the QR code: 3 cm.
const CODE: u32 = 1_701;
const PAGE: Page = Page::A4;

/// Draws the notice of an item; `address` is where its guide is on the web.
pub fn notice_docx(item: &PublicItem, standard: &Standard, address: &str) -> Vec<u8> {
    let words = Words { item, standard };
    let room = PAGE.text_height() - AROUND - FOOT;
    let ways = SIZES.iter().map(|size| (*size, true)).chain([(SIZES[SIZES.len() - 1], false)]);
    let mut sheets = ways.map(|(size, remarks)| Sheet { words, size, remarks }).peekable();
    let mut sheet = sheets.next().expect("there are sizes");
    while sheet.table().height() > room && sheets.peek().is_some() {
        sheet = sheets.next().expect("one was seen");
    }
    sheet.document(address)
}

/// A notice in one size, with or without the remarks on its materials.
struct Sheet<'a> {
    words: Words<'a>,
    size: u32,
    remarks: bool,
}

impl Sheet<'_> {
    fn font(&self) -> Font<'static> {
        Font::new(BODY, self.size)
    }

    fn label(&self) -> Font<'static> {
        Font::new(HEADING_FONT, self.size)
    }

    fn document(&self, address: &str) -> Vec<u8> {
        let record = &self.words.item.item;
        let title = format!("{}一次性告知单", record.name());
        let mut document = Document::new(&title, PAGE, self.font());
        // A long name is set smaller, so that the title takes two lines at most.
        let lines = |size| height(&title, size, PAGE.text_width()) / height("", size, 1_000);
        let size = [36, 32, 28, 24].into_iter().find(|size| lines(*size) <= 2).unwrap_or(22);
        let font = Font::new(TITLE_FONT.name, size);
        document
            .push(Paragraph::of(&title, font).style("Heading1").align(Align::Center).space(0, 60));
        let head = Paragraph::of(&self.words.head(), Font::new(BODY, 18));
        document.push(head.align(Align::Center).space(0, 80));
        document.push(self.table());
        self.foot(&mut document, address);
        document.finish()
    }

    fn table(&self) -> Table {
        let total = PAGE.text_width();
        let mut table = Table::new(&[15, 85], total, Border::Grid).row_height(self.size * 17);
        let label = |text: &str| Cell::text(text, self.label(), Align::Center);
        for (name, text) in self.words.before_materials() {
            table.row(vec![label(name), Cell::text(&text, self.font(), Align::Left)]);
        }
        let materials = self.words.materials();
        if !materials.is_empty() {
            let width = table.width(1);
            table.row(vec![label("要带什么"), Cell::nested(self.materials(&materials, width))]);
        }
        for (name, text) in self.words.after_materials() {
            table.row(vec![label(name), Cell::text(&text, self.font(), Align::Left)]);
        }
        table
    }

    /// The materials with a box to tick before each.
    fn materials(&self, materials: &[Material], width: u32) -> Table {
        let mut table = Table::new(&[8, 50, 21, 21], width, Border::Inner);
        let label = |text: &str| Cell::text(text, self.label(), Align::Center);
        table.row(["核对", "材料", "形式和份数", "来源"].map(label).into());
        for (at, material) in materials.iter().enumerate() {
            let mut name = format!("{}．{}", at + 1, material.name);
            if self.remarks && !material.remarks.is_empty() {
                name = format!("{name}\n{}", material.remarks);
            }
            table.row(vec![
                Cell::text("□", self.font(), Align::Center),
                Cell::text(&name, self.font(), Align::Left),
                Cell::text(&material.form, self.font(), Align::Center),
                Cell::text(&material.source, self.font(), Align::Center),
            ]);
        }
        table
    }

    /// The code that leads to the guide, and who told whom.
    fn foot(&self, document: &mut Document, address: &str) {
        let small = Font::new(BODY, 18);
        let rest = match self.remarks {
            true => "扫码看完整的办事指南",
            false => "材料的填报说明见办事指南，扫码可看",
        };
        let code = qr::png(address).map(|png| document.picture(png, rest));
        let link = code.map_or_else(Paragraph::new, |code: Picture| {
            Paragraph::new().picture(&code, CODE, CODE)
        });
        let address = Paragraph::of(address, Font::new(BODY, 14)).align(Align::Center);
        let left = vec![
            (link.align(Align::Center), CODE),
            (Paragraph::of(rest, small).align(Align::Center), 260),
            (address, 200),
        ];
        let line = |label: &str| Paragraph::of(&format!("{label}：________________"), self.font());
        let right = ["告知单位（章）", "告知人", "申请人（签字）", "告知日期"];
        let right = right.map(|label| (line(label).space(60, 60), 400)).into();
        let mut table = Table::new(&[50, 50], PAGE.text_width(), Border::None);
        table.row(vec![Cell::of(left), Cell::of(right)]);
        document.push(Paragraph::hairline().space(0, 60));
        document.push(table);
        document.push(Paragraph::hairline());
    }
}

#[cfg(test)]
mod tests;
