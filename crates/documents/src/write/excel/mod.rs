//! Excel workbooks, streamed row by row: memory does not grow with the rows.
//!
//! Written by hand because a streaming workbook of `rust_xlsxwriter` keeps its
//! rows in a temporary file and panics when that disk is full.

mod cell;
mod styles;

use std::io::{Seek, Write};

use quick_xml::Writer;

pub(super) use self::cell::{Cell, Look};
use super::{
    WriteError,
    package::Package,
    xml::{Element, el},
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// Excel's limit of rows in a sheet.
const MAX_ROWS: u32 = 1_048_576;

/// Height of the header row in points: two lines.
const HEADER_HEIGHT: u32 = 30;
/// Height of a line in points, and how many lines a row shows at most.
const LINE_HEIGHT: u32 = 15;
const MAX_LINES: u32 = 12;

/// 写了多少。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    pub rows: u64,
    /// Cells longer than Excel takes: the end is missing, and the cell says so.
    pub cut_cells: u64,
}

/// A column: its header and its width in characters.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) width: u32,
}

/// How a sheet is set up.
#[derive(Debug, Clone)]
pub(super) struct SheetPlan {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// Columns at the left that stay in sight.
    pub(super) frozen: u32,
    /// Height of each row in points; 0 fits it to the text that wraps.
    pub(super) row_height: u32,
    /// What somebody types into it later stays text.
    pub(super) is_typed_as_text: bool,
    pub(super) first: bool,
}

/// A sheet as the workbook names it.
struct Shown {
    name: String,
    /// The number of its part: parts are numbered as they are written.
    part: usize,
    frozen: u32,
    n_columns: usize,
    n_rows: u32,
}

/// A workbook being written, one sheet after the other.
pub(super) struct Workbook<W: Write + Seek> {
    package: Package<W>,
    /// Rows of a sheet, its header included.
    max_rows: u32,
    /// The sheets in the order in which they are shown.
    shown: Vec<Shown>,
    n_parts: usize,
    plan: Option<SheetPlan>,
    /// Rows in the present sheet, and sheets of the present plan.
    row: u32,
    n_continued: u32,
    written: Written,
    /// The row being written; its memory serves the next.
    line: String,
}

impl<W: Write + Seek> Workbook<W> {
    pub(super) fn new(out: W) -> Workbook<W> {
        Workbook::with_max_rows(out, MAX_ROWS)
    }

    fn with_max_rows(out: W, max_rows: u32) -> Workbook<W> {
        Workbook {
            package: Package::new(out),
            max_rows,
            shown: Vec::new(),
            n_parts: 0,
            plan: None,
            row: 0,
            n_continued: 0,
            written: Written::default(),
            line: String::new(),
        }
    }

    /// Starts a sheet with its header row; the one before is complete.
    pub(super) fn sheet(&mut self, plan: SheetPlan) -> Result<(), WriteError> {
        self.end_sheet()?;
        self.n_continued = 0;
        self.open(plan)
    }

    /// Adds a row; a sheet that is full is continued on another one.
    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        if self.row == self.max_rows {
            self.continue_sheet()?;
        }
        self.written.rows += 1;
        let height = self.plan.as_ref().map_or(0, |plan| plan.height(cells));
        self.write_row(cells, height)
    }

    pub(super) fn written(&self) -> Written {
        self.written
    }

    pub(super) fn finish(mut self, title: &str) -> Result<(W, Written), WriteError> {
        self.end_sheet()?;
        self.package.part("xl/styles.xml", STYLES, &styles::styles().to_file())?;
        self.package.part("xl/workbook.xml", WORKBOOK, &self.workbook().to_file())?;
        let sheets = (1..=self.n_parts).map(|n| ("worksheet", format!("worksheets/sheet{n}.xml")));
        let relations: Vec<_> = sheets.chain([("styles", "styles.xml".to_owned())]).collect();
        self.package.relations("xl/_rels/workbook.xml.rels", &relations)?;
        Ok((self.package.finish("xl/workbook.xml", title)?, self.written))
    }

    fn open(&mut self, plan: SheetPlan) -> Result<(), WriteError> {
        self.n_parts += 1;
        let name = match self.n_continued {
            0 => plan.name.clone(),
            n => format!("{}{}", plan.name, n + 1),
        };
        let at = if plan.first { 0 } else { self.shown.len() };
        let n_columns = plan.columns.len();
        let shown = Shown { name, part: self.n_parts, frozen: plan.frozen, n_columns, n_rows: 0 };
        self.shown.insert(at, shown);
        self.package.open(&format!("xl/worksheets/sheet{}.xml", self.n_parts), SHEET)?;
        self.row = 0;
        let head = sheet_head(&plan);
        self.package.stream().write_all(&head)?;
        let header: Vec<Cell> =
            plan.columns.iter().map(|it| Cell::new(&it.label, Look::Header)).collect();
        self.plan = Some(plan);
        self.write_row(&header, HEADER_HEIGHT)
    }

    fn continue_sheet(&mut self) -> Result<(), WriteError> {
        let plan = self.plan.clone();
        self.end_sheet()?;
        self.n_continued += 1;
        plan.map_or(Ok(()), |plan| self.open(plan))
    }

    fn end_sheet(&mut self) -> Result<(), WriteError> {
        let Some(plan) = self.plan.take() else { return Ok(()) };
        let last = cell::reference(plan.columns.len().saturating_sub(1), self.row);
        let mut setup = el("pageSetup").number("paperSize", 9).attr("orientation", "landscape");
        if fits_page(&plan) {
            setup = setup.number("fitToHeight", 0);
        }
        let mut tail = Writer::new(Vec::new());
        tail.get_mut().extend_from_slice(b"</sheetData>");
        el("autoFilter").attr("ref", format!("A1:{last}")).write(&mut tail)?;
        setup.write(&mut tail)?;
        tail.get_mut().extend_from_slice(b"</worksheet>");
        self.package.stream().write_all(tail.get_ref())?;
        let part = self.n_parts;
        if let Some(shown) = self.shown.iter_mut().find(|it| it.part == part) {
            shown.n_rows = self.row;
        }
        Ok(())
    }

    fn write_row(&mut self, cells: &[Cell], height: u32) -> Result<(), WriteError> {
        self.row += 1;
        let row = self.row;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        let height = match height {
            0 => String::new(),
            height => format!(" ht=\"{height}\" customHeight=\"1\""),
        };
        line.extend(["<row r=\"", &row.to_string(), "\"", &height, ">"]);
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            self.written.cut_cells += u64::from(cell.is_cut());
            cell.write(at, row, &mut line);
        }
        line.push_str("</row>");
        self.package.stream().write_all(line.as_bytes())?;
        self.line = line;
        Ok(())
    }

    fn workbook(&self) -> Element {
        let sheet = |(at, shown): (usize, &Shown)| {
            el("sheet")
                .attr("name", shown.name.clone())
                .attr("sheetId", (at + 1).to_string())
                .attr("r:id", format!("rId{}", shown.part))
        };
        let names = self.shown.iter().enumerate().flat_map(|(at, shown)| shown.names(at));
        el("workbook")
            .attr("xmlns", MAIN)
            .attr("xmlns:r", OFFICE)
            .child(el("sheets").children(self.shown.iter().enumerate().map(sheet)))
            .child(el("definedNames").children(names))
    }
}

