//! A PostgreSQL cluster of the tests' own: made before them, gone after them.

#[cfg(test)]
mod tests;

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{command, provision};

/// Keeps the cluster until we end, however we end: the shell waits for the end of its
/// standard input, which the system closes even when we are killed.
const KEEPER: &str = r#"
    programs=$1 folder=$2 settings=$3
    trap '' HUP INT PIPE
    mkdir -m 700 "$folder" || exit 1
    trap 'rm -rf "$folder"' EXIT
    {
        "$programs/initdb" -D "$folder/data" --username=postgres --auth=trust --no-sync \
            --encoding=UTF8 --locale=C.UTF-8 &&
        "$programs/pg_ctl" -w -D "$folder/data" -l "$folder/server" -o "$settings" start
    } >"$folder/log" 2>&1 </dev/null || { cat "$folder/log" "$folder/server"; exit 1; }
    echo ready
    cat
    "$programs/pg_ctl" --silent -D "$folder/data" -m immediate stop
"#;

/// A running cluster that forgets everything when dropped.
pub(crate) struct Cluster {
    keeper: Child,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster on a free port of this machine.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs().context("the PostgreSQL server is not installed")?;
        let port = free_port()?;
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&programs).arg(folder()).arg(settings(port));
        keeper.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        if let Some(owner) = owner()? {
            keeper.uid(owner.user).gid(owner.group);
        }
        let mut keeper = keeper.spawn().context("the cluster's shell can not be started")?;
        await_ready(&mut keeper)?;
        Ok(Self { keeper, port })
    }

    /// Returns where the cluster's first database answers.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("xtask: the PostgreSQL cluster did not stop: {error}");
        }
    }
}

/// Returns the folder of the newest server's programs, which Debian keeps off the PATH.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let on_path = command::output("sh", &["-c", "command -v initdb"])
        .and_then(|it| Path::new(it.trim()).canonicalize().ok())
        .and_then(|it| it.parent().map(Path::to_path_buf));
    versions
        .map(|version| version.path().join("bin"))
        .chain(on_path)
        .filter(|bin| ["initdb", "postgres", "pg_ctl"].iter().all(|it| bin.join(it).is_file()))
        .max_by_key(|bin| version_of(bin))
}

fn version_of(bin: &Path) -> u32 {
    let folder = bin.parent().and_then(Path::file_name);
    folder.and_then(|it| it.to_str()).and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// Who runs the server where we are root: PostgreSQL refuses to.
struct Owner {
    user: u32,
    group: u32,
}

fn owner() -> Result<Option<Owner>> {
    if !provision::is_root() {
        return Ok(None);
    }
    let id = |flag| {
        let id = command::output("id", &[flag, "postgres"])?;
        id.trim().parse().ok()
    };
    match (id("-u"), id("-g")) {
        (Some(user), Some(group)) => Ok(Some(Owner { user, group })),
        _ => bail!(
            "PostgreSQL does not run as root, and there is no user `postgres` to run it; \
             the Debian package postgresql makes one"
        ),
    }
}

/// Where the cluster lives, and no longer than we do.
fn folder() -> PathBuf {
    env::temp_dir().join(format!("shixiang-postgres-{}", process::id()))
}

/// What is lost in a crash does not matter here; speed does.
fn settings(port: u16) -> String {
    let settings = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ];
    let settings: Vec<_> = settings.iter().map(|it| format!("-c {it}")).collect();
    format!("-p {port} {}", settings.join(" "))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

fn await_ready(keeper: &mut Child) -> Result<()> {
    let output = keeper.stdout.take().context("standard output was asked for as a pipe")?;
    let mut said = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        if line == "ready" {
            return Ok(());
        }
        said.push(line);
    }
    keeper.wait()?;
    bail!("the PostgreSQL cluster did not start:\n{}", said.join("\n"));
}
