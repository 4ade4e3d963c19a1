use std::fmt;

use crate::content::keys;

/// 附件的一处引用: how a text element holds an attachment, `file:HASH/name`.
///
/// It is text, so that content needs no other kind of value: a name alone, as tables bring it,
/// stays what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached<'a> {
    /// SHA-256 of the bytes, 64 hexadecimal digits.
    pub hash: &'a str,
    pub name: &'a str,
}

/// 20 MB.
pub const LARGEST_ATTACHMENT: usize = 20 << 20;

/// 不能收的文件。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAttachable {
    #[error("没有选文件，或者文件是空的")]
    Empty,
    #[error("文件超过 20 MB；压缩图片或者拆成几个再传")]
    TooLarge,
    #[error("可执行的文件不能上传")]
    Executable,
    #[error("网页和 SVG 图不能作附件，里面可以藏程序；另存为 PDF 或者图片再传")]
    Page,
    #[error("认不出这是什么文件；可以传 Word、Excel、PDF、图片、文本和压缩包")]
    Unknown,
    #[error("文件名要在 200 个字以内，不带 / 和 \\")]
    Name,
}

const PREFIX: &str = "file:";
const HASH_LENGTH: usize = 64;

/// Fields of rows that hold a file, or the name of one.
pub(super) const FILE_FIELDS: [(&str, &str); 3] =
    [(keys::MATERIALS, "blank_form"), (keys::MATERIALS, "sample_form"), (keys::OUTCOMES, "sample")];

/// Media types that are taken, by what the bytes say.
const TAKEN: [&str; 19] = [
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/rtf",
    "application/zip",
    "application/vnd.rar",
    "application/x-7z-compressed",
    // What older office programs write, of which nothing more is known.
    "application/x-ole-storage",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/bmp",
    "text/plain",
];

/// Media types of what a computer runs.
const RUN: [&str; 8] = [
    "application/vnd.microsoft.portable-executable",
    "application/x-executable",
    "application/x-mach-binary",
    "application/java-vm",
    "application/java",
    "application/vnd.android.dex",
    "application/x-shellscript",
    "text/x-shellscript",
];

impl<'a> Attached<'a> {
    /// Reads `file:HASH/name`; any other text is no reference.
    pub fn parse(text: &'a str) -> Option<Attached<'a>> {
        let (hash, name) = text.strip_prefix(PREFIX)?.split_once('/')?;
        let is_hash = hash.len() == HASH_LENGTH
            && hash.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
        (is_hash && !name.is_empty()).then_some(Attached { hash, name })
    }

    /// Returns the name of the attachment that a text holds, else the text.
    pub fn shown(text: &'a str) -> &'a str {
        Attached::parse(text).map_or(text, |it| it.name)
    }
}

impl fmt::Display for Attached<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}/{}", self.hash, self.name)
    }
}

/// Tells whether a field of the rows of an element is where files are put.
pub fn takes_file(element: &str, field: &str) -> bool {
    FILE_FIELDS.contains(&(element, field))
}

/// Says whether a file may be kept, given its name, its size and what its bytes are.
pub fn check_attachment(
    name: &str,
    size_bytes: usize,
    media_type: Option<&str>,
) -> Result<(), NotAttachable> {
    if size_bytes == 0 {
        return Err(NotAttachable::Empty);
    }
    if size_bytes > LARGEST_ATTACHMENT {
        return Err(NotAttachable::TooLarge);
    }
    let has_room = !name.trim().is_empty() && name.chars().count() <= 200;
    if !has_room || name.contains(['/', '\\']) || name.chars().any(char::is_control) {
        return Err(NotAttachable::Name);
    }
    match media_type {
        Some(it) if RUN.contains(&it) => Err(NotAttachable::Executable),
        Some("text/html" | "image/svg+xml" | "text/xml") => Err(NotAttachable::Page),
        Some(it) if TAKEN.contains(&it) => Ok(()),
        _ => Err(NotAttachable::Unknown),
    }
}