impl Shown {
    /// The names that Excel knows a sheet's filter and its repeated header by.
    fn names(&self, at: usize) -> [Element; 2] {
        let name = |name: &'static str| {
            el("definedName").attr("name", name).attr("localSheetId", at.to_string())
        };
        let sheet = &self.name;
        let last = cell::letters(self.n_columns.saturating_sub(1));
        let filter = format!("'{sheet}'!$A$1:${last}${}", self.n_rows);
        let titles = match self.frozen {
            0 => format!("'{sheet}'!$1:$1"),
            n => format!("'{sheet}'!$A:${},'{sheet}'!$1:$1", cell::letters(n as usize - 1)),
        };
        [
            name("_xlnm._FilterDatabase").attr("hidden", "1").text(&filter),
            name("_xlnm.Print_Titles").text(&titles),
        ]
    }
}

impl SheetPlan {
    /// Height of a row in points. Not every program fits it to the text on its own.
    fn height(&self, cells: &[Cell]) -> u32 {
        if self.row_height > 0 {
            return self.row_height;
        }
        let lines =
            cells.iter().zip(&self.columns).map(|(cell, column)| cell.n_lines(column.width));
        LINE_HEIGHT * lines.max().unwrap_or(1).clamp(1, MAX_LINES)
    }
}

/// Tells whether a printed page can hold all columns and still be read.
fn fits_page(plan: &SheetPlan) -> bool {
    plan.columns.iter().map(|column| column.width).sum::<u32>() <= 180
}

/// Returns a sheet's beginning up to its first row: what stays in sight, and the widths.
fn sheet_head(plan: &SheetPlan) -> Vec<u8> {
    let corner = cell::reference(plan.frozen as usize, 2);
    let mut pane = el("pane");
    if plan.frozen > 0 {
        pane = pane.number("xSplit", plan.frozen);
    }
    let active = if plan.frozen > 0 { "bottomRight" } else { "bottomLeft" };
    let pane = pane
        .number("ySplit", 1)
        .attr("topLeftCell", corner)
        .attr("activePane", active)
        .attr("state", "frozen");
    let view = el("sheetView").number("workbookViewId", 0).child(pane);
    let column = |(at, column): (usize, &Column)| {
        let number = (at + 1).to_string();
        let mut col =
            el("col").attr("min", number.clone()).attr("max", number).number("width", column.width);
        if plan.is_typed_as_text {
            col = col.number("style", Look::Text as u32);
        }
        col.attr("customWidth", "1")
    };
    let columns = el("cols").children(plan.columns.iter().enumerate().map(column));
    let fit =
        fits_page(plan).then(|| el("sheetPr").child(el("pageSetUpPr").attr("fitToPage", "1")));
    let whole = el("worksheet")
        .attr("xmlns", MAIN)
        .children(fit)
        .child(el("sheetViews").child(view))
        .child(columns)
        .child(el("sheetData").text(""))
        .to_file();
    let rest = b"</sheetData></worksheet>".len();
    whole[..whole.len() - rest].to_vec()
}

#[cfg(test)]
mod tests;
