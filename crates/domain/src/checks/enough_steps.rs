use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    flow::is_work,
};

/// 办理环节。
pub(super) const RULE: Rule = Rule {
    id: "Q10b",
    title: "办理环节列成表，达到个数，环节齐全",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "least", holds: Holds::Number },
        Parameter { name: "steps", holds: Holds::Words },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let steps = subject.record.content.rows(keys::STEPS).iter().filter(|row| is_work(row));
    let names: Vec<&str> = steps.map(|row| row.text("name")).collect();
    let least = subject.number(&RULE, "least").unwrap_or(0) as usize;
    let steps = subject.words(&RULE, "steps");
    let is_there = |step: &&String| {
        step.split('|').any(|spelling| names.iter().any(|name| name.contains(spelling)))
    };
    let first = |step: &String| step.split('|').next().unwrap_or_default().to_owned();
    let missing: Vec<String> = steps.iter().filter(|step| !is_there(step)).map(first).collect();
    if names.len() >= least && missing.is_empty() {
        return;
    }
    let kind = subject.standard.kind_label(&subject.record.kind);
    let have = match names.as_slice() {
        [] => "还没有列成表".to_owned(),
        names => format!("现有 {} 个：{}", names.len(), names.join("、")),
    };
    let all: Vec<String> = steps.iter().map(first).collect();
    let missing = match missing.as_slice() {
        [] => String::new(),
        missing => format!("；缺 {}", missing.join("、")),
    };
    found.push(RULE.finding(
        keys::STEPS,
        format!("{kind}至少要有 {least} 个办理环节，{have}{missing}"),
        format!("在办理环节里逐行写明 {}", all.join("、")),
    ));
}
