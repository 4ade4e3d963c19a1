//! How cells are laid out.

use super::*;

const MATERIALS: &str = "申请书\n户口簿";

#[test]
fn a_plain_sheet_says_all() {
    check("plain_sheet.docx", &[usual()]);
}

#[test]
fn merged_cells_and_headings_down_the_side_are_no_values() {
    check("merged_cells.docx", &[usual()]);
}

#[test]
fn a_nested_table_is_the_list_of_its_label() {
    check("nested_tables.docx", &[but(usual(), &[("materials", MATERIALS)])]);
    let materials = proposals("nested_tables.docx")[0].record.content.clone();
    let rows = materials.rows("materials");
    assert_eq!(rows.iter().map(|it| it.text("name")).collect::<Vec<_>>(), ["申请书", "户口簿"]);
}

#[test]
fn rows_beside_a_merged_label_are_its_list() {
    check("materials_beside_a_merged_label.docx", &[but(usual(), &[("materials", MATERIALS)])]);
}

#[test]
fn a_list_in_the_middle_of_a_sheet_ends_where_the_next_label_is() {
    check("materials_under_a_heading.docx", &[but(usual(), &[("materials", MATERIALS)])]);
}

#[test]
fn two_items_on_a_page_are_two() {
    check("two_items_on_a_page.docx", &[usual(), second()]);
}

#[test]
fn two_items_in_one_table_are_two() {
    check("two_items_in_one_table.docx", &[usual(), second()]);
}

#[test]
fn items_side_by_side_have_a_column_each() {
    let second = but(usual(), &[("name", OTHER), ("limits.promised", "即办")]);
    check("items_side_by_side.docx", &[usual(), second]);
}

#[test]
fn a_label_over_its_value_is_taken_as_near_and_told() {
    let guess =
        |place: &str, label: &str| format!("表 1 {place}“{label}”是按相近的名称或位置推断的");
    let expected = [
        guess("第 2 行第 1 格", "事项名称"),
        guess("第 2 行第 2 格", "事项类型"),
        guess("第 2 行第 3 格", "服务对象"),
        guess("第 4 行第 1 格", "法定时限"),
        guess("第 4 行第 2 格", "承诺时限"),
        guess("第 4 行第 3 格", "是否收费"),
        guess("第 6 行第 1 格", "受理条件"),
        guess("第 8 行第 1 格", "办理地点"),
        guess("第 10 行第 1 格", "咨询电话"),
    ];
    check_but("label_over_value.docx", &[usual()], &expected.each_ref().map(String::as_str));
}

#[test]
fn a_sheet_cut_by_a_page_goes_on() {
    check("sheet_over_two_pages.docx", &[usual()]);
}

#[test]
fn a_table_for_each_row_is_one_item() {
    check("a_table_for_each_row.docx", &[usual()]);
}

#[test]
fn a_table_that_is_only_a_frame_is_looked_into() {
    check("sheet_in_a_frame.docx", &[usual()]);
}

#[test]
fn label_and_value_may_share_a_cell() {
    check("label_and_value_in_one_cell.docx", &[usual()]);
}

#[test]
fn a_cell_may_hold_several_labels_with_their_values() {
    check("several_in_one_cell.docx", &[usual()]);
}
