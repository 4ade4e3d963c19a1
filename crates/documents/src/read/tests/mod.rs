mod files;
mod refusals;
mod robust;

use std::{fs, path::Path, sync::LazyLock};

use domain::{
    intake::{CellValue, Mapping, RawData, RawRow},
    standard::Standards,
};

use super::{ReadError, ReadOptions, SourceInfo, open};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

pub(super) fn options() -> ReadOptions {
    ReadOptions::new(STANDARDS.get("wushan").unwrap(), &Mapping::default())
}

pub(super) fn read_with(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<(SourceInfo, Vec<RawRow>), ReadError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    let reader = open(&path, options)?;
    let source = reader.source().clone();
    Ok((source, reader.collect()))
}

pub(super) fn read(name: &str, bytes: impl AsRef<[u8]>) -> (SourceInfo, Vec<RawRow>) {
    read_with(name, bytes.as_ref(), &options()).unwrap_or_else(|err| panic!("{name}：{err}"))
}

pub(super) fn refusal(name: &str, bytes: impl AsRef<[u8]>) -> String {
    match read_with(name, bytes.as_ref(), &options()) {
        Ok((source, rows)) => panic!("{name} was read: {source:?} {rows:?}"),
        Err(err) => err.to_string(),
    }
}

/// Shows rows as a person would copy them: place, then header=value, or the reason.
pub(super) fn outline(rows: &[RawRow]) -> Vec<String> {
    let row = |row: &RawRow| match &row.data {
        RawData::Broken(reason) => format!("{}! {reason}", row.place),
        RawData::Record(record) => format!("{}: 整条 {}", row.place, record.name()),
        RawData::Cells(cells) => {
            let cells = cells.iter().map(|cell| format!("{}={}", cell.header, shown(&cell.value)));
            format!("{}: {}", row.place, cells.collect::<Vec<_>>().join(" | "))
        }
    };
    rows.iter().map(row).collect()
}

fn shown(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => text.replace('\n', "⏎"),
        CellValue::List(list) => format!("[{}]", list.join(", ")),
        CellValue::Table(rows) => {
            let row = |row: &Vec<(String, String)>| {
                row.iter()
                    .map(|(header, text)| format!("{header}:{text}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            format!("[{}]", rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
    }
}

pub(super) fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)).unwrap()
}
