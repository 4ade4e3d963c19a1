//! 任务: how far long work is, what it refused, and taking an import back.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    edition::Edition,
    finding::{Finding, Severity},
    item::{EditionId, ImportId, ItemId},
    people::{Duty, Scope},
};
use store::{ImportState, Job, JobId, JobStep, Outcome};

use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
    jobs::{
        changes::{self, Change},
        import::{self, upload},
    },
    layout::{Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
    words,
    workflow::Step,
};

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/jobs", Who::Officer(&[]), get(list));
    let map = map.place("/workbench/jobs/{job}", Who::Officer(&[]), get(show));
    map.place("/workbench/jobs/{job}/undo", Who::Officer(&[]), post(undo))
}

/// Jobs and rows that are listed at once.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "watch_job/list.html")]
struct ListPage {
    bench: Bench,
    jobs: Vec<View>,
}

#[derive(Template)]
#[template(path = "watch_job/job.html")]
struct JobPage {
    bench: Bench,
    job: View,
    faults: Vec<Fault>,
    /// The next page of faults.
    more: Option<Link>,
    import: Option<ImportView>,
}

/// 一个任务，页面上的。
struct View {
    id: JobId,
    title: String,
    link: Link,
    n_steps: u64,
    n_done: u64,
    n_refused: u64,
    started_at: String,
    ended_at: Option<String>,
}

struct ImportView {
    is_undone: bool,
    may_undo: bool,
    /// What an undoing could not take back.
    kept: Vec<(String, String)>,
}

/// A step that was refused, or a row with findings.
struct Fault {
    place: String,
    link: Option<Link>,
    is_refused: bool,
    words: Vec<String>,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let of = (!sees_all(&session)).then_some(session.actor.id);
    let jobs = app.store.jobs(of, None, PAGE).await?;
    let bench = Bench::new(&app, &session, Room::Administration);
    Ok(Html(ListPage { bench, jobs: jobs.iter().map(View::of).collect() }.render()?))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let job = visible(&app, &session, id).await?;
    let after = query.number("after")?.unwrap_or_default().unsigned_abs();
    Ok(Html(page(&app, &session, &job, after, Vec::new()).await?.render()?))
}

async fn undo(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let job = visible(&app, &session, id).await?;
    let Some(ordered) = ordered(&job).filter(|_| job.ended_at.is_some()) else {
        return Err(WebError::NotFound);
    };
    let import = app.store.import(ImportId(ordered.import)).await?.ok_or(WebError::NotFound)?;
    if import.state == ImportState::Undone {
        return Ok(links::job(&job.id).redirect());
    }
    let (actor, now) = (&session.actor, app.clock.now());
    let undone = import::undo(&app.store, import.id, &app.standards, actor, now).await?;
    let page = page(&app, &session, &job, 0, undone.kept).await?;
    Ok(Html(page.render()?).into_response())
}

/// An administrator of everything sees all jobs, others their own.
fn sees_all(session: &Session) -> bool {
    session.officer.has_duty(Duty::Administrator) && session.actor.scope == Scope::Everywhere
}

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<Job, WebError> {
    let job = app.store.job(JobId(id)).await?;
    let job = job.filter(|it| it.by == session.actor.id || sees_all(session));
    job.ok_or(WebError::NotFound)
}

fn ordered(job: &Job) -> Option<upload::Ordered> {
    (job.kind == upload::KIND).then(|| serde_json::from_str(&job.what).ok())?
}

async fn page(
    app: &AppState,
    session: &Session,
    job: &Job,
    after: u64,
    kept: Vec<(String, String)>,
) -> Result<JobPage, WebError> {
    let ordered = ordered(job);
    let (faults, last) = match &ordered {
        Some(ordered) => row_faults(app, job, ordered, after).await?,
        None => step_faults(app, session, job, after).await?,
    };
    let import = match &ordered {
        Some(ordered) => app.store.import(ImportId(ordered.import)).await?,
        None => None,
    };
    let import = import.map(|it| ImportView {
        is_undone: it.state == ImportState::Undone,
        may_undo: it.state != ImportState::Undone && job.ended_at.is_some(),
        kept,
    });
    let bench = Bench::new(app, session, Room::Elsewhere);
    let more = last.map(|it| links::job(&job.id).with("after", &it.to_string()));
    Ok(JobPage { bench, job: View::of(job), faults, more, import })
}

