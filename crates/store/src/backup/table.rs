/// 备份里的一张表。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    /// What its rows are, for people.
    pub title: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// How many of the first columns are the key, in whose order rows are read.
    pub(super) n_keys: usize,
    pub(super) restored: Restored,
}

/// 列里放什么。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
}

/// What a restore finds in a table of a database without a catalogue, and does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restored {
    /// Nothing: a row in it is a catalogue's.
    IntoEmpty,
    /// What the program makes by itself: counters, and the first administrator, who gives way
    /// to those of the backup.
    Anew,
    /// The regions that the program brings; what was registered of them is laid over.
    Over,
}

impl Table {
    /// Names the columns, as a list in SQL.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}
