use std::{collections::BTreeMap, fmt::Write as _};

use super::*;
use crate::{
    checks::{self, Around, Subject},
    content::{Content, LimitUnit, Row, Value, keys},
    item::{BodyRef, ItemRecord},
    standard::Standards,
};

/// Writes rows as short as can be: 「名称」, 「名称 → 去向」, 「名称 ? 去向」 for a condition,
/// 「名称 .」 for an end, 「名称 3」 for a step of three working days.
pub(super) fn rows(lines: &[&str]) -> Vec<Row> {
    let row = |(at, line): (usize, &&str)| {
        let mut fields = BTreeMap::new();
        let mut put = |key: &str, value| drop(fields.insert(key.to_owned(), value));
        let shape = |code: &str| Value::Codes(vec![code.to_owned()]);
        let text = |text: &str| Value::Text(text.to_owned());
        let (name, next) = match (line.split_once(" ? "), line.split_once(" → ")) {
            (Some((name, next)), _) => {
                put("shape", shape("condition"));
                (name, next)
            }
            (None, Some((name, next))) => (name, next),
            (None, None) => (*line, ""),
        };
        let (name, last) = match name.rsplit_once(' ') {
            Some((name, ".")) => (name, Some(0)),
            Some((name, days)) if days.parse::<u32>().is_ok() => (name, days.parse().ok()),
            _ => (name, None),
        };
        match last {
            Some(0) => put("shape", shape("end")),
            Some(days) => put("limit", Value::Limit(Limit::new(days, LimitUnit::WorkingDay))),
            None => {}
        }
        put("name", text(name));
        put("next", text(next));
        Row { id: format!("r{at}"), fields }
    };
    lines.iter().enumerate().map(row).collect()
}

pub(super) fn flow(lines: &[&str]) -> Flow {
    Flow::of(&rows(lines)).unwrap()
}

