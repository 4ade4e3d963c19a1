//! 岗位说明: the table that follows a flowchart, and says of each step who does it, what that
//! person answers for, how long it takes and by what right.

use super::{
    layout,
    model::{Cell, Table},
};
use crate::read::table::clean_header;

/// A row as it is read: name of the column, text.
pub(super) type Row = Vec<(String, String)>;

const STEP: &str = "环节名称";
const POST: &str = "岗位";

/// What the columns of such a table are called, and as what each is read.
const COLUMNS: [(&str, &[&str]); 6] = [
    (STEP, &["办理环节", "环节名称", "环节", "步骤"]),
    (POST, &["岗位", "岗位名称", "办理岗位", "责任岗位"]),
    ("办理人员", &["人员", "办理人员", "办理人", "经办人", "责任人"]),
    ("职责", &["职责", "环节职责", "岗位职责", "工作职责"]),
    ("环节时限", &["办理时限", "环节时限", "时限"]),
    ("环节依据", &["依据", "环节依据", "办理依据"]),
];

/// Reads a table as 岗位说明, if each of its columns is one of that; steps and posts it must have.
pub(super) fn read(table: &Table) -> Option<Vec<Row>> {
    let (head, rows) = table.rows.split_first()?;
    let head: Option<Vec<&str>> = layout::texts(head).iter().map(|it| column(it)).collect();
    let head = head.filter(|it| it.contains(&STEP) && it.contains(&POST))?;
    let row = |cells: &Vec<Cell>| -> Row {
        let texts = layout::texts(cells);
        let pairs = head.iter().zip(texts);
        pairs.map(|(column, text)| ((*column).to_owned(), text.trim().to_owned())).collect()
    };
    let rows = rows.iter().map(row);
    Some(rows.filter(|row| row.iter().any(|(_, text)| !text.is_empty())).collect())
}

fn column(title: &str) -> Option<&'static str> {
    let title = clean_header(title);
    let (column, _) = COLUMNS.iter().find(|(_, titles)| titles.contains(&title.as_str()))?;
    Some(column)
}

/// Lays posts over the steps of a chart, by the names of the steps; returns those of no step.
pub(super) fn lay_over(steps: &mut [Row], posts: Vec<Row>) -> Vec<Row> {
    let mut columns: Vec<String> = Vec::new();
    for (column, text) in posts.iter().flatten() {
        let is_new = column != STEP && !text.is_empty() && !columns.contains(column);
        columns.extend(is_new.then(|| column.clone()));
    }
    // All rows of a table have the same columns.
    for step in &mut *steps {
        for column in &columns {
            if value(step, column).is_none() {
                step.push((column.clone(), String::new()));
            }
        }
    }
    let mut is_laid = vec![false; steps.len()];
    let mut rest = Vec::new();
    for post in posts {
        let name = value(&post, STEP).map(bare).unwrap_or_default();
        let is_its =
            |at: &usize| !is_laid[*at] && value(&steps[*at], STEP).map(bare) == Some(name.clone());
        let Some(at) = (0..steps.len()).find(is_its) else {
            rest.push(post);
            continue;
        };
        is_laid[at] = true;
        for (column, text) in post.into_iter().filter(|(_, text)| !text.is_empty()) {
            if let Some(cell) = steps[at].iter_mut().find(|(it, _)| *it == column && it != STEP) {
                cell.1 = text;
            }
        }
    }
    rest
}

fn value<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.iter().find(|(it, _)| it == column).map(|(_, text)| text.as_str())
}

fn bare(name: &str) -> String {
    name.split_whitespace().collect()
}
