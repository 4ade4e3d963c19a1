use super::{
    super::model::{Area, Block, Shape},
    lines::{clearance, course},
    note::name_and_note,
};

/// A symbol in which these lines stand, each of a size, says this as its name and this beside it.
fn check(lines: &[(&str, u32)], name: &str, note: [&str; 4]) {
    let blocks = lines.iter().map(|(text, _)| Block::Paragraph((*text).to_owned())).collect();
    let sizes = lines.iter().map(|(_, size)| *size).collect();
    let (read, beside) = name_and_note(&Shape { blocks, sizes, ..Shape::default() });
    assert_eq!((read.as_str(), beside.values()), (name, note.map(str::to_owned).as_slice()));
}

#[test]
fn what_stands_below_a_name_says_who_works_there_and_how_long() {
    let receives = ["窗口收件岗", "", "1个工作日", ""];
    check(&[("收件", 20), ("窗口收件岗，1个工作日", 16)], "收件", receives);
    check(&[("收 件", 0), ("（窗口收件岗，1个工作日）", 0)], "收件", receives);
    check(&[("补正", 20), ("申请人", 16)], "补正", ["申请人", "", "", ""]);
    check(&[("决定\n即办", 0)], "决定", ["", "", "即办", ""]);
    let labelled = [("受理", 0), ("责任人：示例人员", 0), ("办理时限：2 个工作日", 0)];
    check(&labelled, "受理", ["", "示例人员", "2 个工作日", ""]);
    let long = "核对申请人提交的材料是否齐全、是否符合法定形式";
    check(&[("受理", 20), (long, 16)], "受理", ["", "", "", long]);
}

#[test]
fn a_name_may_go_on_in_a_second_line() {
    check(&[("材料是否", 0), ("齐全", 0)], "材料是否齐全", [""; 4]);
    check(&[("审查", 20), ("（书面审查）", 20)], "审查（书面审查）", [""; 4]);
    check(&[("第", 0), ("2", 0)], "第2", [""; 4]);
}

#[test]
fn a_line_is_as_far_from_a_word_as_it_runs_and_not_as_its_ends_are() {
    let area = Area { x: 0.0, y: 0.0, width: 200.0, height: 100.0 };
    let geometry = "bentConnector3".to_owned();
    let line = Shape { is_line: true, geometry, area, bends: vec![0.9], ..Shape::default() };
    assert_eq!(course(&line), [(0.0, 0.0), (180.0, 0.0), (180.0, 100.0), (200.0, 100.0)]);
    let word = |x: f64, y: f64| Area { x, y, width: 20.0, height: 10.0 };
    assert_eq!(clearance(word(90.0, 45.0), &course(&line)), 45.0);
    assert_eq!(clearance(word(185.0, 45.0), &course(&line)), 5.0);
    assert_eq!(clearance(word(170.0, 45.0), &course(&line)), 0.0);
}

#[test]
fn a_line_that_is_turned_and_mirrored_ends_where_it_is_seen_to() {
    // As Word keeps a line that runs down, to the right, and down again.
    let area = Area { x: -50.0, y: 50.0, width: 200.0, height: 100.0 };
    let geometry = "bentConnector3".to_owned();
    let line = Shape {
        is_line: true,
        geometry,
        area,
        turned: 270.0,
        flipped: (true, false),
        bends: vec![0.25],
        ..Shape::default()
    };
    let seen: Vec<(i32, i32)> =
        course(&line).iter().map(|it| (it.0.round() as i32, it.1.round() as i32)).collect();
    assert_eq!(seen, [(0, 0), (0, 50), (100, 50), (100, 200)]);
}
