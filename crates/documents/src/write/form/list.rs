use std::fmt::Write;

use domain::{
    item::{ItemRecord, form_text},
    standard::Place,
};

use super::{Drawing, ROW_HEIGHT};
use crate::write::word::{Align, Border, Cell, Page, Paragraph, Table};

impl Drawing<'_> {
    /// One table, a row an item, under the title and the totals line.
    pub(super) fn list(&self, items: &[ItemRecord]) -> Vec<u8> {
        let page = Page::A4_LANDSCAPE;
        let mut document = self.document(page);
        document.push(self.title());
        if !self.form.totals.is_empty() {
            document.push(Paragraph::of(&self.totals(items), self.font).space(0, 120));
        }
        let shares: Vec<u32> = self.form.cells.iter().map(|cell| cell.width).collect();
        let mut table = Table::new(&shares, page.text_width(), Border::Grid).row_height(ROW_HEIGHT);
        let labels = self.form.cells.iter();
        table.header(
            labels.map(|cell| Cell::text(&cell.label, self.font.bold(), Align::Center)).collect(),
        );
        for (at, item) in items.iter().enumerate() {
            table.row(self.list_row(at + 1, item));
        }
        document.push(table);
        document.push(Paragraph::hairline());
        document.finish()
    }

    fn list_row(&self, number: usize, item: &ItemRecord) -> Vec<Cell> {
        let cells = self.form.cells.iter();
        let texts = cells.map(|cell| match &cell.source {
            Place::RowNumber => Cell::text(&number.to_string(), self.font, Align::Center),
            place => {
                let text = form_text(item, cell, self.standard);
                Cell::text(&text, self.font, self.align(place))
            }
        });
        texts.collect()
    }

    /// Returns 「共 3 项：其中行政许可 1 项；……」; kinds that the form does not name are counted last.
    fn totals(&self, items: &[ItemRecord]) -> String {
        let totals = &self.form.totals;
        let mut line = format!("共 {} 项：其中", items.len());
        for (at, total) in totals.iter().enumerate() {
            let n = items.iter().filter(|item| item.kind == total.kind).count();
            let mark = if at > 0 { "；" } else { "" };
            write!(line, "{mark}{} {n} 项", total.label)
                .expect("writing to a string does not fail");
        }
        let named = |item: &&ItemRecord| totals.iter().any(|total| total.kind == item.kind);
        let n_others = items.len() - items.iter().filter(named).count();
        if n_others > 0 {
            write!(line, "；不属以上类型 {n_others} 项")
                .expect("writing to a string does not fail");
        }
        line
    }
}
