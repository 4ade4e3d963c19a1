use super::{Action, Course, Edition, State};
use crate::standard::{Resubmit, Standard};

/// Where an edition stands on its route.
pub(super) struct Way {
    desks: Vec<String>,
    /// The desk where it waits; `None` also for a desk that the standard no longer has.
    at: Option<usize>,
    /// The desk that a submission brings it to.
    entry: usize,
}

impl Way {
    pub(super) fn of(edition: &Edition, standard: &Standard) -> Way {
        let route = standard.route(edition.operation, &edition.record.kind);
        let desks = route.map_or_else(Vec::new, |route| route.desks.clone());
        let place = |id: &Option<String>| {
            id.as_ref().and_then(|id| desks.iter().position(|desk| desk == id))
        };
        let at = place(&edition.desk);
        let entry = match standard.resubmit {
            Resubmit::FirstDesk => 0,
            Resubmit::ReturningDesk => place(&edition.returned_from).unwrap_or(0),
        };
        Way { desks, at, entry }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.desks.is_empty()
    }

    pub(super) fn course(&self, edition: &Edition) -> Course {
        // A desk that the standard no longer has is followed by the first one.
        let at_last_desk = self.at.map_or(self.desks.is_empty(), |at| at + 1 == self.desks.len());
        let was_returned = edition.returned_from.is_some();
        Course { operation: edition.operation, at_last_desk, was_returned }
    }

    /// Tells whether it still waits where its submission brought it.
    pub(super) fn is_untouched(&self) -> bool {
        self.at == Some(self.entry)
    }

    /// Returns the desk that the edition comes to.
    pub(super) fn next_desk(&self, action: Action, to: State) -> Option<String> {
        if to != State::InReview {
            return None;
        }
        let next = match (action, self.at) {
            (Action::Submit, _) => self.entry,
            (_, None) => 0,
            (_, Some(at)) => at + 1,
        };
        self.desks.get(next).cloned()
    }

    /// Returns the desk that is noted as the one that returns it now. What was approved has
    /// passed all of them, and comes back to the last.
    pub(super) fn returning_desk(&self, edition: &Edition) -> Option<String> {
        edition.desk.clone().or_else(|| self.desks.last().cloned())
    }
}
