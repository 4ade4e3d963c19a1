//! 目录: one row an item, as Excel and as CSV.

mod columns;

use std::io::{Seek, Write};

use domain::{
    item::ItemRecord,
    standard::{Place, Standard},
};

use self::columns::Columns;
use super::{
    WriteError, comma,
    excel::{self, Cell, Look, SheetPlan, Workbook, Written},
};

/// 目录工作簿，一行一行写出。
pub struct CatalogueXlsx<W: Write + Seek> {
    columns: Columns,
    workbook: Workbook<W>,
}

impl<W: Write + Seek> CatalogueXlsx<W> {
    /// Starts a catalogue with the public elements of all these standards; labels
    /// are those of the first that has the element.
    pub fn new(out: W, standards: &[&Standard]) -> Result<CatalogueXlsx<W>, WriteError> {
        CatalogueXlsx::start(out, Columns::of(standards))
    }

    /// Starts a list of the columns that an officer chose, private elements among them.
    pub fn chosen(
        out: W,
        places: &[Place],
        standards: &[&Standard],
    ) -> Result<CatalogueXlsx<W>, WriteError> {
        CatalogueXlsx::start(out, Columns::chosen(places, standards))
    }

    fn start(out: W, columns: Columns) -> Result<CatalogueXlsx<W>, WriteError> {
        let mut workbook = Workbook::new(out);
        workbook.sheet(SheetPlan {
            name: "目录".into(),
            columns: columns
                .iter()
                .map(|it| excel::Column { label: it.label.clone(), width: it.width })
                .collect(),
            frozen: columns::N_LEADING,
            row_height: 30,
            is_typed_as_text: false,
            first: false,
        })?;
        Ok(CatalogueXlsx { columns, workbook })
    }

    pub fn item(&mut self, item: &ItemRecord, standard: &Standard) -> Result<(), WriteError> {
        let cells = self.columns.texts(item, standard).map(|(column, text)| {
            if column.is_number { Cell::number(&text) } else { Cell::new(&text, Look::Text) }
        });
        let cells: Vec<Cell> = cells.collect();
        self.workbook.row(&cells)
    }

    pub fn finish(self) -> Result<(W, Written), WriteError> {
        self.workbook.finish("政务服务事项目录")
    }
}

/// 目录的 CSV，一行一行写出：UTF-8 带 BOM，RFC 4180。
pub struct CatalogueCsv<W: Write> {
    columns: Columns,
    out: csv::Writer<W>,
}

impl<W: Write> CatalogueCsv<W> {
    /// Starts a catalogue with the public elements of all these standards.
    pub fn new(out: W, standards: &[&Standard]) -> Result<CatalogueCsv<W>, WriteError> {
        CatalogueCsv::start(out, Columns::of(standards))
    }

    /// Starts a list of the columns that an officer chose, private elements among them.
    pub fn chosen(
        out: W,
        places: &[Place],
        standards: &[&Standard],
    ) -> Result<CatalogueCsv<W>, WriteError> {
        CatalogueCsv::start(out, Columns::chosen(places, standards))
    }

    fn start(out: W, columns: Columns) -> Result<CatalogueCsv<W>, WriteError> {
        let mut out = comma::writer(out)?;
        out.write_record(columns.iter().map(|it| it.label.as_str()))?;
        Ok(CatalogueCsv { columns, out })
    }

    pub fn item(&mut self, item: &ItemRecord, standard: &Standard) -> Result<(), WriteError> {
        let cells = self.columns.texts(item, standard);
        self.out.write_record(cells.map(|(_, text)| comma::shielded(&text).into_owned()))?;
        Ok(())
    }

    pub fn finish(self) -> Result<W, WriteError> {
        comma::finished(self.out)
    }
}

/// Writes a whole catalogue as CSV, each item under its own standard.
pub fn catalogue_csv<'a, W: Write>(
    out: W,
    standards: &[&'a Standard],
    items: impl IntoIterator<Item = (&'a ItemRecord, &'a Standard)>,
) -> Result<W, WriteError> {
    let mut catalogue = CatalogueCsv::new(out, standards)?;
    for (item, standard) in items {
        catalogue.item(item, standard)?;
    }
    catalogue.finish()
}

#[cfg(test)]
mod tests;
