use super::{
    Holds, Parameter, Rule, Subject,
    wording::{length, quoted},
};
use crate::{
    finding::{Finding, Severity},
    standard::Place,
};

/// 没有应付的话。
pub(super) const RULE: Rule = Rule {
    id: "Q13",
    title: "文字要素没有“详见”“按规定”之类的空话",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "places", holds: Holds::Places },
        Parameter { name: "openings", holds: Holds::Words },
        Parameter { name: "longest", holds: Holds::Number },
        Parameter { name: "shortest", holds: Holds::Number },
        Parameter { name: "enough", holds: Holds::Words },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for place in subject.words(&RULE, "places") {
        for (label, text) in texts(place, subject) {
            if let Some(what) = emptiness(text, subject) {
                found.push(RULE.finding(
                    place,
                    format!("“{label}”写的是{}，{what}", quoted(text)),
                    format!("把“{label}”写具体，让办事人照着就能办"),
                ));
            }
        }
    }
}

/// Returns the texts at a place that the rule on required elements takes for filled.
fn texts<'a>(place: &'a str, subject: &Subject<'a>) -> Vec<(&'a str, &'a str)> {
    let (standard, content) = (subject.standard, &subject.record.content);
    match place.parse().expect("parsing a place never fails") {
        Place::Element(key) => vec![(subject.label(place), content.text(&key))],
        Place::Field(key, field) => {
            let label = standard.element(&key).and_then(|it| it.field(&field));
            let label = label.map_or(place, |field| &field.label);
            content.rows(&key).iter().map(|row| (label, row.text(&field))).collect()
        }
        _ => Vec::new(),
    }
}

fn emptiness(text: &str, subject: &Subject<'_>) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = |parameter| subject.number(&RULE, parameter).unwrap_or(0) as usize;
    let bare = text.trim_end_matches(['。', '.', '；', '！']);
    let opens = |it: &String| bare.starts_with(it.as_str());
    let is_formula = subject.words(&RULE, "openings").iter().any(opens);
    if subject.standard.is_blank(bare) || (is_formula && length(bare) <= number("longest")) {
        return Some("等于没有写");
    }
    let is_enough = subject.words(&RULE, "enough").iter().any(|it| it == bare);
    (length(bare) < number("shortest") && !is_enough).then_some("太短，说不清楚")
}
