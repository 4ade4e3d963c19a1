use std::collections::BTreeMap;

use time::{Date, macros::format_description};

use super::{Limit, LimitUnit, Money, Row, Value};
use crate::{
    standard::{CodeList, Element, Field, Shape, Standard, ValueKind},
    text::{fold_width, tidy},
};

/// Reads a cell as the value of an element that is not a list of rows.
///
/// A blank cell (无, 暂无 …) is no value. What can not be read is kept
/// as it came, as text or as an unknown code: the checks say what was wanted.
pub fn read_value(
    text: &str,
    element: &Element,
    unit: LimitUnit,
    standard: &Standard,
) -> Option<Value> {
    read_single(text, element.shape(), unit, standard)
}

/// Reads a cell as a column's kind of value, a bare number of a limit as working days; what can
/// not be read so stays text, and a blank is `None`.
pub fn read_field(text: &str, field: &Field, standard: &Standard) -> Option<Value> {
    read_single(text, field.shape(), LimitUnit::WorkingDay, standard)
}

pub(super) fn read_single(
    text: &str,
    shape: Shape<'_>,
    unit: LimitUnit,
    standard: &Standard,
) -> Option<Value> {
    let text = text.trim();
    if standard.is_blank(text) {
        return None;
    }
    let read = match shape.kind {
        ValueKind::Text | ValueKind::Rows => Some(Value::Text(tidy(text))),
        ValueKind::Number => read_number(text, shape.unit).map(Value::Number),
        ValueKind::Flag => read_flag(text, standard).map(Value::Flag),
        ValueKind::Date => read_date(text).map(|date| Value::Date { date }),
        ValueKind::Limit => Limit::read(text, unit).map(Value::Limit),
        ValueKind::Money => read_money(text).map(Value::Money),
        ValueKind::Codes => {
            Some(Value::Codes(read_codes(text, shape, standard))).filter(|codes| !codes.is_empty())
        }
    };
    read.or_else(|| Some(Value::Text(tidy(text))))
}

/// Reads a list of rows out of one cell: a line a row, in the element's row format.
pub fn read_rows(text: &str, element: &Element, standard: &Standard) -> Vec<Row> {
    let mut rows: Vec<BTreeMap<String, Value>> = Vec::new();
    let opening = element.row_format.first().map_or("", |part| part.before.as_str());
    for line in text.lines().map(str::trim).filter(|line| !standard.is_blank(line)) {
        let continues = !opening.is_empty() && !line.contains(opening);
        match rows.last_mut().filter(|_| continues) {
            Some(last) => append(last, element, line),
            None => rows.push(read_line(line, element, standard)),
        }
    }
    number_rows(rows)
}

/// Gives rows their ids, `r1` and on; those that say nothing are left out.
pub fn number_rows(rows: Vec<BTreeMap<String, Value>>) -> Vec<Row> {
    let full = rows.into_iter().filter(|fields| !fields.is_empty());
    full.enumerate().map(|(at, fields)| Row { id: format!("r{}", at + 1), fields }).collect()
}

fn read_line(line: &str, element: &Element, standard: &Standard) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    let mut rest = strip_number(line);
    let parts = &element.row_format;
    let mut fits = false;
    for (at, part) in parts.iter().enumerate() {
        let Some(field) = element.field(&part.field) else { continue };
        let Some(inner) = rest.strip_prefix(part.before.as_str()) else { continue };
        let later = parts[at + 1..].iter().map(|it| it.before.as_str()).filter(|it| !it.is_empty());
        let end = match part.after.as_str() {
            "" => later.filter_map(|opening| inner.find(opening)).min().or(Some(inner.len())),
            after => inner.find(after),
        };
        let Some(end) = end else { continue };
        fits |= at == 0 || !part.before.is_empty() || !part.after.is_empty();
        if let Some(value) = read_field(&inner[..end], field, standard) {
            fields.insert(field.key.clone(), value);
        }
        rest = inner[end..].strip_prefix(part.after.as_str()).unwrap_or(&inner[end..]);
    }
    let main = element.fields.iter().find(|field| field.kind == ValueKind::Text);
    if let (true, Some(main)) = (fields.is_empty() || !fits, main) {
        fields = BTreeMap::from([(main.key.clone(), Value::Text(line.to_owned()))]);
    } else if !rest.trim().is_empty() {
        append(&mut fields, element, rest);
    }
    fields
}

