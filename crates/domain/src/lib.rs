//! The rules of 政务服务事项: values in, values out.
//!
//! Architecture invariant: this crate does no IO, reads no clock and knows no
//! other crate of ours. What today is, who acts and what is stored are arguments.

pub mod approval;
pub mod body;
pub mod calendar;
pub mod chain;
pub mod checks;
pub mod code;
pub mod content;
pub mod edition;
pub mod event;
pub mod finding;
pub mod flow;
pub mod hours;
pub mod intake;
pub mod item;
pub mod library;
mod numerals;
pub mod office;
pub mod people;
pub mod publication;
pub mod query;
pub mod region;
pub mod standard;
pub mod text;
