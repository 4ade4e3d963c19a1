//! What Word has in its text beside text.

use super::*;

#[test]
fn inserted_text_is_read_and_deleted_text_is_not() {
    check("tracked_changes.docx", &[usual()]);
}

#[test]
fn hidden_text_is_not_read() {
    check("hidden_text.docx", &[usual()]);
}

#[test]
fn of_fields_and_links_what_they_show_is_read() {
    check("fields_and_links.docx", &[usual()]);
}

#[test]
fn what_stands_in_controls_is_read_and_their_placeholders_are_not() {
    check("content_controls.docx", &[usual()]);
}

#[test]
fn smart_tags_are_looked_through() {
    check("smart_tags.docx", &[usual()]);
}

#[test]
fn readings_over_characters_are_not_read() {
    check("readings_over_characters.docx", &[usual()]);
}

#[test]
fn text_boxes_are_read_once() {
    check("text_boxes.docx", &[usual()]);
}

#[test]
fn text_boxes_of_old_word_are_read() {
    check("text_boxes_of_old_word.docx", &[usual()]);
}

#[test]
fn a_table_in_a_text_box_is_read() {
    check("a_table_in_a_text_box.docx", &[usual()]);
}
