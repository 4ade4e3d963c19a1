use std::path::Path;

use super::{ReadError, SourceKind, encoding::Text};

/// The containers that a file's first bytes tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP: .xlsx, .ods, .docx.
    Archive,
    /// An OLE compound file: .xls, .doc.
    Compound,
    Text,
}

const USE_A_TABLE: &str = "请改用 .xlsx、.csv、.json 或 .docx 文件";
const SAVE_AS_XLSX: &str = "请用 Excel 或 WPS 打开，另存为 .xlsx 再试";
const UNPACK: &str = "请先解压，再选其中的文件";

/// First bytes of what is often given a wrong name.
const STRANGERS: [(&[u8], &str, &str); 17] = [
    (b"\x89PNG", " PNG 图片", USE_A_TABLE),
    (b"\xff\xd8\xff", " JPEG 图片", USE_A_TABLE),
    (b"GIF8", " GIF 图片", USE_A_TABLE),
    (b"BM", " BMP 图片", USE_A_TABLE),
    (b"II*\0", " TIFF 图片", USE_A_TABLE),
    (b"%PDF", " PDF 文件", USE_A_TABLE),
    (b"%!PS", " PostScript 文件", USE_A_TABLE),
    (b"\x7fELF", " Linux 程序（ELF）", USE_A_TABLE),
    (b"MZ", " Windows 程序", USE_A_TABLE),
    (b"SQLite format 3\0", " SQLite 数据库", USE_A_TABLE),
    (b"Rar!", " RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf", " 7z 压缩包", UNPACK),
    (b"\x1f\x8b", " gzip 压缩包", UNPACK),
    (b"<!DOCTYPE", "网页（HTML）", SAVE_AS_XLSX),
    (b"<html", "网页（HTML）", SAVE_AS_XLSX),
    (b"<table", "网页（HTML）", SAVE_AS_XLSX),
    (b"<?xml", " XML 文件", SAVE_AS_XLSX),
];

/// Recognises a file by its first bytes; the name is not asked.
pub(super) fn recognise(head: &[u8]) -> Result<Kind, ReadError> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Archive);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Ok(Kind::Compound);
    }
    let inside = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if inside.is_empty() && (head.len() as u64) < super::HEAD_BYTES {
        return Err(ReadError::Empty);
    }
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let binary = !is_utf16 && is_binary(head);
    let same = |magic: &[u8]| {
        inside.len() >= magic.len() && inside[..magic.len()].eq_ignore_ascii_case(magic)
    };
    if same(b"{\\rtf") {
        return Err(ReadError::OldWord(" RTF 文件"));
    }
    // Two letters are a signature only where the rest is no text: a header may begin with them.
    let stranger = STRANGERS.iter().find(|(magic, ..)| same(magic) && (magic.len() > 2 || binary));
    if let Some((_, what, instead)) = stranger {
        return Err(ReadError::NotATable { what, instead });
    }
    if binary {
        return Err(ReadError::NotATable { what: "二进制文件", instead: USE_A_TABLE });
    }
    Ok(Kind::Text)
}

/// Tells JSON, JSON Lines and delimited text apart.
pub(super) fn text_kind(text: &Text, path: &Path) -> SourceKind {
    let head = text.head().trim_ascii_start();
    let (first, rest) = match head.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&head[..end], head[end..].trim_ascii_start()),
        None => (head, &head[..0]),
    };
    let inner = head.get(1..).unwrap_or_default().trim_ascii_start().first();
    let named_lines = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("jsonl") || it.eq_ignore_ascii_case("ndjson"));
    let is_whole = || serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    match (head.first(), inner) {
        (Some(b'{'), Some(b'"' | b'}')) if named_lines || (!rest.is_empty() && is_whole()) => {
            SourceKind::JsonLines
        }
        (Some(b'{'), Some(b'"' | b'}')) => SourceKind::Json,
        (Some(b'['), Some(b'{' | b'[' | b']' | b'"')) => SourceKind::Json,
        _ if named_lines => SourceKind::JsonLines,
        _ => SourceKind::Csv,
    }
}

/// Text has no NUL and next to no other control characters.
fn is_binary(head: &[u8]) -> bool {
    let control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1b);
    head.contains(&0) || head.iter().filter(control).count() * 50 > head.len()
}
