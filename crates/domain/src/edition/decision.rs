use time::{Date, OffsetDateTime};

use super::{Action, Edition, Remark, State};
use crate::{calendar::office_day, people::OfficerId, publication::Notice};

/// 决定：规则允许、还没有写下的一步。
///
/// Only [`super::decide`] makes one, so a store that takes a `Decision` can not be
/// handed an illegal step.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub(super) edition: Edition,
    pub(super) action: Action,
    pub(super) to: State,
    pub(super) desk: Option<String>,
    pub(super) returned_from: Option<String>,
    pub(super) by: OfficerId,
    pub(super) at: OffsetDateTime,
    pub(super) reason: String,
    pub(super) remarks: Vec<Remark>,
    pub(super) n_findings: usize,
    pub(super) notice: Option<Notice>,
}

impl Decision {
    /// The edition as it was when this was decided.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The edition as it is once this is written down.
    pub fn after(&self) -> Edition {
        let mut after = Edition {
            state: self.to,
            revision: self.edition.revision + 1,
            desk: self.desk.clone(),
            returned_from: self.returned_from.clone(),
            ..self.edition.clone()
        };
        if self.action == Action::Submit {
            after.submitted_by = Some(self.by);
            after.reason = (!self.reason.is_empty()).then(|| self.reason.clone());
        }
        after
    }

    pub fn action(&self) -> Action {
        self.action
    }

    pub fn to(&self) -> State {
        self.to
    }

    pub fn desk(&self) -> Option<&str> {
        self.desk.as_deref()
    }

    /// The desk that returned it last, once this is written down.
    pub fn returned_from(&self) -> Option<&str> {
        self.returned_from.as_deref()
    }

    pub fn by(&self) -> OfficerId {
        self.by
    }

    pub fn at(&self) -> OffsetDateTime {
        self.at
    }

    /// The day of the office on which this was decided.
    pub fn on(&self) -> Date {
        office_day(self.at)
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What is to be mended, where it is returned.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// How many findings it was submitted with, if this submits it.
    pub fn n_findings(&self) -> Option<usize> {
        (self.action == Action::Submit).then_some(self.n_findings)
    }

    /// The day on which it is to be published by itself, if this approves it for one.
    pub fn publish_on(&self) -> Option<Date> {
        self.edition.record.effective_on.filter(|_| self.to == State::Approved)
    }

    /// What the public is told of it, if anything.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}
