use time::macros::format_description;

use super::{Row, Value};
use crate::{
    library::Attached,
    standard::{Element, RowPart, Shape, Standard, ValueKind},
};

/// Returns the element's value as a form or a spreadsheet cell says it.
///
/// [`super::read_value`] and [`super::read_rows`] read the same text back.
pub fn show_value(value: &Value, element: &Element, standard: &Standard) -> String {
    match value {
        Value::Rows(rows) => {
            rows.iter().map(|row| show_row(row, element, standard)).collect::<Vec<_>>().join("\n")
        }
        value => show_single(value, element.shape(), standard),
    }
}

/// Returns a row as one line, in the element's row format.
pub fn show_row(row: &Row, element: &Element, standard: &Standard) -> String {
    show_row_as(row, &element.row_format, element, standard)
}

/// Returns a row as one line, in the given format.
pub fn show_row_as(
    row: &Row,
    format: &[RowPart],
    element: &Element,
    standard: &Standard,
) -> String {
    let mut line = String::new();
    for part in format {
        let field = element.field(&part.field);
        let (Some(value), Some(field)) = (row.fields.get(&part.field), field) else { continue };
        line.push_str(&part.before);
        line.push_str(&show_single(value, field.shape(), standard));
        line.push_str(&part.after);
    }
    line
}

/// Returns a value that is not a list of rows, in words.
pub fn show_single(value: &Value, shape: Shape<'_>, standard: &Standard) -> String {
    match value {
        Value::Text(text) => Attached::shown(text).to_owned(),
        Value::Flag(true) => "是".into(),
        Value::Flag(false) => "否".into(),
        Value::Number(number) => number.to_string(),
        Value::Date { date } => date
            .format(format_description!("[year]-[month]-[day]"))
            .expect("a date always has year, month and day"),
        Value::Codes(codes) => {
            let label = |code: &String| match shape.list {
                Some(list) if shape.kind == ValueKind::Codes => {
                    standard.label(list, code).to_owned()
                }
                _ => code.clone(),
            };
            codes.iter().map(label).collect::<Vec<_>>().join("、")
        }
        Value::Limit(limit) => limit.to_string(),
        Value::Money(money) => show_money(money.fen),
        Value::Rows(rows) => format!("{} 行", rows.len()),
    }
}

fn show_money(fen: i64) -> String {
    match (fen / 100, fen % 100) {
        (yuan, 0) => format!("{yuan} 元"),
        (yuan, rest) => format!("{yuan}.{:02} 元", rest.abs()),
    }
}
