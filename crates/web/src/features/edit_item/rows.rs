//! A list of rows: each a line that opens to its fields, with what can be done with it.

use domain::{
    content::{Row, Value, field_name, rows_name, show_single},
    item::EditionId,
    library::{Attached, takes_file},
    standard::{Element, Field, Standard, ValueKind},
};

use super::{
    gap::{Gap, Library},
    page::Subject,
};
use crate::{
    controls::{Control, Input},
    links::{self, Link},
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
    /// From where new rows are filled.
    pub(super) fill: Option<Fill>,
}

/// A button that leads to a library.
pub(super) struct Fill {
    pub(super) act: String,
    pub(super) words: &'static str,
}

pub(super) struct RowView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) facts: Vec<String>,
    pub(super) is_open: bool,
    pub(super) cells: Vec<Cell>,
    /// From where the row is filled.
    pub(super) fill: Option<Fill>,
}

pub(super) struct Cell {
    pub(super) label: String,
    pub(super) help: String,
    pub(super) input: Input,
    /// Whether the row may be called by what is written here.
    pub(super) is_text: bool,
    /// What is done with a file here, where one may stand.
    pub(super) file: Option<FileView>,
}

/// 一格里的附件。
pub(super) struct FileView {
    /// The file's name, and where it is had.
    pub(super) held: Option<(String, Link)>,
    pub(super) fill: Fill,
    /// What the button says that takes it away.
    pub(super) drop: String,
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
            cells: element.fields.iter().map(|it| cell(it, row, element, subject)).collect(),
            fill: Fill::of(&Gap::of_row(&element.key, &row.id)),
        };
        RowsView {
            key: element.key.clone(),
            label: element.label.clone(),
            order: rows_name(&element.key),
            rows: rows.iter().enumerate().map(row).collect(),
            columns: columns.join("、"),
            fill: Fill::of(&Gap::of_row(&element.key, "")),
        }
    }
}

impl Fill {
    fn of(gap: &Gap) -> Option<Fill> {
        let words = gap.library().map(Library::words)?;
        Some(Fill { act: gap.fill_button(), words })
    }
}

impl FileView {
    fn of(gap: &Gap, text: &str, edition: EditionId) -> Option<FileView> {
        let held = Attached::parse(text)
            .map(|it| (it.name.to_owned(), links::edition_file(&edition, it.hash, it.name)));
        Some(FileView { held, fill: Fill::of(gap)?, drop: gap.drop_button() })
    }
}

/// The id of the place of a row on the page.
pub(super) fn row_id(key: &str, row: &str) -> String {
    format!("r-{key}-{row}")
}

/// What a row is called: the first text in it.
pub(super) fn title(row: &Row, element: &Element) -> Option<String> {
    let texts = element.fields.iter().map(|field| Attached::shown(row.text(&field.key)));
    let first = texts.flat_map(str::lines).map(str::trim).find(|text| !text.is_empty())?;
    let mut title: String = first.chars().take(60).collect();
    if title.len() < first.len() {
        title.push('…');
    }
    Some(title)
}

/// What is chosen or counted in a row, shortly; then its short texts, which tell apart
/// rows of one name.
fn facts(row: &Row, element: &Element, standard: &Standard) -> Vec<String> {
    let is_short = |text: &str| text.chars().count() <= LONGEST_FACT;
    let counted = |field: &Field| {
        let value = row.fields.get(&field.key)?;
        let words = show_single(value, field.shape(), standard);
        let words = match value {
            Value::Text(_) => return None,
            Value::Flag(true) => field.label.trim_start_matches("是否").to_owned(),
            Value::Flag(false) => return None,
            Value::Number(_) => format!("{} {words}", field.label),
            _ => words,
        };
        is_short(&words).then_some(words)
    };
    let title = title(row, element);
    let texts = element.fields.iter().map(|it| Attached::shown(row.text(&it.key)).trim());
    let said = texts.filter(|it| !it.is_empty() && !it.contains('\n') && is_short(it));
    let said = said.filter(|it| title.as_deref() != Some(it)).map(str::to_owned);
    element.fields.iter().filter_map(counted).chain(said).take(MOST_FACTS).collect()
}

fn cell(field: &Field, row: &Row, element: &Element, subject: &Subject<'_>) -> Cell {
    let name = field_name(&element.key, &row.id, &field.key);
    let is_first = element.fields.first().is_some_and(|first| first.key == field.key);
    let is_line = is_first && field.kind == ValueKind::Text;
    let value = row.fields.get(&field.key);
    let gap = Gap::of_field(&element.key, &row.id, &field.key);
    let file = takes_file(&element.key, &field.key)
        .then(|| FileView::of(&gap, row.text(&field.key), subject.edition));
    Cell {
        label: field.label.clone(),
        help: field.help.clone(),
        is_text: field.kind == ValueKind::Text || matches!(value, Some(Value::Text(_))),
        input: Input {
            id: format!("f-{}-{}-{}", element.key, row.id, field.key),
            control: Control::of(&name, value, field.shape(), is_line, subject.standard),
            name,
            described_by: None,
            is_bad: false,
            is_required: field.required,
        },
        file: file.flatten(),
    }
}
