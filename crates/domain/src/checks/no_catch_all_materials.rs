use super::{
    Holds, Parameter, Rule, Subject,
    wording::{length, quoted},
};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

/// 没有兜底材料。
pub(super) const RULE: Rule = Rule {
    id: "Q11",
    title: "申请材料没有“其他材料”之类的兜底条款",
    severity: Severity::Warning,
    parameters: &[
        Parameter { name: "phrases", holds: Holds::Words },
        Parameter { name: "openings", holds: Holds::Words },
        Parameter { name: "endings", holds: Holds::Words },
        Parameter { name: "longest", holds: Holds::Number },
    ],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for row in subject.record.content.rows(keys::MATERIALS) {
        let name = row.text("name");
        if is_catch_all(name, subject) {
            found.push(RULE.finding(
                "materials[].name",
                format!("申请材料{}是兜底条款，办事人不知道要交什么", quoted(name)),
                "逐项写明材料名称；只在某种情形下要的，写明是哪种情形",
            ));
        }
    }
}

fn is_catch_all(name: &str, subject: &Subject<'_>) -> bool {
    let words = |parameter| subject.words(&RULE, parameter);
    if words("phrases").iter().any(|phrase| name.contains(phrase.as_str())) {
        return true;
    }
    let longest = subject.number(&RULE, "longest").unwrap_or(0) as usize;
    let bare = name.find(['（', '(']).filter(|at| *at > 0).map_or(name, |at| &name[..at]);
    bare.split(['-', '—', '：', ':', '、', '，', '；']).map(str::trim).any(|part| {
        length(part) <= longest
            && words("openings").iter().any(|it| part.starts_with(it.as_str()))
            && words("endings").iter().any(|it| part.ends_with(it.as_str()))
    })
}
