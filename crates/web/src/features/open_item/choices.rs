//! What can be done with an item now, and why the rest can not.

use domain::{
    edition::{self, Action, Edition, Grounds, Refusal, Standing},
    people::{Actor, Role},
    standard::{Operation, Standard},
};

use crate::{
    AppState,
    error::WebError,
    links::{self, Link},
    refusals,
    session::Session,
    workflow::findings_shown,
};

/// 在事项页上做的一件事。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Submit,
    Recall,
    Publish,
    Discard,
    Begin(Operation),
}

/// 可以做的一件事，和它的表单。
pub(super) struct Choice {
    pub(super) act: Act,
    pub(super) title: String,
    pub(super) note: &'static str,
    /// Whether a reason is asked for, and whether it must be given.
    pub(super) reason: Option<bool>,
    pub(super) button: &'static str,
    /// Where it is done elsewhere.
    pub(super) elsewhere: Option<Link>,
}

impl Act {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Act::Submit => "submit",
            Act::Recall => "recall",
            Act::Publish => "publish",
            Act::Discard => "discard",
            Act::Begin(operation) => operation.as_str(),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Act> {
        const STEPS: [Act; 4] = [Act::Submit, Act::Recall, Act::Publish, Act::Discard];
        let step = STEPS.into_iter().find(|it| it.as_str() == text);
        step.or_else(|| Operation::parse(text).map(Act::Begin))
    }

    fn choice(self, edition: &Edition) -> Choice {
        let stops = edition.operation.stops();
        let (title, note, reason, button) = match self {
            Act::Submit => ("送审", "", Some(stops), "btn-primary"),
            Act::Recall => ("收回", "还没有人审过，收回来再改。", None, ""),
            Act::Publish => ("公布", "公布以后，公众马上看到。", None, "btn-primary"),
            Act::Discard => ("放弃这一版", "写的内容留在历次版本里，不再送审。", Some(true), ""),
            Act::Begin(operation) => return Choice::begin(operation),
        };
        let title = title.to_owned();
        Choice { act: self, title, note, reason, button, elsewhere: None }
    }
}

impl Choice {
    fn begin(operation: Operation) -> Choice {
        let (title, note, reason) = match operation {
            Operation::Change => ("变更", "另起一版来改，现行的照常公布，通过以后才换。", None),
            Operation::Create => ("重新编写", "从放弃的一版写起，编码不变。", None),
            Operation::Suspend => ("暂停办理", "写明理由，公众看得到。直接送审。", Some(true)),
            Operation::Resume => ("恢复办理", "照暂停以前的内容恢复。直接送审。", Some(false)),
            Operation::Withdraw => {
                ("取消，不再办理", "写明理由，公众看得到；编码以后不再用。直接送审。", Some(true))
            }
            other => (other.label(), "", None),
        };
        let button = if operation == Operation::Withdraw { "btn-danger" } else { "" };
        let (act, title) = (Act::Begin(operation), title.to_owned());
        Choice { act, title, note, reason, button, elsewhere: None }
    }
}

/// What can not be done, each reason with the steps that it closes.
type Closed = Vec<(String, String)>;

/// Returns what is open to the visitor, and what is closed, with the reason.
pub(super) async fn of(
    app: &AppState,
    session: &Session,
    standing: Standing<'_>,
    standard: &Standard,
) -> Result<(Vec<Choice>, Closed), WebError> {
    match standing.open() {
        Some(open) => on_edition(app, session, open, standard).await,
        None => Ok(on_item(&session.actor, standing, standard)),
    }
}

/// What may be begun on an item that nobody works on.
fn on_item(actor: &Actor, standing: Standing<'_>, standard: &Standard) -> (Vec<Choice>, Closed) {
    let operations = standing.may_begin();
    if actor.has(&Role::Editor) {
        return (operations.iter().map(|it| Choice::begin(*it)).collect(), Vec::new());
    }
    let needed = Refusal::MissingRole { needed: Role::Editor };
    let why = refusals::words_of(&needed, standard);
    let mut closed = Closed::new();
    for operation in operations {
        close(&mut closed, operation.label(), &why);
    }
    (Vec::new(), closed)
}

/// The steps of the edition that is being worked on.
async fn on_edition(
    app: &AppState,
    session: &Session,
    open: &Edition,
    standard: &Standard,
) -> Result<(Vec<Choice>, Closed), WebError> {
    let findings = findings_shown(app, open).await?;
    let grounds = Grounds { findings: &findings, ..Grounds::at(app.clock.now(), standard) };
    let (mut choices, mut closed) = (Vec::<Choice>::new(), Vec::new());
    for (action, option) in edition::options(&session.actor, open, grounds) {
        let act = match action {
            Action::Submit => Some(Act::Submit),
            Action::Recall => Some(Act::Recall),
            Action::Publish => Some(Act::Publish),
            Action::Discard => Some(Act::Discard),
            _ => None,
        };
        match (option, act) {
            (Ok(_), Some(act)) => choices.push(act.choice(open)),
            // To approve and to return it, one must have read what is in it.
            (Ok(_), None) if choices.iter().all(|it| it.elsewhere.is_none()) => {
                choices.push(review(open));
            }
            (Ok(_), None) => {}
            (Err(why), _) => {
                close(&mut closed, action.label(), &refusals::words_of(&why, standard));
            }
        }
    }
    Ok((choices, closed))
}

fn close(closed: &mut Closed, what: &str, why: &str) {
    match closed.iter_mut().find(|(_, known)| known == why) {
        Some((closed, _)) => *closed = format!("{closed}、{what}"),
        None => closed.push((what.to_owned(), why.to_owned())),
    }
}

fn review(open: &Edition) -> Choice {
    Choice {
        act: Act::Submit,
        title: "审核".to_owned(),
        note: "看过变化，再通过或退回。",
        reason: None,
        button: "btn-primary",
        elsewhere: Some(links::review(&open.id)),
    }
}

/// Returns where an edition is written, for who may write it.
pub(super) fn edit_link(actor: &Actor, open: &Edition) -> Option<Link> {
    (open.is_writable() && actor.has(&Role::Editor)).then(|| links::edit(&open.id))
}
