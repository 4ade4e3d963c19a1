use domain::{
    content::{Limit, Value, keys},
    flow::{Flow, Symbol, drawing::Drawing},
    item::ItemRecord,
};

use super::*;
use crate::write::{outline, samples};

fn with_flow() -> ItemRecord {
    let text = samples::text;
    let step = |name: &str, post: &str, officer: &str, duty: &str, next: &str, shape: &str| {
        [
            ("name", text(name)),
            ("post", text(post)),
            ("officer", text(officer)),
            ("duty", text(duty)),
            ("next", text(next)),
            ("shape", samples::codes(&[shape])),
            ("limit", Value::Limit(Limit::working_days(1))),
        ]
    };
    let mut steps = samples::rows(vec![
        step("收件", "窗口收件岗", "示例人员", "核对材料件数", "", "step"),
        step("材料齐全？", "", "", "", "齐全→决定；不齐（一次）→补正", "condition"),
        step("补正", "申请人", "", "补齐材料", "收件", "step"),
        step("决定", "决定岗", "示例人员", "作出决定 <准予>", "办结", "step"),
        step("办结", "", "", "", "", "end"),
    ]);
    if let Value::Rows(rows) = &mut steps {
        for row in rows {
            row.fields.retain(|_, value| !value.is_empty());
            if row.text("post").is_empty() {
                row.fields.remove("limit");
            }
        }
    }
    let mut item = samples::bare("XK", "62052400MZ-XK-0001", "示例许可");
    item.content.put(keys::STEPS, steps);
    item
}

fn flow() -> Flow {
    flow_of(&with_flow()).unwrap()
}

#[test]
fn an_item_without_steps_has_no_flow() {
    assert_eq!(flow_of(&samples::bare("XK", "62052400MZ-XK-0001", "示例")), None);
}

#[test]
fn the_picture_tells_in_words_what_it_shows_and_names_no_person() {
    let svg = String::from_utf8(flow_svg(&flow(), "示例许可流程图")).unwrap();
    assert!(svg.contains("<title id=\"flow-title\">示例许可流程图</title>"));
    for line in [
        "1. 收件（窗口收件岗，1个工作日）。",
        "2. 材料齐全？：齐全，到“决定”；不齐（一次），到“补正”。",
        "3. 补正（申请人，1个工作日）：到“收件”。",
        "4. 决定（决定岗，1个工作日）。",
        "5. 办结，结束。",
    ] {
        assert!(svg.contains(line), "no {line} in {svg}");
    }
    assert!(!svg.contains("示例人员"));
    for kind in ["start", "step", "condition", "end"] {
        assert!(svg.contains(&format!("data-symbol=\"{kind}\"")), "{kind}");
    }
}

#[test]
fn every_file_of_a_flow_is_the_same_twice() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let items = [with_flow()];
    assert_eq!(flow_svg(&flow(), "示例"), flow_svg(&flow(), "示例"));
    assert_eq!(flow_bpmn(&flow(), "示例"), flow_bpmn(&flow(), "示例"));
    let twice =
        || (flow_docx(&items, standard, "示例", None), posts_docx(&items, standard, "示例"));
    assert!(twice() == twice());
}

#[test]
fn the_posts_follow_the_chart_in_a_table() {
    let standards = samples::standards();
    let bytes = flow_docx(&[with_flow()], samples::wushan(&standards), "示例", None);
    let shown = outline::word(&bytes);
    let table = shown.split_once("岗位说明\n").unwrap().1;
    assert_eq!(
        table,
        "| 岗位 | 人员 | 办理环节 | 职责 | 办理时限 | 依据 |\n\
         | 窗口收件岗 | 示例人员 | 收件 | 核对材料件数 | 1个工作日 |  |\n\
         | 申请人 |  | 补正 | 补齐材料 | 1个工作日 |  |\n\
         | 决定岗 | 示例人员 | 决定 | 作出决定 <准予> | 1个工作日 |  |"
    );
}

