/// 备份里的一张表。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    /// What its rows are, for people.
    pub title: &'static str,
    pub columns: &'static [Column],
    /// How many of the first columns are the key, in whose order rows are read.
    pub(super) n_keys: usize,
    pub(super) restored: Restored,
}

/// 一列：名称，和里面放什么。
pub type Column = (&'static str, Kind);

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
    /// Returns the columns of these names in their order, as an older backup has them; `None`
    /// where one is not the table's, or the key is not whole.
    pub fn columns_named(&self, names: &[String]) -> Option<Vec<Column>> {
        let known = |name: &String| self.columns.iter().copied().find(|(it, _)| it == name);
        let columns: Vec<Column> = names.iter().map(known).collect::<Option<_>>()?;
        let has_key = self.columns[..self.n_keys].iter().all(|it| columns.contains(it));
        has_key.then_some(columns)
    }
}

/// Names columns, as a list in SQL.
pub(super) fn column_list(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}
