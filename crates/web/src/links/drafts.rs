//! Addresses beside a draft: its libraries, its preview.

use domain::item::EditionId;

use super::Link;
use crate::session::CSRF;

/// Where a place of a draft is filled from a library.
pub(crate) fn fill(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/fill"))
}

/// Where a file is sent that is to stand in a place of a draft.
pub(crate) fn fill_upload(id: &EditionId, csrf: &str) -> Link {
    Link(format!("/workbench/editions/{id}/fill/upload")).with(CSRF, csrf)
}

/// The guide of an edition as it would be.
pub(crate) fn preview(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/preview"))
}

/// Reads where a page of a library was come from: a place of a draft, and nothing else.
pub(crate) fn way_back(text: &str) -> Option<Link> {
    let is_plain = text.bytes().all(|c| c.is_ascii_graphic() && c != b'\\');
    (is_plain && text.starts_with("/workbench/editions/")).then(|| Link::to(text))
}

/// Where a new entry of a library leads: back to the page that sent for it, which is told its
/// number under a name; to the entry where none did.
pub(crate) fn way_on(back: &str, (name, id): (&str, i64), entry: Link) -> Link {
    way_back(back).map_or(entry, |back| back.with(name, &id.to_string()))
}
