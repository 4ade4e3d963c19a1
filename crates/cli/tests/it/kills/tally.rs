use std::fmt;

use store::ImportState;

use super::moment::{Beside, Killed};

/// What the kills met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    n_kills: u32,
    n_before: u32,
    n_between: u32,
    n_after: u32,
    n_sites: u32,
    n_backups: u32,
    n_whole_backups: u32,
    n_restores: u32,
    n_whole_restores: u32,
}

impl Tally {
    /// At least half of all imports were killed between their first and their last write.
    pub(crate) fn has_enough_between(&self) -> bool {
        self.n_between * 2 >= self.n_kills
    }

    pub(super) fn killed(&mut self, state: Option<ImportState>, killed: &Killed) {
        self.n_kills += 1;
        match state {
            None => self.n_before += 1,
            Some(ImportState::Running) => self.n_between += 1,
            Some(ImportState::Done | ImportState::Undone) => self.n_after += 1,
        }
        self.n_sites += u32::from(killed.beside == Beside::Site);
    }

    pub(super) fn backed_up(&mut self, is_whole: bool) {
        self.n_backups += 1;
        self.n_whole_backups += u32::from(is_whole);
    }

    pub(super) fn restored(&mut self, is_whole: bool) {
        self.n_restores += 1;
        self.n_whole_restores += u32::from(is_whole);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { n_kills, n_before, n_between, n_after, n_sites, .. } = self;
        let Tally { n_backups, n_whole_backups, n_restores, n_whole_restores, .. } = self;
        writeln!(f, "imports killed: {n_kills}")?;
        writeln!(f, "  before the first write: {n_before}")?;
        writeln!(f, "  between the first and the last write: {n_between}")?;
        writeln!(f, "  after the last write: {n_after}")?;
        writeln!(f, "sites killed with them: {n_sites}")?;
        writeln!(f, "backups killed with them: {n_backups}, of which whole: {n_whole_backups}")?;
        write!(f, "restores killed: {n_restores}, of which done: {n_whole_restores}")
    }
}
