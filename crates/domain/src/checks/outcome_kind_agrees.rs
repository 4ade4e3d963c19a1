use super::{Holds, Parameter, Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

const KIND: Holds = Holds::FieldCodes(keys::OUTCOMES, "kind");

/// 结果名称与结果类型相符。
pub(super) const RULE: Rule = Rule {
    id: "Q3",
    title: "结果名称与结果类型相符：证是证照，文、批复是批文",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "licence_endings", holds: Holds::Words },
        Parameter { name: "licence", holds: KIND },
        Parameter { name: "document_endings", holds: Holds::Words },
        Parameter { name: "document", holds: KIND },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let pairs = [("licence_endings", "licence"), ("document_endings", "document")];
    let list =
        subject.standard.element(keys::OUTCOMES).and_then(|it| it.field("kind")?.list.as_deref());
    let Some(list) = list else { return };
    let label = |code: &String| subject.standard.label(list, code).to_owned();
    for row in subject.record.content.rows(keys::OUTCOMES) {
        let name = bare(row.text("name"));
        let given = row.codes("kind");
        let ends = |endings: &&str| {
            subject.words(&RULE, endings).iter().any(|it| name.ends_with(it.as_str()))
        };
        let Some((_, wanted)) = pairs.iter().find(|(endings, _)| ends(endings)) else { continue };
        let wanted = subject.words(&RULE, wanted);
        if given.is_empty() || wanted.is_empty() || given.iter().any(|it| wanted.contains(it)) {
            continue;
        }
        let labels = |codes: &[String]| codes.iter().map(label).collect::<Vec<_>>().join("、");
        found.push(RULE.finding(
            "outcomes[].kind",
            format!(
                "结果{}的类型是“{}”，按名称应是“{}”",
                quoted(row.text("name")),
                labels(given),
                labels(wanted)
            ),
            format!("把结果类型改为“{}”，或改正结果名称", labels(wanted)),
        ));
    }
}

/// Takes book marks and a remark in brackets off: 《食品经营许可证》（副本）.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let name = name.find(['（', '(']).filter(|at| *at > 0).map_or(name, |at| &name[..at]);
    name.trim_matches(['《', '》', '“', '”', ' '])
}
