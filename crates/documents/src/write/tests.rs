use std::{fs, io::Cursor};

use domain::{
    intake::{Defaults, Intake, Mapping, RawRow},
    item::ItemRecord,
    standard::Standards,
};

use super::{
    CatalogueXlsx, catalogue_csv, form_docx, outline, samples, write_record,
    xml::{el, legible},
};
use crate::read::{self, ReadOptions};

#[test]
fn what_xml_can_not_hold_shows_as_a_box() {
    assert_eq!(legible("甲\u{0}乙\u{b}丙\u{1f}丁\u{ffff}"), "甲□乙□丙□丁□");
    assert_eq!(legible("甲\t乙\n丙𠮷"), "甲\t乙\n丙𠮷");
}

#[test]
fn text_and_attributes_are_escaped() {
    let bytes = el("a").attr("b", "\"<&>").text("<&>\u{1}").to_file();
    let xml = String::from_utf8(bytes).unwrap();
    assert!(xml.ends_with(r#"<a b="&quot;&lt;&amp;&gt;">&lt;&amp;&gt;□</a>"#), "{xml}");
}

#[test]
fn an_item_is_one_line_and_reads_back_the_same() {
    let item = samples::registration();
    let mut bytes = Vec::new();
    write_record(&mut bytes, &item).unwrap();
    write_record(&mut bytes, &item).unwrap();

    let lines: Vec<&str> = std::str::from_utf8(&bytes).unwrap().lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], lines[1]);
    assert!(lines[0].starts_with(
        r#"{"standard":"wushan","region":"620524","body":{"name":"武山县民政局","letters":"MZ"}"#
    ));
    let back: ItemRecord = serde_json::from_str(lines[0]).unwrap();
    assert_eq!(back, item);
}

#[test]
fn a_file_says_which_program_wrote_it_and_nothing_of_when_and_by_whom() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let form = standard.form("table2").unwrap();
    let bytes = form_docx(form, standard, &items(), "武山县民政局", "武山县");
    let program = outline::part(&bytes, "docProps/app.xml");
    assert!(program.contains("<Application>Shixiang</Application>"), "{program}");
    let core = outline::part(&bytes, "docProps/core.xml");
    assert!(!core.contains("dcterms") && !core.contains("creator"), "{core}");
}

fn items() -> Vec<ItemRecord> {
    let mut second = samples::registration();
    second.code = Some("62052400MZ-XK-0002".into());
    second.content.put("name", samples::text("社会团体变更登记（示例）"));
    vec![samples::registration(), second]
}

/// Reads a file of ours with the readers of this crate.
fn rows_of(name: &str, bytes: &[u8], standards: &Standards) -> Vec<RawRow> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let options = ReadOptions::new(samples::wushan(standards), &Mapping::default());
    read::open(&path, &options).unwrap().collect()
}

/// Each item of the file changes nothing in the item that it was written from.
fn check_brings_nothing_new(name: &str, bytes: &[u8]) {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let (mapping, defaults) = (Mapping::default(), Defaults::default());
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    let rows = rows_of(name, bytes, &standards);
    assert_eq!(rows.len(), items().len(), "{name}: {rows:?}");
    for (row, item) in rows.into_iter().zip(items()) {
        let proposal = intake.read(row).unwrap();
        assert_eq!(proposal.findings, [], "{name}");
        let read = &proposal.record;
        assert_eq!((&read.code, &read.kind, &read.region), (&item.code, &item.kind, &item.region));
        assert_eq!(read.body, item.body, "{name}");
        assert_eq!(proposal.applied_to(&item.content, standard), item.content, "{name}");
    }
}

#[test]
fn both_forms_read_back_are_the_same_items() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    for id in ["table1", "table2"] {
        let form = standard.form(id).unwrap();
        let bytes = form_docx(form, standard, &items(), "武山县民政局", "武山县");
        check_brings_nothing_new(&format!("{id}.docx"), &bytes);
    }
}

#[test]
fn both_catalogues_read_back_are_the_same_items() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let all = items();
    let csv = catalogue_csv(Vec::new(), &[standard], all.iter().map(|item| (item, standard)));
    check_brings_nothing_new("catalogue.csv", &csv.unwrap());

    let mut catalogue = CatalogueXlsx::new(Cursor::new(Vec::new()), &[standard]).unwrap();
    for item in &all {
        catalogue.item(item, standard).unwrap();
    }
    check_brings_nothing_new("catalogue.xlsx", catalogue.finish().unwrap().0.get_ref());
}
