use super::{
    Holds, Parameter, Rule, Subject,
    wording::{length, quoted},
};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    flow::is_work,
};

/// 环节有内容。
pub(super) const RULE: Rule = Rule {
    id: "Q12",
    title: "办理环节写明做什么，不只有名称",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "longest_name", holds: Holds::Number }],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let steps = content.rows(keys::STEPS);
    let bare: Vec<&str> = steps
        .iter()
        .filter(|row| is_work(row))
        .filter(|row| ["standard", "result"].iter().all(|it| subject.is_blank_field(row, it)))
        .map(|row| row.text("name"))
        .collect();
    if !bare.is_empty() {
        found.push(RULE.finding(
            "steps[].standard",
            format!("办理环节 {} 只有名称，没有写办什么", bare.join("、")),
            "在“办理内容”里写明这一环节谁办、办什么、达到什么要求",
        ));
    }
    let longest = subject.number(&RULE, "longest_name").unwrap_or(0) as usize;
    let procedure = content.text(keys::PROCEDURE);
    if steps.is_empty() && only_names(procedure, longest) {
        let label = subject.label(keys::PROCEDURE);
        found.push(RULE.finding(
            keys::PROCEDURE,
            format!("{label}只写了环节名称：{}", quoted(procedure)),
            "写明每一步谁办、办什么、多长时间，或逐行填写办理环节".to_owned(),
        ));
    }
}

/// 「受理—审核—办结」 names three steps and says nothing of them.
fn only_names(procedure: &str, longest: usize) -> bool {
    let is_sign = |c: char| !c.is_alphabetic() || c.is_ascii_digit();
    let parts: Vec<&str> = procedure.split(is_sign).filter(|part| !part.is_empty()).collect();
    parts.len() > 1 && parts.iter().all(|part| length(part) <= longest)
}
