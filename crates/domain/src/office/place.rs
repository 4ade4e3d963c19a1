use super::{Directory, Group, Refusal, permit, read_name};
use crate::{
    content::{Content, keys},
    item::{BodyId, DirectoryId, GroupId},
    people::Actor,
    standard::Standard,
};

/// 移到哪里。
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Destination<'a> {
    /// 不设目录: straight under its kind.
    Kind,
    Directory(&'a Directory),
    Group(&'a Group),
}

/// 事项在梳理树里的位子。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seat {
    pub directory: Option<DirectoryId>,
    pub group: Option<GroupId>,
}

/// Returns the seat that an item of this body and kind has at `to`.
pub fn seat(
    actor: &Actor,
    body: BodyId,
    kind: &str,
    to: Destination<'_>,
    standard: &Standard,
) -> Result<Seat, Refusal> {
    permit(actor)?;
    let seat = match to {
        Destination::Kind => Seat::default(),
        Destination::Directory(directory) => {
            check_directory(directory, body, kind)?;
            Seat { directory: Some(directory.id), group: None }
        }
        Destination::Group(group) if group.body != body => return Err(Refusal::OtherBody),
        Destination::Group(group) if group.kind != kind => {
            let (directory, kind) = (group.name.clone(), kind.to_owned());
            return Err(Refusal::OtherKind { directory, kind });
        }
        Destination::Group(group) => Seat { directory: group.directory, group: Some(group.id) },
    };
    match seat.directory {
        None if standard.needs_directory(kind) => {
            Err(Refusal::NeedsDirectory { kind: kind.to_owned() })
        }
        _ => Ok(seat),
    }
}

/// Returns a new 目录's name and the basic information that it hands on, as far as it can be
/// handed on: an item has its own name and codes.
pub fn open_directory(
    actor: &Actor,
    kind: &str,
    name: &str,
    defaults: &Content,
    standard: &Standard,
) -> Result<(String, Content), Refusal> {
    permit(actor)?;
    if !standard.kinds().iter().any(|it| it.code == kind) {
        return Err(Refusal::UnknownKind { kind: kind.to_owned() });
    }
    let mut handed_on = Content::new();
    for (key, value) in defaults.iter() {
        let Some(element) = standard.element(key) else { continue };
        if key != keys::NAME && !element.identifying {
            handed_on.put(key, value.clone());
        }
    }
    Ok((read_name(name)?, handed_on))
}

/// Decides that a 目录 may be abolished: what lies under it goes to `to` first.
pub fn abolish_directory(
    actor: &Actor,
    directory: &Directory,
    n_items: u32,
    to: Option<Destination<'_>>,
    standard: &Standard,
) -> Result<Option<Seat>, Refusal> {
    permit(actor)?;
    if directory.is_abolished {
        return Err(Refusal::Abolished { directory: directory.name.clone() });
    }
    let stays = match to {
        Some(Destination::Directory(other)) => other.id == directory.id,
        Some(Destination::Group(group)) => group.directory == Some(directory.id),
        Some(Destination::Kind) => false,
        None => true,
    };
    match to.filter(|_| !stays) {
        _ if n_items == 0 => Ok(None),
        None => Err(Refusal::NotEmpty { n_items }),
        Some(to) => seat(actor, directory.body, &directory.kind, to, standard).map(Some),
    }
}

/// Returns the name of a new group under a 目录, or under a kind.
pub fn open_group(
    actor: &Actor,
    body: BodyId,
    kind: &str,
    under: Option<&Directory>,
    name: &str,
) -> Result<String, Refusal> {
    permit(actor)?;
    if let Some(directory) = under {
        check_directory(directory, body, kind)?;
    }
    read_name(name)
}

pub(super) fn check_directory(
    directory: &Directory,
    body: BodyId,
    kind: &str,
) -> Result<(), Refusal> {
    let name = || directory.name.clone();
    if directory.body != body {
        return Err(Refusal::OtherBody);
    }
    if directory.is_abolished {
        return Err(Refusal::Abolished { directory: name() });
    }
    if directory.kind != kind {
        return Err(Refusal::OtherKind { directory: name(), kind: kind.to_owned() });
    }
    Ok(())
}
