use super::{field_name, rows_name, unit_name};
use crate::{
    content::{Content, LimitUnit, Money, Value, show_single},
    standard::{Shape, Standard, ValueKind},
};

/// Returns all fields of the form that shows `content`, as a browser sends it back.
pub fn form_pairs(content: &Content, standard: &Standard) -> Vec<(String, String)> {
    let mut pairs = Pairs { standard, pairs: Vec::new() };
    for element in standard.elements() {
        let key = &element.key;
        let value = content.get(key);
        let is_list = matches!(value, None | Some(Value::Rows(_)));
        if element.kind != ValueKind::Rows || !is_list {
            pairs.push(key, value, element.shape());
            continue;
        }
        pairs.pairs.push((rows_name(key), String::new()));
        for row in content.rows(key) {
            pairs.pairs.push((rows_name(key), row.id.clone()));
            for field in &element.fields {
                let name = field_name(key, &row.id, &field.key);
                pairs.push(&name, row.fields.get(&field.key), field.shape());
            }
        }
    }
    pairs.pairs
}

/// Returns what the fields of a value hold: one text, or as many as there are codes.
pub fn form_texts(value: &Value, shape: Shape<'_>, standard: &Standard) -> Vec<String> {
    match (value, shape.kind) {
        (Value::Codes(codes), ValueKind::Codes) => codes.clone(),
        (Value::Flag(flag), ValueKind::Flag) => vec![flag.to_string()],
        (Value::Limit(limit), ValueKind::Limit) if limit.is_immediate() => vec![limit.to_string()],
        (Value::Limit(limit), ValueKind::Limit) => vec![limit.amount.to_string()],
        (Value::Money(money), ValueKind::Money) => vec![yuan(*money)],
        // A file is shown by its name, and goes through a form as it is held.
        (Value::Text(text), _) => vec![text.clone()],
        (value, _) => vec![show_single(value, shape, standard)],
    }
}

/// Returns the unit that stands beside a limit.
pub fn form_unit(value: &Value) -> Option<LimitUnit> {
    match value {
        Value::Limit(limit) => Some(limit.unit),
        _ => None,
    }
}

struct Pairs<'a> {
    standard: &'a Standard,
    pairs: Vec<(String, String)>,
}

impl Pairs<'_> {
    fn push(&mut self, name: &str, value: Option<&Value>, shape: Shape<'_>) {
        // Boxes that nobody ticked send nothing: an empty one beside them says that they were there.
        if value.is_none() || shape.kind == ValueKind::Codes {
            self.pairs.push((name.to_owned(), String::new()));
        }
        let texts = value.map(|value| form_texts(value, shape, self.standard));
        self.pairs.extend(texts.into_iter().flatten().map(|text| (name.to_owned(), text)));
        if shape.kind == ValueKind::Limit {
            let unit = value.and_then(form_unit).unwrap_or(LimitUnit::WorkingDay);
            self.pairs.push((unit_name(name), unit.suffix().to_owned()));
        }
    }
}

fn yuan(Money { fen }: Money) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    match (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100) {
        (yuan, 0) => format!("{sign}{yuan}"),
        (yuan, fen) => format!("{sign}{yuan}.{fen:02}"),
    }
}
