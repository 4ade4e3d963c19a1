use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 全程网办不用到现场。
pub(super) const RULE: Rule = Rule {
    id: "Q6",
    title: "网办深度到四级（全程网办）的，到现场次数是 0",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "full", holds: Holds::Codes(keys::ONLINE_DEPTH) }],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let full = subject.words(&RULE, "full");
    let reached: Vec<String> =
        content.codes(keys::ONLINE_DEPTH).iter().filter(|it| full.contains(it)).cloned().collect();
    let visits = content.number(keys::VISITS).unwrap_or(0);
    if reached.is_empty() || visits == 0 {
        return;
    }
    let depth = subject.label(keys::ONLINE_DEPTH);
    found.push(RULE.finding(
        keys::VISITS,
        format!(
            "{depth}有“{}”，已是全程网办，却要到现场 {visits} 次",
            subject.labels(keys::ONLINE_DEPTH, &reached)
        ),
        format!("把到现场次数改为 0，或改正{depth}"),
    ));
}
