use super::{Rule, Subject};
use crate::finding::{Finding, Severity};

/// 编码唯一。
pub(super) const RULE: Rule = Rule {
    id: "Q15e",
    title: "一个编码只属于一个事项",
    severity: Severity::Error,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(code) = subject.record.code.as_deref() else { return };
    if subject.surroundings.is_taken(code) {
        found.push(RULE.finding(
            "item.code",
            format!("编码 {code} 已属于另一个事项"),
            "核对后更正编码；确是同一事项的，删去多余的一个",
        ));
    }
}
