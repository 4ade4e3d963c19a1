use std::{fs, io::Cursor, io::Write, path::PathBuf};

use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{About, BackupError, BackupReader, BackupWriter, ChainEnd, Row};

const FORM: u32 = 3;
const COLUMNS: [&str; 3] = ["id", "name", "code"];
const STANDARD: &[u8] = "title = \"武山县\"\n".as_bytes();
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n of a seal";

fn about() -> About {
    let hash = "0".repeat(64);
    About {
        form: FORM,
        program: "0.1.0".into(),
        made_at: "2026-03-02T01:00:00Z".into(),
        engine: "sqlite".into(),
        chains: vec![ChainEnd { chain: "event".into(), seq: 7, hash }],
    }
}

fn rows() -> Vec<Row> {
    let row = |n: i64| vec![json!(n), json!(format!("示例\n事项{n}")), Value::Null];
    (1..=300).map(row).collect()
}

fn written(about: About) -> Vec<u8> {
    let mut writer = BackupWriter::new(Cursor::new(Vec::new()));
    writer.table("item", &COLUMNS).unwrap();
    for row in rows() {
        writer.row(&row).unwrap();
    }
    writer.table("body", &["id"]).unwrap();
    writer.file("standards/wushan/standard.toml", STANDARD).unwrap();
    writer.kept_file(PICTURE).unwrap();
    let (out, manifest) = writer.finish(about).unwrap();
    assert_eq!(manifest.tables.iter().map(|it| it.rows).collect::<Vec<_>>(), [300, 0]);
    out.into_inner()
}

struct Kept {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn kept(bytes: &[u8]) -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("备份.zip");
    fs::write(&path, bytes).unwrap();
    Kept { _folder: folder, path }
}

/// Opens and checks bytes as a backup.
fn checked(bytes: &[u8]) -> Result<(), BackupError> {
    BackupReader::open(&kept(bytes).path, FORM)?.check()
}

#[track_caller]
fn check_refused(bytes: &[u8], words: &[&str]) {
    let said = checked(bytes).unwrap_err().to_string();
    for word in words {
        assert!(said.contains(word), "no {word:?} in {said}");
    }
}

#[test]
fn what_was_written_is_read() {
    let file = kept(&written(about()));
    let mut reader = BackupReader::open(&file.path, FORM).unwrap();
    reader.check().unwrap();
    let manifest = reader.manifest().clone();
    assert_eq!(manifest.about, about());
    assert_eq!(manifest.tables[0].columns, COLUMNS);
    let read: Result<Vec<Row>, _> = reader.rows(&manifest.tables[0]).unwrap().collect();
    assert_eq!(read.unwrap(), rows());
    assert_eq!(reader.rows(&manifest.tables[1]).unwrap().count(), 0);
    assert_eq!(reader.file(&manifest.files[0]).unwrap(), STANDARD);
    assert_eq!(manifest.files[0].kept_hash(), None);
    assert_eq!(reader.file(&manifest.files[1]).unwrap(), PICTURE);
    assert_eq!(manifest.files[1].kept_hash(), Some(&*manifest.files[1].sha256));
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    assert!(written(about()) == written(about()));
}

#[test]
fn a_backup_cut_off_anywhere_is_refused() {
    let whole = written(about());
    for n in 4..whole.len() {
        let refused = checked(&whole[..n]).unwrap_err();
        assert!(matches!(refused, BackupError::Damaged { .. }), "{n}: {refused}");
    }
    check_refused(&whole[..whole.len() / 2], &["没有复制完", "另一份备份"]);
}

#[test]
fn a_changed_byte_never_changes_what_is_restored() {
    let whole = written(about());
    let restored = |bytes: &[u8]| -> Result<(Vec<Row>, [Vec<u8>; 2]), BackupError> {
        let file = kept(bytes);
        let mut reader = BackupReader::open(&file.path, FORM)?;
        reader.check()?;
        let manifest = reader.manifest().clone();
        let rows = reader.rows(&manifest.tables[0])?.collect::<Result<_, _>>()?;
        let [standard, kept] = [0, 1].map(|at| reader.file(&manifest.files[at]));
        Ok((rows, [standard?, kept?]))
    };
    let expected = restored(&whole).unwrap();
    let mut n_refused = 0;
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        match restored(&changed) {
            Ok(same) => assert!(same == expected, "byte {at} went unnoticed"),
            Err(_) => n_refused += 1,
        }
    }
    assert!(n_refused > whole.len() / 2, "{n_refused} of {}", whole.len());
}

#[test]
fn a_part_that_another_wrote_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let manifest = json!({
        "form": FORM, "program": "", "made_at": "", "engine": "", "chains": [], "files": [],
        "tables": [{ "name": "item", "columns": ["id"], "rows": 1, "sha256": "00" }],
    });
    for (name, text) in [("tables/item.jsonl", "[1]\n"), ("manifest.json", &manifest.to_string())] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    check_refused(&zip.finish().unwrap().into_inner(), &["tables/item.jsonl", "不符"]);
}

#[test]
fn a_file_that_would_leave_the_data_folder_is_refused() {
    for path in ["../shixiang.db", "/etc/passwd", "standards/../../x"] {
        let mut writer = BackupWriter::new(Cursor::new(Vec::new()));
        writer.file(path, b"x").unwrap();
        check_refused(&writer.finish(about()).unwrap().0.into_inner(), &["不合规"]);
    }
}

#[test]
fn a_file_under_a_hash_that_is_not_its_own_is_refused() {
    let path = format!("files/00/{}", "0".repeat(64));
    let mut writer = BackupWriter::new(Cursor::new(Vec::new()));
    writer.file(&path, PICTURE).unwrap();
    check_refused(&writer.finish(about()).unwrap().0.into_inner(), &[&path, "不符"]);
}

#[test]
fn files_of_others_are_told_apart() {
    check_refused(b"", &["空的", "shixiang backup"]);
    check_refused(b"SQLite format 3\0", &["不是 ZIP"]);
    let mut other = ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    check_refused(&other.finish().unwrap().into_inner(), &["manifest.json"]);
}

#[test]
fn a_newer_form_asks_for_the_newer_program() {
    let newer = written(About { form: FORM + 1, program: "9.1.0".into(), ..about() });
    check_refused(&newer, &["格式 4", "9.1.0", "更新的程序"]);
}
