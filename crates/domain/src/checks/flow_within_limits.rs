use super::{Rule, Subject};
use crate::{
    content::{Limit, keys},
    finding::{Finding, Severity},
    flow::{Flow, LongestWay},
};

/// 各环节加起来不超过时限。
pub(super) const RULE: Rule = Rule {
    id: "Q18d",
    title: "流程最长的一条路不超过承诺时限和法定时限",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

/// Half a minute: what is lost in dividing minutes and weeks.
const NOTHING: f64 = 0.5 / 480.0;

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let content = &subject.record.content;
    let Some(flow) = Flow::of(content.rows(keys::STEPS)) else { return };
    let Some(way) = flow.longest_way() else { return };
    let limits = [
        (keys::PROMISED_LIMIT, content.promised_limit()),
        (keys::STATUTORY_LIMIT, content.statutory_limit()),
    ];
    // Who keeps the promise keeps the law; one finding says it.
    let broken = limits.into_iter().find_map(|(key, limit)| {
        limit.filter(|limit| way.working_days > allowed(*limit) + NOTHING).map(|limit| (key, limit))
    });
    let Some((key, limit)) = broken else { return };
    found.push(RULE.finding(
        "steps[].limit",
        format!(
            "{} 最长要 {}，超过{} {limit}",
            names(&flow, &way),
            days(way.working_days),
            subject.label(key)
        ),
        "缩短这些环节的时限，或者核对总的时限；补正、回头的环节不计算在内",
    ));
}

/// What is done at once is done within a day.
fn allowed(limit: Limit) -> f64 {
    if limit.is_immediate() { 1.0 } else { limit.in_working_days() }
}

fn names(flow: &Flow, way: &LongestWay) -> String {
    let timed = way.nodes.iter().map(|at| &flow.nodes[*at]).filter(|node| node.limit.is_some());
    timed.map(|node| node.name.as_str()).collect::<Vec<_>>().join("—")
}

fn days(working_days: f64) -> String {
    let tenths = (working_days * 10.0).round() / 10.0;
    format!("{tenths} 个工作日")
}
