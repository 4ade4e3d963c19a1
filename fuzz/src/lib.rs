//! Reads what a fuzzer makes up as the import does: a file, its rows, an item of each.

mod wrap;

use std::{
    fs, panic,
    path::PathBuf,
    sync::{LazyLock, Once},
};

use documents::read::{ReadOptions, open};
use domain::{
    intake::{Defaults, Intake, Mapping},
    standard::Standards,
};
use tempfile::TempDir;

static STANDARDS: LazyLock<Standards> =
    LazyLock::new(|| Standards::shipped().expect("the shipped standards are right"));

static OPTIONS: LazyLock<ReadOptions> = LazyLock::new(|| {
    let standard = STANDARDS.get("wushan").expect("it is shipped");
    ReadOptions::new(standard, &Mapping::default())
});

/// In memory where the system has such a place.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    folder.expect("there is room for a folder")
});

/// libFuzzer's hook ends the process at any panic; calamine's are caught by the reader that
/// calls it, and only what escapes is a fault. That still ends the process.
static QUIET: Once = Once::new();

/// Reads an input, or is told why not; anything else than a panic is right.
pub fn read(kind: &str, input: &[u8]) -> usize {
    read_file(kind, &wrap::file(kind, input))
}

/// Reads a whole file, and returns how many items it has.
pub fn read_file(kind: &str, bytes: &[u8]) -> usize {
    QUIET.call_once(|| panic::set_hook(Box::new(|_| {})));
    let path = FOLDER.path().join(format!("a.{kind}"));
    fs::write(&path, bytes).expect("the folder is ours");
    let Ok(rows) = open(&path, &OPTIONS) else { return 0 };
    let (mapping, defaults) = (Mapping::default(), Defaults::default());
    let standard = STANDARDS.get("wushan").expect("it is shipped");
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    rows.filter(|row| intake.read(row.clone()).is_ok()).count()
}
