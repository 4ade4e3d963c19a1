use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use tantivy::{Index, TantivyError};

pub(super) const FILE: &str = "sound.txt";

/// The files of the index that are known to be sound, each as it was then.
///
/// The engine trusts its files and panics at nonsense in them, so all are read through before
/// it is let near them; at a million items that takes seconds. What this process wrote itself
/// or read through before need not be read again while its length and time are the same.
pub(super) struct Sound {
    /// `None` for an index in memory.
    dir: Option<PathBuf>,
    known: BTreeMap<String, Stamp>,
}

/// Length in bytes, and time of the last change in nanoseconds.
type Stamp = (u64, u128);

impl Sound {
    pub(super) fn in_memory() -> Sound {
        Sound { dir: None, known: BTreeMap::new() }
    }

    /// Reads what is known of the directory; nothing, if that can not be read.
    pub(super) fn of(dir: &Path) -> Sound {
        let text = fs::read_to_string(dir.join(FILE)).unwrap_or_default();
        Sound { dir: Some(dir.to_owned()), known: text.lines().filter_map(read).collect() }
    }

    /// Reads through the files that are not known to be sound.
    pub(super) fn check(&mut self, index: &Index) -> tantivy::Result<()> {
        let Some(dir) = self.dir.clone() else { return Ok(()) };
        for name in files(&dir, index)? {
            let Some(stamp) = stamp(&dir.join(&name)) else { continue };
            if self.known.get(&name) == Some(&stamp) {
                continue;
            }
            read_through(&dir, index, &name)?;
            self.known.insert(name, stamp);
        }
        self.write(&dir, index)
    }

    /// Notes the files that this process has written since; they are sound.
    pub(super) fn note(&mut self, index: &Index) -> tantivy::Result<()> {
        let Some(dir) = self.dir.clone() else { return Ok(()) };
        for name in files(&dir, index)? {
            // What was known before stays as it was known, should someone have changed it.
            if !self.known.contains_key(&name)
                && let Some(stamp) = stamp(&dir.join(&name))
            {
                self.known.insert(name, stamp);
            }
        }
        self.write(&dir, index)
    }

    fn write(&mut self, dir: &Path, index: &Index) -> tantivy::Result<()> {
        let files = files(dir, index)?;
        self.known.retain(|name, _| files.contains(name));
        let lines =
            self.known.iter().map(|(name, (length, time))| format!("{name} {length} {time}\n"));
        // Without it the next start only takes longer.
        let _ = fs::write(dir.join(FILE), lines.collect::<String>());
        Ok(())
    }
}

/// Reads through all files, whatever is known of them, and notes nothing.
pub(super) fn check_all(dir: &Path, index: &Index) -> tantivy::Result<()> {
    files(dir, index)?.iter().try_for_each(|name| read_through(dir, index, name))
}

fn read_through(dir: &Path, index: &Index, name: &str) -> tantivy::Result<()> {
    match index.directory().validate_checksum(Path::new(name)) {
        Ok(true) => Ok(()),
        // Another process has put the segment into a larger one meanwhile.
        _ if !dir.join(name).exists() => Ok(()),
        Ok(false) => Err(TantivyError::InternalError(format!("{name} is damaged"))),
        Err(error) => Err(error.into()),
    }
}

/// Returns the names of the files of all segments.
fn files(dir: &Path, index: &Index) -> tantivy::Result<Vec<String>> {
    let segments = index.searchable_segment_ids()?;
    let segments: Vec<String> = segments.iter().map(|id| id.uuid_string()).collect();
    let is_of_segment = |name: &String| {
        let stem = name.split('.').next().unwrap_or_default();
        segments.iter().any(|segment| segment == stem)
    };
    let entries = fs::read_dir(dir)?.filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(is_of_segment).collect())
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), changed.as_nanos()))
}

fn read(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.split(' ');
    let name = parts.next()?.to_owned();
    Some((name, (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)))
}
