//! CSV as Excel opens it: UTF-8 with a mark, RFC 4180, and no cell that is run.

use std::{borrow::Cow, io::Write};

use super::{WriteError, xml::legible};

/// Starts a file; Excel takes one without the mark for the local code page.
pub(super) fn writer<W: Write>(mut out: W) -> Result<csv::Writer<W>, WriteError> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
}

/// Ends a file, all of it written.
pub(super) fn finished<W: Write>(mut out: csv::Writer<W>) -> Result<W, WriteError> {
    out.flush()?;
    out.into_inner().map_err(|err| WriteError::from(err.into_error()))
}

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
