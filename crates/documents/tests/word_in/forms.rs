//! Documents without a table, lists, and flowcharts.

use domain::intake::{CellValue, RawData};

use super::*;

#[test]
fn paragraphs_with_labels_are_a_form() {
    let title = "正文第 1 段的文字没有放进任何要素：“武山县民政局政务服务事项信息”";
    check_but("paragraphs_without_a_table.docx", &[usual()], &[title]);
}

#[test]
fn the_text_under_a_heading_is_its_value() {
    check("headings_with_text_below.docx", &[usual()]);
}

#[test]
fn a_line_may_hold_two_labels_with_their_values() {
    check("two_pairs_on_a_line.docx", &[usual()]);
}

#[test]
fn the_title_names_the_item_where_nothing_else_does() {
    let guess = "标题“最低生活保障对象确认（示例）办事指南”是按相近的名称或位置推断的";
    check_but("name_in_the_title.docx", &[usual()], &[guess]);
}

#[test]
fn the_head_of_the_page_names_the_office() {
    check("office_in_the_page_header.docx", &[usual()]);
    let row = rows("office_in_the_page_header.docx").remove(0);
    let RawData::Cells(cells) = row.data else { panic!("{row:?}") };
    let body = cells.iter().find(|it| it.header == "实施主体").unwrap();
    assert_eq!(body.value, CellValue::Text("武山县民政局".into()));
}

#[test]
fn a_footnote_is_told_and_is_no_value() {
    check("footnotes.docx", &[usual()]);
    assert_eq!(notes("footnotes.docx"), ["脚注的文字没有放进任何事项：“自受理之日起算。”"]);
}

#[test]
fn text_that_belongs_nowhere_is_listed() {
    check_but(
        "text_that_belongs_nowhere.docx",
        &[usual()],
        &[
            "表 1 第 10 行第 1 格的文字没有放进任何要素：“本表一式两份，由经办股室留存，不另行公布。”",
            "正文第 1 段的文字没有放进任何要素：“此件由社会救助股整理，请各乡镇核对。”",
        ],
    );
}

/// What a row of a list says.
fn listed(name: &str, promised: &str) -> Said {
    said(&[
        ("name", name),
        ("limits.statutory", "20个工作日"),
        ("limits.promised", promised),
        ("contacts.consult", "0938-0000000"),
    ])
}

#[test]
fn a_header_that_is_repeated_is_no_row() {
    check("headers_repeated.docx", &[listed(NAME, "5个工作日"), listed(OTHER, "即办")]);
    for row in rows("headers_repeated.docx") {
        let RawData::Cells(cells) = row.data else { panic!() };
        let last = cells.last().unwrap();
        assert_eq!(last.header, "实施主体", "the line above names the office");
    }
}

#[test]
fn a_header_may_stand_under_titles_and_rows_go_on_over_a_page() {
    let file = "header_in_the_middle_of_a_page.docx";
    check(file, &[listed(NAME, "5个工作日"), listed(OTHER, "即办")]);
    assert_eq!(notes(file), ["表 2没有表头，按它前面的表的表头读"]);
}

#[test]
fn cells_merged_downward_hold_for_every_row_and_an_item_may_have_several() {
    let item = |name: &str, promised: &str, materials: &str| {
        said(&[("name", name), ("limits.promised", promised), ("materials", materials)])
    };
    let expected = [item(NAME, "5个工作日", "申请书\n户口簿"), item(OTHER, "即办", "申请书")];
    check("vertical_merges.docx", &expected);
    let quantities: Vec<String> = proposals("vertical_merges.docx")[0]
        .record
        .content
        .rows("materials")
        .iter()
        .map(|row| format!("{:?}", row.fields["quantity"]))
        .collect();
    assert_eq!(quantities, ["Number(1)", "Number(2)"]);
}

/// The steps of a flowchart: name, symbol, and where it leads.
fn steps(file: &str) -> Vec<String> {
    let rows = rows(file);
    let RawData::Cells(cells) = &rows[0].data else { panic!("{rows:?}") };
    let steps = cells.iter().find(|it| it.header == "办理环节").expect("steps");
    let CellValue::Table(lines) = &steps.value else { panic!("{steps:?}") };
    let line = |line: &Vec<(String, String)>| {
        line.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" | ")
    };
    lines.iter().map(line).collect()
}

const STEPS: [&str; 4] = [
    "窗口受理 |  | ",
    "材料是否齐全 | 判断 | 齐全→审查决定；不齐全→一次告知补正",
    "一次告知补正 |  | 窗口受理",
    "审查决定 |  | 结束",
];

#[test]
fn a_flowchart_is_read_by_the_shapes_that_its_lines_are_glued_to() {
    assert_eq!(steps("flowchart_glued.docx"), STEPS);
}

#[test]
fn a_flowchart_in_a_cell_is_read_by_where_its_lines_end() {
    assert_eq!(steps("flowchart_in_a_cell.docx"), STEPS);
}

#[test]
fn a_flowchart_of_old_word_is_read() {
    assert_eq!(steps("flowchart_of_old_word.docx"), STEPS);
}

#[test]
fn a_flowchart_that_libreoffice_saved_is_read() {
    assert_eq!(steps("flowchart_saved_by_libreoffice.docx"), STEPS);
}
