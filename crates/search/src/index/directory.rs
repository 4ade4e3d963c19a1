//! The directory on disk: opened, or thrown away and begun anew.

use std::{fs, io, path::Path};

use tantivy::{
    Directory, Index, IndexReader, IndexSettings, ReloadPolicy, TantivyError,
    directory::{
        INDEX_WRITER_LOCK, MmapDirectory,
        error::{LockError, OpenReadError},
    },
    schema::Schema,
};

use super::{
    schema::{FORM, register_tokenizers, schema},
    sound::{self, Sound},
};
use crate::SearchError;

/// A page shows twenty items from twenty places; larger blocks are read for nothing.
const BLOCK_BYTES: usize = 4_096;

/// An index that can be read, and the last publication in it.
pub(super) struct Opened {
    pub(super) index: Index,
    pub(super) reader: IndexReader,
    pub(super) seq: i64,
    pub(super) sound: Sound,
}

/// Opens the index in `dir`, made if need be; a broken or older one is thrown away.
pub(super) fn open(dir: &Path) -> Result<Opened, SearchError> {
    fs::create_dir_all(dir).map_err(|error| directory_error(dir, &error))?;
    let (schema, _) = schema();
    match open_sound(dir, schema.clone()) {
        Ok(opened) => Ok(opened),
        Err(error) if is_of_the_machine(&error) => Err(explain(dir, error)),
        Err(_) => {
            throw_away(dir)?;
            open_sound(dir, schema).map_err(|error| explain(dir, error))
        }
    }
}

/// Opens the index in `dir` to look at it, if there is one: every file is read through, none is
/// changed, and what is broken is told and stays.
pub(super) fn look(dir: &Path) -> Result<Option<Opened>, SearchError> {
    let look = || {
        let directory = MmapDirectory::open(dir)?;
        if !Index::exists(&directory)? {
            return Ok(None);
        }
        let index = Index::open(directory)?;
        if index.schema() != schema().0 {
            return Err(older());
        }
        sound::check_all(dir, &index)?;
        opened(index, Sound::in_memory()).map(Some)
    };
    look().map_err(|error| match is_of_the_machine(&error) {
        true => explain(dir, error),
        false => SearchError::Broken { dir: dir.to_owned(), reason: error.to_string() },
    })
}

pub(super) fn in_memory() -> Result<Opened, SearchError> {
    let (schema, _) = schema();
    Ok(opened(Index::create_in_ram(schema), Sound::in_memory())?)
}

/// Reads the last publication out of the index on disk, which another process may have moved.
pub(super) fn seq(index: &Index) -> tantivy::Result<i64> {
    let metas = index.load_metas()?;
    let Some(payload) = metas.payload else {
        // Without a commit of ours there is nothing in it.
        return if metas.segments.is_empty() { Ok(0) } else { Err(older()) };
    };
    let seq = payload.strip_prefix(&format!("{FORM}/")).and_then(|seq| seq.parse().ok());
    seq.ok_or_else(older)
}

pub(super) fn payload(seq: i64) -> String {
    format!("{FORM}/{seq}")
}

/// Says in words what went wrong in `dir`.
pub(super) fn explain(dir: &Path, error: TantivyError) -> SearchError {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            SearchError::Locked { dir: dir.to_owned() }
        }
        TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error) => {
            directory_error(dir, &error)
        }
        TantivyError::OpenDirectoryError(error) => {
            SearchError::Directory { dir: dir.to_owned(), reason: error.to_string() }
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
            directory_error(dir, &io_error)
        }
        error => SearchError::Engine(error),
    }
}

fn open_sound(dir: &Path, schema: Schema) -> tantivy::Result<Opened> {
    let directory = MmapDirectory::open(dir)?;
    let settings = IndexSettings { docstore_blocksize: BLOCK_BYTES, ..IndexSettings::default() };
    let index = Index::builder().schema(schema).settings(settings).open_or_create(directory)?;
    let mut sound = Sound::of(dir);
    sound.check(&index)?;
    opened(index, sound)
}

fn opened(index: Index, sound: Sound) -> tantivy::Result<Opened> {
    register_tokenizers(&index);
    let seq = seq(&index)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Opened { index, reader, seq, sound })
}

fn older() -> TantivyError {
    TantivyError::SchemaError("the index was made in another form".to_owned())
}

/// Tells a fault of disk or permissions, which no rebuilding mends, from a broken index.
fn is_of_the_machine(error: &TantivyError) -> bool {
    use io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
    match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. }) => {
            !matches!(error.kind(), InvalidData | NotFound | UnexpectedEof)
        }
        TantivyError::LockFailure(..)
        | TantivyError::OpenDirectoryError(_)
        | TantivyError::OpenWriteError(_)
        | TantivyError::SystemError(_) => true,
        _ => false,
    }
}

/// Deletes the files of the index, and no others that may lie beside them.
fn throw_away(dir: &Path) -> Result<(), SearchError> {
    let failed = |error: &io::Error| directory_error(dir, error);
    let directory = MmapDirectory::open(dir).map_err(|error| explain(dir, error.into()))?;
    let _lock =
        directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| explain(dir, error.into()))?;
    for entry in fs::read_dir(dir).map_err(|error| failed(&error))? {
        let entry = entry.map_err(|error| failed(&error))?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_ours(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).map_err(|error| failed(&error))?;
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is_segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_segment || ["meta.json", ".managed.json", sound::FILE].contains(&name)
}

fn directory_error(dir: &Path, error: &io::Error) -> SearchError {
    SearchError::Directory { dir: dir.to_owned(), reason: error.to_string() }
}
