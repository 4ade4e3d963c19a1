use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use documents::template::Line;
use domain::{
    approval::{Answers, ApprovalId, Paper},
    edition::State as EditionState,
};
use sha2::{Digest, Sha256};
use store::{ApprovalTemplate, NewApproval, StoreError};
use time::Date;
use uuid::Uuid;

use crate::{
    AppState,
    approvals::{self, Opened, Subject},
    error::WebError,
    extract::{Form, Path},
    layout::{self, Bench, Room},
    links,
    session::{Session, SignedIn},
};

const LONGEST_TITLE: usize = 100;
const LONGEST_ANSWER: usize = 4_000;

#[derive(Template)]
#[template(path = "issue_approvals/issue.html")]
struct IssuePage {
    bench: Bench,
    kept: ApprovalTemplate,
    title: String,
    inputs: Vec<Input>,
    /// Why nothing can be issued now, as a whole.
    closed: Vec<String>,
    fault: String,
    /// Elements that the document says and the item does not.
    unsaid: Vec<String>,
    preview: Vec<Line>,
    number: String,
    /// What was looked at; another one is looked at again before it is issued.
    seen: String,
    request: String,
}

/// 表单的一格。
struct Input {
    name: String,
    label: String,
    is_required: bool,
    is_long: bool,
    value: String,
    fault: String,
}

/// A form as it came.
#[derive(Debug, Clone, Default)]
struct Typed {
    title: String,
    answers: Answers,
    seen: String,
    request: String,
    is_to_issue: bool,
}

/// A template with all that it is filled from.
struct Ready {
    kept: ApprovalTemplate,
    subject: Subject,
    opened: Option<Opened>,
    closed: Vec<String>,
    on: Date,
}

pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let ready = Ready::read(&app, &session, id).await?;
    let title = ready.kept.title.clone();
    let typed = Typed { title, request: Uuid::new_v4().simple().to_string(), ..Typed::default() };
    Ok(Html(ready.page(&app, &session, &typed, false)?.render()?))
}

/// `POST /workbench/templates/{template}/issue`
///
/// What is issued is what was looked at: the first sending shows it, the next one issues it.
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let ready = Ready::read(&app, &session, id).await?;
    let typed = ready.typed(pairs);
    if !(16..=64).contains(&typed.request.len()) {
        return Err(WebError::BadForm);
    }
    let mut page = ready.page(&app, &session, &typed, true)?;
    let is_faulty = !page.closed.is_empty()
        || !page.fault.is_empty()
        || page.inputs.iter().any(|it| !it.fault.is_empty());
    if is_faulty {
        page.preview.clear();
        return layout::refused(page);
    }
    if !typed.is_to_issue || typed.seen != page.seen {
        return Ok(Html(page.render()?).into_response());
    }
    let issued = ready.issue(&app, &session, &typed).await?.ok_or(WebError::NotFound)?;
    Ok(links::approval(&issued).redirect())
}

impl Ready {
    async fn read(app: &AppState, session: &Session, id: i64) -> Result<Ready, WebError> {
        let kept = approvals::kept(app, session, id).await?;
        let subject = Subject::read(app, session.actor.scope, kept.item).await?;
        let edition = subject.edition();
        let standard = app.standard(&edition.record.standard);
        let mut closed = Vec::new();
        if kept.retired_at.is_some() {
            closed.push("这个模板已经停用；用在用的模板签发".to_owned());
        }
        if edition.state != EditionState::Published {
            closed.push("事项没有公布，或者已经暂停、取消，不能签发它的文书".to_owned());
        }
        let opened = match approvals::open(app, &kept, standard).await? {
            Ok(opened) => Some(opened),
            Err(faults) => {
                closed.extend(faults);
                None
            }
        };
        Ok(Ready { kept, subject, opened, closed, on: app.clock.today() })
    }

    fn typed(&self, pairs: Vec<(String, String)>) -> Typed {
        let given: BTreeMap<String, String> = pairs.into_iter().collect();
        let text = |key: &str| given.get(key).map(|it| it.trim().to_owned()).unwrap_or_default();
        let asks = self.opened.iter().flat_map(Opened::asks).enumerate();
        Typed {
            title: text("title"),
            answers: asks
                .map(|(at, ask)| (ask.label.clone(), text(&name_of(at)).replace("\r\n", "\n")))
                .collect(),
            seen: text("seen"),
            request: text("request"),
            is_to_issue: text("do") == "issue",
        }
    }

