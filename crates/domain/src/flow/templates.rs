//! Common flows, from which an office begins its own.

use std::collections::BTreeMap;

use super::{exits::read_exits, read::CONDITION};
use crate::content::{Limit, LimitUnit, Row, Value};

/// 常用流程。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// What a button names it by.
    pub id: &'static str,
    pub title: &'static str,
    steps: &'static [Step],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    name: &'static str,
    next: &'static str,
    post: &'static str,
    duty: &'static str,
    limit: Option<(u32, LimitUnit)>,
}

const DAY: LimitUnit = LimitUnit::WorkingDay;

const RECEIVE: Step =
    step("收件", "", "窗口收件岗", "核对材料件数，出具收件凭证。", Some((1, DAY)));
const COMPLETE: Step = choice("材料是否齐全", "齐全、符合法定形式→受理；不齐（一次告知）→补正");
const MEND: Step = step("补正", "收件", "申请人", "按一次性告知的内容补齐材料。", Some((5, DAY)));
const ACCEPT: Step = step("受理", "审查", "窗口受理岗", "出具受理通知书。", Some((1, DAY)));
const EXAMINE: Step =
    step("审查", "", "审查岗", "对照条件审查材料，提出审查意见。", Some((5, DAY)));
const FIT: Step = choice("是否符合条件", "符合→决定；不符合→不予许可");
const DECIDE: Step = step("决定", "送达", "决定岗", "作出准予的书面决定。", Some((2, DAY)));
const REFUSE: Step = step(
    "不予许可",
    "结束",
    "决定岗",
    "作出不予许可的书面决定，说明理由，告知救济途径。",
    Some((2, DAY)),
);
const DELIVER: Step = step("送达", "结束", "制证送达岗", "制作证件，送达申请人。", Some((1, DAY)));

/// The flows that the editor offers, the simplest first.
pub const TEMPLATES: [Template; 4] = [
    Template {
        id: "at_once",
        title: "即办",
        steps: &[
            step("受理", "", "窗口受理岗", "核对材料，当场受理。", Some((10, LimitUnit::Minute))),
            step(
                "审查决定",
                "",
                "窗口首席代表岗",
                "当场审查，当场决定。",
                Some((10, LimitUnit::Minute)),
            ),
            step("送达", "结束", "窗口受理岗", "当场出具结果。", Some((10, LimitUnit::Minute))),
        ],
    },
    Template {
        id: "promised",
        title: "承诺",
        steps: &[RECEIVE, COMPLETE, MEND, ACCEPT, EXAMINE, FIT, DECIDE, REFUSE, DELIVER],
    },
    Template {
        id: "survey",
        title: "现场勘验",
        steps: &[
            RECEIVE,
            COMPLETE,
            MEND,
            ACCEPT,
            EXAMINE,
            step("现场勘验", "", "勘验岗", "两人以上到场勘验，当场填写勘验记录。", Some((3, DAY))),
            FIT,
            DECIDE,
            REFUSE,
            DELIVER,
        ],
    },
    Template {
        id: "hearing",
        title: "听证",
        steps: &[
            RECEIVE,
            COMPLETE,
            MEND,
            ACCEPT,
            EXAMINE,
            choice("是否需要听证", "涉及重大利害关系→听证；不涉及→是否符合条件"),
            step(
                "听证",
                "",
                "听证岗",
                "告知听证权利，组织听证，制作笔录。",
                Some((20, LimitUnit::Day)),
            ),
            FIT,
            DECIDE,
            REFUSE,
            DELIVER,
        ],
    },
];

const fn step(
    name: &'static str,
    next: &'static str,
    post: &'static str,
    duty: &'static str,
    limit: Option<(u32, LimitUnit)>,
) -> Step {
    Step { name, next, post, duty, limit }
}

const fn choice(name: &'static str, next: &'static str) -> Step {
    step(name, next, "", "", None)
}

impl Template {
    pub fn of(id: &str) -> Option<&'static Template> {
        TEMPLATES.iter().find(|template| template.id == id)
    }

    /// Returns the rows of 办理环节 that the template puts in.
    pub fn rows(&self) -> Vec<Row> {
        let row =
            |(at, step): (usize, &Step)| Row { id: format!("r{}", at + 1), fields: step.fields() };
        self.steps.iter().enumerate().map(row).collect()
    }
}

impl Step {
    fn fields(&self) -> BTreeMap<String, Value> {
        let texts =
            [("name", self.name), ("next", self.next), ("post", self.post), ("duty", self.duty)];
        let mut fields: BTreeMap<String, Value> = texts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| (key.to_owned(), Value::Text(text.to_owned())))
            .collect();
        if read_exits(self.next).len() > 1 {
            fields.insert("shape".into(), Value::Codes(vec![CONDITION.to_owned()]));
        }
        if let Some((amount, unit)) = self.limit {
            fields.insert("limit".into(), Value::Limit(Limit::new(amount, unit)));
        }
        fields
    }
}
