use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Component, Path},
};

use sha2::{Digest, Sha256};
use zip::{ZipArchive, read::ZipFile, result::ZipError};

use super::{BackupError, FilePart, MANIFEST, Manifest, Row, TablePart, hex};

const ARCHIVE: &[u8] = b"PK\x03\x04";

/// A backup that was opened; nothing of it is to be used before [`BackupReader::check`].
pub struct BackupReader {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

/// The rows of a table, one after the other.
pub struct Rows<'a> {
    part: String,
    lines: io::Split<BufReader<ZipFile<'a, BufReader<File>>>>,
}

#[derive(serde::Deserialize)]
struct Form {
    form: u32,
    #[serde(default)]
    program: String,
}

impl BackupReader {
    /// Opens a backup of a form up to `known`.
    pub fn open(path: &Path, known: u32) -> Result<BackupReader, BackupError> {
        let mut head = Vec::new();
        File::open(path)?.take(ARCHIVE.len() as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(BackupError::Foreign { reason: "文件是空的" });
        }
        if head != ARCHIVE {
            return Err(BackupError::Foreign { reason: "它不是 ZIP 文件" });
        }
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(cut_off)?;
        let mut text = Vec::new();
        match zip.by_name(MANIFEST) {
            Err(ZipError::FileNotFound) => {
                return Err(BackupError::Foreign { reason: "里面没有 manifest.json" });
            }
            part => {
                part?.read_to_end(&mut text).map_err(|it| BackupError::in_part(MANIFEST, it))?
            }
        };
        let Form { form, program } = serde_json::from_slice(&text).map_err(no_manifest)?;
        if form > known {
            return Err(BackupError::Newer { form, known, program });
        }
        let manifest = serde_json::from_slice(&text).map_err(no_manifest)?;
        Ok(BackupReader { zip, manifest })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads all of it once: every part is there, is what was written, and can be put nowhere
    /// but below the data folder.
    pub fn check(&mut self) -> Result<(), BackupError> {
        for table in self.manifest.tables.clone() {
            let part = table.part();
            let (hash, n_lines) = self.hash(&part)?;
            if hash != table.sha256 || n_lines != table.rows {
                return Err(BackupError::damaged(format!("{part} 与目录里记的不符")));
            }
        }
        for file in self.manifest.files.clone() {
            let inside =
                Path::new(&file.path).components().all(|it| matches!(it, Component::Normal(_)));
            if !inside {
                return Err(BackupError::damaged(format!("文件名 {} 不合规", file.path)));
            }
            let is_named_right = file.kept_hash().is_none_or(|hash| hash == file.sha256);
            if !is_named_right || self.hash(&file.path)?.0 != file.sha256 {
                return Err(BackupError::damaged(format!("{} 与目录里记的不符", file.path)));
            }
        }
        Ok(())
    }

    /// Returns the rows of a table.
    pub fn rows(&mut self, table: &TablePart) -> Result<Rows<'_>, BackupError> {
        let part = table.part();
        let lines = BufReader::new(open(&mut self.zip, &part)?).split(b'\n');
        Ok(Rows { part, lines })
    }

    /// Returns the bytes of a file of the data folder.
    pub fn file(&mut self, file: &FilePart) -> Result<Vec<u8>, BackupError> {
        let mut bytes = Vec::new();
        let mut part = open(&mut self.zip, &file.path)?;
        part.read_to_end(&mut bytes).map_err(|err| BackupError::in_part(&file.path, err))?;
        Ok(bytes)
    }

    /// Returns the hash of a part and how many lines it has.
    fn hash(&mut self, part: &str) -> Result<(String, u64), BackupError> {
        let mut file = open(&mut self.zip, part)?;
        let (mut hash, mut n_lines) = (Sha256::new(), 0);
        let mut bytes = vec![0; 1 << 16];
        loop {
            let n = file.read(&mut bytes).map_err(|err| BackupError::in_part(part, err))?;
            if n == 0 {
                return Ok((hex(hash.finalize()), n_lines));
            }
            hash.update(&bytes[..n]);
            n_lines += bytes[..n].iter().filter(|byte| **byte == b'\n').count() as u64;
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, BackupError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = match self.lines.next()? {
            Ok(line) => line,
            Err(err) => return Some(Err(BackupError::in_part(&self.part, err))),
        };
        let row = serde_json::from_slice(&line);
        Some(row.map_err(|err| BackupError::damaged(format!("{} 里有不成行的：{err}", self.part))))
    }
}

fn open<'a>(
    zip: &'a mut ZipArchive<BufReader<File>>,
    part: &str,
) -> Result<ZipFile<'a, BufReader<File>>, BackupError> {
    match zip.by_name(part) {
        Err(ZipError::FileNotFound) => Err(BackupError::damaged(format!("缺少 {part}"))),
        part => Ok(part?),
    }
}

/// The list of an archive's parts is at its end.
fn cut_off(err: ZipError) -> BackupError {
    match err {
        ZipError::InvalidArchive(_) => BackupError::damaged("文件没有结尾，多半没有复制完"),
        other => other.into(),
    }
}

fn no_manifest(err: serde_json::Error) -> BackupError {
    BackupError::damaged(format!("{MANIFEST} 读不懂（{err}）"))
}
