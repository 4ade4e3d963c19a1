use super::{Holds, Parameter, Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 要现场勘查，时限不会太短。
pub(super) const RULE: Rule = Rule {
    id: "Q14b",
    title: "要现场勘查的，承诺时限不会太短",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "places", holds: Holds::Places },
        Parameter { name: "phrases", holds: Holds::Words },
        Parameter { name: "negations", holds: Holds::Words },
        Parameter { name: "least_working_days", holds: Holds::Number },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(promised) = subject.record.content.promised_limit() else { return };
    let Some(least) = subject.number(&RULE, "least_working_days") else { return };
    if promised.in_working_days() >= f64::from(least) {
        return;
    }
    for (key, phrase) in subject.said(&RULE, "phrases") {
        let (label, limit) = (subject.label(key), subject.label(keys::PROMISED_LIMIT));
        found.push(RULE.finding(
            keys::PROMISED_LIMIT,
            format!("{label}里有{}，{limit}只有 {promised}，少于 {least} 个工作日", quoted(phrase)),
            format!("核对{limit}能否做到，或把勘查列为特别程序"),
        ));
    }
}
