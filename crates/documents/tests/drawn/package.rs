//! A Word file as far as these tests look into it.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const DOCUMENT: &str = "word/document.xml";

/// Returns the file with another text of its document.
pub(crate) fn changed(docx: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        if name == DOCUMENT {
            text = change(&text);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Counts the shapes of a document by their kind; lines of any kind are lines.
pub(crate) fn shapes(docx: &[u8]) -> BTreeMap<String, usize> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name(DOCUMENT).unwrap().read_to_string(&mut xml).unwrap();
    let mut counts = BTreeMap::new();
    // The second copy that old programs read is after this.
    let choices = xml.split("</mc:Fallback>").map(|it| it.split("<mc:Fallback>").next().unwrap());
    for choice in choices {
        for shape in choice.split("<wps:wsp").skip(1) {
            let preset = shape.split("prst=\"").nth(1).and_then(|it| it.split('"').next());
            let kind = match preset {
                Some(kind) if !kind.contains("Connector") || kind.starts_with("flow") => kind,
                _ => "line",
            };
            *counts.entry(kind.to_owned()).or_default() += 1;
        }
    }
    counts
}
