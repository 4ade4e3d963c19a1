use super::{Rule, Subject, wording::quoted};
use crate::{
    content::Value,
    finding::{Finding, Severity},
    standard::{CodeList, Element, KIND_LIST, Shape, ValueKind},
};

/// 值合要素。
pub(super) const RULE: Rule = Rule {
    id: "Q0b",
    title: "填写的值符合要素的种类和代码表",
    severity: Severity::Error,
    parameters: &[],
    check,
};

/// The most labels that a message lists before it only counts them.
const LISTED: usize = 12;

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    check_kind(subject, found);
    for (key, value) in subject.record.content.iter() {
        let Some(element) = subject.standard.element(key) else {
            let message = format!("本规范没有要素 {key}");
            found.push(RULE.finding(key, message, "删去它，或先在规范的要素表里增加"));
            continue;
        };
        match (value, element.kind) {
            (Value::Rows(_), ValueKind::Rows) => check_rows(subject, element, found),
            (value, _) => {
                if let Some((what, mend)) = misfit(value, element.shape(), subject) {
                    found.push(RULE.finding(key, format!("“{}”{what}", element.label), mend));
                }
            }
        }
    }
}

fn check_kind(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(list) = subject.standard.list(KIND_LIST) else { return };
    let kind = &subject.record.kind;
    if list.code(kind).is_none() {
        let message = format!("事项类型“{kind}”不在本规范的类型里");
        found.push(RULE.finding("item.kind", message, one_of(list)));
    }
}

fn check_rows(subject: &Subject<'_>, element: &Element, found: &mut Vec<Finding>) {
    let rows = subject.record.content.rows(&element.key).iter().enumerate();
    let cells =
        rows.flat_map(|(at, row)| row.fields.iter().map(move |(key, it)| (at + 1, key, it)));
    for (number, key, value) in cells {
        let place = || format!("{}[].{key}", element.key);
        let label = &element.label;
        let Some(field) = element.field(key) else {
            let message = format!("“{label}”第 {number} 行：本规范没有这一列 {key}");
            found.push(RULE.finding(&place(), message, "删去它，或先在规范的要素表里增加"));
            continue;
        };
        if let Some((what, mend)) = misfit(value, field.shape(), subject) {
            let message = format!("“{label}”第 {number} 行“{}”{what}", field.label);
            found.push(RULE.finding(&place(), message, mend));
        }
    }
}

/// Says how `value` does not fit, and what to write instead.
fn misfit(value: &Value, shape: Shape<'_>, subject: &Subject<'_>) -> Option<(String, String)> {
    match (value, shape.kind) {
        (Value::Text(_), ValueKind::Text)
        | (Value::Number(0..), ValueKind::Number)
        | (Value::Flag(_), ValueKind::Flag)
        | (Value::Date { .. }, ValueKind::Date)
        | (Value::Limit(_), ValueKind::Limit)
        | (Value::Money(_), ValueKind::Money) => None,
        (Value::Codes(codes), ValueKind::Codes) => codes_misfit(codes, shape, subject),
        (value, kind) => {
            let wanted = wanted(kind);
            Some((format!("写的是{}，不是{wanted}", quoted(&text(value))), format!("改为{wanted}")))
        }
    }
}

fn codes_misfit(
    codes: &[String],
    shape: Shape<'_>,
    subject: &Subject<'_>,
) -> Option<(String, String)> {
    let list = shape.list.and_then(|id| subject.standard.list(id))?;
    let unknown: Vec<&str> =
        codes.iter().map(String::as_str).filter(|code| list.code(code).is_none()).collect();
    if !unknown.is_empty() {
        return Some((format!("的“{}”不在代码表里", unknown.join("、")), one_of(list)));
    }
    let labels: Vec<&str> = codes.iter().map(|it| subject.standard.label(&list.id, it)).collect();
    (!shape.many && codes.len() > 1)
        .then(|| (format!("只能选一项，现有 {}", labels.join("、")), "只留一项".to_owned()))
}

fn one_of(list: &CodeList) -> String {
    let labels: Vec<&str> = list.entries.iter().map(|it| it.label.as_str()).collect();
    match labels.len() {
        0..=LISTED => format!("改为 {} 之一", labels.join("、")),
        all => format!("改为代码表“{}”{all} 项中的一项", list.title),
    }
}

fn wanted(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "文字",
        ValueKind::Number => "不小于 0 的数",
        ValueKind::Flag => "“是”或“否”",
        ValueKind::Date => "日期，如 2026-03-02",
        ValueKind::Codes => "代码表里的一项",
        ValueKind::Limit => "时限，如 20个工作日、即办",
        ValueKind::Money => "金额，如 40 元",
        ValueKind::Rows => "子表",
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Value::Date { date } => date.to_string(),
        Value::Codes(codes) => codes.join("、"),
        Value::Limit(limit) => limit.to_string(),
        Value::Money(money) => format!("{} 分", money.fen),
        Value::Rows(rows) => format!("{} 行子表", rows.len()),
    }
}
