use time::{Date, OffsetDateTime};

use super::{Action, Edition, State, next};
use crate::{
    calendar::office_day,
    finding::{Finding, Severity},
    people::{Actor, OfficerId, Role},
    publication::{Notice, PublicItem},
    standard::Standard,
};

/// 决定：规则允许、还没有写下的一步。
///
/// Only [`decide`] makes one, so a store that takes a `Decision` can not be
/// handed an illegal step.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    edition: Edition,
    action: Action,
    to: State,
    desk: Option<String>,
    by: OfficerId,
    at: OffsetDateTime,
    reason: String,
    notice: Option<Notice>,
}

/// 不准的理由，带着页面要说的数据。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("“{}”状态的版本不能{}", from.as_str(), action.as_str())]
    OutOfOrder { from: State, action: Action },
    #[error("需要角色 {needed:?}")]
    MissingRole { needed: Role },
    #[error("不能审核本人送审的版本")]
    OwnSubmission,
    #[error("还有 {} 个错误没有改", .0.len())]
    Unmended(Vec<Finding>),
    #[error("要写明理由")]
    MissingReason,
    #[error("没有事项编码，不能公布")]
    WithoutCode,
}

/// What a step is decided upon, besides the edition itself.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    pub standard: &'a Standard,
    /// What the checks found; errors stop a submission.
    pub findings: &'a [Finding],
    /// Why: needed to return, withdraw, suspend and undo.
    pub reason: &'a str,
    pub now: OffsetDateTime,
}

/// Decides whether `actor` may take `action` on `edition`.
pub fn decide(
    actor: &Actor,
    edition: &Edition,
    action: Action,
    grounds: Grounds<'_>,
) -> Result<Decision, Refusal> {
    let from = edition.state;
    let desks = desks(edition, grounds.standard);
    let at = edition.desk.as_ref().and_then(|desk| desks.iter().position(|it| it == desk));
    // A desk that the standard no longer has is followed by the first one.
    let at_last_desk = at.map_or(desks.is_empty(), |at| at + 1 == desks.len());
    let to =
        next(from, action, at_last_desk).filter(|to| *to != State::InReview || !desks.is_empty());
    let Some(to) = to else {
        return Err(Refusal::OutOfOrder { from, action });
    };

    let needed = role_for(action, edition);
    if !actor.has(&needed) {
        return Err(Refusal::MissingRole { needed });
    }
    if action == Action::Approve && edition.submitted_by == Some(actor.id) {
        return Err(Refusal::OwnSubmission);
    }
    if needs_reason(action) && grounds.reason.trim().is_empty() {
        return Err(Refusal::MissingReason);
    }
    if action == Action::Submit {
        refuse_errors(grounds.findings)?;
    }
    if to == State::Published && edition.record.code.is_none() {
        return Err(Refusal::WithoutCode);
    }

    let desk = match (to, at) {
        (State::InReview, None) => desks.first().cloned(),
        (State::InReview, Some(at)) => desks.get(at + 1).cloned(),
        _ => None,
    };
    Ok(Decision {
        edition: edition.clone(),
        action,
        to,
        desk,
        by: actor.id,
        at: grounds.now,
        reason: grounds.reason.to_owned(),
        notice: notice(edition, action, grounds),
    })
}

impl Decision {
    /// The edition as it was when this was decided.
    pub fn edition(&self) -> &Edition {
        &self.edition
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

    /// What the public is told of it, if anything.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}

fn desks(edition: &Edition, standard: &Standard) -> Vec<String> {
    standard
        .route(edition.operation, &edition.record.kind)
        .map_or_else(Vec::new, |route| route.desks.clone())
}

fn role_for(action: Action, edition: &Edition) -> Role {
    match action {
        Action::Submit => Role::Editor,
        Action::Approve | Action::Return => match &edition.desk {
            Some(desk) => Role::Reviewer { desk: desk.clone() },
            None => Role::Publisher,
        },
        Action::Publish
        | Action::Supersede
        | Action::Suspend
        | Action::Resume
        | Action::Withdraw => Role::Publisher,
        Action::LoadBaseline | Action::UndoImport => Role::Administrator,
    }
}

fn needs_reason(action: Action) -> bool {
    matches!(action, Action::Return | Action::Suspend | Action::Withdraw | Action::UndoImport)
}

fn refuse_errors(findings: &[Finding]) -> Result<(), Refusal> {
    let errors: Vec<Finding> =
        findings.iter().filter(|it| it.severity == Severity::Error).cloned().collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Unmended(errors)) }
}

fn notice(edition: &Edition, action: Action, grounds: Grounds<'_>) -> Option<Notice> {
    let today = office_day(grounds.now);
    match action {
        Action::Publish | Action::LoadBaseline | Action::Resume => {
            Some(Notice::Published(PublicItem::of(edition, grounds.standard, today)))
        }
        Action::Suspend => Some(Notice::Suspended {
            item: PublicItem::of(edition, grounds.standard, today),
            reason: grounds.reason.to_owned(),
            on: today,
        }),
        Action::Withdraw => Some(withdrawn(edition, grounds, today)),
        Action::UndoImport if edition.state.is_live() => Some(withdrawn(edition, grounds, today)),
        _ => None,
    }
}

fn withdrawn(edition: &Edition, grounds: Grounds<'_>, today: Date) -> Notice {
    Notice::Withdrawn {
        item: PublicItem::of(edition, grounds.standard, today),
        reason: grounds.reason.to_owned(),
        on: today,
    }
}
