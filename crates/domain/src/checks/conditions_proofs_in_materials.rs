use std::cell::LazyCell;

use super::{
    Holds, Parameter, Rule, Subject,
    wording::{quoted, says},
};
use crate::{
    content::{keys, show_row},
    finding::{Finding, Severity},
};

/// 条件里提到的证件，材料里要有。
pub(super) const RULE: Rule = Rule {
    id: "Q14d",
    title: "受理条件里点名的证件在申请材料里有",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "proofs", holds: Holds::Words },
        Parameter { name: "negations", holds: Holds::Words },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let rows = content.rows(keys::MATERIALS);
    let Some(element) = subject.standard.element(keys::MATERIALS).filter(|_| !rows.is_empty())
    else {
        return;
    };
    // Most conditions name no proof, and ask for no material to be shown.
    let shown = LazyCell::new(|| -> Vec<String> {
        rows.iter().map(|row| show_row(row, element, subject.standard)).collect()
    });
    let negations = subject.words(&RULE, "negations");
    for proof in subject.words(&RULE, "proofs") {
        let proof = std::slice::from_ref(proof);
        let Some(named) = says(content.text(keys::CONDITIONS), proof, negations) else { continue };
        if !shown.iter().any(|material| says(material, proof, &[]).is_some()) {
            let (conditions, materials) =
                (subject.label(keys::CONDITIONS), subject.label(keys::MATERIALS));
            found.push(RULE.finding(
                keys::MATERIALS,
                format!("{conditions}里提到{}，{materials}里没有", quoted(named)),
                format!("在{materials}里加上；能通过数据共享核验的，在{conditions}里写明不用提交"),
            ));
        }
    }
}