/// Returns a page of the steps that were refused, and the number after which the next begins.
async fn step_faults(
    app: &AppState,
    session: &Session,
    job: &Job,
    after: u64,
) -> Result<(Vec<Fault>, Option<u64>), WebError> {
    let steps = app.store.refused_steps(job.id, after, PAGE).await?;
    // One may order a step on ids that one has only guessed.
    let named = names(app, session.actor.scope, job, &steps).await?;
    let named = |id: i64| named.iter().find(|(target, ..)| *target == id);
    let faults = steps.iter().map(|step| Fault {
        place: named(step.target).map_or_else(String::new, |(_, _, name)| name.clone()),
        link: named(step.target).map(|(_, item, _)| links::item(item)),
        is_refused: true,
        words: step.refusal.iter().cloned().collect(),
    });
    let last = steps.last().filter(|_| steps.len() as u32 == PAGE).map(|it| it.number);
    Ok((faults.collect(), last))
}

/// Returns what the targets of steps are: items, or editions of them.
async fn names(
    app: &AppState,
    scope: Scope,
    job: &Job,
    steps: &[JobStep],
) -> Result<Vec<(i64, ItemId, String)>, WebError> {
    if job.kind == changes::KIND {
        let ids: Vec<ItemId> = steps.iter().map(|it| ItemId(it.target)).collect();
        let items = app.store.seated(scope, &ids).await?;
        return Ok(items.into_iter().map(|it| (it.id.0, it.id, it.name)).collect());
    }
    let ids: Vec<EditionId> = steps.iter().map(|it| EditionId(it.target)).collect();
    let editions = app.store.editions_with_live(scope, &ids).await?;
    let name = |(it, _): &(Edition, _)| (it.id.0, it.item, it.record.name().to_owned());
    Ok(editions.iter().map(name).collect())
}

/// Returns a page of an import's rows that were returned or have findings.
async fn row_faults(
    app: &AppState,
    job: &Job,
    ordered: &upload::Ordered,
    after: u64,
) -> Result<(Vec<Fault>, Option<u64>), WebError> {
    let given_up = app.store.refused_steps(job.id, 0, 1).await?;
    let mut faults: Vec<Fault> = given_up
        .into_iter()
        .map(|step| Fault {
            place: "整个文件".to_owned(),
            link: None,
            is_refused: true,
            words: step.refusal.into_iter().collect(),
        })
        .collect();
    let rows = app.store.import_rows(ImportId(ordered.import), after, PAGE).await?;
    let last = rows.last().filter(|_| rows.len() as u32 == PAGE).map(|it| it.number);
    for row in rows {
        let is_refused = row.outcome == Outcome::Rejected;
        let words = match serde_json::from_str::<Vec<Finding>>(&row.report) {
            Ok(findings) => findings.iter().map(in_words).collect(),
            Err(_) => vec![row.report.clone()],
        };
        let link = row.item.map(|it| links::item(&it));
        if is_refused || !words.is_empty() {
            faults.push(Fault { place: row.place, link, is_refused, words });
        }
    }
    Ok((faults, last))
}

fn in_words(finding: &Finding) -> String {
    let weight = match finding.severity {
        Severity::Error => "错误",
        Severity::Warning => "提醒",
    };
    format!("{weight}：{}{}", finding.message, finding.mend)
}

impl View {
    fn of(job: &Job) -> View {
        View {
            id: job.id,
            title: title(job),
            link: links::job(&job.id),
            n_steps: job.n_steps,
            n_done: job.n_done,
            n_refused: job.n_refused,
            started_at: words::at_time(job.started_at),
            ended_at: job.ended_at.map(words::at_time),
        }
    }
}

fn title(job: &Job) -> String {
    if let Some(ordered) = ordered(job) {
        return format!("导入 {}", ordered.upload.name);
    }
    if job.kind == changes::KIND {
        let change = serde_json::from_str::<Change>(&job.what).ok();
        return change.map_or_else(|| "任务".to_owned(), |it| it.title());
    }
    let step = match serde_json::from_str(&job.what) {
        Ok(Step::Submit { .. }) => "批量送审",
        Ok(Step::Recall) => "批量收回",
        Ok(Step::Approve { publish: true }) => "批量通过并公布",
        Ok(Step::Approve { publish: false }) => "批量通过",
        Ok(Step::Return { .. }) => "批量退回",
        Ok(Step::Publish) => "批量公布",
        Ok(Step::Discard { .. }) => "批量放弃草稿",
        Err(_) => "任务",
    };
    step.to_owned()
}

#[cfg(test)]
mod tests;
