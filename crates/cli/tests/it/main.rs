//! The binary as an office uses it: files in, files out, exit statuses and sentences.

mod bad_input;
mod knows;
mod round_trip;
mod support;
