//! Documents: bytes in, values out; values in, bytes out.
//!
//! Architecture invariant: only this crate knows file formats. It knows the
//! domain and nothing else of ours, and reads no clock: the same values give
//! the same bytes.

pub mod backup;
pub mod read;
pub mod template;
pub mod write;
