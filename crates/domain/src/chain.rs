//! Rows chained by hash, so that a changed one shows.

use sha2::{Digest, Sha256};

/// The hash before the first row.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Returns the hash of a row: of the row before, and each part with its length.
pub fn link(previous: &str, parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    hash.update(previous);
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
