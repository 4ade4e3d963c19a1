//! 文库: what is entered once, and referred to by many items.
//!
//! A draft refers to an entry, and what the entry says is copied into it: an edition never
//! changes because its library does.

mod article;
mod attachment;
mod cite;
mod law;
mod place;
mod system;

use std::collections::BTreeSet;

use self::attachment::FILE_FIELDS;
pub use self::{
    article::{Article, ArticleNumber, read_articles},
    attachment::{Attached, LARGEST_ATTACHMENT, NotAttachable, check_attachment, takes_file},
    law::{Citation, Law, LawFault, Laws, cited, law_key, number_key},
    place::{Place, PlaceFault, PlaceId},
    system::{System, SystemFault},
};
use crate::{
    content::{Content, keys},
    people::{Duty, Officer},
    query::spell_text,
};

/// 文库的各部分，事项里能看出引用了它的。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    Laws,
    Attachments,
    Places,
    Systems,
}

impl Shelf {
    pub const ALL: [Shelf; 4] = [Shelf::Laws, Shelf::Attachments, Shelf::Places, Shelf::Systems];

    /// Returns the fact by which 综合查询 finds what uses an entry.
    pub fn fact(self) -> &'static str {
        match self {
            Shelf::Laws => "library.law",
            Shelf::Attachments => "library.attachment",
            Shelf::Places => "library.place",
            Shelf::Systems => "library.system",
        }
    }

    /// Returns the entries of this part that an item's content names, as they are asked for:
    /// a law by its title, an attachment by its hash, a place by its number, a system by its name.
    pub fn used_by(self, content: &Content) -> BTreeSet<String> {
        match self {
            Shelf::Laws => {
                let rows = content.rows(keys::BASIS).iter();
                rows.map(|row| Citation::of(row).key()).filter(|key| !key.is_empty()).collect()
            }
            Shelf::Attachments => attachments(content).map(|it| it.hash.to_owned()).collect(),
            Shelf::Places => {
                let rows = content.rows(keys::WINDOWS).iter();
                rows.filter_map(Place::behind).map(|id| id.0.to_string()).collect()
            }
            Shelf::Systems => {
                let name = spell_text(content.text(keys::SYSTEM));
                (!name.is_empty()).then_some(name).into_iter().collect()
            }
        }
    }
}

/// Whoever writes or decides items may add to a library: what is entered serves all.
pub const MAY_ADD: &[Duty] = &[Duty::Editor, Duty::Reviewer, Duty::Publisher, Duty::Administrator];

/// What others rely on is changed by those who answer for it.
pub const MAY_CHANGE: &[Duty] = &[Duty::Reviewer, Duty::Publisher, Duty::Administrator];

pub fn may_add(officer: &Officer) -> bool {
    MAY_ADD.iter().any(|duty| officer.has_duty(*duty))
}

pub fn may_change(officer: &Officer) -> bool {
    MAY_CHANGE.iter().any(|duty| officer.has_duty(*duty))
}

/// Returns the attachments that a content refers to, where files are put; elsewhere a text that
/// looks like a reference is a text.
pub fn attachments(content: &Content) -> impl Iterator<Item = Attached<'_>> {
    let rows = move |(element, field)| content.rows(element).iter().map(move |row| row.text(field));
    FILE_FIELDS.into_iter().flat_map(rows).filter_map(Attached::parse)
}

/// Returns the attachments that a content refers to and the one before it did not. Whoever sees
/// an item may have its files, so they must be such as the writer may use.
pub fn newly_attached<'a>(before: &Content, after: &'a Content) -> Vec<Attached<'a>> {
    let there: BTreeSet<&str> = attachments(before).map(|it| it.hash).collect();
    attachments(after).filter(|it| !there.contains(it.hash)).collect()
}

#[cfg(test)]
mod tests;
