use super::{Operator, Test, spell::SORTABLE_ZERO, spell_text};
use crate::standard::{Element, Standard, ValueKind};

/// Writes a test of an element as [`super::read_test`] reads it: how it compares, and with what.
pub fn write_test(test: &Test, element: &Element, standard: &Standard) -> (Operator, String) {
    let one = |value: &str| write(value, element, standard);
    match test {
        Test::AnyOf(values) => {
            let values: Vec<String> = values.iter().map(|it| one(it)).collect();
            (Operator::Is, values.join("、"))
        }
        Test::Between { from: Some(from), .. } => (Operator::AtLeast, one(from)),
        Test::Between { from: None, to } => {
            (Operator::AtMost, to.as_deref().map(one).unwrap_or_default())
        }
        Test::Begins(text) => (Operator::Begins, text.clone()),
        Test::Contains(text) => (Operator::Contains, text.clone()),
        Test::Filled => (Operator::Filled, String::new()),
        Test::Empty => (Operator::Empty, String::new()),
    }
}

/// Writes a value for people that was spelled for comparison.
fn write(value: &str, element: &Element, standard: &Standard) -> String {
    let number = || value.parse::<i128>().ok().map(|it| it - SORTABLE_ZERO);
    let written = match element.kind {
        ValueKind::Text | ValueKind::Rows | ValueKind::Date => None,
        ValueKind::Codes => {
            let list = element.list.as_deref().and_then(|list| standard.list(list));
            let entries = list.into_iter().flat_map(|list| &list.entries);
            let code = entries.into_iter().find(|it| spell_text(&it.code) == value);
            code.map(|it| it.label.clone())
        }
        ValueKind::Flag => Some(if value == "true" { "是" } else { "否" }.to_owned()),
        ValueKind::Number => number().map(|it| it.to_string()),
        ValueKind::Money => number().map(|fen| format!("{}.{:02}", fen / 100, fen % 100)),
        ValueKind::Limit => number().map(limit),
    };
    written.unwrap_or_else(|| value.to_owned())
}

/// Writes a limit that is known in thousandths of a working day of eight hours.
fn limit(thousandths: i128) -> String {
    match (thousandths, thousandths % 1000) {
        (0, _) => "即办".to_owned(),
        (n, 0) => format!("{}个工作日", n / 1000),
        // Rounded to the nearest minute, which is spelled alike.
        (n, _) => format!("{}分钟", (n * 480 + 500) / 1000),
    }
}