/// Adds text that no part of the format takes to the row's last text, so that none is lost.
fn append(fields: &mut BTreeMap<String, Value>, element: &Element, text: &str) {
    let texts = element.row_format.iter().rev().map(|part| &part.field);
    let mut texts = texts.filter(|key| matches!(fields.get(*key), Some(Value::Text(_))));
    let Some(key) = texts.next().cloned() else { return };
    if let Some(Value::Text(last)) = fields.get_mut(&key) {
        last.push('\n');
        last.push_str(text);
    }
}

/// Takes 「1.」「（二）」「3、」 off the head of a line of a list.
fn strip_number(line: &str) -> &str {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let rest = &line[digits..];
    match rest.strip_prefix(['.', '、', '．', ')', '）']) {
        Some(rest)
            if (1..=2).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => line,
    }
}

fn read_number(text: &str, unit: &str) -> Option<i64> {
    let text = fold_width(text);
    text.trim().trim_end_matches(unit).trim().parse().ok()
}

fn read_flag(text: &str, standard: &Standard) -> Option<bool> {
    let is = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&standard.flag_words.yes) {
        return Some(true);
    }
    is(&standard.flag_words.no).then_some(false)
}

fn read_date(text: &str) -> Option<Date> {
    let text: String = fold_width(text)
        .replace(['年', '月', '/', '.'], "-")
        .replace('日', "")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let day = text.get(..10).unwrap_or(&text);
    Date::parse(day, format_description!("[year]-[month]-[day]"))
        .or_else(|_| {
            Date::parse(
                &text,
                format_description!("[year]-[month padding:none]-[day padding:none]"),
            )
        })
        .ok()
}

fn read_money(text: &str) -> Option<Money> {
    let text = fold_width(text);
    let number = text.trim().trim_end_matches('元').trim();
    let (yuan, fen) = number.split_once('.').unwrap_or((number, "0"));
    if fen.len() > 2 || !number.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let fen: i64 = format!("{fen:0<2}").parse().ok()?;
    Some(Money { fen: yuan.parse::<i64>().ok()?.checked_mul(100)? + fen })
}

fn read_codes(text: &str, shape: Shape<'_>, standard: &Standard) -> Vec<String> {
    let Some(list) = shape.list.and_then(|list| standard.list(list)) else {
        return vec![text.to_owned()];
    };
    let mut codes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (word, after) = next_word(rest, list);
        rest = after.trim_start_matches(|c: char| is_separator(c) || c.is_whitespace());
        if standard.is_blank(word) {
            continue;
        }
        let code = list.read(word).map(|code| code.code.clone());
        let code = code.unwrap_or_else(|| word.to_owned());
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Takes one spelling off the head of a list of codes, the longest that the list knows:
/// some labels hold a separator themselves, as 镇（乡、街道）级.
fn next_word<'a>(text: &'a str, list: &CodeList) -> (&'a str, &'a str) {
    let ends_there = |spelling: &&String| {
        let after = text.strip_prefix(spelling.as_str());
        let after = after.map(|it| it.trim_start_matches([' ', '\u{3000}']));
        after.is_some_and(|it| it.is_empty() || it.starts_with(is_separator))
    };
    let spellings = list.entries.iter().flat_map(|it| it.also.iter().chain([&it.code, &it.label]));
    let known = spellings.filter(ends_there).map(String::len).max();
    let end = known.unwrap_or_else(|| text.find(is_separator).unwrap_or(text.len()));
    let (word, after) = text.split_at(end);
    (word.trim(), after)
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | ';' | '；' | '|' | '/' | '\n')
}
