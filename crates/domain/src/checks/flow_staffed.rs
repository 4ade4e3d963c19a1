use super::{Holds, Parameter, Rule, Subject};
use crate::{
    content::{Row, keys},
    finding::{Finding, Severity},
    flow::{Flow, is_work},
};

/// 定岗、定人、定责、定时间。
pub(super) const RULE: Rule = Rule {
    id: "Q18c",
    title: "每个环节定岗、定人、定责、定时间",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "fields", holds: Holds::Places }],
    check,
};

/// A plain list of steps, as files bring it, is only asked to be even: a column that some steps
/// fill is asked of all. What is drawn as a flow is asked for every column.
fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let rows = subject.record.content.rows(keys::STEPS);
    let Some(flow) = Flow::of(rows) else { return };
    let asked: Vec<&Row> = rows.iter().filter(|row| is_work(row)).collect();
    for place in subject.words(&RULE, "fields") {
        let field = place.rsplit('.').next().unwrap_or(place);
        let lacks = |row: &&&Row| subject.is_blank_field(row, field);
        let names: Vec<&str> = asked.iter().filter(lacks).map(|row| row.text("name")).collect();
        let is_begun = names.len() < asked.len();
        if names.is_empty() || !(is_begun || flow.branches()) {
            continue;
        }
        let element = subject.standard.element(keys::STEPS);
        let label = element.and_then(|it| it.field(field)).map_or(field, |it| &it.label);
        found.push(RULE.finding(
            place,
            format!("环节 {} 没有写{label}", names.join("、")),
            "每个环节都要定岗、定人、定责、定时间；人员只在工作台可见，不公布",
        ));
    }
}