#[test]
fn each_symbol_is_a_word_shape_and_each_line_is_glued_at_both_ends() {
    let standards = samples::standards();
    let bytes = flow_docx(&[with_flow()], samples::wushan(&standards), "示例", None);
    let xml = outline::part(&bytes, "word/document.xml");
    let drawing = Drawing::of(&flow());
    let count = |words: &str| xml.matches(words).count();
    let symbols = |symbol| drawing.nodes.iter().filter(|it| it.symbol == symbol).count();
    assert_eq!(count("prst=\"diamond\""), symbols(Symbol::Condition));
    assert_eq!(count("prst=\"ellipse\""), symbols(Symbol::Start) + symbols(Symbol::End));
    assert_eq!(count("<a:stCxn "), drawing.lines.len());
    assert_eq!(count("<a:endCxn "), drawing.lines.len());
    assert_eq!(count("<wpg:wgp>"), 1);
}

#[test]
fn a_branch_of_the_model_is_chosen_by_number_and_a_join_is_a_gateway() {
    let xml = String::from_utf8(flow_bpmn(&flow(), "示例许可流程图")).unwrap();
    for words in [
        "<userTask id=\"n1\" name=\"收件\">",
        "<exclusiveGateway id=\"n2\" name=\"材料齐全？\" gatewayDirection=\"Diverging\">",
        "<exclusiveGateway id=\"j1\" gatewayDirection=\"Converging\">",
        ">choice_n2 == 1<",
        ">choice_n2 == 2<",
        "<endEvent id=\"n5\" name=\"办结\">",
    ] {
        assert!(xml.contains(words), "no {words} in {xml}");
    }
    assert!(!xml.contains("示例人员"));
}

#[test]
fn a_machine_without_a_chinese_font_is_told_what_to_do() {
    let said = PngError::NoFont.to_string();
    assert!(said.contains("中文字体") && said.contains("flow.svg"), "{said}");
    assert!(matches!(Fonts::none(), Err(PngError::NoFont)));
}

#[test]
fn a_picture_in_pixels_is_a_png() {
    let fonts = Fonts::of_system().unwrap();
    let png = flow_png(&flow(), "示例", &fonts).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(png == flow_png(&flow(), "示例", &fonts).unwrap());
}

#[test]
fn a_drawing_on_a_sheet_is_as_wide_as_the_sheet_and_within_it() {
    let drawing = Drawing::of(&flow());
    for paper in FlowPaper::ALL {
        let svg = String::from_utf8(flow_svg_on(&flow(), "示例", paper)).unwrap();
        let said = |name: &str| {
            let (_, rest) = svg.split_once(&format!("{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let points = |name: &str| said(name).trim_end_matches("pt").parse::<i32>().unwrap();
        let view: Vec<i32> = said("viewBox").split(' ').map(|it| it.parse().unwrap()).collect();
        let (width, height) = (points(" width"), points(" height"));
        assert!((view[2] * height - view[3] * width).abs() <= width.max(height), "{paper:?}");
        assert!(view[0] < 0 && view[0] + view[2] > drawing.width, "{paper:?}: {view:?}");
        assert!(view[1] < 0 && view[1] + view[3] > drawing.height, "{paper:?}: {view:?}");
        assert_eq!(FlowPaper::named(paper.name()), Some(paper));
    }
    assert_eq!(FlowPaper::named("a5"), None);
}

#[test]
fn the_word_file_is_on_the_paper_that_is_asked_for() {
    let standards = samples::standards();
    let size = |paper| {
        let bytes = flow_docx(&[with_flow()], samples::wushan(&standards), "示例", paper);
        let xml = outline::part(&bytes, "word/document.xml");
        xml.split_once("<w:pgSz ").unwrap().1.split_once("/>").unwrap().0.to_owned()
    };
    let landscape = "w:w=\"23811\" w:h=\"16838\" w:orient=\"landscape\"";
    assert_eq!(size(None), "w:w=\"11906\" w:h=\"16838\"");
    assert_eq!(size(Some(FlowPaper::A3)), "w:w=\"16838\" w:h=\"23811\"");
    assert_eq!(size(Some(FlowPaper::A3Landscape)), landscape);
}