    fn page(
        &self,
        app: &AppState,
        session: &Session,
        typed: &Typed,
        is_sent: bool,
    ) -> Result<IssuePage, WebError> {
        let record = &self.subject.edition().record;
        let standard = app.standard(&record.standard);
        let number = approvals::number_to_come(&self.kept, self.on.year())?;
        let paper =
            Paper { record, standard, number: &number, on: self.on, answers: &typed.answers };
        let opened = self.opened.as_ref();
        let preview = opened.filter(|_| is_sent).map(|it| it.preview(&paper)).unwrap_or_default();
        let has_title = (1..=LONGEST_TITLE).contains(&typed.title.chars().count());
        let fault = match is_sent && !has_title {
            true => "写上标题，100 个字以内".to_owned(),
            false => String::new(),
        };
        Ok(IssuePage {
            bench: Bench::new(app, session, Room::Approvals),
            kept: self.kept.clone(),
            title: typed.title.clone(),
            inputs: self.inputs(typed, is_sent),
            closed: self.closed.clone(),
            fault,
            unsaid: opened.map(|it| it.unsaid(&paper)).unwrap_or_default(),
            seen: self.mark(typed, &preview),
            preview,
            number,
            request: typed.request.clone(),
        })
    }

    fn inputs(&self, typed: &Typed, is_sent: bool) -> Vec<Input> {
        let asks = self.opened.iter().flat_map(Opened::asks).enumerate();
        let input = |(at, ask): (usize, &domain::approval::Ask)| {
            let value = typed.answers.get(&ask.label).cloned().unwrap_or_default();
            let fault = match is_sent {
                true if ask.is_required && value.is_empty() => "没有填".to_owned(),
                true if value.chars().count() > LONGEST_ANSWER => "4000 个字以内".to_owned(),
                true if !ask.is_long && value.contains('\n') => "写在一行里".to_owned(),
                _ => String::new(),
            };
            Input {
                name: name_of(at),
                label: ask.label.clone(),
                is_required: ask.is_required,
                is_long: ask.is_long,
                value,
                fault,
            }
        };
        asks.map(input).collect()
    }

    /// Returns what stands for all that was looked at, the item's edition too.
    fn mark(&self, typed: &Typed, preview: &[Line]) -> String {
        let edition = self.subject.edition();
        let seen = format!("{:?}{}{}{preview:?}", typed.answers, typed.title, edition.id.0);
        Sha256::digest(seen).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Issues once for each form: number, bytes and row in one step.
    async fn issue(
        &self,
        app: &AppState,
        session: &Session,
        typed: &Typed,
    ) -> Result<Option<ApprovalId>, WebError> {
        let Some(opened) = &self.opened else { return Ok(None) };
        let by = session.actor.id;
        let mut tx = app.store.begin().await?;
        if let Some(issued) = tx.approval_of_request(by, &typed.request).await? {
            return Ok(Some(issued));
        }
        let kept = tx.approval_template(session.actor.scope, self.kept.id).await?;
        let Some(kept) = kept.filter(|it| it.retired_at.is_none()) else { return Ok(None) };
        let rule = approvals::rule(&kept)?;
        let number = tx.next_approval_number(kept.body, &rule, self.on.year()).await?;
        let edition = self.subject.edition();
        let bytes = opened.fill(&Paper {
            record: &edition.record,
            standard: app.standard(&edition.record.standard),
            number: &number,
            on: self.on,
            answers: &typed.answers,
        });
        let size_bytes = bytes.len() as i64;
        let hash = app.files.put(bytes).await.map_err(WebError::internal)?;
        let new = NewApproval {
            template: kept.id,
            body: kept.body,
            edition: edition.id,
            title: &typed.title,
            number: &number,
            issued_on: self.on,
            answers: &typed.answers,
            template_hash: &kept.hash,
            hash: &hash,
            size_bytes,
            request: &typed.request,
        };
        match tx.add_approval(new, session.saving(app)).await {
            Ok(id) => {
                tx.commit().await?;
                Ok(Some(id))
            }
            // The same form came twice at once, and the other one was first.
            Err(StoreError::Taken { .. }) => {
                drop(tx);
                Ok(app.store.begin().await?.approval_of_request(by, &typed.request).await?)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn name_of(at: usize) -> String {
    format!("a{at}")
}
