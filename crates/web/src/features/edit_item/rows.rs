//! A list of rows: each a line that opens to its fields, with what can be done with it.

use domain::{
    content::{Row, Value, field_name, rows_name, show_single},
    standard::{Element, Field, Standard, ValueKind},
};

use super::{
    control::{Control, Input},
    page::Subject,
};

/// Values that stand beside the name of a row while it is closed.
const MOST_FACTS: usize = 4;

/// The longest of them, in characters.
const LONGEST_FACT: usize = 16;

/// 子表。
pub(super) struct RowsView {
    pub(super) key: String,
    pub(super) label: String,
    /// The field that says which rows there are, in which order.
    pub(super) order: String,
    pub(super) rows: Vec<RowView>,
    /// The columns in their order, for who pastes without a header.
    pub(super) columns: String,
}

pub(super) struct RowView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) facts: Vec<String>,
    pub(super) is_open: bool,
    pub(super) cells: Vec<Cell>,
}

pub(super) struct Cell {
    pub(super) label: String,
    pub(super) help: String,
    pub(super) input: Input,
}

impl RowsView {
    /// What can be done with a row: the verb, its icon, and what it is called.
    pub(super) const VERBS: [(&str, &str, &str); 4] = [
        ("up", "arrow-narrow-up", "上移"),
        ("down", "arrow-narrow-down", "下移"),
        ("copy", "copy", "复制"),
        ("delete", "trash", "删除"),
    ];

    pub(super) fn row_id(&self, row: &RowView) -> String {
        row_id(&self.key, &row.id)
    }

    pub(super) fn of(element: &Element, subject: &Subject<'_>) -> RowsView {
        let rows = subject.record.content.rows(&element.key);
        let is_here = subject.at.element == Some(element.key.as_str());
        let at = subject.at.row.filter(|_| is_here);
        let columns: Vec<&str> = element.fields.iter().map(|it| it.label.as_str()).collect();
        let row = |(n, row): (usize, &Row)| RowView {
            id: row.id.clone(),
            title: title(row, element).unwrap_or_else(|| format!("第 {} 行", n + 1)),
            facts: facts(row, element, subject.standard),
            is_open: row.fields.is_empty() || at == Some(row.id.as_str()),
            cells: element
                .fields
                .iter()
                .map(|it| cell(it, row, element, subject.standard))
                .collect(),
        };
        RowsView {
            key: element.key.clone(),
            label: element.label.clone(),
            order: rows_name(&element.key),
            rows: rows.iter().enumerate().map(row).collect(),
            columns: columns.join("、"),
        }
    }
}

/// The id of the place of a row on the page.
pub(super) fn row_id(key: &str, row: &str) -> String {
    format!("r-{key}-{row}")
}

/// What a row is called: the first text in it.
pub(super) fn title(row: &Row, element: &Element) -> Option<String> {
    let texts = element.fields.iter().map(|field| row.text(&field.key));
    let first = texts.flat_map(str::lines).map(str::trim).find(|text| !text.is_empty())?;
    let mut title: String = first.chars().take(60).collect();
    if title.len() < first.len() {
        title.push('…');
    }
    Some(title)
}

/// What is chosen or counted in a row, shortly.
fn facts(row: &Row, element: &Element, standard: &Standard) -> Vec<String> {
    let fact = |field: &Field| {
        let value = row.fields.get(&field.key)?;
        let words = show_single(value, field.shape(), standard);
        let words = match value {
            Value::Text(_) => return None,
            Value::Flag(true) => field.label.trim_start_matches("是否").to_owned(),
            Value::Flag(false) => return None,
            Value::Number(_) => format!("{} {words}", field.label),
            _ => words,
        };
        (words.chars().count() <= LONGEST_FACT).then_some(words)
    };
    element.fields.iter().filter_map(fact).take(MOST_FACTS).collect()
}

fn cell(field: &Field, row: &Row, element: &Element, standard: &Standard) -> Cell {
    let name = field_name(&element.key, &row.id, &field.key);
    let is_first = element.fields.first().is_some_and(|first| first.key == field.key);
    let is_line = is_first && field.kind == ValueKind::Text;
    let value = row.fields.get(&field.key);
    Cell {
        label: field.label.clone(),
        help: field.help.clone(),
        input: Input {
            id: format!("f-{}-{}-{}", element.key, row.id, field.key),
            control: Control::of(&name, value, field.shape(), is_line, standard),
            name,
            described_by: None,
            is_bad: false,
            is_required: field.required,
        },
    }
}
