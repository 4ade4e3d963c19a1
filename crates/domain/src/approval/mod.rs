//! 审批文书: what an office issues on an item, from a template with fields.
//!
//! A template is Word's; here is what its fields mean, what they are filled with, and how a
//! document gets its number.

mod field;
mod number;
mod paper;
#[cfg(test)]
mod tests;

pub use self::{
    field::{Ask, FieldFault, Spot, TemplateField, read_fields},
    number::{NumberFault, NumberRule},
    paper::{Answers, Paper, Said, day_in_words},
};
use crate::{
    content::{Content, keys},
    people::{Duty, Officer},
};

/// 一份审批文书。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApprovalId(pub i64);

/// 一个审批文书模板。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateId(pub i64);

/// Who writes or publishes items keeps their templates, and issues and voids documents.
pub const MAY_ISSUE: &[Duty] = &[Duty::Editor, Duty::Publisher];

pub fn may_issue(officer: &Officer) -> bool {
    MAY_ISSUE.iter().any(|duty| officer.has_duty(*duty))
}

/// Returns what a document of an item may be the sample of.
pub fn outcomes(content: &Content) -> impl Iterator<Item = &str> {
    let rows = content.rows(keys::OUTCOMES).iter();
    rows.filter_map(|row| row.fields.get("name")?.as_text())
}
