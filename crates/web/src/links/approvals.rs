//! Addresses of templates and of the documents issued from them.

use domain::{
    approval::{ApprovalId, TemplateId},
    item::ItemId,
};

use super::Link;
use crate::session::CSRF;

/// The templates of an item's documents.
pub(crate) fn item_templates(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/templates"))
}

pub(crate) fn template_upload(id: &ItemId, csrf: &str) -> Link {
    Link(format!("/workbench/items/{id}/templates/upload")).with(CSRF, csrf)
}

pub(crate) fn template(id: &TemplateId) -> Link {
    Link(format!("/workbench/templates/{}", id.0))
}

pub(crate) fn template_file(id: &TemplateId) -> Link {
    Link(format!("/workbench/templates/{}/file", id.0))
}

pub(crate) fn template_retire(id: &TemplateId) -> Link {
    Link(format!("/workbench/templates/{}/retire", id.0))
}

/// Where a document is filled and issued.
pub(crate) fn issue(id: &TemplateId) -> Link {
    Link(format!("/workbench/templates/{}/issue", id.0))
}

pub(crate) fn approvals() -> Link {
    Link::to("/workbench/approvals")
}

pub(crate) fn approvals_of(item: &ItemId) -> Link {
    approvals().with("item", &item.to_string())
}

pub(crate) fn approval(id: &ApprovalId) -> Link {
    Link(format!("/workbench/approvals/{}", id.0))
}

pub(crate) fn approval_file(id: &ApprovalId) -> Link {
    Link(format!("/workbench/approvals/{}/file", id.0))
}

pub(crate) fn approval_void(id: &ApprovalId) -> Link {
    Link(format!("/workbench/approvals/{}/void", id.0))
}
