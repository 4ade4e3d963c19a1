use super::{Holds, Parameter, Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 文字说当场办理，时限也要当天。
pub(super) const RULE: Rule = Rule {
    id: "Q14",
    title: "说“当场办理”的，承诺时限不超过一天",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "places", holds: Holds::Places },
        Parameter { name: "phrases", holds: Holds::Words },
        Parameter { name: "negations", holds: Holds::Words },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(promised) = subject.record.content.promised_limit() else { return };
    if promised.in_working_days() <= 1.0 {
        return;
    }
    for (key, phrase) in subject.said(&RULE, "phrases") {
        let (label, limit) = (subject.label(key), subject.label(keys::PROMISED_LIMIT));
        found.push(RULE.finding(
            key,
            format!("{label}里说{}，{limit}却是 {promised}", quoted(phrase)),
            format!("把{limit}改为即办，或改正{label}"),
        ));
    }
}
