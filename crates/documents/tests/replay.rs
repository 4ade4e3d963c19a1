//! What fuzzing found worth keeping is read again: nothing panics.

#[path = "../../../fuzz/src/wrap.rs"]
mod wrap;

use std::{fs, path::PathBuf};

use documents::read::{ReadOptions, open};
use domain::{
    intake::{Defaults, Intake, Mapping},
    standard::Standards,
};

fn check(kind: &str) {
    let standards = Standards::shipped().expect("the shipped standards are right");
    let standard = standards.get("wushan").expect("it is shipped");
    let options = ReadOptions::new(standard, &Mapping::default());
    let (mapping, defaults) = (Mapping::default(), Defaults::default());
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    let corpus: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../fuzz/corpus", kind].iter().collect();
    let folder = tempfile::tempdir().expect("there is room");
    let file = folder.path().join(format!("a.{kind}"));
    let (mut n_read, mut refusals) = (0, Vec::new());
    for input in fs::read_dir(corpus).expect("it is in the tree") {
        let input = input.and_then(|it| fs::read(it.path())).expect("it is in the tree");
        fs::write(&file, wrap::file(kind, &input)).expect("there is room");
        match open(&file, &options) {
            Ok(rows) => {
                for row in rows {
                    intake.read(row).ok();
                    n_read += 1;
                }
            }
            Err(refusal) => refusals.push(refusal.to_string()),
        }
    }
    assert!(n_read > 0, "nothing of the corpus gets as far as a row: {refusals:?}");
}

#[test]
fn documents_of_any_kind_are_read_or_refused() {
    check("docx");
}

#[test]
fn workbooks_of_any_kind_are_read_or_refused() {
    check("xlsx");
}

#[test]
fn delimited_text_of_any_kind_is_read_or_refused() {
    check("csv");
}

#[test]
fn json_of_any_kind_is_read_or_refused() {
    check("json");
}
