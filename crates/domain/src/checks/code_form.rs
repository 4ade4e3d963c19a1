use super::{Rule, Subject};
use crate::{
    code::{Explanation, Labels, Meaning, Scheme, explain, normalise},
    finding::{Finding, Severity},
    standard::KIND_LIST,
};

const CODE: &str = "item.code";

/// 编码合规则。
pub(super) const RULE: Rule = Rule {
    id: "Q15",
    title: "事项编码符合编码规则",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(code) = subject.record.code.as_deref() else {
        if subject.standard.issuing_scheme().is_none() {
            found.push(RULE.finding(
                CODE,
                "没有事项编码，本规范也不发放编码".to_owned(),
                "填写上级核发的事项编码，没有编码不能公布",
            ));
        }
        return;
    };
    let normalised = normalise(code);
    if !normalised.changes.is_empty() {
        found.push(RULE.finding(
            CODE,
            format!("编码“{code}”写得不规范：{}", normalised.changes.join("、")),
            format!("改为 {}", normalised.text),
        ));
    }
    let schemes: Vec<&Scheme> = subject.item_schemes().collect();
    let labels = Labels(|list: &str, code: &str| label(subject, list, code));
    let Some(best) = explain(code, &schemes, &labels).into_iter().next() else { return };
    for fault in faults(&best, subject) {
        found.push(RULE.finding(
            CODE,
            format!("编码 {}：{fault}", best.code),
            "核对发放编码的文件，改为正确的编码",
        ));
    }
}

/// Takes what no other rule says and what is known without a registry.
fn faults<'a>(best: &'a Explanation, subject: &Subject<'_>) -> Vec<&'a str> {
    let own = best.faults.iter();
    let scheme = subject.item_schemes().find(|scheme| scheme.id == best.scheme);
    let is_ours = |key: &str| {
        let field = scheme.and_then(|scheme| scheme.field(key));
        field.is_some_and(|it| !matches!(it.meaning, Meaning::CreditCode | Meaning::Region8))
    };
    let segments = best.segments.iter().filter(|segment| best.fits && is_ours(&segment.key));
    own.chain(segments.flat_map(|segment| &segment.faults)).map(String::as_str).collect()
}

/// A kind is found by its code or by its letters.
fn label(subject: &Subject<'_>, list: &str, code: &str) -> Option<String> {
    let list = subject.standard.list(list)?;
    let by_letters = || list.entries.iter().find(|it| list.id == KIND_LIST && it.letters == code);
    list.code(code).or_else(by_letters).map(|entry| entry.label.clone())
}
