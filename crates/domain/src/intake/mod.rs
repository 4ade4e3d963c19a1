//! 导入: from a row of somebody's table to an item.
//!
//! A row is never lost: it becomes a [`Proposal`], with findings where
//! something could not be read, or a [`Rejection`] with its reason.

mod apply;
mod columns;
mod lists;
mod read;
mod row;
mod trace;

pub use self::{
    columns::{Columns, Mapping, MappingFault},
    lists::is_read_as,
    read::{Defaults, Intake},
    row::{Cell, CellValue, Given, Proposal, RawData, RawRow, Rejection},
    trace::{CellSource, Sureness, Trace, Unplaced},
};

#[cfg(test)]
mod tests;
