mod catalogue;
mod libraries;
mod work;

use super::Table;

/// Counts up whenever a backup holds something that it did not hold before, so that an older
/// program refuses the file.
pub const FORM: u32 = 6;

/// Returns every table that holds something, each after those that it refers to.
pub fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    [catalogue::TABLES, work::TABLES, libraries::TABLES].into_iter().flatten()
}
