use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 服务对象与主题相符。
pub(super) const RULE: Rule = Rule {
    id: "Q9",
    title: "服务对象与自然人主题、法人主题相符",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "persons", holds: Holds::Codes(keys::OBJECTS) },
        Parameter { name: "enterprises", holds: Holds::Codes(keys::OBJECTS) },
    ],
    check,
};

/// An item without any theme is not sorted yet, and says nothing that could disagree.
fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let themes = [(keys::PERSON_THEMES, "persons"), (keys::ENTERPRISE_THEMES, "enterprises")];
    let objects = content.codes(keys::OBJECTS);
    if objects.is_empty() || themes.iter().all(|(key, _)| content.codes(key).is_empty()) {
        return;
    }
    for (key, parameter) in themes {
        let group = subject.words(&RULE, parameter);
        let serves = objects.iter().any(|code| group.contains(code));
        let (theme, object) = (subject.label(key), subject.label(keys::OBJECTS));
        let served = subject.labels(keys::OBJECTS, group);
        if serves && content.codes(key).is_empty() {
            let own: Vec<String> =
                objects.iter().filter(|it| group.contains(it)).cloned().collect();
            let own = subject.labels(keys::OBJECTS, &own);
            let message = format!("{object}有{own}，没有选{theme}");
            found.push(RULE.finding(key, message, format!("选一个{theme}，或改正{object}")));
        }
        if !serves && !content.codes(key).is_empty() {
            let message = format!("选了{theme}“{}”，{object}里没有{served}", subject.shown(key));
            found.push(RULE.finding(key, message, format!("删去{theme}，或在{object}里补上")));
        }
    }
}
