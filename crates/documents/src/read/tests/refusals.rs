//! Files that are refused: one sentence each, with the way out.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{options, read_with, refusal, sample};

fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    let refusal = refusal(name, bytes);
    assert!(refusal.contains(expected), "{name}：{refusal}");
    assert!(refusal.contains("请"), "{name} shows no way out：{refusal}");
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in streams {
        file.create_stream(format!("/{name}")).unwrap().write_all(&[7; 5000]).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn an_empty_file_is_refused() {
    for (name, bytes) in
        [("a.csv", ""), ("a.jsonl", "\n \r\n"), ("a.xlsx", ""), ("a.csv", "\u{feff}")]
    {
        check(name, bytes, "文件是空的");
    }
    check("a.csv", b"\xff\xfe", "文件是空的");
}

#[test]
fn a_binary_under_a_text_name_is_called_what_it_is() {
    for (bytes, what) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "这是 PNG 图片"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "这是 Linux 程序（ELF）"),
        (b"MZ\x90\0\x03\0", "这是 Windows 程序"),
        (b"%PDF-1.7\n%\xe2\xe3", "这是 PDF 文件"),
        (b"Rar!\x1a\x07\x01\0", "这是 RAR 压缩包"),
        (b"<html><table><tr><td>", "这是网页（HTML）"),
        (b"{\\rtf1\\ansi", "这是 RTF 文件"),
        (b"abc\0\0\0def", "这是二进制文件"),
    ] {
        check("事项.csv", bytes, what);
    }
    check("事项.csv", archive(&[("a.txt", b"1")]), "这是 ZIP 压缩包");
}

#[test]
fn a_header_may_begin_with_the_letters_of_a_program() {
    let (_, rows) = super::read("a.csv", "MZ号,事项名称,备注\n1,低保,\n");
    assert_eq!(rows.len(), 1);
}

#[test]
fn old_word_is_told_from_old_excel() {
    check("a.doc", compound(&["WordDocument", "1Table"]), "旧版 Word 文件（.doc）");
    check("a.xls", compound(&["WordDocument"]), "另存为 .docx");
    check("a.xls", compound(&["EncryptedPackage"]), "打开密码");
    check("a.doc", compound(&["PowerPoint Document"]), "另一种旧版 Office 文件");
    check("a.xls", compound(&["Workbook"]), "XLS 文件不完整或已损坏");
    let xls = sample("list.xls");
    assert_eq!(super::read("a.doc", &xls).1.len(), 3);
    check("a.xls", &xls[..2000], "XLS 文件不完整或已损坏");
    let word = compound(&["WordDocument"]);
    check("a.doc", &word[..word.len() / 2], "旧版 Word 文件（.doc）");
}

#[test]
fn a_truncated_office_file_is_refused() {
    let whole = sample("list.ods");
    check("a.ods", &whole[..whole.len() - 300], "Office 文件不完整或已损坏");
    check("a.xlsx", b"PK\x03\x04", "Office 文件不完整或已损坏");
    check("a.docx", archive(&[("word/document.xml", b"<w:document><w:body><w:p>")]), "内容不完整");
}

#[test]
fn an_archive_that_inflates_too_far_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file("word/document.xml", packed).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..201 {
        zip.write_all(&spaces).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    check("a.docx", &bomb, "文件里的 word/document.xml 展开后超过 200 MB");
    check("a.docx", with_declared_size(&bomb, 2 << 30), "word/document.xml 展开后超过 200 MB");
    check("a.docx", with_declared_size(&bomb, 5000), "DOCX 文件不完整或已损坏");
}

/// Makes the archive lie about the size of its part.
fn with_declared_size(archive: &[u8], size: u32) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let entry = archive.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    archive[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
    archive
}

#[test]
fn many_parts_that_are_large_together_are_refused() {
    let mut options = options();
    options.limits.archive_bytes = 5000;
    let parts = [b'x'; 2000];
    let bytes = archive(&[("word/document.xml", &parts), ("a.xml", &parts), ("b.xml", &parts)]);
    let err = read_with("a.docx", &bytes, &options).err().unwrap().to_string();
    assert!(err.starts_with("整个文件展开后超过 4 KB"), "{err}");
}

#[test]
fn a_word_document_without_tables_is_refused() {
    let text = b"<w:document><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>";
    check("a.docx", archive(&[("word/document.xml", text)]), "Word 文件里没有表格");
}

#[test]
fn a_table_without_a_known_header_is_refused_with_what_was_found() {
    check("a.csv", "甲,乙\n1,2\n", "没有认得的表头，读到的是：甲、乙；");
    check("a.json", r#"[{"x":1,"y":2}]"#, "没有认得的表头，读到的是：x、y；");
    check(
        "a.csv",
        "事项编码,事项类型,设定依据\nA,行政许可,无\n",
        "缺少“事项名称”一列，现有的表头是：事项编码、事项类型、设定依据；",
    );
}

#[test]
fn an_encoding_that_nobody_knows_is_refused() {
    let bytes: Vec<u8> = (0..400).flat_map(|n: u32| [0xff, 0x80 + (n % 60) as u8, b'\n']).collect();
    check("a.csv", bytes, "认不出文件的文字编码");
    check("a.json", b"[{\"\xe4\xba\": 1,\n\"a\xff\":2}]", "认不出文件的文字编码");
}

#[test]
fn a_broken_json_file_is_refused_with_line_and_column() {
    check(
        "a.json",
        "[{\"事项名称\": \"低保\"},\n {\"事项名称\": \"收",
        "第 2 行第 12 列就断了，内容不完整",
    );
    check(
        "a.json",
        "[{\"事项名称\": \"低保\"},\n {\"事项名称\": \"收".as_bytes().split_last().unwrap().1,
        "就断了",
    );
    check("a.json", "[{\"事项名称\": \"低保\",}]", "第 1 行第 16 列多了一个逗号");
    check("a.json", "[{\"a\": 1 \"b\": 2}]", "缺少逗号或右括号");
    check("a.json", "[".repeat(500), "嵌套太深");
}

#[test]
fn a_missing_file_is_told() {
    let err = super::open("/nowhere/items.csv".as_ref(), &options()).err().unwrap();
    assert_eq!(err.to_string(), "没有这个文件；请检查路径");
}
