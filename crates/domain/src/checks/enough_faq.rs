use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 常见问题。
pub(super) const RULE: Rule = Rule {
    id: "Q10",
    title: "常见问题达到条数",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "least", holds: Holds::Number }],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let rows = subject.record.content.rows(keys::FAQ).iter();
    let answered = rows.filter(|row| !subject.is_blank_field(row, "answer")).count();
    let least = subject.number(&RULE, "least").unwrap_or(0) as usize;
    if answered >= least {
        return;
    }
    let kind = subject.standard.kind_label(&subject.record.kind);
    found.push(RULE.finding(
        keys::FAQ,
        format!("{kind}至少要有 {least} 条有解答的常见问题，现有 {answered} 条"),
        "写上办事人常问的问题和解答",
    ));
}
