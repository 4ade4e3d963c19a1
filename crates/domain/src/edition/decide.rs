use time::{Date, OffsetDateTime};

use super::{Action, Decision, Edition, Refusal, Remark, State, next, way::Way};
use crate::{
    calendar::office_day,
    finding::{Finding, Severity},
    people::{Actor, Role},
    publication::{Notice, PublicItem},
    standard::Standard,
};

/// What a step is decided upon, besides the edition itself.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    pub standard: &'a Standard,
    /// What the checks found; errors stop a submission.
    pub findings: &'a [Finding],
    /// Why: needed to suspend, withdraw, discard and undo.
    pub reason: &'a str,
    /// What is to be mended: needed to return.
    pub remarks: &'a [Remark],
    pub now: OffsetDateTime,
}

impl<'a> Grounds<'a> {
    /// Begins with nothing said and nothing found.
    pub fn at(now: OffsetDateTime, standard: &'a Standard) -> Grounds<'a> {
        Grounds { standard, findings: &[], reason: "", remarks: &[], now }
    }
}

/// Decides whether `actor` may take `action` on `edition`.
pub fn decide(
    actor: &Actor,
    edition: &Edition,
    action: Action,
    grounds: Grounds<'_>,
) -> Result<Decision, Refusal> {
    let way = Way::of(edition, grounds.standard);
    let to = lead(actor, edition, action, &way, grounds)?;
    let reason = match (grounds.reason.trim(), &edition.reason) {
        ("", Some(reason)) if action == Action::Submit => reason,
        (given, _) => given,
    };
    if needs_reason(edition, action) && reason.is_empty() {
        return Err(Refusal::MissingReason);
    }
    let remarks = match action {
        Action::Return => said(grounds.remarks),
        _ => Vec::new(),
    };
    if action == Action::Return && remarks.is_empty() {
        return Err(Refusal::MissingRemark);
    }

    let returned_from = match action {
        Action::Return => way.returning_desk(edition),
        _ => edition.returned_from.clone(),
    };
    Ok(Decision {
        edition: edition.clone(),
        action,
        to,
        desk: way.next_desk(action, to),
        returned_from,
        by: actor.id,
        at: grounds.now,
        reason: reason.to_owned(),
        remarks,
        n_findings: grounds.findings.len(),
        notice: notice(edition, action, to, grounds),
    })
}

/// Decides to put an approved edition before the public, in the place of the live one: first
/// the step that ends the live one, then the one that publishes.
pub fn publish(
    actor: &Actor,
    edition: &Edition,
    live: Option<&Edition>,
    grounds: Grounds<'_>,
) -> Result<Vec<Decision>, Refusal> {
    let published = decide(actor, edition, Action::Publish, grounds)?;
    let silent = Grounds { reason: "", ..grounds };
    let ended = live.map(|live| decide(actor, live, Action::Supersede, silent)).transpose()?;
    Ok(ended.into_iter().chain([published]).collect())
}

/// Returns every action that belongs to the edition's state: where it leads, or why it is
/// closed to `actor`. What is still to be written, a reason or a remark, closes none.
pub fn options(
    actor: &Actor,
    edition: &Edition,
    grounds: Grounds<'_>,
) -> Vec<(Action, Result<State, Refusal>)> {
    const OFFERED: [Action; 6] = [
        Action::Submit,
        Action::Recall,
        Action::Approve,
        Action::Return,
        Action::Publish,
        Action::Discard,
    ];
    let way = Way::of(edition, grounds.standard);
    let course = way.course(edition);
    let offered =
        OFFERED.into_iter().filter(|action| next(edition.state, *action, course).is_some());
    offered.map(|action| (action, lead(actor, edition, action, &way, grounds))).collect()
}

/// Returns who may take an action on an edition in this state, that waits at `desk`, if at any.
pub fn role_for(action: Action, from: State, desk: Option<&str>) -> Role {
    match action {
        Action::Submit | Action::Recall | Action::Discard => Role::Editor,
        Action::Approve | Action::Return => match desk {
            Some(desk) => Role::Reviewer { desk: desk.to_owned() },
            None => Role::Publisher,
        },
        Action::Publish | Action::Supersede => Role::Publisher,
        // What is only a draft is taken back as it was written.
        Action::UndoImport if from == State::Draft => Role::Editor,
        Action::LoadBaseline | Action::UndoImport => Role::Administrator,
    }
}

/// Returns the state that the action leads to, if nothing but words is missing.
fn lead(
    actor: &Actor,
    edition: &Edition,
    action: Action,
    way: &Way,
    grounds: Grounds<'_>,
) -> Result<State, Refusal> {
    let from = edition.state;
    let to = next(from, action, way.course(edition))
        .filter(|to| *to != State::InReview || !way.is_empty())
        .ok_or(Refusal::OutOfOrder { from, action })?;

    let needed = role_for(action, edition.state, edition.desk.as_deref());
    let takes_back = action == Action::UndoImport && actor.has(&Role::Administrator);
    if !actor.has(&needed) && !takes_back {
        return Err(Refusal::MissingRole { needed });
    }
    let is_own = edition.submitted_by == Some(actor.id);
    match action {
        Action::Approve | Action::Publish if is_own => return Err(Refusal::OwnSubmission),
        Action::Recall if !is_own => return Err(Refusal::NotSubmitter),
        Action::Recall if !way.is_untouched() => return Err(Refusal::AlreadyReviewed),
        // What is not written anew can not be mended either, and an item may be withdrawn for it.
        Action::Submit if edition.operation.keeps_content() => {}
        Action::Submit => refuse_errors(grounds.findings)?,
        Action::Publish => refuse_early(edition, office_day(grounds.now))?,
        _ => {}
    }
    let is_shown = matches!(action, Action::Publish | Action::LoadBaseline);
    if is_shown && edition.record.code.is_none() {
        return Err(Refusal::WithoutCode);
    }
    Ok(to)
}

fn needs_reason(edition: &Edition, action: Action) -> bool {
    match action {
        Action::Submit => edition.operation.stops(),
        Action::Discard | Action::UndoImport => true,
        _ => false,
    }
}

/// Returns what was said in so many words.
fn said(remarks: &[Remark]) -> Vec<Remark> {
    let said = remarks.iter().filter(|it| !it.text.trim().is_empty());
    said.map(|it| Remark { text: it.text.trim().to_owned(), ..it.clone() }).collect()
}

fn refuse_errors(findings: &[Finding]) -> Result<(), Refusal> {
    let errors: Vec<Finding> =
        findings.iter().filter(|it| it.severity == Severity::Error).cloned().collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Unmended(errors)) }
}

fn refuse_early(edition: &Edition, today: Date) -> Result<(), Refusal> {
    match edition.record.effective_on {
        Some(on) if today < on => Err(Refusal::BeforeItsDay { on }),
        _ => Ok(()),
    }
}

fn notice(edition: &Edition, action: Action, to: State, grounds: Grounds<'_>) -> Option<Notice> {
    let on = office_day(grounds.now);
    let item = || PublicItem::of(edition, grounds.standard, on);
    let why = || edition.reason.clone().unwrap_or_default();
    match action {
        Action::Publish if to == State::Suspended => {
            Some(Notice::Suspended { item: item(), reason: why(), on })
        }
        Action::Publish if to == State::Withdrawn => {
            Some(Notice::Withdrawn { item: item(), reason: why(), on })
        }
        Action::Publish | Action::LoadBaseline => Some(Notice::Published(item())),
        Action::UndoImport if edition.state.is_live() => {
            Some(Notice::Withdrawn { item: item(), reason: grounds.reason.to_owned(), on })
        }
        _ => None,
    }
}
