//! The zip package that a Word and an Excel file both are.

use std::io::{Seek, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    WriteError,
    xml::{Element, el},
};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The part that names the program which wrote the file, and what it says for ours.
pub(crate) const PROGRAM_PART: &str = "docProps/app.xml";
pub(crate) const PROGRAM: &str = "Shixiang";

/// A part of fewer bytes is put in as it is: to begin compressing takes longer than all of it.
const SHORT: usize = 2_048;

/// Half as much work as at the usual level, for a tenth more bytes.
const LEVEL: i64 = 2;

/// A package being written; its parts can be streamed.
pub(super) struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
    /// Part names with their content types.
    parts: Vec<(String, &'static str)>,
}

impl<W: Write + Seek> Package<W> {
    pub(super) fn new(out: W) -> Package<W> {
        Package { zip: ZipWriter::new(out), parts: Vec::new() }
    }

    /// Adds a part in one piece.
    pub(super) fn part(
        &mut self,
        name: &str,
        content_type: &'static str,
        bytes: &[u8],
    ) -> Result<(), WriteError> {
        self.write(name, bytes)?;
        self.parts.push((format!("/{name}"), content_type));
        Ok(())
    }

    /// Opens a part; what is written to [`Package::stream`] until the next one is its content.
    pub(super) fn open(
        &mut self,
        name: &str,
        content_type: &'static str,
    ) -> Result<(), WriteError> {
        self.zip.start_file(name, options())?;
        self.parts.push((format!("/{name}"), content_type));
        Ok(())
    }

    pub(super) fn stream(&mut self) -> &mut impl Write {
        &mut self.zip
    }

    /// Adds the relations of the part at `name`: (type, target), numbered rId1, rId2 …
    pub(super) fn relations(
        &mut self,
        name: &str,
        to: &[(&str, String)],
    ) -> Result<(), WriteError> {
        let relations = to.iter().enumerate().map(|(at, (kind, target))| {
            el("Relationship")
                .attr("Id", format!("rId{}", at + 1))
                .attr("Type", format!("{OFFICE}/{kind}"))
                .attr("Target", target.clone())
        });
        let root = el("Relationships").attr("xmlns", RELATIONS).children(relations);
        self.write(name, &root.to_file())
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let options = match bytes.len() {
            ..SHORT => {
                options().compression_method(CompressionMethod::Stored).compression_level(None)
            }
            _ => options(),
        };
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    /// Ends the package, whose main part is `main`.
    pub(super) fn finish(mut self, main: &str, title: &str) -> Result<W, WriteError> {
        let core_type = "application/vnd.openxmlformats-package.core-properties+xml";
        self.part("docProps/core.xml", core_type, &core_properties(title).to_file())?;
        let app_type = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        self.part(PROGRAM_PART, app_type, &app_properties().to_file())?;
        self.write("_rels/.rels", &root_relations(main).to_file())?;
        let types = self.content_types().to_file();
        self.write("[Content_Types].xml", &types)?;
        Ok(self.zip.finish()?)
    }

    fn content_types(&self) -> Element {
        let default = |extension: &'static str, kind: &'static str| {
            el("Default").attr("Extension", extension).attr("ContentType", kind)
        };
        let overrides = self.parts.iter().map(|(name, kind)| {
            el("Override").attr("PartName", name.clone()).attr("ContentType", *kind)
        });
        el("Types")
            .attr("xmlns", TYPES)
            .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
            .child(default("xml", "application/xml"))
            .children(overrides)
    }
}

/// The same options for every part: the time is the format's zero, never now.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

fn root_relations(main: &str) -> Element {
    let relation = |id: &'static str, kind: String, target: &str| {
        el("Relationship").attr("Id", id).attr("Type", kind).attr("Target", target.to_owned())
    };
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    el("Relationships")
        .attr("xmlns", RELATIONS)
        .child(relation("rId1", format!("{OFFICE}/officeDocument"), main))
        .child(relation("rId2", core.to_owned(), "docProps/core.xml"))
        .child(relation("rId3", format!("{OFFICE}/extended-properties"), PROGRAM_PART))
}

/// Says which program wrote the file; another one that saves it puts itself there.
fn app_properties() -> Element {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let program = el("Application").text(PROGRAM);
    el("Properties").attr("xmlns", namespace).child(program)
}

/// Properties without dates and persons: the file says nothing of when and by whom.
fn core_properties(title: &str) -> Element {
    el("cp:coreProperties")
        .attr("xmlns:cp", CORE)
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .child(el("dc:title").text(title))
        .child(el("dc:language").text("zh-CN"))
}
