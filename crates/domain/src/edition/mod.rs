//! 版本: one version of an item, its states, and the decisions that move it.

mod decide;
mod diff;
mod merge;
mod state;

pub use self::{
    decide::{Decision, Grounds, Refusal, decide},
    diff::{Difference, ElementChange, FieldChange, RowChange, TextPiece, diff, text_pieces},
    merge::{Conflict, Merged, Spot, merge},
    state::{Action, State, next},
};
use crate::{
    item::{EditionId, ItemId, ItemRecord},
    people::OfficerId,
    standard::{Operation, Standard},
};

/// 版本。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub id: EditionId,
    pub item: ItemId,
    /// 第几版, from 1.
    pub number: u32,
    /// Counts the saves of a draft; a stale one is refused.
    pub revision: i64,
    pub state: State,
    pub operation: Operation,
    /// The desk where it waits, while in review.
    pub desk: Option<String>,
    pub submitted_by: Option<OfficerId>,
    /// Hash of the standard under which it was made.
    pub standard_hash: String,
    pub record: ItemRecord,
}

#[cfg(test)]
mod tests;

impl Edition {
    /// Begins an edition that nobody has submitted yet.
    pub fn draft(
        id: EditionId,
        item: ItemId,
        number: u32,
        operation: Operation,
        record: ItemRecord,
        standard: &Standard,
    ) -> Edition {
        Edition {
            id,
            item,
            number,
            revision: 1,
            state: State::Draft,
            operation,
            desk: None,
            submitted_by: None,
            standard_hash: standard.hash.clone(),
            record,
        }
    }
}
