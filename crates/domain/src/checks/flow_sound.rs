use super::{Rule, Subject};
use crate::{
    content::keys,
    finding::{Finding, Severity},
    flow::{Flow, FlowFault},
};

/// 流程走得通。
pub(super) const RULE: Rule = Rule {
    id: "Q18b",
    title: "流程从头走得到尾：每个环节走得到、走得完，判断有两个以上写明条件的去向，回头路有次数",
    severity: Severity::Warning,
    parameters: &[],
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(flow) = Flow::of(subject.record.content.rows(keys::STEPS)) else { return };
    for fault in flow.faults() {
        if let Some((message, mend)) = words(fault) {
            found.push(RULE.finding("steps[].next", message, mend));
        }
    }
}

fn words(fault: FlowFault) -> Option<(String, &'static str)> {
    Some(match fault {
        FlowFault::NoSuchStep { .. } | FlowFault::ToItself { .. } => return None,
        FlowFault::EndLeadsOn { step } => {
            (format!("“{step}”是终点，却写了下一环节"), "把图形改为环节，或者去掉下一环节")
        }
        FlowFault::Unreached { step } => {
            (format!("从开始走不到环节“{step}”"), "在它前面的环节里把它写成下一环节，或者删去它")
        }
        FlowFault::NoWayOut { step } => {
            (format!("环节“{step}”往后走不到终点"), "给它或它后面的环节写一个去向，办完的写“结束”")
        }
        FlowFault::FewExits { step } => (
            format!("判断“{step}”不到两个去向，没有什么可判断的"),
            "写成“条件→环节；条件→环节”，或者把图形改为环节",
        ),
        FlowFault::Unlabelled { step, target } => (
            format!("判断“{step}”到“{target}”的去向没有写条件"),
            "在箭头前面写明什么情况走这一边，例如“材料齐全→受理”",
        ),
        FlowFault::SameLabel { step, label } => {
            (format!("判断“{step}”有两个去向的条件都是“{label}”"), "写明两边各是什么情况")
        }
        FlowFault::Unbounded { step, target } => (
            format!("从“{step}”回到“{target}”没有写明最多几次"),
            "在条件里写明次数，例如“材料不齐（一次告知）→补正”",
        ),
    })
}
