use super::{Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 结果有样本。
pub(super) const RULE: Rule = Rule {
    id: "Q3b",
    title: "办理结果附有样本",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let rows = subject.record.content.rows(keys::OUTCOMES).iter();
    let lacking = rows.filter(|row| subject.is_blank_field(row, "sample"));
    let names: Vec<String> = lacking.map(|row| quoted(row.text("name"))).collect();
    if names.is_empty() {
        return;
    }
    found.push(RULE.finding(
        "outcomes[].sample",
        format!("办理结果{}没有样本", names.join("、")),
        "在结果样本一栏写明样本的文件或地址",
    ));
}
