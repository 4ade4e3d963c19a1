use super::{
    super::xml::{Element, el},
    Align, Font, Paragraph,
};

/// 表格的框线
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Border {
    /// All lines.
    Grid,
    /// Only the lines between cells, for a table inside a cell.
    Inner,
}

/// The room that text keeps from the lines above and below it.
const EDGE: u32 = 28;

/// A table under construction, in columns of fixed width.
#[derive(Debug, Clone)]
pub(in super::super) struct Table {
    widths: Vec<u32>,
    border: Border,
    /// Rows are at least as high, in twentieths of a point.
    row_height: u32,
    rows: Vec<Element>,
}

/// A cell: its paragraphs or its table.
#[derive(Debug, Clone)]
pub(in super::super) struct Cell {
    blocks: Vec<Element>,
    shaded: bool,
    /// The content reaches the lines, as a nested table's must.
    flush: bool,
}

impl Cell {
    /// Returns a cell of text, a paragraph a line.
    pub(in super::super) fn text(text: &str, font: Font<'_>, align: Align) -> Cell {
        // A blank line stays: side by side, columns of a list are read line by line.
        let lines: Vec<&str> = if text.is_empty() { vec![""] } else { text.lines().collect() };
        let paragraph = |(at, line): (usize, &&str)| {
            // Not a margin of the cell: the row would keep it from a table beside it too.
            let room = |at_edge: bool| if at_edge { EDGE } else { 0 };
            let (before, after) = (room(at == 0), room(at + 1 == lines.len()));
            Paragraph::of(line.trim_end(), font).align(align).space(before, after).into()
        };
        let blocks = lines.iter().enumerate().map(paragraph).collect();
        Cell { blocks, shaded: false, flush: false }
    }

    /// Returns a cell that a table fills to its edges.
    pub(in super::super) fn nested(table: Table) -> Cell {
        // A cell must end with a paragraph.
        let blocks = vec![table.into(), Paragraph::hairline().into()];
        Cell { blocks, shaded: false, flush: true }
    }

    pub(in super::super) fn shaded(mut self) -> Cell {
        self.shaded = true;
        self
    }

    fn build(self, width: u32) -> Element {
        let shade = self.shaded.then(|| {
            el("w:shd").attr("w:val", "clear").attr("w:color", "auto").attr("w:fill", "F2F2F2")
        });
        let margins = self.flush.then(|| margins("w:tcMar", 0));
        let properties = el("w:tcPr")
            .child(el("w:tcW").number("w:w", width).attr("w:type", "dxa"))
            .children(shade)
            .children(margins)
            .child(el("w:vAlign").attr("w:val", "center"));
        el("w:tc").child(properties).children(self.blocks)
    }
}

impl Table {
    /// Starts a table as wide as `total`, its columns in these shares.
    pub(in super::super) fn new(shares: &[u32], total: u32, border: Border) -> Table {
        Table { widths: share_out(shares, total), border, row_height: 0, rows: Vec::new() }
    }

    pub(in super::super) fn row_height(mut self, height: u32) -> Table {
        self.row_height = height;
        self
    }

    pub(in super::super) fn width(&self, column: usize) -> u32 {
        self.widths[column]
    }

    /// Adds the row that is repeated at the head of each page.
    pub(in super::super) fn header(&mut self, cells: Vec<Cell>) {
        self.push(cells, &["w:cantSplit", "w:tblHeader"]);
    }

    /// Adds a row that stays on one page.
    pub(in super::super) fn row(&mut self, cells: Vec<Cell>) {
        self.push(cells, &["w:cantSplit"]);
    }

    /// Adds a row that may go on over the page.
    pub(in super::super) fn long_row(&mut self, cells: Vec<Cell>) {
        self.push(cells, &[]);
    }

    fn push(&mut self, cells: Vec<Cell>, properties: &[&'static str]) {
        let height = (self.row_height > 0)
            .then(|| el("w:trHeight").number("w:val", self.row_height).attr("w:hRule", "atLeast"));
        let properties: Vec<Element> =
            properties.iter().map(|name| el(name)).chain(height).collect();
        let properties = (!properties.is_empty()).then(|| el("w:trPr").children(properties));
        let cells = cells.into_iter().zip(&self.widths).map(|(cell, width)| cell.build(*width));
        self.rows.push(el("w:tr").children(properties).children(cells));
    }

    fn borders(&self) -> Element {
        let line = |side: &'static str, kind: &'static str| {
            el(side)
                .attr("w:val", kind)
                .number("w:sz", 4)
                .number("w:space", 0)
                .attr("w:color", "auto")
        };
        let outer = match self.border {
            Border::Grid => "single",
            Border::Inner => "nil",
        };
        el("w:tblBorders")
            .children(["w:top", "w:left", "w:bottom", "w:right"].map(|side| line(side, outer)))
            .children(["w:insideH", "w:insideV"].map(|side| line(side, "single")))
    }
}

impl From<Table> for Element {
    fn from(table: Table) -> Element {
        let total: u32 = table.widths.iter().sum();
        let properties = el("w:tblPr")
            .child(el("w:tblW").number("w:w", total).attr("w:type", "dxa"))
            .child(el("w:jc").attr("w:val", "center"))
            .child(table.borders())
            .child(el("w:tblLayout").attr("w:type", "fixed"))
            .child(margins("w:tblCellMar", 85));
        let columns = table.widths.iter().map(|width| el("w:gridCol").number("w:w", *width));
        el("w:tbl").child(properties).child(el("w:tblGrid").children(columns)).children(table.rows)
    }
}

/// The room that text keeps from the lines at its sides.
fn margins(name: &'static str, width: u32) -> Element {
    let side = |side| el(side).number("w:w", width).attr("w:type", "dxa");
    el(name).children(["w:left", "w:right"].map(side))
}

/// Divides `total` so that the parts sum up to it exactly; a share of 0 is the average one.
fn share_out(shares: &[u32], total: u32) -> Vec<u32> {
    let given: Vec<u32> = shares.iter().copied().filter(|share| *share > 0).collect();
    let average = match given.len() {
        0 => 1,
        n => (given.iter().sum::<u32>() / n as u32).max(1),
    };
    let shares: Vec<u64> =
        shares.iter().map(|it| u64::from(if *it == 0 { average } else { *it })).collect();
    let sum: u64 = shares.iter().sum();
    let (mut widths, mut until, mut taken) = (Vec::with_capacity(shares.len()), 0, 0);
    for share in shares {
        until += share;
        let edge = u64::from(total) * until / sum;
        widths.push(u32::try_from(edge - taken).expect("a part is not more than the whole"));
        taken = edge;
    }
    widths
}
