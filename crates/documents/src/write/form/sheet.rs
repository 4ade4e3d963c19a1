use domain::{
    item::ItemRecord,
    standard::{FormCell, Place},
};

use super::{
    Drawing, ROW_HEIGHT, TITLE_HEIGHT, Title,
    rows::{SheetRow, sheet_rows},
};
use crate::write::word::{Align, Border, Cell, Document, Merge, Page, Table, edges};

impl Drawing<'_> {
    /// A sheet: labels and values side by side. Returns how many pages it takes, near enough.
    pub(in crate::write) fn sheet(
        &self,
        document: &mut Document,
        item: Option<&ItemRecord>,
        number: usize,
        title: Title,
    ) -> u32 {
        let total = Page::A4.text_width();
        let mut table = Table::new(&[1], total, Border::Grid).row_height(ROW_HEIGHT);
        for row in sheet_rows(self.form) {
            if let Some((cell, ..)) = row.cells.first().filter(|(it, ..)| !it.heading.is_empty()) {
                let words = Cell::text(&cell.heading, self.font.bold(), Align::Center).shaded();
                table.row(vec![words]);
            }
            match &row.cells[..] {
                [(cell, ..)] if cell.merged => self.merged_list(&mut table, item, cell, total),
                _ => table.free_row(self.sheet_row(&row, item, number, total)),
            }
        }
        let room = Page::A4.text_height();
        let n_pages = table.n_pages(room.saturating_sub(TITLE_HEIGHT), room);
        document.push(self.title(title));
        document.push(table);
        n_pages
    }

    fn sheet_row(
        &self,
        row: &SheetRow<'_>,
        item: Option<&ItemRecord>,
        number: usize,
        total: u32,
    ) -> Vec<(Cell, u32)> {
        let edge = |hundredths: u32| total * hundredths / 100;
        let mut cells = Vec::new();
        if let Some((group, begins)) = row.group {
            cells.push((self.group_cell(group, begins), edge(self.form.label_width)));
        }
        for (cell, left, right) in &row.cells {
            let (middle, right) = (edge(left + self.form.label_width), edge(*right));
            let value = match item {
                Some(item) => self.value(item, number, cell, Align::Left, right - middle),
                None => Cell::text("", self.font, Align::Left),
            };
            let label = Cell::text(&cell.label, self.font.bold(), Align::Center);
            cells.extend([(label, middle), (value, right)]);
        }
        cells
    }

    pub(super) fn group_cell(&self, group: &str, begins: bool) -> Cell {
        match begins {
            true => Cell::text(group, self.font.bold(), Align::Center).merged(Merge::Starts),
            false => Cell::text("", self.font, Align::Center).merged(Merge::Continues),
        }
    }

    /// A list whose columns are cells of the sheet, beside its label that is merged downwards.
    fn merged_list(
        &self,
        table: &mut Table,
        item: Option<&ItemRecord>,
        cell: &FormCell,
        total: u32,
    ) {
        let Place::Element(key) = &cell.source else { return };
        let Some(element) = self.standard.element(key) else { return };
        let rows = item.map_or(&[][..], |item| item.content.rows(key));
        let list = self.columns_of(element, rows, cell);
        let label = total * self.form.label_width / 100;
        let edges = edges(&list.shares(), label, total);
        let mut push = |begins: bool, cells: Vec<Cell>| {
            let beside = cells.into_iter().zip(edges.iter().copied());
            let merged = (self.group_cell(&cell.label, begins), label);
            table.free_row(std::iter::once(merged).chain(beside).collect());
        };
        push(true, self.list_head(&list));
        // A list with nothing in it leaves a row to be filled by hand.
        for at in 0..rows.len().max(1) {
            push(false, self.list_line(&list, at));
        }
    }
}
