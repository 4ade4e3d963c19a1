//! The index of published items, and how people's words find them.
//!
//! Architecture invariant: the index can be deleted and rebuilt from the
//! publications; it knows nothing that they do not say. What people type is
//! never parsed as a query language.

mod error;
mod index;
mod query;
mod results;
mod snippet;
mod words;

pub use self::{
    error::SearchError,
    index::{Census, Index},
    query::Query,
    results::{Card, Facet, Facets, Hit, Piece, Results},
};
