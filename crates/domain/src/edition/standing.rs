use super::{Edition, Grounds, Refusal, State};
use crate::{
    item::EditionId,
    people::{Actor, Role},
    standard::Operation,
};

/// 事项现在的样子: its newest edition, and the live one.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub newest: &'a Edition,
    pub live: Option<&'a Edition>,
}

impl<'a> Standing<'a> {
    /// Takes the editions of one item, as many as there are.
    pub fn of(editions: &'a [Edition]) -> Option<Standing<'a>> {
        let newest = editions.iter().max_by_key(|it| it.number)?;
        Some(Standing { newest, live: editions.iter().find(|it| it.state.is_live()) })
    }

    /// Returns the edition that is being worked on.
    pub fn open(&self) -> Option<&'a Edition> {
        Some(self.newest).filter(|it| it.state.is_open())
    }

    /// Returns the operations that may be begun now: none beside an open edition, and none on
    /// an item that was withdrawn, whose code is never used again.
    pub fn may_begin(&self) -> &'static [Operation] {
        match self.live.map(|it| it.state) {
            _ if self.open().is_some() => &[],
            Some(State::Published) => &[Operation::Change, Operation::Suspend, Operation::Withdraw],
            Some(State::Suspended) => &[Operation::Resume, Operation::Withdraw],
            // Given up, or taken back with its import, before it came into force.
            None if self.newest.operation == Operation::Create => &[Operation::Create],
            _ => &[],
        }
    }

    /// Begins an operation: a draft with what is in force, which goes the operation's route.
    pub fn begin(
        &self,
        actor: &Actor,
        operation: Operation,
        id: EditionId,
        grounds: Grounds<'_>,
    ) -> Result<Edition, Refusal> {
        if !self.may_begin().contains(&operation) {
            let state = self.open().or(self.live).unwrap_or(self.newest).state;
            return Err(Refusal::NotToBegin { operation, state });
        }
        if !actor.has(&Role::Editor) {
            return Err(Refusal::MissingRole { needed: Role::Editor });
        }
        let reason = grounds.reason.trim();
        if operation.stops() && reason.is_empty() {
            return Err(Refusal::MissingReason);
        }
        let record = self.live.unwrap_or(self.newest).record.clone();
        let draft = self.newest.followed_by(id, operation, record, grounds.standard);
        Ok(Edition { reason: (!reason.is_empty()).then(|| reason.to_owned()), ..draft })
    }

    /// Begins an edition that says what an old one said. Its code, kind and body stay those that
    /// the item has now.
    pub fn restore(
        &self,
        actor: &Actor,
        old: &Edition,
        id: EditionId,
        grounds: Grounds<'_>,
    ) -> Result<Edition, Refusal> {
        let operation = if self.live.is_some() { Operation::Change } else { Operation::Create };
        let mut draft = self.begin(actor, operation, id, grounds)?;
        draft.record.content = old.record.content.clone();
        Ok(draft)
    }
}
