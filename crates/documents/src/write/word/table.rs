use std::{collections::BTreeSet, ops::Bound};

use super::{
    super::xml::{Element, el},
    Align, Font, Paragraph, measure,
};

/// 表格的框线
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Border {
    /// All lines.
    Grid,
    /// Only the lines between cells, for a table inside a cell.
    Inner,
    /// No lines: things that stand side by side.
    None,
}

/// The room that text keeps from the lines above and below it, and at its sides.
const EDGE: u32 = 28;
const SIDE: u32 = 85;

/// A row up to this high is not split between pages: it fits on an A4 page that lies,
/// under the rows that are repeated.
const KEPT: u32 = 8_000;

/// A table under construction. Each row has edges of its own; the grid is all of them.
#[derive(Debug, Clone)]
pub(in super::super) struct Table {
    /// Where the columns of a plain row end.
    columns: Vec<u32>,
    border: Border,
    /// Rows are at least as high, in twentieths of a point.
    row_height: u32,
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    /// Cells with their right edges.
    cells: Vec<(Cell, u32)>,
    is_header: bool,
}

/// A cell: its paragraphs or its table.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Cell {
    blocks: Vec<Element>,
    /// Widths of its lines in half ems, and the size of their font.
    lines: Vec<u32>,
    half_points: u32,
    nested_height: u32,
    shaded: bool,
    /// The content reaches the lines, as a nested table's must.
    flush: bool,
    merge: Option<Merge>,
}

/// 合并的单元格里的一格
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Merge {
    Starts,
    /// It belongs to the cell above.
    Continues,
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
        Cell {
            blocks: lines.iter().enumerate().map(paragraph).collect(),
            lines: lines.iter().map(|line| measure::half_ems(line)).collect(),
            half_points: font.half_points,
            ..Cell::default()
        }
    }

    /// Returns a cell that a table fills to its edges.
    pub(in super::super) fn nested(table: Table) -> Cell {
        let nested_height = table.height();
        // A cell must end with a paragraph.
        let blocks = vec![table.into(), Paragraph::hairline().into()];
        Cell { blocks, nested_height, flush: true, ..Cell::default() }
    }

    /// Returns a cell of paragraphs, each with the height that it takes.
    pub(in super::super) fn of(paragraphs: Vec<(Paragraph, u32)>) -> Cell {
        let nested_height = paragraphs.iter().map(|(_, height)| height).sum();
        let blocks = paragraphs.into_iter().map(|(paragraph, _)| paragraph.into()).collect();
        Cell { blocks, nested_height, ..Cell::default() }
    }

    pub(in super::super) fn shaded(mut self) -> Cell {
        self.shaded = true;
        self
    }

    pub(in super::super) fn merged(mut self, merge: Merge) -> Cell {
        self.merge = Some(merge);
        self
    }

    fn height(&self, width: u32) -> u32 {
        let width = width.saturating_sub(2 * SIDE);
        let line = |half_ems: &u32| measure::lines_height(*half_ems, self.half_points, width);
        self.lines.iter().map(line).sum::<u32>() + 2 * EDGE + self.nested_height
    }

    fn build(self, width: u32, span: usize) -> Element {
        let span = (span > 1).then(|| el("w:gridSpan").attr("w:val", span.to_string()));
        let merge = self.merge.map(|merge| match merge {
            Merge::Starts => el("w:vMerge").attr("w:val", "restart"),
            Merge::Continues => el("w:vMerge"),
        });
        let shade = self.shaded.then(|| {
            el("w:shd").attr("w:val", "clear").attr("w:color", "auto").attr("w:fill", "F2F2F2")
        });
        let margins = self.flush.then(|| margins("w:tcMar", 0));
        let properties = el("w:tcPr")
            .child(el("w:tcW").number("w:w", width).attr("w:type", "dxa"))
            .children(span)
            .children(merge)
            .children(shade)
            .children(margins)
            .child(el("w:vAlign").attr("w:val", "center"));
        el("w:tc").child(properties).children(self.blocks)
    }
}

impl Row {
    fn height(&self, least: u32) -> u32 {
        let mut left = 0;
        let heights = self.cells.iter().map(|(cell, right)| {
            let width = right - left;
            left = *right;
            cell.height(width)
        });
        heights.max().unwrap_or(0).max(least)
    }

    fn build(self, grid: &BTreeSet<u32>, least: u32) -> Element {
        let height = self.height(least);
        let least =
            (least > 0).then(|| el("w:trHeight").number("w:val", least).attr("w:hRule", "atLeast"));
        // A row that is higher than a page has to be split anyway.
        let whole = (self.is_header || height <= KEPT).then(|| el("w:cantSplit"));
        let repeated = self.is_header.then(|| el("w:tblHeader"));
        let properties: Vec<Element> = whole.into_iter().chain(repeated).chain(least).collect();
        let properties = (!properties.is_empty()).then(|| el("w:trPr").children(properties));
        let mut left = 0;
        let cells = self.cells.into_iter().map(|(cell, right)| {
            let (from, to) = (Bound::Excluded(left), Bound::Included(right));
            let span = grid.range((from, to)).count();
            let width = right - left;
            left = right;
            cell.build(width, span)
        });
        el("w:tr").children(properties).children(cells)
    }
}

