use time::Date;

use super::{Rule, Subject, wording::quoted};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    library::Citation,
};

/// 引用的法律现行有效。
pub(super) const RULE: Rule = Rule {
    id: "Q17",
    title: "引用的法律法规和条文现行有效",
    severity: Severity::Error,
    parameters: &[],
    check,
};

const MEND: &str = "改引现行有效的；文库里日期登记错了的，到“法律法规”更正";

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(laws) = subject.surroundings.laws() else { return };
    for row in subject.record.content.rows(keys::BASIS) {
        let citation = Citation::of(row);
        let Some(law) = laws.find(citation) else { continue };
        if let Some(why) = not_in_force(laws.on, law.effective_on, law.repealed_on) {
            let message = format!("《{}》{why}", law.title);
            found.push(RULE.finding("basis[].law", message, MEND));
            continue;
        }
        for number in citation.articles() {
            let mut wordings = law.articles_of(number).peekable();
            let Some(first) = wordings.peek().copied() else { continue };
            if wordings.any(|it| it.is_in_force(laws.on)) {
                continue;
            }
            let why = not_in_force(laws.on, first.effective_on, first.repealed_on);
            let message = format!("{}的{number}{}", quoted(&law.title), why.unwrap_or_default());
            found.push(RULE.finding("basis[].clause", message, MEND));
        }
    }
}

fn not_in_force(on: Date, from: Option<Date>, to: Option<Date>) -> Option<String> {
    match (from, to) {
        (_, Some(to)) if to <= on => Some(format!("已于 {to} 废止")),
        (Some(from), _) if on < from => Some(format!("到 {from} 才施行")),
        _ => None,
    }
}
