use std::io::Write;

use domain::item::ItemRecord;

use super::WriteError;

/// Writes an item as one line of `items.jsonl`, the exchange format.
///
/// Fields come in the order of [`ItemRecord`] and elements in that of their keys,
/// so the same item is always the same bytes.
pub fn write_record(out: &mut impl Write, record: &ItemRecord) -> Result<(), WriteError> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")?;
    Ok(())
}
