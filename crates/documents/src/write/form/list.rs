use std::fmt::Write;

use domain::item::ItemRecord;

use super::{Drawing, ROW_HEIGHT, TITLE_HEIGHT, Title};
use crate::write::word::{Align, Border, Cell, Document, Merge, Page, Paragraph, Table};

impl Drawing<'_> {
    /// One table, a row an item, under the title and the totals line. Returns how many pages
    /// it takes, near enough.
    pub(in crate::write) fn list(
        &self,
        document: &mut Document,
        items: &[ItemRecord],
        title: Title,
        bookmark: Option<usize>,
    ) -> u32 {
        document.push(bookmark.into_iter().fold(self.title(title), Paragraph::bookmark));
        if !self.form.totals.is_empty() {
            document.push(Paragraph::of(&self.totals(items), self.font).space(0, 120));
        }
        let shares: Vec<u32> = self.form.cells.iter().map(|cell| cell.width).collect();
        let total = Page::A4_LANDSCAPE.text_width();
        let mut table = Table::new(&shares, total, Border::Grid).row_height(ROW_HEIGHT);
        self.list_header(&mut table);
        for (at, item) in items.iter().enumerate() {
            let cells = self.form.cells.iter().enumerate();
            let cells = cells.map(|(column, cell)| {
                let align = self.align(&cell.source);
                self.value(item, at + 1, cell, align, table.width(column))
            });
            table.row(cells.collect());
        }
        let room = Page::A4_LANDSCAPE.text_height();
        let n_pages = table.n_pages(room.saturating_sub(TITLE_HEIGHT), room);
        document.push(table);
        n_pages
    }

    /// The labels; those of a group stand under its name.
    fn list_header(&self, table: &mut Table) {
        let label = |text: &str| Cell::text(text, self.font.bold(), Align::Center);
        let cells = &self.form.cells;
        if cells.iter().all(|cell| cell.group.is_empty()) {
            table.header(cells.iter().map(|cell| label(&cell.label)).collect());
            return;
        }
        let (mut above, mut below, mut right) = (Vec::new(), Vec::new(), 0);
        for group in cells.chunk_by(|a, b| !a.group.is_empty() && a.group == b.group) {
            for (at, cell) in group.iter().enumerate() {
                right += table.width(below.len());
                match (cell.group.is_empty(), at + 1 == group.len()) {
                    (true, _) => {
                        above.push((label(&cell.label).merged(Merge::Starts), right));
                        below.push((label("").merged(Merge::Continues), right));
                    }
                    (false, is_last) => {
                        below.push((label(&cell.label), right));
                        above.extend(is_last.then(|| (label(&cell.group), right)));
                    }
                }
            }
        }
        table.free_header(above);
        table.free_header(below);
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
