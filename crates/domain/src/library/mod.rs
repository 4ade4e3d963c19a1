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

pub use self::{
    article::{Article, ArticleNumber, read_articles},
    attachment::{Attached, LARGEST_ATTACHMENT, NotAttachable, check_attachment, takes_file},
    law::{Citation, Law, LawFault, Laws, cited, law_key, number_key},
    place::{Place, PlaceFault, PlaceId},
    system::{System, SystemFault},
};
use crate::{
    content::{Content, Value, keys},
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

/// Returns the attachments that a content refers to.
pub fn attachments(content: &Content) -> impl Iterator<Item = Attached<'_>> {
    texts(content).filter_map(Attached::parse)
}

/// Returns every text of a content, those in rows too.
fn texts(content: &Content) -> impl Iterator<Item = &str> {
    content.iter().flat_map(|(_, value)| match value {
        Value::Rows(rows) => {
            rows.iter().flat_map(|row| row.fields.values()).filter_map(Value::as_text).collect()
        }
        value => Vec::from_iter(value.as_text()),
    })
}

#[cfg(test)]
mod tests;
