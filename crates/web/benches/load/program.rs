//! The real program, run as a person would.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::Outcome;

/// The program and the folder in which it is measured.
pub(crate) struct Program {
    path: PathBuf,
    folder: PathBuf,
}

/// A server that was started; it is stopped when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

/// A site with the place where operators watch it.
pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) operators: String,
}

impl Program {
    pub(crate) fn new(path: PathBuf, folder: PathBuf) -> Program {
        Program { path, folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The database that the program takes: the one that is set, else the folder's own.
    #[expect(clippy::disallowed_methods, reason = "it is the program's setting, not ours")]
    pub(crate) fn database(&self) -> String {
        env::var("SHIXIANG_DATABASE")
            .unwrap_or_else(|_| format!("sqlite://{}", self.data().join("shixiang.db").display()))
    }

    /// Runs a command to its end and returns how long it took.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome<Duration> {
        let started = Instant::now();
        let output =
            self.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
        let took = started.elapsed();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("{arguments:?} failed ({}): {said}", output.status).into());
        }
        Ok(took)
    }

    pub(crate) fn serve(&self) -> Outcome<Server> {
        start(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Serves, and its metrics besides.
    pub(crate) fn serve_watched(&self) -> Outcome<Site> {
        let listen = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"];
        let (child, [address, operators]) = addresses(self.command(&listen))?;
        let operators = operators.trim_end_matches("/metrics").to_owned();
        Ok(Site { server: Server { child, address }, operators })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(arguments).arg("--data").arg(self.data()).current_dir(&self.folder);
        // A line for each of a hundred thousand requests would drown the figures.
        command.env("SHIXIANG_LOG", "warn");
        command
    }
}

/// Starts a server that prints its address on a line.
pub(crate) fn start(command: Command) -> Outcome<Server> {
    let (child, [address]) = addresses(command)?;
    Ok(Server { child, address })
}

/// Starts a program and waits until it has printed so many addresses, each on a line.
fn addresses<const N: usize>(mut command: Command) -> Outcome<(Child, [String; N])> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or("standard output was asked for as a pipe")?;
    let mut found = Vec::new();
    for line in BufReader::new(output).lines() {
        if let Some((_, address)) = line?.split_once("http://") {
            found.push(address.to_owned());
        }
        if let Some(all) = found.first_chunk::<N>() {
            return Ok((child, all.clone()));
        }
    }
    Err(format!("the server ended without an address ({})", child.wait()?).into())
}

impl Server {
    /// Returns the bytes of memory that belong to the process alone and to no file.
    pub(crate) fn anonymous_memory(&self) -> Outcome<u64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Anonymous:"));
        let kilobytes = line.and_then(|it| it.split_whitespace().next()).ok_or("no Anonymous")?;
        Ok(kilobytes.parse::<u64>()? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns how many bytes lie in a folder.
pub(crate) fn size_of(folder: &Path) -> Outcome<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        size += if metadata.is_dir() { size_of(&entry.path())? } else { metadata.len() };
    }
    Ok(size)
}
