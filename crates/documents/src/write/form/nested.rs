//! A list inside a cell: as lines where they read back the same, else as a table.

use domain::{
    content::{Row, show_single},
    intake::is_read_as,
    item::{ItemRecord, form_text},
    standard::{Element, Field, FormCell, Place},
};

use super::{Drawing, ROW_HEIGHT};
use crate::write::word::{Align, Border, Cell, Table};

/// A list that is shown in columns.
pub(super) struct List<'a> {
    element: &'a Element,
    pub(super) rows: &'a [Row],
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    label: &'a str,
    /// `None` is the row's number.
    field: Option<&'a Field>,
    width: u32,
}

impl<'a> Drawing<'a> {
    /// Returns the cell of a form for an item, `width` wide.
    pub(super) fn value(
        &self,
        item: &ItemRecord,
        number: usize,
        cell: &FormCell,
        align: Align,
        width: u32,
    ) -> Cell {
        if let Place::RowNumber = cell.source {
            return Cell::text(&number.to_string(), self.font, align);
        }
        let text = form_text(item, cell, self.standard);
        match self.list_in(item, cell, &text) {
            Some(list) => Cell::nested(self.nested_table(&list, width)),
            None => Cell::text(&text, self.font, align),
        }
    }

    /// Returns the list that a cell shows as a table: because the form has columns for it, or
    /// because its lines would not be read as the same rows.
    fn list_in<'b>(
        &'b self,
        item: &'b ItemRecord,
        cell: &'b FormCell,
        text: &str,
    ) -> Option<List<'b>> {
        let (element, fields): (&Element, Vec<&Field>) = match &cell.source {
            Place::Element(key) => {
                let element = self.standard.element(key)?;
                let format = match cell.row_format.is_empty() {
                    true => &element.row_format,
                    false => &cell.row_format,
                };
                (element, format.iter().filter_map(|part| element.field(&part.field)).collect())
            }
            Place::Field(key, field) => {
                let element = self.standard.element(key)?;
                (element, element.field(field).into_iter().collect())
            }
            _ => return None,
        };
        let rows = item.content.rows(&element.key);
        if rows.is_empty() {
            return None;
        }
        if !cell.columns.is_empty() {
            return Some(self.columns_of(element, rows, cell));
        }
        let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
        if is_read_as(text, rows, &cell.source, &keys, self.standard) {
            return None;
        }
        let number = Column { label: "序号", field: None, width: 1 };
        let said = |it: &&Field| rows.iter().any(|row| row.fields.contains_key(&it.key));
        let columns = fields.into_iter().filter(said);
        let columns = columns.map(|it| Column { label: &it.label, field: Some(it), width: 3 });
        let columns: Vec<Column<'_>> = std::iter::once(number).chain(columns).collect();
        (columns.len() > 1).then_some(List { element, rows, columns })
    }

    /// Returns a list in the columns that the form has for it.
    pub(super) fn columns_of<'b>(
        &self,
        element: &'b Element,
        rows: &'b [Row],
        cell: &'b FormCell,
    ) -> List<'b> {
        let columns = cell.columns.iter().map(|it| Column {
            label: &it.label,
            field: it.field.as_deref().and_then(|key| element.field(key)),
            width: it.width,
        });
        List { element, rows, columns: columns.collect() }
    }

    fn nested_table(&self, list: &List<'_>, width: u32) -> Table {
        let mut table = Table::new(&list.shares(), width, Border::Inner).row_height(ROW_HEIGHT);
        table.row(self.list_head(list));
        for at in 0..list.rows.len() {
            table.row(self.list_line(list, at));
        }
        table
    }

    pub(super) fn list_head(&self, list: &List<'_>) -> Vec<Cell> {
        let label = |it: &Column<'_>| Cell::text(it.label, self.font.bold(), Align::Center);
        list.columns.iter().map(label).collect()
    }

    /// Returns the cells of a row; one that is not there has blank ones.
    pub(super) fn list_line(&self, list: &List<'_>, at: usize) -> Vec<Cell> {
        let cell = |column: &Column<'_>| match (column.field, list.rows.get(at)) {
            (None, Some(_)) => Cell::text(&(at + 1).to_string(), self.font, Align::Center),
            (Some(field), Some(row)) => {
                let value = row.fields.get(&field.key);
                let text = value.map(|it| show_single(it, field.shape(), self.standard));
                let place = Place::Field(list.element.key.clone(), field.key.clone());
                Cell::text(&text.unwrap_or_default(), self.font, self.align(&place))
            }
            (_, None) => Cell::text("", self.font, Align::Left),
        };
        list.columns.iter().map(cell).collect()
    }
}

impl List<'_> {
    pub(super) fn shares(&self) -> Vec<u32> {
        self.columns.iter().map(|column| column.width).collect()
    }
}
