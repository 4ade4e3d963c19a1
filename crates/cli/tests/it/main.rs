//! The binary as an office uses it: files in, files out, exit statuses and sentences.

#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod backed_up;
mod bad_input;
mod carried;
mod clerk;
mod killed;
mod kills;
mod knows;
mod locked;
mod officers;
mod postgres;
mod reopened;
mod round_trip;
mod stopping;
mod support;
mod verified;
