//! A county whose catalogue comes in again and again, each time larger and all changed.

use std::{collections::BTreeMap, fmt::Write, fs, process::Command};

use domain::people::{OfficerId, Scope};
use serde_json::Value;
use store::{ImportState, NewAttachment, Saving, Store};
use time::macros::datetime;
use web::Files;

use super::{
    moment::{Beside, Killed},
    tally::Tally,
};
use crate::support::{Office, counts};

/// Rows that a step of an import writes together.
const CHUNK: u64 = 1_000;

/// Files that are brought after each import.
const N_FILES: u32 = 5;

pub(super) struct County {
    pub(super) office: Office,
    n_catalogues: u64,
    /// The code of each item, once it has one.
    codes: BTreeMap<String, String>,
}

impl County {
    pub(super) fn new(office: Office) -> County {
        County { office, n_catalogues: 0, codes: BTreeMap::new() }
    }

    pub(super) fn is_new(&self) -> bool {
        self.n_catalogues <= 1
    }

    /// Writes the next table: every item has changed, and there are more.
    pub(super) fn next_catalogue(&mut self) {
        self.n_catalogues += 1;
        let mut text = String::from("事项名称,事项类型,实施主体,部门代码,区划代码,受理条件\n");
        let mark = self.mark();
        for n in 1..=self.n_items() {
            writeln!(text, "示例事项{n},行政确认,武山县民政局,MZ,620524,{mark}").unwrap();
        }
        self.office.file(&self.source(), text);
    }

    pub(super) fn import(&self) -> Command {
        let mut command = self.office.command();
        command.args(["import", &self.source(), "--standard", "wushan"]);
        command.args(["--publish", "--json", "--progress"]);
        command
    }

    /// Begins a copy as the import begins.
    pub(super) fn backup_beside(&self) -> Command {
        let mut command = self.office.command();
        command.args(["backup", "beside.zip", "--force"]);
        command
    }

    pub(super) fn backup(&self) -> String {
        let file = self.office.path("whole.zip").display().to_string();
        self.office.run(&["backup", &file, "--force"]).check(0, &["已备份"]);
        file
    }

