//! The addresses of the workbench, and of the help beside it.

use domain::{
    item::{BodyId, DirectoryId, EditionId, GroupId, ItemId},
    people::OfficerId,
};
use store::JobId;

use super::{Link, encode};
use crate::session::CSRF;

/// Where a password is changed; the one page open to who must change theirs.
pub(crate) const PASSWORD: &str = "/workbench/password";

pub(crate) fn portal() -> Link {
    Link::to("/")
}

pub(crate) fn sign_in() -> Link {
    Link::to("/sign-in")
}

pub(crate) fn sign_out() -> Link {
    Link::to("/workbench/sign-out")
}

pub(crate) fn change_password() -> Link {
    Link::to(PASSWORD)
}

pub(crate) fn workbench() -> Link {
    Link::to("/workbench")
}

pub(crate) fn tasks() -> Link {
    Link::to("/workbench/tasks")
}

pub(crate) fn tasks_export() -> Link {
    Link::to("/workbench/tasks/export")
}

pub(crate) fn items() -> Link {
    Link::to("/workbench/items")
}

/// What is done to items of an office's list: `order`, `move`, `submit`, `change`, `number`.
pub(crate) fn items_act(act: &str) -> Link {
    Link(format!("/workbench/items/{act}"))
}

/// The list of an office, or of a branch of its tree.
pub(crate) fn branch(
    body: &BodyId,
    standard: &str,
    kind: &str,
    directory: Option<DirectoryId>,
) -> Link {
    let directory = directory.map(|it| it.to_string()).unwrap_or_default();
    let link = items().with("body", &body.to_string()).with("standard", standard);
    link.with("kind", kind).with("directory", &directory)
}

pub(crate) fn new_item() -> Link {
    Link::to("/workbench/items/new")
}

pub(crate) fn copy_item(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/copy"))
}

pub(crate) fn new_directory() -> Link {
    Link::to("/workbench/directories")
}

pub(crate) fn directory(id: &DirectoryId) -> Link {
    Link(format!("/workbench/directories/{id}"))
}

/// What is done to a 目录: `order`, `abolish`.
pub(crate) fn directory_act(id: &DirectoryId, act: &str) -> Link {
    Link(format!("/workbench/directories/{id}/{act}"))
}

pub(crate) fn groups() -> Link {
    Link::to("/workbench/groups")
}

pub(crate) fn group(id: &GroupId) -> Link {
    Link(format!("/workbench/groups/{id}"))
}

pub(crate) fn query() -> Link {
    Link::to("/workbench/query")
}

pub(crate) fn query_export() -> Link {
    Link::to("/workbench/query/export")
}

/// Where one element of many items is changed.
pub(crate) fn query_change() -> Link {
    Link::to("/workbench/query/change")
}

pub(crate) fn saved_queries() -> Link {
    Link::to("/workbench/query/saved")
}

pub(crate) fn forget_query(id: &i64) -> Link {
    Link(format!("/workbench/query/saved/{id}/forget"))
}

pub(crate) fn laws() -> Link {
    Link::to("/workbench/laws")
}

/// The manual.
pub(crate) fn help() -> Link {
    Link::to("/help")
}

pub(crate) fn help_page(name: &str) -> Link {
    Link(format!("/help/{}", encode(name)))
}

pub(crate) fn help_documents() -> Link {
    Link::to("/workbench/help-documents")
}

pub(crate) fn new_help_document() -> Link {
    Link::to("/workbench/help-documents/new")
}

pub(crate) fn help_document(id: &i64) -> Link {
    Link(format!("/workbench/help-documents/{id}"))
}

pub(crate) fn help_document_edit(id: &i64) -> Link {
    Link(format!("/workbench/help-documents/{id}/edit"))
}

pub(crate) fn help_document_removal(id: &i64) -> Link {
    Link(format!("/workbench/help-documents/{id}/remove"))
}

pub(crate) fn suggestions() -> Link {
    Link::to("/workbench/suggestions")
}

pub(crate) fn suggestion(id: &i64) -> Link {
    Link(format!("/workbench/suggestions/{id}"))
}

pub(crate) fn suggestion_answer(id: &i64) -> Link {
    Link(format!("/workbench/suggestions/{id}/answer"))
}

pub(crate) fn new_law() -> Link {
    Link::to("/workbench/laws/new")
}

pub(crate) fn law(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}"))
}

pub(crate) fn law_edit(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}/edit"))
}

pub(crate) fn law_articles(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}/articles"))
}

pub(crate) fn attachments() -> Link {
    Link::to("/workbench/attachments")
}

/// Where files are sent.
pub(crate) fn attachments_upload() -> Link {
    Link::to("/workbench/attachments/upload")
}

/// The same for a form; one with files bears its token in its address.
pub(crate) fn attachment_upload(csrf: &str) -> Link {
    attachments_upload().with(CSRF, csrf)
}

pub(crate) fn attachment(id: &i64) -> Link {
    Link(format!("/workbench/attachments/{id}"))
}

pub(crate) fn attachment_uses(id: &i64) -> Link {
    Link(format!("/workbench/attachments/{id}/uses"))
}

