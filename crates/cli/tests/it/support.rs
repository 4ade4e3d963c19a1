//! A data folder and the binary over it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

use super::postgres::Database;

pub(crate) struct Office {
    folder: tempfile::TempDir,
    /// Where its catalogue is, if not in the folder.
    database: Option<Database>,
}

pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Office {
    pub(crate) fn new() -> Office {
        Office { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// An office whose catalogue is in an empty database of PostgreSQL.
    pub(crate) fn on_postgres() -> Office {
        Office { database: Some(Database::new()), ..Office::new() }
    }

    /// Returns where its catalogue is, if it has one already.
    pub(crate) fn existing_database(&self) -> Option<String> {
        let file = self.path("data/shixiang.db");
        match &self.database {
            Some(database) => Some(database.url.clone()),
            None => file.exists().then(|| format!("sqlite://{}", file.display())),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file for the office to bring in.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shixiang"));
        command.current_dir(self.folder.path()).arg("--data").arg(self.path("data"));
        if let Some(database) = &self.database {
            command.args(["--database", &database.url]);
        }
        command
    }

    /// Serves the office's folder on a free port.
    pub(crate) fn serve(&self) -> Site {
        let mut command = self.command();
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        // A line for each of hundreds of requests would drown what a test says.
        command.env("SHIXIANG_LOG", "warn");
        Site::start(command)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        Answer::of(self.command().args(args).output().unwrap())
    }

    /// Runs an import and returns what `--json` says of it.
    #[track_caller]
    pub(crate) fn import(&self, args: &[&str]) -> Value {
        let answer = self.run(&[&["import", "--json"], args].concat());
        serde_json::from_str(&answer.out)
            .unwrap_or_else(|err| panic!("{err}: {} {}", answer.out, answer.err))
    }

    #[track_caller]
    pub(crate) fn export(&self, format: &str, args: &[&str]) -> Vec<u8> {
        let out = self.path(&format!("out-{format}"));
        let place = out.display().to_string();
        let answer = self.run(&[&["export", format, "--out", &place], args].concat());
        assert_eq!(answer.status, 0, "{}", answer.err);
        fs::read(out).unwrap()
    }
}

/// A site that runs until it is killed or dropped.
pub(crate) struct Site {
    child: Child,
    pub(crate) address: String,
}

impl Site {
    /// Starts a command that serves, and waits until it says that it does.
    pub(crate) fn start(mut command: Command) -> Site {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut site = Site { child, address: String::new() };
        for line in said.lines() {
            if let Some(address) = line.unwrap().strip_prefix("已打开：http://") {
                address.clone_into(&mut site.address);
                return site;
            }
        }
        panic!("the site did not open");
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as the system would, without a word.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub(crate) fn of(output: Output) -> Answer {
        Answer {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The sentence a person reads: one line, with these words, after this status.
    #[track_caller]
    pub(crate) fn check(&self, status: i32, words: &[&str]) {
        let said = format!("{}{}", self.out, self.err);
        assert_eq!(self.status, status, "{said}");
        for word in words {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// Returns `[read, imported, updated, unchanged, rejected]`.
pub(crate) fn counts(answer: &Value) -> [u64; 5] {
    ["read", "imported", "updated", "unchanged", "rejected"]
        .map(|key| answer[key].as_u64().unwrap_or_else(|| panic!("no {key} in {answer}")))
}

/// A file of the demo catalogue.
pub(crate) fn demo(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(name).display().to_string()
}
