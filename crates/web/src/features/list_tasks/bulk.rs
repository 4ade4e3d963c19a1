//! 批量办理: one step on all that is ticked, or on all that the list holds, as a job.

use axum::{extract::State, response::Response};
use domain::{edition::Remark, item::EditionId, people::Duty};

use super::{
    choice::{Choice, Tab},
    lines, may, refused,
};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Query},
    jobs::steps,
    links,
    session::{Session, SignedIn},
    workflow::Step,
};

/// What was ticked and written, with what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) picks: Vec<String>,
    pub(super) is_whole: bool,
    pub(super) remark: String,
    pub(super) fault: Option<String>,
}

/// Returns the steps that the officer can take on many, by what a form sends and says.
pub(super) fn buttons(session: &Session, tab: Tab) -> Vec<(&'static str, &'static str)> {
    let (reviews, publishes) = (may(session, Duty::Reviewer), may(session, Duty::Publisher));
    match tab {
        Tab::Returned => vec![("submit", "一并送审")],
        Tab::Review => [
            (reviews, ("approve", "一并通过")),
            (reviews && publishes, ("approve_publish", "通过并公布")),
            (publishes, ("publish", "一并公布")),
        ]
        .into_iter()
        .filter_map(|(is_theirs, button)| is_theirs.then_some(button))
        .collect(),
        Tab::Mine | Tab::Done | Tab::Notices => Vec::new(),
    }
}

/// `POST /workbench/tasks`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let typed = Typed::read(&fields);
    let asked = fields.iter().find(|(key, _)| key == "do").map(|(_, value)| value.as_str());
    let step = match asked {
        Some("approve") => Step::Approve { publish: false },
        Some("approve_publish") => Step::Approve { publish: true },
        Some("publish") => Step::Publish,
        Some("submit") => Step::Submit { reason: typed.remark.clone() },
        Some("return") => Step::Return { remarks: vec![Remark::on_all(&typed.remark)] },
        _ => return Err(WebError::BadForm),
    };
    if matches!(step, Step::Return { .. }) && typed.remark.is_empty() {
        let fault = Some("退回请写意见，每一项都附上这一条".to_owned());
        return refused(&app, &session, &query, Typed { fault, ..typed }).await;
    }
    let targets = match typed.is_whole {
        true => whole(&app, &session, &query).await?,
        false => typed.targets().ok_or(WebError::BadForm)?,
    };
    if targets.is_empty() {
        let fault = Some("还没有选中。请先在左边勾选要办的".to_owned());
        return refused(&app, &session, &query, Typed { fault, ..typed }).await;
    }
    let by = session.actor.id;
    let job = steps::order(&app.store, by, &step, &targets, app.clock.now()).await?;
    Ok(links::job(&job).redirect())
}

/// Returns all that the list holds as it is chosen, at the revisions of now.
async fn whole(
    app: &AppState,
    session: &Session,
    query: &Query,
) -> Result<Vec<(EditionId, i64)>, WebError> {
    let choice = Choice::read(query, session)?;
    let tasks = lines::all(app, session, &choice).await?;
    Ok(tasks.iter().map(|it| (it.edition, it.revision)).collect())
}

impl Typed {
    fn read(fields: &[(String, String)]) -> Typed {
        let all = |key: &'static str| {
            fields.iter().filter(move |(it, _)| it == key).map(|(_, value)| value.trim())
        };
        Typed {
            picks: all("pick").map(str::to_owned).collect(),
            is_whole: all("whole").next().is_some(),
            remark: all("remark").find(|it| !it.is_empty()).unwrap_or_default().to_owned(),
            fault: None,
        }
    }

    pub(super) fn is_picked(&self, pick: &str) -> bool {
        self.picks.iter().any(|it| it == pick)
    }

    fn targets(&self) -> Option<Vec<(EditionId, i64)>> {
        let target = |pick: &String| {
            let (id, revision) = pick.split_once('.')?;
            Some((EditionId(id.parse().ok()?), revision.parse().ok()?))
        };
        self.picks.iter().map(target).collect()
    }
}
