use super::{Rule, Subject, wording::quoted};
use crate::finding::{Finding, Severity};

/// 上级事项在目录里。
pub(super) const RULE: Rule = Rule {
    id: "Q15d",
    title: "业务办理项、子项的上级事项在目录里",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let record = subject.record;
    let by_code = record.code.as_deref().and_then(|code| subject.standard.parent_code(code));
    let Some(parent) = record.parent.as_ref().or(by_code.as_ref()) else { return };
    if let Some(other) = by_code.as_ref().filter(|it| *it != parent) {
        found.push(RULE.finding(
            "item.parent",
            format!("填的上级事项是 {parent}，按编码应是 {other}"),
            format!("把上级事项改为 {other}，或核对编码"),
        ));
    }
    if !subject.surroundings.knows_code(parent) {
        found.push(RULE.finding(
            "item.parent",
            format!("业务办理项{}的上级事项 {parent} 不在目录里", quoted(record.name())),
            "先录入或导入上级事项，或核对上级事项编码",
        ));
    }
}
