//! A pack as a folder of files in a zip.

use std::io::{Cursor, Write};

use domain::{item::ItemRecord, standard::Layout};
use zip::{ZipWriter, result::ZipError};

use super::Office;
use crate::write::{
    flow::{Chart, flow_docx},
    form::form_docx,
    package::options,
};

/// The longest name of a file, in characters: some systems take no more than 255 bytes.
const LONGEST_NAME: usize = 60;

/// Packs an office's forms as files: its lists, a folder with a sheet an item, and one with
/// the chart and posts of each that has steps.
pub fn pack_zip(office: &Office<'_>) -> Vec<u8> {
    let mut files = Vec::new();
    let draw = |form, items: &[ItemRecord]| {
        form_docx(form, office.standard, items, office.body, office.region)
    };
    for form in office.forms(Layout::List) {
        let drawing = office.drawing(form);
        files.push((format!("{}.docx", file_name(drawing.title_text())), draw(form, office.items)));
    }
    for form in office.forms(Layout::Sheet) {
        let folder = file_name(office.drawing(form).title_text());
        for (at, item) in office.items.iter().enumerate() {
            let name = file_name(&format!("{:04} {}", at + 1, item.name()));
            files.push((format!("{folder}/{name}.docx"), draw(form, std::slice::from_ref(item))));
        }
    }
    for (at, item) in office.items.iter().enumerate() {
        let Some(chart) = Chart::of(item, office.standard) else { continue };
        let name = file_name(&format!("{:04} {}", at + 1, item.name()));
        let chart = flow_docx(std::slice::from_ref(item), office.standard, &chart.title(), None);
        files.push((format!("流程图和岗位说明/{name}.docx"), chart));
    }
    packed(&files).expect("writing to memory does not fail, and names are not too long")
}

fn packed(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Makes a text fit to be the name of a file on every system.
fn file_name(text: &str) -> String {
    let is_bad = |c: char| c.is_control() || "\\/:*?\"<>|".contains(c);
    let plain = text.trim().chars().map(|c| if is_bad(c) { '_' } else { c });
    let name: String = plain.take(LONGEST_NAME).collect();
    name.trim_end_matches(['.', ' ']).to_owned()
}
