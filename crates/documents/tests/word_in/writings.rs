//! How labels and values are written, and boxes to tick.

use super::*;

#[test]
fn labels_in_other_words_are_known_or_guessed_and_a_guess_is_told() {
    check_but(
        "labels_in_other_words.docx",
        &[usual()],
        &[
            "表 1 第 4 行第 2 格“受理的条件”是按相近的名称或位置推断的",
            "表 1 第 6 行第 2 格“办理承诺时限”是按相近的名称或位置推断的",
            "表 1 第 9 行第 2 格“咨询服务电话号码”是按相近的名称或位置推断的",
        ],
    );
}

#[test]
fn spaces_between_the_characters_of_a_label_do_not_matter() {
    check("labels_with_spaces.docx", &[usual()]);
}

#[test]
fn numbers_and_stars_before_a_label_do_not_matter() {
    check("labels_with_numbers.docx", &[usual()]);
}

#[test]
fn a_label_may_be_broken_over_two_lines() {
    check("label_broken_over_lines.docx", &[usual()]);
}

#[test]
fn lines_of_a_cell_are_a_list() {
    let changes = [
        ("conditions", "持有本县户口\n收入低于保障标准"),
        ("materials", "申请书\n户口簿\n（以上材料各一份）"),
    ];
    check("lines_as_a_list.docx", &[but(usual(), &changes)]);
}

#[test]
fn digits_may_be_as_wide_as_characters() {
    let wide = but(usual(), &[("contacts.consult", "０９３８－０００００００")]);
    check("full_width_digits.docx", &[wide]);
    let code = proposals("full_width_digits.docx")[0].record.code.clone();
    assert_eq!(code.as_deref(), Some("62052400MZ-QR-0001"));
}

#[test]
fn lines_ended_within_a_paragraph_are_lines() {
    check("soft_breaks.docx", &[usual()]);
}

#[test]
fn of_boxes_written_as_characters_the_ticked_count() {
    check("boxes_as_characters.docx", &[usual()]);
}

#[test]
fn ticks_with_and_without_boxes_count() {
    check("boxes_as_ticks.docx", &[usual()]);
}

#[test]
fn of_boxes_that_are_controls_the_checked_count() {
    check("boxes_as_controls.docx", &[usual()]);
}

#[test]
fn of_boxes_in_wingdings_the_ticked_count() {
    check("boxes_in_wingdings.docx", &[usual()]);
}

#[test]
fn of_boxes_of_old_forms_the_checked_count() {
    check("boxes_of_old_forms.docx", &[usual()]);
}
