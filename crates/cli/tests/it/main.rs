//! The binary as an office uses it: files in, files out, exit statuses and sentences.

#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod bad_input;
mod knows;
mod round_trip;
mod stopping;
mod support;
