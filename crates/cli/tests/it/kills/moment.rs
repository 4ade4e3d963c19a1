//! Commands that are killed, and when.

use std::{
    io::Read,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::county::County;
use crate::support::{Office, Site};

/// How long an import takes that nobody kills: into nothing, and over what is there.
pub(super) struct Lengths {
    first: Duration,
    later: Duration,
}

/// What was killed, and what it had told before.
pub(super) struct Killed {
    /// Rows that the import had told to be written.
    pub(super) told: u64,
    /// Whether the import ended before it could be killed.
    pub(super) is_too_late: bool,
    pub(super) beside: Beside,
}

/// What ran beside the import, and was killed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    Site,
    Backup,
}

impl Lengths {
    pub(super) fn measure(office: fn() -> Office) -> Lengths {
        let mut county = County::new(office());
        let mut measure = || {
            county.next_catalogue();
            length(county.import())
        };
        Lengths { first: measure(), later: measure() }
    }

    pub(super) fn of(&self, county: &County) -> Duration {
        if county.is_new() { self.first } else { self.later }
    }
}

impl Killed {
    pub(super) fn import(county: &County, moment: Duration) -> Killed {
        let told = kill_at(&mut [county.import()], moment);
        Killed::of(told, Beside::Nothing)
    }

    /// A site follows the import into the index, and is killed with it.
    pub(super) fn import_and_site(county: &County, moment: Duration) -> Killed {
        let site: Site = county.office.serve();
        let told = kill_at(&mut [county.import()], moment);
        site.kill();
        Killed::of(told, Beside::Site)
    }

    pub(super) fn import_and_backup(county: &County, moment: Duration) -> Killed {
        let told = kill_at(&mut [county.import(), county.backup_beside()], moment);
        Killed::of(told, Beside::Backup)
    }

    fn of(told: Told, beside: Beside) -> Killed {
        let numbers = told.text.lines().filter_map(|line| {
            let number = line.strip_prefix("已写入 ")?.strip_suffix(" 行")?;
            number.parse().ok()
        });
        Killed { told: numbers.max().unwrap_or(0), is_too_late: told.is_too_late, beside }
    }
}

pub(super) struct Told {
    text: String,
    is_too_late: bool,
}

/// Returns how long a command takes.
pub(super) fn length(mut command: Command) -> Duration {
    let started = Instant::now();
    let ended = command.output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    started.elapsed()
}

/// Starts commands together and kills them after a while; returns what the first one told.
pub(super) fn kill_at(commands: &mut [Command], after: Duration) -> Told {
    let mut children: Vec<Child> = commands
        .iter_mut()
        .map(|command| command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    thread::sleep(after);
    let is_too_late = children[0].try_wait().unwrap().is_some();
    for child in &mut children {
        child.kill().unwrap();
    }
    let mut text = String::new();
    for (at, child) in children.iter_mut().enumerate() {
        child.wait().unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!said.contains("panicked"), "{said}");
        if at == 0 {
            text = said;
        }
    }
    Told { text, is_too_late }
}
