//! 导入报告: the input's rows again, each with what became of it and why.

mod cells;

use std::io::{Seek, Write};

use domain::intake::RawRow;

use self::cells::Headers;
use super::{
    WriteError,
    excel::{Cell, Column, Look, SheetPlan, Workbook, Written},
};

/// 一次导入的总数，写在报告的第一张表。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportSummary {
    /// Name of the file that was read.
    pub source: String,
    pub standard: String,
    /// Counts with their labels: 读入, 导入, 更新, 未变, 有问题, 退回 …
    pub counts: Vec<(String, u64)>,
    /// Headers that nobody knows; their cells were not taken in.
    pub unknown_columns: Vec<String>,
    /// Bodies that the import brought in, with their codes or letters.
    pub new_bodies: Vec<String>,
    /// Whatever else is to be said, a sentence each.
    pub remarks: Vec<String>,
}

/// 导入报告工作簿，一行一行写出。
pub struct Report<W: Write + Seek> {
    headers: Headers,
    workbook: Workbook<W>,
}

/// The columns before the input's own, and the one behind them. None of them leads
/// anywhere, so that a report may be mended and imported again.
const RESULT: &str = "导入结果";
const REASON: &str = "原因";
const PLACE: &str = "位置";
const OTHER: &str = "其他";

impl<W: Write + Seek> Report<W> {
    /// Starts a report; what comes under a header not named here goes to the last column.
    pub fn new(out: W, headers: &[String]) -> Result<Report<W>, WriteError> {
        let column = |label: &str, width| Column { label: label.to_owned(), width };
        let leading = [column(RESULT, 10), column(REASON, 60), column(PLACE, 16)];
        let own = headers.iter().map(|header| column(header, 20));
        let mut workbook = Workbook::new(out);
        workbook.sheet(SheetPlan {
            name: "明细".into(),
            columns: leading.into_iter().chain(own).chain([column(OTHER, 40)]).collect(),
            frozen: 2,
            row_height: 0,
            is_typed_as_text: false,
            first: false,
        })?;
        Ok(Report { headers: Headers::new(headers), workbook })
    }

    /// Adds a row of the input: what became of it, and the reasons, a line each.
    pub fn row(&mut self, row: &RawRow, outcome: &str, reason: &str) -> Result<(), WriteError> {
        let mut cells = vec![
            Cell::new(outcome, Look::Line),
            Cell::new(reason, Look::Text),
            Cell::new(&row.place, Look::Line),
        ];
        cells.extend(self.headers.arrange(&row.data).iter().map(|it| Cell::new(it, Look::Line)));
        self.workbook.row(&cells)
    }

    /// Writes the summary, which is the first sheet, and ends the file.
    pub fn finish(mut self, summary: &ReportSummary) -> Result<(W, Written), WriteError> {
        let column = |label: &str, width| Column { label: label.to_owned(), width };
        let n_rows = self.workbook.written().rows;
        self.workbook.sheet(SheetPlan {
            name: "汇总".into(),
            columns: vec![column("项目", 24), column("内容", 80)],
            frozen: 0,
            row_height: 0,
            is_typed_as_text: false,
            first: true,
        })?;
        for (label, text) in summary.lines(self.workbook.written()) {
            self.workbook.row(&[Cell::new(&label, Look::Text), Cell::number(&text)])?;
        }
        let (out, written) = self.workbook.finish("导入报告")?;
        Ok((out, Written { rows: n_rows, ..written }))
    }
}

impl ReportSummary {
    fn lines(&self, written: Written) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let mut line = |label: &str, text: String| lines.push((label.to_owned(), text));
        line("文件", self.source.clone());
        line("规范", self.standard.clone());
        for (label, count) in &self.counts {
            line(label, count.to_string());
        }
        for header in &self.unknown_columns {
            line(
                "没有认出的列",
                format!(
                    "{header}：没有导入。要导入的，在映射文件的 [columns] 里写明它指向哪个要素"
                ),
            );
        }
        for body in &self.new_bodies {
            line("新增的实施主体", body.clone());
        }
        for remark in &self.remarks {
            line("说明", remark.clone());
        }
        if written.cut_cells > 0 {
            let n = written.cut_cells;
            line("说明", format!("明细里有 {n} 格超过 Excel 一格的上限，后面从略；导入的是全文"));
        }
        lines
    }
}

#[cfg(test)]
mod tests;
