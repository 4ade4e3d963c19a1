//! The office's own tree: 目录, groups, and the seat and order of its items.

mod choosing;
mod codes;
mod directories;
mod groups;
mod order;
mod seats;
mod tree;

pub use self::{
    choosing::OfficeFilter,
    codes::Coded,
    seats::Seated,
    tree::{Arranged, Branch, Brief, Lot, Reached, Tally, Under},
};
