use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::TemplateFault;

const TYPES: &str = "[Content_Types].xml";
const MAIN_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const MAX_PARTS: usize = 1_000;
const MAX_BYTES: u64 = 64 << 20;

/// A part of the package as it was brought.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

#[derive(Debug)]
pub(super) struct Package {
    pub(super) parts: Vec<Part>,
    /// The name of the part with the text.
    pub(super) main: String,
    main_type: String,
    links: Vec<Relation>,
}

/// How a part leads to another one.
#[derive(Debug)]
struct Relation {
    /// The file that says so.
    said_in: String,
    /// The last word of its type.
    kind: String,
    target: String,
    is_external: bool,
}

/// What a part may be used as. All else a template does without.
const USES: [&str; 21] = [
    "officeDocument",
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "styles",
    "stylesWithEffects",
    "settings",
    "webSettings",
    "fontTable",
    "theme",
    "numbering",
    "footnotes",
    "endnotes",
    "header",
    "footer",
    "image",
    "customXml",
    "customXmlProps",
    "classificationlabels",
    "people",
];

impl Part {
    /// Returns the text of a part that is XML.
    pub(super) fn xml(&self) -> Option<&str> {
        let is_xml = self.name.ends_with(".xml") || self.name.ends_with(".rels");
        is_xml.then(|| std::str::from_utf8(&self.bytes).ok()).flatten()
    }
}

impl Package {
    /// Says what the package holds that a template may not hold.
    pub(super) fn faults(&self) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        if self.main_type != MAIN_TYPE {
            let is_macro = self.main_type.contains("macroEnabled");
            faults.push(match is_macro {
                true => TemplateFault::Macro { part: self.main.clone() },
                false => TemplateFault::NotWord,
            });
        }
        faults.extend(self.links.iter().filter_map(Relation::fault));
        let named: BTreeSet<&str> = self.links.iter().map(|it| it.target.as_str()).collect();
        for part in &self.parts {
            let is_used = part.name == TYPES
                || part.name.ends_with(".rels")
                || named.contains(part.name.as_str());
            faults.extend(part_fault(part, is_used));
        }
        faults
    }
}

impl Relation {
    fn fault(&self) -> Option<TemplateFault> {
        let part = self.said_in.clone();
        if self.is_external {
            return Some(TemplateFault::External { part, target: self.target.clone() });
        }
        Some(match self.kind.as_str() {
            kind if USES.contains(&kind) => return None,
            "vbaProject"
            | "wordVbaData"
            | "keyMapCustomizations"
            | "attachedToolbars"
            | "extensibility" => TemplateFault::Macro { part },
            "oleObject" | "package" => TemplateFault::Embedded { part },
            "control" | "activeXControlBinary" => TemplateFault::Control { part },
            "aFChunk"
            | "subDocument"
            | "frame"
            | "attachedTemplate"
            | "mailMergeSource"
            | "mailMergeHeaderSource"
            | "recipientData" => TemplateFault::Included { part, what: self.target.clone() },
            "comments" | "commentsExtended" | "commentsIds" | "commentsExtensible" => {
                TemplateFault::Commented { part }
            }
            kind => TemplateFault::Unknown { part: self.target.clone(), kind: kind.to_owned() },
        })
    }
}

/// Says what is wrong with a part by its name and its bytes, whoever leads to it.
fn part_fault(part: &Part, is_used: bool) -> Option<TemplateFault> {
    let name = part.name.to_lowercase();
    let (part_name, extension) =
        (part.name.clone(), name.rsplit_once('.').map_or("", |(_, it)| it).to_owned());
    if name.contains("vba") {
        return Some(TemplateFault::Macro { part: part_name });
    }
    if name.contains("/activex/") {
        return Some(TemplateFault::Control { part: part_name });
    }
    if name.contains("/embeddings/") {
        return Some(TemplateFault::Embedded { part: part_name });
    }
    match extension.as_str() {
        "xml" | "rels" if part.xml().is_none() => {
            let reason = format!("{part_name} 不是 UTF-8 编码的 XML");
            Some(TemplateFault::Broken { reason })
        }
        "xml" | "rels" if is_used => None,
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" if is_used => {
            (!is_picture(&part.bytes)).then_some(TemplateFault::Picture { part: part_name })
        }
        "emf" | "wmf" | "svg" => Some(TemplateFault::Picture { part: part_name }),
        _ => Some(TemplateFault::Unknown { part: part_name, kind: extension }),
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    let heads: [&[u8]; 6] =
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    heads.iter().any(|head| bytes.starts_with(head))
}

