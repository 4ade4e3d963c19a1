//! 清单: a table of texts as Excel and as CSV, for what is no catalogue of items.

use std::io::Cursor;

use super::{
    WriteError, comma,
    excel::{Cell, Column, Look, SheetPlan, Workbook},
};

/// 清单：表头和行。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What its sheet is called.
    pub name: &'static str,
    /// Headers, each with the width of its column in characters.
    pub columns: Vec<(&'static str, u32)>,
    pub rows: Vec<Vec<String>>,
}

impl List {
    fn plan(&self) -> SheetPlan {
        let column =
            |(label, width): &(&str, u32)| Column { label: (*label).into(), width: *width };
        SheetPlan {
            name: self.name.to_owned(),
            columns: self.columns.iter().map(column).collect(),
            frozen: 0,
            row_height: 0,
            is_typed_as_text: true,
            first: false,
        }
    }
}

/// Writes lists as the sheets of one workbook. What is typed below their rows stays text, so
/// that no figure of a code is lost.
pub fn lists_xlsx(title: &str, lists: &[List]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new(Cursor::new(Vec::new()));
    for list in lists {
        workbook.sheet(list.plan())?;
        for row in &list.rows {
            let cells: Vec<Cell> = row.iter().map(|it| Cell::new(it, Look::Text)).collect();
            workbook.row(&cells)?;
        }
    }
    let (out, _) = workbook.finish(title)?;
    Ok(out.into_inner())
}

/// Writes a list as CSV.
pub fn list_csv(list: &List) -> Result<Vec<u8>, WriteError> {
    let mut out = comma::writer(Vec::new())?;
    out.write_record(list.columns.iter().map(|(label, _)| *label))?;
    for row in &list.rows {
        out.write_record(row.iter().map(|text| comma::shielded(text).into_owned()))?;
    }
    comma::finished(out)
}

#[cfg(test)]
mod tests {
    use super::{super::outline::part, *};

    fn list() -> List {
        List {
            name: "账号",
            columns: vec![("账号", 20), ("管到哪里", 30)],
            rows: vec![vec!["wsmz-01".into(), "=1+1".into()]],
        }
    }

    #[test]
    fn what_begins_like_a_formula_is_text_in_both_files() {
        let csv = String::from_utf8(list_csv(&list()).unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}账号,管到哪里\r\nwsmz-01,\t=1+1\r\n");
        let bytes = lists_xlsx("账号", &[list()]).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<t xml:space=\"preserve\">=1+1</t>"), "{sheet}");
        assert!(!sheet.contains("<f>"), "{sheet}");
    }

    #[test]
    fn what_is_typed_into_a_list_later_stays_text() {
        let bytes = lists_xlsx("账号", &[list()]).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(sheet.matches("<col ").count(), 2, "{sheet}");
        assert_eq!(sheet.matches(" style=\"2\"").count(), 2, "{sheet}");
    }
}
