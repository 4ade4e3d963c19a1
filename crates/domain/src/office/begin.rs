use super::{Directory, Refusal, permit, place::check_directory};
use crate::{
    content::{Content, Value, keys},
    item::{BodyId, BodyRef, ItemRecord},
    people::Actor,
    region::RegionCode,
    standard::Standard,
};

/// 单位：新事项是谁的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    pub id: BodyId,
    pub region: RegionCode,
    pub body: BodyRef,
}

/// 要新建的事项。
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    pub kind: &'a str,
    pub name: &'a str,
    pub directory: Option<&'a Directory>,
    /// Whether the office has an item of this kind and name already: rows of a file find
    /// their item by both, so that two would be mistaken for each other.
    pub is_taken: bool,
}

/// Begins an item of `office`, with what its 目录 hands on.
pub fn begin_item(
    actor: &Actor,
    office: &Office,
    new: NewItem<'_>,
    standard: &Standard,
) -> Result<ItemRecord, Refusal> {
    permit(actor)?;
    let kind = new.kind.to_owned();
    if !standard.kinds().iter().any(|it| it.code == kind) {
        return Err(Refusal::UnknownKind { kind });
    }
    match new.directory {
        Some(directory) => check_directory(directory, office.id, &kind)?,
        None if standard.needs_directory(&kind) => return Err(Refusal::NeedsDirectory { kind }),
        None => {}
    }
    let content = new.directory.map(|it| it.defaults.clone()).unwrap_or_default();
    Ok(ItemRecord {
        standard: standard.id.clone(),
        region: office.region,
        body: office.body.clone(),
        code: None,
        kind,
        parent: None,
        position: None,
        effective_on: None,
        content: named(content, new)?,
    })
}

/// Begins an item like another one of the same office: all that it says but which item it is.
pub fn copy_item(
    actor: &Actor,
    from: &ItemRecord,
    new: NewItem<'_>,
    standard: &Standard,
) -> Result<ItemRecord, Refusal> {
    permit(actor)?;
    let mut content = from.content.clone();
    for element in standard.elements().iter().filter(|it| it.identifying) {
        content.remove(&element.key);
    }
    Ok(ItemRecord {
        code: None,
        position: None,
        effective_on: None,
        content: named(content, new)?,
        ..from.clone()
    })
}

fn named(mut content: Content, new: NewItem<'_>) -> Result<Content, Refusal> {
    let name = new.name.trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::Unnamed);
    }
    if new.is_taken {
        return Err(Refusal::NameTaken { name });
    }
    content.put(keys::NAME, Value::Text(name));
    Ok(content)
}