/// Takes the package apart, as far as it is one.
pub(super) fn read(bytes: &[u8]) -> Result<Package, TemplateFault> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TemplateFault::Sealed);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TemplateFault::NotWord)?;
    let too_large = TemplateFault::TooLarge { limit: "64 MB 或者 1000 个部分" };
    if archive.len() > MAX_PARTS {
        return Err(too_large);
    }
    let (mut parts, mut names) = (Vec::new(), BTreeSet::new());
    let mut room = MAX_BYTES;
    for at in 0..archive.len() {
        let broken = |err: zip::result::ZipError| TemplateFault::Broken { reason: err.to_string() };
        let file = archive.by_index(at).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        if name.ends_with('/') {
            continue;
        }
        if !is_sound(&name) || !names.insert(name.to_lowercase()) {
            return Err(TemplateFault::Broken {
                reason: format!("部分的名称“{name}”不对")
            });
        }
        let mut bytes = Vec::new();
        let read = file.take(room + 1).read_to_end(&mut bytes);
        let n_read = read.map_err(|err| TemplateFault::Broken { reason: err.to_string() })? as u64;
        room = room.checked_sub(n_read).ok_or_else(|| too_large.clone())?;
        parts.push(Part { name, bytes });
    }
    understand(parts)
}

fn is_sound(name: &str) -> bool {
    let is_folder = |it: &str| it.is_empty() || it == "." || it == "..";
    !name.contains(['\\', ':'])
        && !name.chars().any(char::is_control)
        && !name.split('/').any(is_folder)
}

fn understand(parts: Vec<Part>) -> Result<Package, TemplateFault> {
    let types = parts.iter().find(|it| it.name == TYPES).ok_or(TemplateFault::NotWord)?;
    let types = content_types(types.xml().ok_or(TemplateFault::NotWord)?)?;
    let mut links = Vec::new();
    for part in parts.iter().filter(|it| it.name.ends_with(".rels")) {
        links.extend(relations(part)?);
    }
    let is_root = |it: &&Relation| it.said_in == "_rels/.rels" && it.kind == "officeDocument";
    let main = links.iter().find(is_root).ok_or(TemplateFault::NotWord)?.target.clone();
    if !parts.iter().any(|it| it.name == main) {
        return Err(TemplateFault::NotWord);
    }
    let main_type = types.get(&main).cloned().unwrap_or_default();
    Ok(Package { parts, main, main_type, links })
}

/// Returns the content types that parts have of their own.
fn content_types(xml: &str) -> Result<BTreeMap<String, String>, TemplateFault> {
    let mut types = BTreeMap::new();
    each_element(TYPES, xml, |tag| {
        if let (Some(name), Some(kind)) =
            (attribute(tag, "PartName"), attribute(tag, "ContentType"))
        {
            types.insert(name.trim_start_matches('/').to_owned(), kind);
        }
    })?;
    Ok(types)
}

fn relations(part: &Part) -> Result<Vec<Relation>, TemplateFault> {
    let Some(xml) = part.xml() else { return Ok(Vec::new()) };
    let folder = part.name.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    let mut links = Vec::new();
    each_element(&part.name, xml, |tag| {
        if tag.local_name().as_ref() != "Relationship" {
            return;
        }
        let kind = attribute(tag, "Type").unwrap_or_default();
        let target = attribute(tag, "Target").unwrap_or_default();
        let mode = attribute(tag, "TargetMode").unwrap_or_default();
        let is_external = mode.eq_ignore_ascii_case("external") || leads_out(&target);
        links.push(Relation {
            said_in: part.name.clone(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: if is_external { target } else { resolve(folder, &target) },
            is_external,
        });
    })?;
    Ok(links)
}

/// Tells whether an address is not one of a part.
pub(super) fn leads_out(address: &str) -> bool {
    let address = address.trim();
    address.contains(':') || address.starts_with("//") || address.contains('\\')
}

fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

fn each_element(
    name: &str,
    xml: &str,
    mut see: impl FnMut(&BytesStart<'_>),
) -> Result<(), TemplateFault> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(tag) | Event::Empty(tag)) => see(&tag),
            Ok(_) => {}
            Err(err) => return Err(TemplateFault::Broken { reason: format!("{name}：{err}") }),
        }
    }
}

/// Returns an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// Packs parts in their order; the same parts give the same bytes.
pub(super) fn write<'a>(parts: impl Iterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, options).expect("a name that was read can be written");
        zip.write_all(&bytes).expect("writing to memory does not fail");
    }
    zip.finish().expect("writing to memory does not fail").into_inner()
}
