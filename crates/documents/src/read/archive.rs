//! Office files are ZIP archives, and a small archive can hold a huge file.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek},
};

use zip::{ZipArchive, result::ZipError};

use crate::write::{PROGRAM, PROGRAM_PART};

use super::{Opened, ReadError, ReadOptions, bytes_words, options::Limits, word, workbook};

const DOCUMENT: &str = "word/document.xml";
/// Of a document, inflated: it is held in memory as a whole.
const DOCUMENT_BYTES: u64 = 64 << 20;
/// Notes and heads of pages, each and how many.
const BESIDE_BYTES: u64 = 1 << 20;
const MOST_BESIDE: usize = 20;
const WORKBOOK: &str = "xl/workbook.xml";
const SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const OTHER: &str = "请改用 .xlsx、.csv、.json 或 .docx 文件";

/// Opens an Office file once it is known to be of bearable size.
pub(super) fn open(file: File, options: &ReadOptions) -> Result<Opened, ReadError> {
    let mut archive = ZipArchive::new(BufReader::new(&file)).map_err(broken)?;
    check_sizes(&archive, &options.limits)?;
    if let Some(name) = document(&archive) {
        let beside = beside(&mut archive)?;
        let as_written = is_as_written(&mut archive);
        let part = archive.by_name(&name).map_err(broken)?;
        check_document(part.size())?;
        return word::open(BufReader::new(part), beside, as_written, options);
    }
    if archive.index_for_name(WORKBOOK).is_some() {
        drop(archive);
        return workbook::open_xlsx(rewound(file)?, options);
    }
    let mut mimetype = Vec::new();
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(200).read_to_end(&mut mimetype)?;
    }
    if mimetype.trim_ascii() == SPREADSHEET {
        let content = archive.by_name("content.xml").map_err(broken)?;
        workbook::check_repeats(BufReader::new(content), options)?;
        drop(archive);
        return workbook::open_ods(rewound(file)?, options);
    }
    let (what, instead) = if archive.index_for_name("xl/workbook.bin").is_some() {
        ("二进制 Excel 文件（.xlsb）", "请用 Excel 打开，另存为 .xlsx 再试")
    } else if mimetype.starts_with(b"application/vnd.oasis.opendocument.text") {
        (" OpenDocument 文档（.odt）", "请打开后另存为 .docx 再试")
    } else if archive.index_for_name("[Content_Types].xml").is_some() || !mimetype.is_empty() {
        ("另一种 Office 文件", OTHER)
    } else {
        (" ZIP 压缩包", "请先解压，再选其中的文件")
    };
    Err(ReadError::NotATable { what, instead })
}

/// Tells whether the file is one of ours that no other program has saved since.
fn is_as_written(archive: &mut ZipArchive<BufReader<&File>>) -> bool {
    let Ok(part) = archive.by_name(PROGRAM_PART) else { return false };
    let mut text = String::new();
    let read = part.take(10_000).read_to_string(&mut text);
    read.is_ok() && text.contains(&format!("<Application>{PROGRAM}</Application>"))
}

/// The document of a Word file; some programs number it.
fn document<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<String> {
    if archive.index_for_name(DOCUMENT).is_some() {
        return Some(DOCUMENT.to_owned());
    }
    let numbered = |name: &String| {
        let number = name.strip_prefix("word/document").and_then(|it| it.strip_suffix(".xml"));
        number.is_some_and(|it| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit()))
    };
    names(archive).into_iter().find(numbered)
}

/// The names of the parts; one that can not be read is none that is looked for.
fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<String> {
    archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
}

/// What stands beside the document: heads of pages and notes below them.
fn beside(archive: &mut ZipArchive<BufReader<&File>>) -> Result<Vec<word::Beside>, ReadError> {
    let what = |name: &str| {
        let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
        match part.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "header" => Some("页眉"),
            "footnotes" => Some("脚注"),
            "endnotes" => Some("尾注"),
            _ => None,
        }
    };
    let named = names(archive).into_iter().filter_map(|name| Some((what(&name)?, name)));
    let mut parts: Vec<(&'static str, String)> = named.collect();
    parts.sort();
    let mut beside: Vec<word::Beside> = Vec::new();
    for (what, name) in parts.into_iter().take(MOST_BESIDE) {
        let part = archive.by_name(&name).map_err(broken)?;
        if part.size() > BESIDE_BYTES {
            return Err(ReadError::TooLarge {
                part: what.into(),
                limit: bytes_words(BESIDE_BYTES),
            });
        }
        let text = word::words(BufReader::new(part))?;
        if !text.is_empty() && !beside.iter().any(|it| it.text == text) {
            beside.push(word::Beside { what, text });
        }
    }
    Ok(beside)
}

/// A document is read whole, so it may not be as large as what is read row by row.
fn check_document(size: u64) -> Result<(), ReadError> {
    match size > DOCUMENT_BYTES {
        true => {
            let limit = bytes_words(DOCUMENT_BYTES);
            Err(ReadError::TooLarge { part: format!("文件里的 {DOCUMENT} "), limit })
        }
        false => Ok(()),
    }
}

fn rewound(mut file: File) -> io::Result<BufReader<File>> {
    file.rewind()?;
    Ok(BufReader::new(file))
}

/// Refuses an archive whose parts are too large, by the sizes that it declares.
/// A part that inflates to more than it declares is an error where it is read:
/// the zip crate stops there, and a test holds it to that.
fn check_sizes<R: Read + Seek>(archive: &ZipArchive<R>, limits: &Limits) -> Result<(), ReadError> {
    let too_large =
        |part: String, limit: u64| Err(ReadError::TooLarge { part, limit: bytes_words(limit) });
    let mut total: u64 = 0;
    for at in 0..archive.len() {
        let part = archive.by_index_data(at).map_err(broken)?;
        if part.size() > limits.entry_bytes {
            let name = part.name().map_err(broken)?;
            return too_large(format!("文件里的 {name} "), limits.entry_bytes);
        }
        total = total.saturating_add(part.size());
    }
    match total > limits.archive_bytes {
        true => too_large("整个文件".into(), limits.archive_bytes),
        false => Ok(()),
    }
}

fn broken(err: ZipError) -> ReadError {
    let reason = match &err {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => return ReadError::Protected,
        ZipError::InvalidArchive(_) => "压缩包的目录读不出来，可能没有下载完".to_owned(),
        ZipError::Io(err) if err.kind() == io::ErrorKind::UnexpectedEof => "内容不完整".to_owned(),
        ZipError::Io(err) => format!("内容读不出来：{err}"),
        ZipError::FileNotFound => "缺少必要的部分".to_owned(),
        _ => "用了不支持的压缩方法".to_owned(),
    };
    ReadError::Broken { kind: "Office", reason }
}
