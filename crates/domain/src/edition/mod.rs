//! 版本: one version of an item, its states, and the decisions that move it.

mod decide;
mod decision;
mod diff;
mod merge;
mod refusal;
mod remark;
mod standing;
mod state;
mod way;

pub use self::{
    decide::{Grounds, decide, options, publish, role_for},
    decision::Decision,
    diff::{Difference, ElementChange, FieldChange, RowChange, TextPiece, diff, text_pieces},
    merge::{Conflict, Merged, Spot, merge},
    refusal::Refusal,
    remark::Remark,
    standing::Standing,
    state::{Action, Course, State, next},
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
    /// The desk that returned it last.
    pub returned_from: Option<String>,
    /// Why it is made. The public reads it where an item is suspended or withdrawn.
    pub reason: Option<String>,
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
            returned_from: None,
            reason: None,
            standard_hash: standard.hash.clone(),
            record,
        }
    }

    /// Begins the edition that follows this one. The day of this one is not the day of the next.
    pub fn followed_by(
        &self,
        id: EditionId,
        operation: Operation,
        record: ItemRecord,
        standard: &Standard,
    ) -> Edition {
        let record = ItemRecord { effective_on: None, ..record };
        Edition::draft(id, self.item, self.number + 1, operation, record, standard)
    }

    /// Tells whether its content may be written. To suspend, resume or withdraw an item says
    /// nothing new of it.
    pub fn is_writable(&self) -> bool {
        matches!(self.state, State::Draft | State::Returned) && !self.operation.keeps_content()
    }
}
