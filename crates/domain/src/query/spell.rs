use crate::{content::Value, text::fold_width};

/// Longer texts are told apart by their beginning.
const CHARS: usize = 100;

/// Writes a value for comparison; a code, and a cell of a row, is a value of its own.
pub fn spell(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => match spell_text(text) {
            text if text.is_empty() => Vec::new(),
            text => vec![text],
        },
        Value::Flag(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![sortable(*number)],
        Value::Money(money) => vec![sortable(money.fen)],
        Value::Date { date } => vec![date.to_string()],
        Value::Codes(codes) => codes.iter().map(|code| spell_text(code)).collect(),
        // A thousandth of a working day tells minutes apart.
        Value::Limit(limit) => vec![sortable((limit.in_working_days() * 1000.0).round() as i64)],
        Value::Rows(rows) => {
            rows.iter().flat_map(|row| row.fields.values()).flat_map(spell).collect()
        }
    }
}

/// Writes a text for comparison: width, case and white space do not matter.
pub fn spell_text(text: &str) -> String {
    let folded = fold_width(text).to_lowercase();
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").chars().take(CHARS).collect()
}

/// Writes a number so that texts sort as numbers do, those below nought too.
fn sortable(number: i64) -> String {
    format!("{:020}", i128::from(number) + SORTABLE_ZERO)
}

/// What nought is written as.
pub(super) const SORTABLE_ZERO: i128 = 1 << 63;
