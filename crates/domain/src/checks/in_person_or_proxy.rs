use super::{Holds, Parameter, Rule, Subject, wording::quoted};
use crate::finding::{Finding, Severity};

/// 本人到场与代办不能并存。
pub(super) const RULE: Rule = Rule {
    id: "Q14c",
    title: "“须本人到场”和“可以代办”不同时出现",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "places", holds: Holds::Places },
        Parameter { name: "in_person", holds: Holds::Words },
        Parameter { name: "proxy", holds: Holds::Words },
        Parameter { name: "negations", holds: Holds::Words },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let first = |parameter| subject.said(&RULE, parameter).next();
    let (Some((here, in_person)), Some((there, proxy))) = (first("in_person"), first("proxy"))
    else {
        return;
    };
    found.push(RULE.finding(
        here,
        format!(
            "{}里说{}，{}里又说{}",
            subject.label(here),
            quoted(in_person),
            subject.label(there),
            quoted(proxy)
        ),
        "写明哪种情形须本人到场、哪种情形可以代办，或改正其中一处",
    ));
}
