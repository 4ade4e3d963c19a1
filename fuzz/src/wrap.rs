//! From what a fuzzer makes up to a file. The parts that matter are inside of a ZIP, whose
//! checksums a fuzzer never gets right, so they are packed here.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What parts an input of a workbook into its sheet and its texts.
const PART: u8 = 0xff;

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// Makes the file of an input: `kind` is docx, xlsx, csv or json.
pub(crate) fn file(kind: &str, input: &[u8]) -> Vec<u8> {
    match kind {
        "docx" if !input.starts_with(b"PK") => packed(&[("word/document.xml", input)]),
        "xlsx" if !input.starts_with(b"PK") => {
            let mut parts = input.split(|byte| *byte == PART);
            let sheet = parts.next().unwrap_or_default();
            packed(&[
                ("_rels/.rels", PACKAGE.as_bytes()),
                ("xl/workbook.xml", WORKBOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
                ("xl/worksheets/sheet1.xml", sheet),
                ("xl/sharedStrings.xml", parts.next().unwrap_or(b"<sst/>")),
            ])
        }
        _ => input.to_vec(),
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("the names are short and differ");
        archive.write_all(bytes).expect("memory does not fail");
    }
    archive.finish().expect("memory does not fail").into_inner()
}
