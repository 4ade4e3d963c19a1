use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
};

const EXPRESS: &str = "handling.express";

/// 零次到现场又不网办，须能邮寄。
pub(super) const RULE: Rule = Rule {
    id: "Q5",
    title: "不用到现场又不能网办的，要能邮寄办理",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "by_post", holds: Holds::Codes(keys::HANDLING_FORMS) }],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let neither =
        content.number(keys::VISITS) == Some(0) && content.flag(keys::ONLINE) == Some(false);
    let by_post = subject.words(&RULE, "by_post");
    let posted = content.codes(keys::HANDLING_FORMS).iter().any(|code| by_post.contains(code));
    if !neither || posted || content.flag(EXPRESS) == Some(true) {
        return;
    }
    let forms = subject.label(keys::HANDLING_FORMS);
    let wanted = subject.labels(keys::HANDLING_FORMS, by_post);
    found.push(RULE.finding(
        keys::HANDLING_FORMS,
        format!("到现场 0 次、又不能网办，{forms}里没有“{wanted}”，办事人无从申请"),
        format!("在{forms}里加上“{wanted}”，或改正到现场次数、是否网办"),
    ));
}