impl Table {
    /// Starts a table as wide as `total`, its columns in these shares.
    pub(in super::super) fn new(shares: &[u32], total: u32, border: Border) -> Table {
        Table { columns: edges(shares, 0, total), border, row_height: 0, rows: Vec::new() }
    }

    pub(in super::super) fn row_height(mut self, height: u32) -> Table {
        self.row_height = height;
        self
    }

    /// Returns the width of a column.
    pub(in super::super) fn width(&self, column: usize) -> u32 {
        self.columns[column] - if column == 0 { 0 } else { self.columns[column - 1] }
    }

    /// Adds a row that is repeated at the head of each page.
    pub(in super::super) fn header(&mut self, cells: Vec<Cell>) {
        let cells = cells.into_iter().zip(self.columns.iter().copied()).collect();
        self.rows.push(Row { cells, is_header: true });
    }

    /// Adds a row of the columns; it stays on one page where it fits.
    pub(in super::super) fn row(&mut self, cells: Vec<Cell>) {
        let cells = cells.into_iter().zip(self.columns.iter().copied()).collect();
        self.rows.push(Row { cells, is_header: false });
    }

    /// Adds a row of cells with right edges of their own.
    pub(in super::super) fn free_row(&mut self, cells: Vec<(Cell, u32)>) {
        self.rows.push(Row { cells, is_header: false });
    }

    /// Adds such a row to those that are repeated at the head of each page.
    pub(in super::super) fn free_header(&mut self, cells: Vec<(Cell, u32)>) {
        self.rows.push(Row { cells, is_header: true });
    }

    /// Returns how high it comes out, near enough.
    pub(in super::super) fn height(&self) -> u32 {
        self.rows.iter().map(|row| row.height(self.row_height)).sum()
    }

    /// Returns how many pages it takes, near enough, where `room` is left on the first and
    /// `page` on each of the others.
    pub(in super::super) fn n_pages(&self, room: u32, page: u32) -> u32 {
        let repeated = self.rows.iter().filter(|row| row.is_header);
        let repeated: u32 = repeated.map(|row| row.height(self.row_height)).sum();
        let (mut n_pages, mut left) = (1, room);
        for row in &self.rows {
            let height = row.height(self.row_height);
            if height <= left {
                left -= height;
                continue;
            }
            let page = page.saturating_sub(repeated).max(1);
            // What is not kept whole begins on the page that is open.
            let rest = if height <= KEPT { height } else { height - left };
            n_pages += rest.div_ceil(page);
            left = (page - rest % page) % page;
        }
        n_pages
    }

    fn borders(&self) -> Element {
        let line = |side: &'static str, kind: &'static str| {
            el(side)
                .attr("w:val", kind)
                .number("w:sz", 4)
                .number("w:space", 0)
                .attr("w:color", "auto")
        };
        let (outer, inner) = match self.border {
            Border::Grid => ("single", "single"),
            Border::Inner => ("nil", "single"),
            Border::None => ("nil", "nil"),
        };
        el("w:tblBorders")
            .children(["w:top", "w:left", "w:bottom", "w:right"].map(|side| line(side, outer)))
            .children(["w:insideH", "w:insideV"].map(|side| line(side, inner)))
    }
}

impl From<Table> for Element {
    fn from(table: Table) -> Element {
        let edges = table.rows.iter().flat_map(|row| row.cells.iter().map(|(_, right)| *right));
        let grid: BTreeSet<u32> = edges.collect();
        let total = grid.last().copied().unwrap_or(0);
        let properties = el("w:tblPr")
            .child(el("w:tblW").number("w:w", total).attr("w:type", "dxa"))
            .child(el("w:jc").attr("w:val", "center"))
            .child(table.borders())
            .child(el("w:tblLayout").attr("w:type", "fixed"))
            .child(margins("w:tblCellMar", SIDE));
        let mut left = 0;
        let columns = grid.iter().map(|right| {
            let width = right - left;
            left = *right;
            el("w:gridCol").number("w:w", width)
        });
        let columns = el("w:tblGrid").children(columns);
        let rows = table.rows.into_iter().map(|row| row.build(&grid, table.row_height));
        el("w:tbl").child(properties).child(columns).children(rows)
    }
}

/// Returns where columns in these shares end, between `left` and `right`.
pub(in super::super) fn edges(shares: &[u32], left: u32, right: u32) -> Vec<u32> {
    let widths = share_out(shares, right - left).into_iter();
    widths
        .scan(left, |at, width| {
            *at += width;
            Some(*at)
        })
        .collect()
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