    /// Holds the county to all that must be true after a kill, and finishes the import.
    pub(super) fn check_after(&mut self, killed: &Killed, tally: &mut Tally) {
        let n_kept = self.check_rows(killed, tally);
        if n_kept.is_some() {
            self.office.run(&["verify", "--json"]).check(0, &[r#""wrong":[]"#]);
        }
        if killed.beside == Beside::Backup {
            tally.backed_up(self.check_backup());
        }
        self.check_again(n_kept.unwrap_or(0));
        self.bring_files();
        self.office.serve().kill();
        let all = self.n_items();
        let index = format!(r#""items":{all},"behind":0,"wrong":[]"#);
        self.office.run(&["verify", "--json"]).check(0, &[r#""wrong":[]"#, &index]);
    }

    /// Looks at what the import left of itself, and returns how many rows it had written;
    /// `None` where there is no database yet.
    fn check_rows(&self, killed: &Killed, tally: &mut Tally) -> Option<u64> {
        let Some(url) = self.office.existing_database() else {
            tally.killed(None, killed);
            return None;
        };
        let (state, rows) = rows_of_last_import(&url, &self.source());
        let (n_rows, all) = (rows.len() as u64, self.n_items());
        assert!(rows.iter().copied().eq(1..=n_rows), "rows of a chunk are missing: {rows:?}");
        assert!(n_rows % CHUNK == 0 || n_rows == all, "a chunk is there in part: {n_rows}");
        assert!(n_rows >= killed.told, "told {} rows, {n_rows} are there", killed.told);
        if killed.is_too_late || state == Some(ImportState::Done) {
            assert_eq!((state, n_rows), (Some(ImportState::Done), all));
        }
        tally.killed(state, killed);
        Some(n_rows)
    }

    /// The same import again takes what is there as it is and brings in the rest.
    fn check_again(&mut self, n_kept: u64) {
        let answer = self.office.import(&[&self.source(), "--standard", "wushan", "--publish"]);
        let [read, imported, updated, unchanged, rejected] = counts(&answer);
        let all = self.n_items();
        assert_eq!((read, rejected), (all, 0), "{answer}");
        assert_eq!(imported + updated + unchanged, all, "{answer}");
        // A step that the database finished after our death may come on top.
        assert!(unchanged >= n_kept, "{unchanged} unchanged of {n_kept}");

        let text = String::from_utf8(self.office.export("items.jsonl", &[])).unwrap();
        let mark = self.mark();
        let mut codes = BTreeMap::new();
        for line in text.lines() {
            assert!(line.contains(&mark), "an old edition shows: {line}");
            let item: Value = serde_json::from_str(line).unwrap();
            let name = item["content"]["name"].to_string();
            let doubled = codes.insert(name, item["code"].to_string());
            assert!(doubled.is_none(), "an item is there twice: {line}");
        }
        assert_eq!(codes.len() as u64, all);
        let kept = self.codes.iter().all(|(name, code)| codes.get(name) == Some(code));
        assert!(kept, "a code has changed");
        self.codes = codes;
    }

    /// Brings files, which every backup and restore from here on carries.
    fn bring_files(&self) {
        let url = self.office.existing_database().unwrap();
        let files = Files::in_folder(&self.office.path("data/files")).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(&url).await.unwrap();
            let saving = Saving { by: OfficerId(0), at: datetime!(2026-03-02 01:00 UTC) };
            for n in 0..N_FILES {
                let bytes = format!("{}第 {n} 份", self.mark()).repeat(4_000).into_bytes();
                let size_bytes = bytes.len() as i64;
                let hash = files.put(bytes).await.unwrap();
                let (name, media_type) = ("说明.txt", "text/plain");
                let new = NewAttachment { hash: &hash, name, media_type, size_bytes };
                let mut tx = store.begin().await.unwrap();
                tx.add_attachment(Scope::Everywhere, new, saving).await.unwrap();
                tx.commit().await.unwrap();
            }
            store.close().await;
        });
    }

    /// A backup that was killed is whole or not there.
    fn check_backup(&self) -> bool {
        let file = self.office.path("beside.zip");
        let is_whole = file.exists();
        if is_whole {
            let other = Office::new();
            let answer = other.run(&["restore", &file.display().to_string(), "--json"]);
            answer.check(0, &[r#""wrong":[]"#]);
            fs::remove_file(&file).unwrap();
        }
        is_whole
    }

    pub(super) fn check_same(&self, other: &Office) {
        let items = self.office.export("items.jsonl", &[]);
        assert!(other.export("items.jsonl", &[]) == items, "the restored items are others");
        other.run(&["verify", "--json"]).check(0, &[r#""wrong":[]"#]);
    }

    fn n_items(&self) -> u64 {
        1_000 + 130 * self.n_catalogues
    }

    fn source(&self) -> String {
        format!("catalogue-{}.csv", self.n_catalogues)
    }

    fn mark(&self) -> String {
        format!("第{}次梳理的条件", self.n_catalogues)
    }
}

/// Returns the state of the newest import, if it is of this file, and its rows' numbers.
fn rows_of_last_import(url: &str, source: &str) -> (Option<ImportState>, Vec<u64>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(url).await.unwrap();
        let import = store.last_import().await.unwrap().filter(|it| it.source == source);
        let mut numbers: Vec<u64> = Vec::new();
        if let Some(import) = &import {
            loop {
                let after = numbers.last().copied().unwrap_or(0);
                let page = store.import_rows(import.id, after, 500).await.unwrap();
                if page.is_empty() {
                    break;
                }
                numbers.extend(page.iter().map(|row| row.number));
            }
        }
        store.close().await;
        (import.map(|it| it.state), numbers)
    })
}
