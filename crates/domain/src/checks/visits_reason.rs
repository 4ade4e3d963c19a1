use super::{Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 到现场要有原因。
pub(super) const RULE: Rule = Rule {
    id: "Q4",
    title: "要到现场的写明原因，不用到现场的不写",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(visits) = subject.record.content.number(keys::VISITS) else { return };
    let label = subject.label(keys::VISITS_REASON);
    if visits > 0 && subject.is_blank(keys::VISITS_REASON) {
        found.push(RULE.finding(
            keys::VISITS_REASON,
            format!("要到现场 {visits} 次，没有写“{label}”"),
            format!("填写“{label}”，或把到现场次数改为 0"),
        ));
    }
    if visits == 0 && !subject.is_blank(keys::VISITS_REASON) {
        let reason = quoted(subject.record.content.text(keys::VISITS_REASON));
        found.push(RULE.finding(
            keys::VISITS_REASON,
            format!("到现场次数是 0，却写了“{label}”：{reason}"),
            "删去这条原因，或改正到现场次数".to_owned(),
        ));
    }
}
