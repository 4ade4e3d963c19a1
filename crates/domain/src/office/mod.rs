//! 梳理: how an office arranges its own items, by kind, 目录, group and order.
//!
//! Nothing here moves an edition: what is arranged is the item's place, not its content.

mod begin;
mod order;
mod place;

pub use self::{
    begin::{NewItem, Office, begin_item, copy_item},
    order::{Shift, reorder},
    place::{Destination, Seat, abolish_directory, open_directory, open_group, seat},
};
use crate::{
    content::Content,
    item::{BodyId, DirectoryId, GroupId},
    people::{Actor, Role},
};

/// 目录：一个单位把同一类型的事项归在一起，也给新事项一份现成的基本信息。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    pub id: DirectoryId,
    pub body: BodyId,
    pub standard: String,
    pub kind: String,
    pub name: String,
    pub position: u32,
    /// 基本信息, handed to new items, which may change it; empty where none was given.
    pub defaults: Content,
    pub is_abolished: bool,
}

/// 分组：目录（或类型）下面再分的一组。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub body: BodyId,
    pub kind: String,
    pub directory: Option<DirectoryId>,
    pub name: String,
    pub position: u32,
}

/// 梳理上不准的理由。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("需要录入员角色")]
    NotAnEditor,
    #[error("没有写名称")]
    Unnamed,
    #[error("名称有 {n_chars} 个字，最多 {most} 个")]
    NameTooLong { n_chars: usize, most: usize },
    #[error("本单位已有同类型同名的“{name}”")]
    NameTaken { name: String },
    #[error("规范里没有事项类型 {kind}")]
    UnknownKind { kind: String },
    #[error("类型 {kind} 的事项必须归在目录下")]
    NeedsDirectory { kind: String },
    #[error("目录“{directory}”不是类型 {kind} 的")]
    OtherKind { directory: String, kind: String },
    #[error("目录或分组不是本单位的")]
    OtherBody,
    #[error("目录“{directory}”已作废")]
    Abolished { directory: String },
    #[error("目录下还有 {n_items} 项事项")]
    NotEmpty { n_items: u32 },
}

/// Names stand in an index of the database, which holds no text of any length.
const NAME_CHARS: usize = 200;

/// Reads the name of a 目录 or a group.
pub fn read_name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(Refusal::Unnamed),
        n_chars if n_chars > NAME_CHARS => Err(Refusal::NameTooLong { n_chars, most: NAME_CHARS }),
        _ => Ok(name.to_owned()),
    }
}

/// Refuses whoever may not arrange an office's items.
pub fn permit(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(&Role::Editor) { Ok(()) } else { Err(Refusal::NotAnEditor) }
}

#[cfg(test)]
mod tests;
