//! 综合查询: items by what they say, over an inverted index that a follower writes.
//!
//! The index only proposes: a page holds what `domain::query` says fits. It walks the
//! narrowest condition's items in the order of offices, and looks at a bounded number of
//! them for a page, so that no question holds the database up; a page that ends early says
//! from where to go on.

mod dictionary;
mod follow;
mod found;
mod office;
mod page;
mod saved;
mod table;
mod walk;

pub use self::{
    follow::Due,
    found::Found,
    page::{PageOf, QueryKey},
    saved::SavedQuery,
};
