use domain::{
    content::{Row, show_single},
    item::{ItemRecord, form_text},
    standard::{Element, FormCell, FormColumn, Place},
};

use super::{Drawing, ROW_HEIGHT};
use crate::write::word::{Align, Border, Cell, Page, Paragraph, Table};

/// Label and value, as they share the width.
const SHARES: [u32; 2] = [21, 79];

impl Drawing<'_> {
    /// A sheet an item, each on a page of its own: a label and its value a row.
    pub(super) fn sheets(&self, items: &[ItemRecord]) -> Vec<u8> {
        let page = Page::A4;
        let mut document = self.document(page);
        let sheets: Vec<Option<&ItemRecord>> = match items {
            [] => vec![None],
            items => items.iter().map(Some).collect(),
        };
        for (at, item) in sheets.into_iter().enumerate() {
            document.push(self.title().on_new_page(at > 0));
            document.push(self.sheet(item, at + 1, page));
        }
        document.push(Paragraph::hairline());
        document.finish()
    }

    fn sheet(&self, item: Option<&ItemRecord>, number: usize, page: Page) -> Table {
        let mut table = Table::new(&SHARES, page.text_width(), Border::Grid).row_height(ROW_HEIGHT);
        for cell in &self.form.cells {
            let label = Cell::text(&cell.label, self.font.bold(), Align::Center);
            let value = match item {
                Some(item) => self.value(item, number, cell, table.width(1)),
                None => Cell::text("", self.font, Align::Left),
            };
            table.long_row(vec![label, value]);
        }
        table
    }

    fn value(&self, item: &ItemRecord, number: usize, cell: &FormCell, width: u32) -> Cell {
        if let Some((element, rows)) = self.nested_rows(item, cell) {
            return Cell::nested(self.nested_table(element, rows, &cell.columns, width));
        }
        let text = match &cell.source {
            Place::RowNumber => number.to_string(),
            _ => form_text(item, cell, self.standard),
        };
        Cell::text(&text, self.font, Align::Left)
    }

    /// The rows to be shown as a table of their own, where the form has columns for them.
    fn nested_rows<'b>(
        &'b self,
        item: &'b ItemRecord,
        cell: &FormCell,
    ) -> Option<(&'b Element, &'b [Row])> {
        let Place::Element(key) = &cell.source else { return None };
        let rows = item.content.rows(key);
        let has_table = !cell.columns.is_empty() && !rows.is_empty();
        has_table.then_some((self.standard.element(key)?, rows))
    }

    fn nested_table(
        &self,
        element: &Element,
        rows: &[Row],
        columns: &[FormColumn],
        width: u32,
    ) -> Table {
        let shares: Vec<u32> = columns.iter().map(|column| column.width).collect();
        let mut table = Table::new(&shares, width, Border::Inner).row_height(ROW_HEIGHT);
        let label =
            |column: &FormColumn| Cell::text(&column.label, self.font.bold(), Align::Center);
        table.row(columns.iter().map(label).collect());
        for (at, row) in rows.iter().enumerate() {
            let cell = |column: &FormColumn| self.nested_cell(element, row, at + 1, column);
            table.row(columns.iter().map(cell).collect());
        }
        table
    }

    fn nested_cell(
        &self,
        element: &Element,
        row: &Row,
        number: usize,
        column: &FormColumn,
    ) -> Cell {
        let Some(key) = &column.field else {
            return Cell::text(&number.to_string(), self.font, Align::Center);
        };
        let text = match (row.fields.get(key), element.field(key)) {
            (Some(value), Some(field)) => show_single(value, field.shape(), self.standard),
            _ => String::new(),
        };
        let align = self.align(&Place::Field(element.key.clone(), key.clone()));
        Cell::text(&text, self.font, align)
    }
}