/// A file that the guide of an item refers to.
pub(crate) fn item_file(code: &str, hash: &str, name: &str) -> Link {
    Link(format!("/items/{}/files/{hash}/{}", encode(code), encode(name)))
}

/// A file that an edition refers to, for officers who may see the edition.
pub(crate) fn edition_file(id: &EditionId, hash: &str, name: &str) -> Link {
    Link(format!("/workbench/editions/{id}/files/{hash}/{}", encode(name)))
}

pub(crate) fn places() -> Link {
    Link::to("/workbench/places")
}

pub(crate) fn new_place() -> Link {
    Link::to("/workbench/places/new")
}

pub(crate) fn place(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}"))
}

pub(crate) fn place_edit(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}/edit"))
}

pub(crate) fn place_spread(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}/spread"))
}

pub(crate) fn systems() -> Link {
    Link::to("/workbench/systems")
}

pub(crate) fn new_system() -> Link {
    Link::to("/workbench/systems/new")
}

pub(crate) fn system(id: &i64) -> Link {
    Link(format!("/workbench/systems/{id}"))
}

pub(crate) fn system_edit(id: &i64) -> Link {
    Link(format!("/workbench/systems/{id}/edit"))
}

/// Where the office is chosen for what `to` names.
pub(crate) fn offices(to: &str) -> Link {
    Link::to("/workbench/offices").with("to", to)
}

pub(crate) fn officers() -> Link {
    Link::to("/workbench/officers")
}

pub(crate) fn officer(id: &OfficerId) -> Link {
    Link(format!("/workbench/officers/{}", id.0))
}

/// Where accounts are opened by a table; a form with a file bears its token in its address.
pub(crate) fn officer_table_page() -> Link {
    Link::to("/workbench/officers/table")
}

pub(crate) fn officer_table(csrf: &str) -> Link {
    officer_table_page().with(CSRF, csrf)
}

pub(crate) fn officer_table_blank() -> Link {
    Link::to("/workbench/officers/table/blank")
}

pub(crate) fn officer_table_open() -> Link {
    Link::to("/workbench/officers/table/open")
}

pub(crate) fn officer_password(id: &OfficerId) -> Link {
    Link(format!("/workbench/officers/{}/password", id.0))
}

pub(crate) fn bodies() -> Link {
    Link::to("/workbench/bodies")
}

pub(crate) fn body(id: &BodyId) -> Link {
    Link(format!("/workbench/bodies/{id}"))
}

pub(crate) fn body_closing(id: &BodyId) -> Link {
    Link(format!("/workbench/bodies/{id}/close"))
}

pub(crate) fn item(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}"))
}

/// What the public was shown of an item on a day, as a choice of a form.
pub(crate) fn item_on(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/on"))
}

pub(crate) fn compare(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/compare"))
}

/// Two editions of an item side by side, by their numbers.
pub(crate) fn compare_two(id: &ItemId, from: u32, to: u32) -> Link {
    compare(id).with("from", &from.to_string()).with("to", &to.to_string())
}

pub(crate) fn edition(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}"))
}

pub(crate) fn restore(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/restore"))
}

pub(crate) fn review(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/review"))
}

/// The page to bring a file, and where its form goes: a form with files has its token there.
pub(crate) fn import_page() -> Link {
    Link::to("/workbench/import")
}

pub(crate) fn import(csrf: &str) -> Link {
    import_page().with(CSRF, csrf)
}

pub(crate) fn import_look() -> Link {
    Link::to("/workbench/import/look")
}

pub(crate) fn import_begin() -> Link {
    Link::to("/workbench/import/begin")
}

pub(crate) fn jobs() -> Link {
    Link::to("/workbench/jobs")
}

pub(crate) fn job(id: &JobId) -> Link {
    Link(format!("/workbench/jobs/{}", id.0))
}

pub(crate) fn job_undo(id: &JobId) -> Link {
    Link(format!("/workbench/jobs/{}/undo", id.0))
}

pub(crate) fn regions() -> Link {
    Link::to("/workbench/regions")
}

pub(crate) fn standards() -> Link {
    Link::to("/workbench/standards")
}

pub(crate) fn standard(id: &str) -> Link {
    Link(format!("/workbench/standards/{}", encode(id)))
}

/// A standard as a workbook, for everyone.
pub(crate) fn standard_file(id: &str) -> Link {
    Link(format!("/help/standards/{}", encode(id)))
}

pub(crate) fn events() -> Link {
    Link::to("/workbench/events")
}

pub(crate) fn edit(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/edit"))
}

/// A row of a list in the editor, open.
pub(crate) fn edit_row(id: &EditionId, list: &str, row: &str) -> Link {
    edit(id).with("open", list).with("row", row).at(&format!("r-{list}-{row}"))
}

pub(crate) fn draft_flow(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/flow"))
}

pub(crate) fn edition_drawing(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/flow.svg"))
}

pub(crate) fn save_draft(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/save"))
}

pub(crate) fn draft_saves(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/saves"))
}
