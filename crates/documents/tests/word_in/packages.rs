//! What a Word file is packed in.

use super::*;

#[test]
fn a_file_of_the_strict_kind_is_read() {
    check("strict.docx", &[usual()]);
}

#[test]
fn a_file_with_macros_is_read_without_them() {
    check("with_macros.docm", &[usual()]);
}

#[test]
fn a_document_whose_part_is_numbered_is_read() {
    check("numbered_part.docx", &[usual()]);
}

#[test]
fn what_libreoffice_saved_is_read() {
    check("saved_by_libreoffice.docx", &[usual()]);
}

#[test]
fn a_document_that_is_only_another_one_is_refused() {
    let refusal = refusal("other_document_inside.docx");
    assert!(refusal.contains("嵌入的另一个文件里（altChunk）"), "{refusal}");
    assert!(refusal.contains("请用 Word 打开，另存为 .docx"), "{refusal}");
}

#[test]
fn a_file_with_a_password_is_refused() {
    let refusal = refusal("with_password.docx");
    assert!(refusal.contains("文件设了打开密码") && refusal.contains("请去掉密码"), "{refusal}");
}