/// A flow of up to 60 nodes by chance, the same for the same seed: steps, conditions with two to
/// four exits forward and back, ends in the midst.
pub(super) fn random(seed: u64) -> Flow {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut chance = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % most.max(1) as u64) as usize
    };
    let n = 3 + chance(56);
    let words =
        ["受理", "对申请材料进行形式审查", "现场勘验并出具意见", "决定", "听证", "公示五个工作日"];
    let name = |at: usize, pick: usize| format!("{}{at}", words[pick % words.len()]);
    let picks: Vec<usize> = (0..n).map(|_| chance(6)).collect();
    let mut lines = Vec::new();
    for at in 0..n {
        let target = |to: usize| name(to, picks[to]);
        let line = match chance(10) {
            0..=2 if at + 1 < n => {
                let mut line = format!("{} ? 符合→{}", name(at, picks[at]), target(at + 1));
                for nth in 0..1 + chance(3) {
                    let to =
                        if chance(3) == 0 { chance(at + 1) } else { at + 1 + chance(n - at - 1) };
                    if to == at {
                        continue;
                    }
                    let label = ["不符合", "材料不齐全（一次）", "需要听证或者专家评审的"][nth];
                    write!(line, "；{label}→{}", target(to)).unwrap();
                }
                line
            }
            3 if at > 1 && chance(3) == 0 => format!("{} .", name(at, picks[at])),
            _ => format!("{} {}", name(at, picks[at]), 1 + chance(5)),
        };
        lines.push(line);
    }
    flow(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn names(flow: &Flow, way: &[NodeAt]) -> String {
    way.iter().map(|at| flow.nodes[*at].name.as_str()).collect::<Vec<_>>().join(" ")
}

/// A flow as text: each exit a line.
fn shown(flow: &Flow) -> String {
    let mut shown = String::new();
    for exit in &flow.exits {
        let (from, to) = (&flow.nodes[exit.from], &flow.nodes[exit.to]);
        let back = if exit.is_back { " ↺" } else { "" };
        writeln!(shown, "{}→{}→{}{back}", from.name, exit.label, to.name).unwrap();
    }
    shown
}

#[test]
fn a_plain_list_leads_from_the_start_through_each_step_to_an_end() {
    assert_eq!(
        shown(&flow(&["收件", "受理", "送达"])),
        "开始→→收件\n收件→→受理\n受理→→送达\n送达→→结束\n"
    );
}

#[test]
fn no_rows_are_no_flow() {
    assert_eq!(Flow::of(&[]), None);
}

#[test]
fn a_step_that_several_ways_leave_is_followed_by_a_condition() {
    let flow = flow(&["受理 → 齐全→审查；不齐（一次）→补正", "补正 → 受理", "审查"]);
    assert_eq!(
        shown(&flow),
        "开始→→受理\n受理→→受理结果\n受理结果→齐全→审查\n受理结果→不齐（一次）→补正\n补正→→受理 ↺\n审查→→结束\n"
    );
    assert_eq!(flow.nodes[2].symbol, Symbol::Condition);
    assert_eq!(flow.faults(), []);
    assert_eq!(flow.told(0), [("齐全", "审查"), ("不齐（一次）", "补正")]);
    assert_eq!(flow.told(1), [("", "受理")]);
    assert_eq!(flow.told(2), []);
}

#[test]
fn an_end_row_is_an_end_and_leads_nowhere() {
    let flow = flow(&["受理 ? 受理→办结；不受理→不予受理", "不予受理 .", "办结 ."]);
    assert_eq!(shown(&flow), "开始→→受理\n受理→受理→办结\n受理→不受理→不予受理\n");
    assert_eq!(flow.faults(), []);
}

#[test]
fn exits_are_read_as_people_write_them() {
    let exit =
        |label: &str, target: &str| WrittenExit { label: label.into(), target: target.into() };
    assert_eq!(read_exits(" "), []);
    assert_eq!(read_exits("审查"), [exit("", "审查")]);
    let expected = [exit("齐", "审查"), exit("不齐", "补正")];
    for text in ["齐→审查；不齐→补正", "齐 -> 审查; 不齐 -> 补正", "齐-->审查\n不齐➔补正；"]
    {
        assert_eq!(read_exits(text), expected, "{text}");
    }
    assert_eq!(exits_text(&expected), "齐→审查；不齐→补正");
    assert_eq!(read_exits(&exits_text(&expected)), expected);
}

#[test]
fn a_renamed_step_is_still_led_to() {
    assert_eq!(
        renamed("齐→审查；不齐→补正", "审查", "审核").as_deref(),
        Some("齐→审核；不齐→补正")
    );
    assert_eq!(renamed("审查", "审查", "审核").as_deref(), Some("审核"));
    assert_eq!(renamed("齐→审查意见", "审查", "审核"), None);
}

#[test]
fn what_leads_nowhere_is_told_and_not_drawn() {
    let flow = flow(&["受理 → 初审", "审查"]);
    let fault = FlowFault::NoSuchStep { step: "受理".into(), target: "初审".into() };
    assert!(flow.faults().contains(&fault));
    assert_eq!(shown(&flow), "开始→→受理\n审查→→结束\n");
}

#[test]
fn each_fault_of_a_flow_is_told_once() {
    let step = |name: &str| name.to_owned();
    let check = |lines: &[&str], expected: &[FlowFault]| assert_eq!(flow(lines).faults(), expected);
    check(&["受理 → 结束", "审查"], &[FlowFault::Unreached { step: step("审查") }]);
    check(&["判断 ? 是→办结", "办结"], &[FlowFault::FewExits { step: step("判断") }]);
    check(
        &["判断 ? 是→办结；退件", "退件 → 结束", "办结"],
        &[FlowFault::Unlabelled { step: step("判断"), target: step("退件") }],
    );
    check(
        &["判断 ? 是→办结；是→退件", "退件 → 结束", "办结"],
        &[FlowFault::SameLabel { step: step("判断"), label: step("是") }],
    );
    check(
        &["判断 ? 是→办结；否→判断", "办结"],
        &[FlowFault::ToItself { step: step("判断") }, FlowFault::FewExits { step: step("判断") }],
    );
    check(
        &["办结 . → 受理", "受理 → 办结"],
        &[
            FlowFault::EndLeadsOn { step: step("办结") },
            FlowFault::Unreached { step: step("受理") },
        ],
    );
    check(
        &["受理", "判断 ? 齐→办结；不齐→补正", "补正 → 受理", "办结"],
        &[FlowFault::Unbounded { step: step("补正"), target: step("受理") }],
    );
    check(
        &["甲", "乙 → 甲"],
        &[
            FlowFault::NoWayOut { step: step("甲") },
            FlowFault::NoWayOut { step: step("乙") },
            FlowFault::Unbounded { step: step("乙"), target: step("甲") },
        ],
    );
}

#[test]
fn the_longest_way_counts_each_step_once_and_no_way_back() {
    let flow = flow(&[
        "受理 1",
        "判断 ? 齐→审查；不齐（一次）→补正；需要勘验→勘验",
        "补正 30 → 受理",
        "勘验 5",
        "审查 3",
    ]);
    let way = flow.longest_way().unwrap();
    assert_eq!(names(&flow, &way.nodes), "开始 受理 判断 勘验 审查 结束");
    assert!((way.working_days - 9.0).abs() < 1e-9);
}

#[test]
fn ways_take_every_exit() {
    for seed in 0..200 {
        let flow = random(seed);
        let ways = flow.ways();
        for way in &ways {
            assert_eq!(flow.nodes[way[0]].symbol, Symbol::Start);
            assert_eq!(flow.nodes[*way.last().unwrap()].symbol, Symbol::End);
            for pair in way.windows(2) {
                assert!(flow.exits.iter().any(|it| [it.from, it.to] == pair), "seed {seed}");
            }
        }
        if flow.faults().is_empty() {
            for exit in &flow.exits {
                let takes = |way: &Vec<NodeAt>| way.windows(2).any(|it| it == [exit.from, exit.to]);
                assert!(ways.iter().any(takes), "seed {seed}");
            }
        }
    }
}

/// What the checks find of a flow, for an item with this promised limit.
fn found(rows: Vec<Row>, promised_days: u32) -> Vec<(String, String)> {
    let standards = Standards::shipped().unwrap();
    let content = Content::new()
        .with(keys::STEPS, Value::Rows(rows))
        .with(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(promised_days)));
    let record = ItemRecord {
        standard: "national".into(),
        region: "440000".parse().unwrap(),
        body: BodyRef { name: "示例局".into(), credit_code: None, letters: None },
        code: None,
        kind: "05".into(),
        parent: None,
        position: None,
        effective_on: None,
        content,
    };
    let surroundings = &Around::default();
    let subject = Subject { record: &record, standard: standards.national(), surroundings };
    let findings = checks::run(&subject).into_iter().filter(|it| it.rule.starts_with("Q18"));
    findings.map(|it| (it.rule, it.message)).collect()
}

