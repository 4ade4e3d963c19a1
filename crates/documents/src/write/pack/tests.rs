use std::io::Cursor;

use domain::{item::ItemRecord, standard::Standards};
use zip::ZipArchive;

use super::{Office, pack_docx, pack_zip};
use crate::{
    read::{self, ReadOptions},
    write::{outline, samples},
};

fn items() -> Vec<ItemRecord> {
    vec![
        samples::registration(),
        samples::bare("BM", "62052400MZ-BM-0001", "高龄津贴查询/咨询（示例）"),
    ]
}

fn office<'a>(standards: &'a Standards, items: &'a [ItemRecord]) -> Office<'a> {
    let standard = samples::wushan(standards);
    Office { body: "武山县民政局", region: "武山县", standard, items }
}

#[test]
fn a_pack_begins_with_contents_that_are_filled_and_can_be_made_anew() {
    let (standards, items) = (samples::standards(), items());
    let bytes = pack_docx(&office(&standards, &items));
    let outline = outline::word(&bytes).replace(|c: char| c.is_ascii_digit(), "#");
    let expected = "\
武山县民政局政务服务事项汇编
目　录
武山县民政局政务服务事项内容目录⇥#
政务服务事项内容信息表⇥#
#．社会团体成立登记（示例）⇥#
#．高龄津贴查询/咨询（示例）⇥#
";
    assert!(outline.starts_with(expected), "{outline}");
    let xml = outline::part(&bytes, "word/document.xml");
    assert!(xml.contains(r" TOC \o &quot;1-2&quot; \h \z \u "));
    for at in 1..=4 {
        assert_eq!(xml.matches(&format!(r#"w:anchor="_Toc{at:08}""#)).count(), 1, "{at}");
        assert_eq!(xml.matches(&format!(r#"w:name="_Toc{at:08}""#)).count(), 1, "{at}");
    }
    let marks = ["begin", "separate", "end"];
    let n_marks = marks.map(|it| xml.matches(&format!(r#"w:fldCharType="{it}""#)).count());
    assert_eq!(n_marks, [5, 5, 5]);
}

#[test]
fn the_list_lies_and_the_rest_of_a_pack_stands() {
    let (standards, items) = (samples::standards(), items());
    let xml = outline::part(&pack_docx(&office(&standards, &items)), "word/document.xml");
    let sections: Vec<bool> =
        xml.split("<w:pgSz ").skip(1).map(|it| it.starts_with(r#"w:w="16838""#)).collect();
    assert_eq!(sections, [false, true, false]);
}

#[test]
fn the_sheets_of_a_pack_are_read_like_any_others() {
    let (standards, items) = (samples::standards(), items());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.docx");
    std::fs::write(&path, pack_docx(&office(&standards, &items))).unwrap();
    let options = ReadOptions::new(samples::wushan(&standards), &Default::default());
    // 表一 and each 表二 speak of every item.
    assert_eq!(read::open(&path, &options).unwrap().count(), 2 * items.len());
}

#[test]
fn a_zip_has_the_list_and_a_sheet_an_item_under_names_that_every_system_takes() {
    let (standards, items) = (samples::standards(), items());
    let bytes = pack_zip(&office(&standards, &items));
    let archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut names: Vec<String> =
        archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "政务服务事项内容信息表/0001 社会团体成立登记（示例）.docx",
            "政务服务事项内容信息表/0002 高龄津贴查询_咨询（示例）.docx",
            "武山县民政局政务服务事项内容目录.docx",
        ]
    );
    assert_eq!(bytes, pack_zip(&office(&standards, &items)));
}

#[test]
fn a_pack_written_twice_is_the_same_file() {
    let (standards, items) = (samples::standards(), items());
    let office = office(&standards, &items);
    assert_eq!(pack_docx(&office), pack_docx(&office));
}
