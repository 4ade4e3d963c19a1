use super::{Rule, Subject, wording::numbers};
use crate::{
    content::Value,
    finding::{Finding, Severity},
    standard::{Element, Required},
};

/// 必填要素。
pub(super) const RULE: Rule =
    Rule {
        id: "Q0", title: "必填要素都已填写", severity: Severity::Error, parameters: &[], check
    };

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for element in subject.standard.elements() {
        if !subject.is_blank(&element.key) {
            check_fields(subject, element, found);
            continue;
        }
        if subject.requires(element) {
            let message = format!("没有填“{}”{}", element.label, why(subject, element));
            found.push(RULE.finding(&element.key, message, mend(&element.label, &element.help)));
        }
    }
}

fn check_fields(subject: &Subject<'_>, element: &Element, found: &mut Vec<Finding>) {
    let Some(Value::Rows(rows)) = subject.record.content.get(&element.key) else { return };
    for field in element.fields.iter().filter(|field| field.required) {
        let lacking = rows.iter().enumerate();
        let lacking: Vec<usize> = lacking
            .filter(|(_, row)| subject.is_blank_field(row, &field.key))
            .map(|(at, _)| at + 1)
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let (label, lacking) = (&element.label, numbers(&lacking));
        found.push(RULE.finding(
            &format!("{}[].{}", element.key, field.key),
            format!("“{label}”第 {lacking} 行没有填“{}”", field.label),
            mend(&field.label, &field.help),
        ));
    }
}

fn why(subject: &Subject<'_>, element: &Element) -> String {
    match &element.required {
        Required::Never | Required::Always => String::new(),
        Required::ForKinds(_) => {
            let kind = subject.standard.kind_label(&subject.record.kind);
            format!("，事项类型是{kind}时必填")
        }
        Required::When { element: cause, .. } => {
            format!("，“{}”是“{}”时必填", subject.label(cause), subject.shown(cause))
        }
    }
}

fn mend(label: &str, help: &str) -> String {
    match help {
        "" => format!("填写“{label}”"),
        help => format!("填写“{label}”：{help}"),
    }
}
