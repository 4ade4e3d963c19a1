//! 审批文书: templates of items, and the documents that were issued from them.

mod documents;
mod templates;

pub use self::{
    documents::{Approval, ApprovalFilter, NewApproval, Voided},
    templates::{ApprovalTemplate, NewApprovalTemplate},
};
