use std::io::{Seek, Write};

use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    About, BackupError, FilePart, MANIFEST, Manifest, TablePart, hex,
    manifest::{kept_path, part_of},
};

/// A backup being written, row by row and file by file: nothing of it is kept in memory but the
/// list of its parts.
pub struct BackupWriter<W: Write + Seek> {
    zip: ZipWriter<W>,
    tables: Vec<TablePart>,
    files: Vec<FilePart>,
    /// The hash of the table that is being written.
    hash: Sha256,
    line: Vec<u8>,
}

impl<W: Write + Seek> BackupWriter<W> {
    pub fn new(out: W) -> BackupWriter<W> {
        BackupWriter {
            zip: ZipWriter::new(out),
            tables: Vec::new(),
            files: Vec::new(),
            hash: Sha256::new(),
            line: Vec::new(),
        }
    }

    /// Begins a table; the rows that follow are its.
    pub fn table(&mut self, name: &str, columns: &[&str]) -> Result<(), BackupError> {
        self.end_table();
        self.zip.start_file(part_of(name), options())?;
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let (name, sha256) = (name.to_owned(), String::new());
        self.tables.push(TablePart { name, columns, rows: 0, sha256 });
        Ok(())
    }

    pub fn row(&mut self, row: &[Value]) -> Result<(), BackupError> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, row).map_err(std::io::Error::from)?;
        self.line.push(b'\n');
        self.zip.write_all(&self.line)?;
        self.hash.update(&self.line);
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
        }
        Ok(())
    }

    /// Adds a file of the data folder.
    pub fn file(&mut self, path: &str, bytes: &[u8]) -> Result<(), BackupError> {
        self.add(path.to_owned(), options(), (bytes, hex(Sha256::digest(bytes))))
    }

    /// Adds a file that is kept under the hash of its bytes; most are packed already.
    pub fn kept_file(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        let sha256 = hex(Sha256::digest(bytes));
        let options = options().compression_method(CompressionMethod::Stored);
        self.add(kept_path(&sha256), options, (bytes, sha256))
    }

    /// Ends the backup, and returns what it was written to.
    pub fn finish(mut self, about: About) -> Result<(W, Manifest), BackupError> {
        self.end_table();
        let manifest = Manifest { about, tables: self.tables, files: self.files };
        self.zip.start_file(MANIFEST, options())?;
        serde_json::to_writer_pretty(&mut self.zip, &manifest).map_err(std::io::Error::from)?;
        Ok((self.zip.finish()?, manifest))
    }

    fn add(
        &mut self,
        path: String,
        options: SimpleFileOptions,
        (bytes, sha256): (&[u8], String),
    ) -> Result<(), BackupError> {
        self.end_table();
        self.zip.start_file(&path, options)?;
        self.zip.write_all(bytes)?;
        self.files.push(FilePart { path, bytes: bytes.len() as u64, sha256 });
        Ok(())
    }

    fn end_table(&mut self) {
        let hash = std::mem::take(&mut self.hash);
        if let Some(table) = self.tables.last_mut().filter(|table| table.sha256.is_empty()) {
            table.sha256 = hex(hash.finalize());
        }
    }
}

/// A part may be larger than 4 GB. When it was made is told by the manifest alone.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true)
}
