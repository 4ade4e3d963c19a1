//! Codes of items and bodies: schemes are data, so that each region's form can be
//! parsed, explained, checked, issued and translated by the same few functions.
//!
//! A code that a scheme does not fit is kept as it came; nothing here mends it silently.

mod check;
pub mod credit;
mod explain;
mod fields;
mod issue;
mod nearest;
mod normalise;
mod parse;
mod scheme;
mod translation;

pub use check::Check;
pub use explain::{Explanation, SegmentReading, best_first, explain};
pub use fields::{Labels, Lookup};
pub use issue::IssueError;
pub use normalise::{Normalised, normalise};
pub use parse::{Fault, Parsed};
pub use scheme::{Alphabet, CodeField, Meaning, Scheme, Segment};
pub use translation::Translation;

#[cfg(test)]
mod tests;
