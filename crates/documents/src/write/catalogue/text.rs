use std::borrow::Cow;

use crate::write::xml::legible;

/// Makes a CSV cell safe to open in Excel.
///
/// A cell that begins like a formula gets a tab before it: Excel then shows it
/// as text, and reading it back drops the tab with the other blanks around a
/// value, so that what is read is what was written.
pub(super) fn shielded(text: &str) -> Cow<'_, str> {
    let text = legible(text);
    let first = text.trim_start().chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("\t{text}"))
        }
        _ => text,
    }
}
