use super::{Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    library::Citation,
};

/// 引用的法律在文库里。
pub(super) const RULE: Rule = Rule {
    id: "Q17b",
    title: "引用的法律法规和条文在文库里有",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(laws) = subject.surroundings.laws() else { return };
    for row in subject.record.content.rows(keys::BASIS) {
        let citation = Citation::of(row);
        if citation.key().is_empty() {
            continue;
        }
        let Some(law) = laws.find(citation) else {
            found.push(RULE.finding(
                "basis[].law",
                format!("文库里没有{}", quoted(citation.title)),
                "核对名称是不是全称；确实有的，到“法律法规”登记一次，大家都能用",
            ));
            continue;
        };
        // A law of which no article was entered says nothing about its articles.
        if law.articles.is_empty() {
            continue;
        }
        for number in citation.articles() {
            if law.articles_of(number).next().is_none() {
                found.push(RULE.finding(
                    "basis[].clause",
                    format!("文库里的{}没有{number}", quoted(&law.title)),
                    "核对条款；确实有的，到“法律法规”补上这一条",
                ));
            }
        }
    }
}