#[track_caller]
fn check_found(lines: &[&str], promised_days: u32, expected: &[(&str, &str)]) {
    let found = found(rows(lines), promised_days);
    let found: Vec<(&str, &str)> = found.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_plain_list_of_steps_is_left_in_peace() {
    check_found(&["受理", "审查", "送达"], 0, &[]);
    check_found(&["受理 1", "审查 3", "送达 1"], 5, &[]);
}

#[test]
fn a_column_that_is_begun_is_asked_of_every_step() {
    check_found(&["受理 1", "审查", "送达 1"], 5, &[("Q18c", "环节 审查 没有写时限")]);
}

#[test]
fn what_is_drawn_as_a_flow_is_asked_who_does_it_and_how_long() {
    check_found(
        &["受理 1", "符合？ ? 符合→送达；不符合→退件", "退件 1 → 结束", "送达 1"],
        5,
        &[
            ("Q18c", "环节 受理、退件、送达 没有写岗位"),
            ("Q18c", "环节 受理、退件、送达 没有写办理人员"),
            ("Q18c", "环节 受理、退件、送达 没有写职责"),
        ],
    );
}

#[test]
fn steps_that_take_longer_than_was_promised_are_told() {
    check_found(
        &["受理 1", "审查 5", "送达 1"],
        5,
        &[("Q18d", "受理—审查—送达 最长要 7 个工作日，超过承诺办结时限 5个工作日")],
    );
}

#[test]
fn a_next_step_that_is_not_there_is_an_error_and_a_dead_branch_a_warning() {
    check_found(
        &["受理 → 初审", "审查"],
        0,
        &[
            ("Q18", "环节“受理”的下一环节“初审”不在办理环节里，流程图画不出这条线"),
            ("Q18b", "环节“受理”往后走不到终点"),
            ("Q18b", "从开始走不到环节“审查”"),
        ],
    );
}

#[test]
fn the_common_flows_are_sound() {
    for template in TEMPLATES {
        let flow = Flow::of(&template.rows()).unwrap();
        assert_eq!(flow.faults(), [], "{}", template.title);
        assert!(flow.longest_way().is_some());
    }
}
