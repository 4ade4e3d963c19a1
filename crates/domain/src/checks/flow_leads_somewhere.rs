use super::{Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    flow::{Flow, FlowFault},
};

/// 去向都在。
pub(super) const RULE: Rule = Rule {
    id: "Q18",
    title: "下一环节写的都是本表里的环节",
    severity: Severity::Error,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(flow) = Flow::of(subject.record.content.rows(keys::STEPS)) else { return };
    for fault in flow.faults() {
        let (message, mend) = match fault {
            FlowFault::NoSuchStep { step, target } => (
                format!("环节“{step}”的下一环节“{target}”不在办理环节里，流程图画不出这条线"),
                "改成办理环节里有的名称；办完就结束的，写“结束”；有条件的写成“条件→环节”",
            ),
            FlowFault::ToItself { step } => (
                format!("环节“{step}”的下一环节又是它自己"),
                "写出要回到的是哪一个环节，例如补正以后回到“受理”",
            ),
            _ => continue,
        };
        found.push(RULE.finding("steps[].next", message, mend));
    }
}
