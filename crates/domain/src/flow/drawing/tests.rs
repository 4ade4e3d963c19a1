use std::fmt::Write as _;

use super::*;
use crate::flow::tests::{flow, random};

/// Returns what is wrong with a drawing to the eye.
fn seen(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    let boxes: Vec<(String, [i32; 4])> = boxes(drawing);
    for (nth, (name, one)) in boxes.iter().enumerate() {
        for (other_name, other) in &boxes[..nth] {
            if overlap(*one, *other) {
                faults.push(format!("{name} overlaps {other_name}"));
            }
        }
    }
    for line in &drawing.lines {
        for pair in line.points.windows(2) {
            if pair[0].x != pair[1].x && pair[0].y != pair[1].y {
                faults.push(format!("{} to {} runs aslant", line.from, line.to));
            }
            let segment = [
                pair[0].x.min(pair[1].x),
                pair[0].y.min(pair[1].y),
                pair[0].x.max(pair[1].x),
                pair[0].y.max(pair[1].y),
            ];
            for (name, it) in &boxes {
                if overlap(segment, *it) {
                    faults.push(format!("{} to {} runs through {name}", line.from, line.to));
                }
            }
        }
    }
    faults
}

fn boxes(drawing: &Drawing) -> Vec<(String, [i32; 4])> {
    let nodes = drawing.nodes.iter();
    let nodes = nodes.map(|it| (it.name.concat(), [it.x, it.y, it.x + it.width, it.y + it.height]));
    let labels = drawing.lines.iter().filter_map(|it| it.label.as_ref());
    let labels =
        labels.map(|it| (it.lines.concat(), [it.x, it.y, it.x + it.width, it.y + it.height]));
    nodes.chain(labels).collect()
}

/// Whether two boxes share more than a border; a line is a box without width.
fn overlap(one: [i32; 4], other: [i32; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// A line begins and ends at the border of what it joins.
fn is_joined(drawing: &Drawing, line: &Line) -> bool {
    let touches = |node: NodeAt, point: &Point| {
        let it = drawing.nodes.iter().find(|it| it.node == node).unwrap();
        let (right, bottom) = (it.x + it.width, it.y + it.height);
        let is_within = it.x <= point.x && point.x <= right && it.y <= point.y && point.y <= bottom;
        is_within && (point.y == it.y || point.y == bottom || point.x == it.x || point.x == right)
    };
    touches(line.from, &line.points[0]) && touches(line.to, line.points.last().unwrap())
}

#[test]
fn two_hundred_random_flows_are_drawn_without_a_collision() {
    for seed in 0..200 {
        let flow = random(seed);
        let drawing = Drawing::of(&flow);
        assert_eq!(seen(&drawing), [""; 0], "seed {seed}");
        assert!(drawing.lines.iter().all(|line| is_joined(&drawing, line)), "seed {seed}");
        assert_eq!(drawing.nodes.len(), flow.nodes.len());
        let count = |symbol| drawing.nodes.iter().filter(|it| it.symbol == symbol).count();
        assert_eq!(count(Symbol::Start), 1, "seed {seed}");
        assert!(count(Symbol::End) >= 1, "seed {seed}");
        for (line, exit) in drawing.lines.iter().zip(&flow.exits) {
            let words = line.label.as_ref().map(|it| it.lines.concat()).unwrap_or_default();
            assert_eq!(words.replace(' ', ""), exit.label.replace(' ', ""), "seed {seed}");
        }
        assert_eq!(drawing, Drawing::of(&flow), "seed {seed}");
    }
}

#[test]
fn a_plain_list_of_steps_is_one_straight_column() {
    let drawing = Drawing::of(&flow(&["收件", "受理", "审查", "决定", "送达"]));
    assert!(drawing.lines.iter().all(|line| line.points.len() == 2));
    let middles: Vec<i32> = drawing.nodes.iter().map(|it| it.x + it.width / 2).collect();
    assert!(middles.iter().all(|it| *it == middles[0]), "{middles:?}");
}

#[test]
fn a_way_back_comes_down_into_its_step_again() {
    let flow = flow(&["收件", "材料齐全？ ? 齐全→受理；不齐（一次）→补正", "补正 → 收件", "受理"]);
    let drawing = Drawing::of(&flow);
    let back =
        drawing.lines.iter().find(|it| it.points[0].y > it.points.last().unwrap().y).unwrap();
    let [.., before, last] = back.points[..] else { panic!("a way back turns") };
    assert_eq!(before.x, last.x);
    assert!(before.y < last.y, "it enters from above");
}

#[test]
fn a_long_flow_goes_on_over_pages_at_connectors_of_the_same_letter() {
    for seed in 0..50 {
        let drawing = Drawing::of(&random(seed));
        let pages = drawing.pages(Paper::A4_LANDSCAPE);
        let n_nodes: usize = pages.iter().map(|it| it.nodes.len()).sum();
        assert_eq!(n_nodes, drawing.nodes.len(), "seed {seed}");
        assert!(pages.iter().all(|it| it.height <= Paper::A4_LANDSCAPE.height), "seed {seed}");
        let mut letters: Vec<&str> =
            pages.iter().flat_map(|it| &it.connectors).map(|it| it.letter.as_str()).collect();
        letters.sort_unstable();
        let mut once = letters.clone();
        once.dedup();
        assert_eq!(letters.len(), 2 * once.len(), "seed {seed}: each letter is on two pages");
        for page in &pages {
            assert_eq!(seen(page), [""; 0], "seed {seed}");
        }
        let n_labels = |it: &Drawing| it.lines.iter().filter(|it| it.label.is_some()).count();
        assert_eq!(pages.iter().map(n_labels).sum::<usize>(), n_labels(&drawing), "seed {seed}");
    }
}

#[test]
fn long_names_are_broken_and_measured() {
    let drawing = Drawing::of(&flow(&[
        "对申请人提交的农药经营许可申请材料进行形式审查和实质审查并记录审查意见",
        "审查 ? 符合《农药经营许可管理办法》规定的条件→送达；不符合规定条件→结束",
        "送达",
    ]));
    let step = &drawing.nodes[1];
    assert_eq!(step.name.concat().chars().count(), 35);
    for line in &step.name {
        assert!(line.chars().count() <= 13, "{line}");
        assert!(!line.starts_with(['，', '》']), "{line}");
    }
    assert_eq!(seen(&drawing), [""; 0]);
}

#[test]
fn words_of_letters_are_kept_whole() {
    let drawing = Drawing::of(&flow(&["在 shixiang 系统里登记 CPSV-AP 编号"]));
    let mut shown = String::new();
    for line in &drawing.nodes[1].name {
        writeln!(shown, "{line}").unwrap();
    }
    assert_eq!(shown, "在 shixiang 系统里登记\nCPSV-AP 编号\n");
}
