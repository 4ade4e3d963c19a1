use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 即办相符。
pub(super) const RULE: Rule = Rule {
    id: "Q1",
    title: "承诺时限即办、办件类型、审查类型三者一致",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "immediate", holds: Holds::Codes(keys::HANDLING_TYPE) },
        Parameter { name: "immediate_review", holds: Holds::Codes(keys::REVIEW_TYPE) },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let Some(promised) = content.promised_limit() else { return };
    for (key, parameter) in
        [(keys::HANDLING_TYPE, "immediate"), (keys::REVIEW_TYPE, "immediate_review")]
    {
        let immediate = subject.words(&RULE, parameter);
        let given = content.codes(key);
        if given.is_empty() || immediate.is_empty() {
            continue;
        }
        let says_immediate = given.iter().any(|code| immediate.contains(code));
        let (own, limit) = (subject.label(key), subject.label(keys::PROMISED_LIMIT));
        let wanted = subject.labels(key, immediate);
        if promised.is_immediate() && !says_immediate {
            found.push(RULE.finding(
                key,
                format!("{limit}是即办，{own}却是“{}”", subject.shown(key)),
                format!("把{own}改为“{wanted}”，或改正{limit}"),
            ));
        }
        // A limit of minutes or hours is as good as 即办 beside 即办件.
        if promised.in_working_days() >= 1.0 && says_immediate {
            found.push(RULE.finding(
                key,
                format!("{own}是“{wanted}”，{limit}却是 {promised}"),
                format!("把{limit}改为即办，或改正{own}"),
            ));
        }
    }
}
