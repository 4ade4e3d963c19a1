//! What may be decided on an edition, and deciding it.

use axum::{extract::State, response::Response};
use domain::{
    edition::{self, Action, Grounds, State as EditionState},
    item::EditionId,
};

use super::{neighbours, refused, typed::Typed};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path},
    links, refusals,
    session::{Session, SignedIn},
    words,
    workflow::{Case, Hitch, Step, Taking},
};

/// 能作的决定，和不能作的缘由。
#[derive(Debug, Default)]
pub(super) struct Options {
    /// Where approving leads, in words.
    pub(super) approve: Option<String>,
    pub(super) may_approve_and_publish: bool,
    pub(super) may_publish: bool,
    pub(super) may_return: bool,
    pub(super) closed: Vec<String>,
}

/// Returns what the officer may decide now.
pub(super) fn options(app: &AppState, session: &Session, case: &Case) -> Options {
    let edition = &case.edition;
    let standard = app.standard(&edition.record.standard);
    let taking = taking(app, session);
    let grounds = Grounds::at(taking.now, standard);
    let mut options = Options::default();
    for (action, option) in edition::options(&session.actor, edition, grounds) {
        match (action, option) {
            (Action::Approve, Ok(to)) => options.approve = Some(onward(app, case, to)),
            (Action::Return, Ok(_)) => options.may_return = true,
            (Action::Publish, Ok(_)) => options.may_publish = true,
            (Action::Approve | Action::Return | Action::Publish, Err(why)) => {
                let why = refusals::words_of(&why, standard);
                if !options.closed.contains(&why) {
                    options.closed.push(why);
                }
            }
            _ => {}
        }
    }
    let at_once = Step::Approve { publish: true };
    options.may_approve_and_publish = taking.decide_written(case, &at_once).is_ok();
    options
}

/// Says where approving leads.
fn onward(app: &AppState, case: &Case, to: EditionState) -> String {
    let edition = &case.edition;
    let standard = app.standard(&edition.record.standard);
    if to == EditionState::InReview {
        let route = standard.route(edition.operation, &edition.record.kind);
        let desks = route.map_or(&[][..], |it| it.desks.as_slice());
        let here = desks.iter().position(|it| Some(it) == edition.desk.as_ref());
        let next = desks.get(here.map_or(0, |at| at + 1)).and_then(|id| standard.desk(id));
        return next.map_or_else(String::new, |it| format!("送到下一站：{}。", it.title));
    }
    match edition.record.effective_on.filter(|on| *on > app.clock.today()) {
        Some(on) => format!("审定，{}自动公布。", words::full_date(on)),
        None => "审定，等公布人公布。".to_owned(),
    }
}

/// `POST /workbench/editions/{edition}/review`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let id = EditionId(id);
    let edition = editions::visible(&app, &session, id).await?;
    let standard = app.standard(&edition.record.standard);
    let typed = Typed::read(&fields);
    let order: Vec<&str> = standard.elements().iter().map(|it| it.key.as_str()).collect();
    let remarks = typed.remarks(&order);
    let step = match field(&fields, "do") {
        Some("approve") => Step::Approve { publish: false },
        Some("approve_publish") => Step::Approve { publish: true },
        Some("publish") => Step::Publish,
        Some("return") => Step::Return { remarks: remarks.clone() },
        _ => return Err(WebError::BadForm),
    };
    let revision = field(&fields, "revision").and_then(|it| it.parse().ok());
    let revision = revision.ok_or(WebError::BadForm)?;
    let fault = match step {
        Step::Return { .. } if typed.is_without_place() => Some(WITHOUT_PLACE),
        Step::Return { .. } => None,
        // Words that would go nowhere are not thrown away unsaid.
        _ if !remarks.is_empty() || typed.is_without_place() => Some(WORDS_GO_WITH_A_RETURN),
        _ => None,
    };
    if let Some(fault) = fault {
        let typed = Typed { fault: Some(fault.to_owned()), ..typed };
        return refused(&app, &session, id, typed).await;
    }
    let beside = neighbours(&app, &session, &edition).await?;
    let taken = taking(&app, &session).take(&app.store, (id, revision), &step).await;
    if let Err(hitch) = taken {
        let is_stale = matches!(hitch, Hitch::Stale);
        let fault = Some(refusals::of_hitch(hitch, standard)?);
        return refused(&app, &session, id, Typed { fault, is_stale, ..typed }).await;
    }
    let next = beside.and_then(|it| it.after.or(it.before));
    let next = next.map_or_else(links::tasks, |next| links::review(&next));
    Ok(next.with("done", &id.to_string()).redirect())
}

const WORDS_GO_WITH_A_RETURN: &str =
    "写了意见，意见只随退回送给录入的人。要通过，请先清空意见；要退回，请按“退回”";

const WITHOUT_PLACE: &str = "写了意见，没有选是哪个要素。请选一个，或者写在“总的意见”里";

fn taking<'a>(app: &'a AppState, session: &'a Session) -> Taking<'a> {
    Taking { actor: &session.actor, standards: &app.standards, now: app.clock.now() }
}

fn field<'a>(fields: &'a [(String, String)], key: &str) -> Option<&'a str> {
    fields.iter().find(|(it, _)| it == key).map(|(_, value)| value.as_str())
}
