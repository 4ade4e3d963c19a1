//! 批量开立: accounts by a table, looked at first; their first passwords are given once.

mod file;
mod rows;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::{DefaultBodyLimit, Multipart, State},
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::people::Officer;
use store::StoreError;

use self::rows::{Known, Outcome, Row};
use super::{WHO, form::Choices, roles_title, scope_title};
use crate::{
    AppState,
    accounts::{self, AccountError, FirstPassword},
    downloads::{XLSX, brought, file as handed_out},
    error::WebError,
    extract::Form,
    layout::{self, Bench, Room},
    links,
    map::Map,
    session::{Session, SignedIn},
};

/// The largest table that is taken; five hundred rows are far less.
const LARGEST: usize = 4 << 20;

pub(super) fn places(map: Map) -> Map {
    let bring = get(show).post(bring).layer(DefaultBodyLimit::max(LARGEST));
    let map = map.place("/workbench/officers/table", WHO, bring);
    let map = map.place("/workbench/officers/table/blank", WHO, get(blank));
    map.place("/workbench/officers/table/open", WHO, post(open))
}

#[derive(Template)]
#[template(path = "keep_officers/table.html")]
struct TablePage {
    bench: Bench,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "keep_officers/look.html")]
struct LookPage {
    bench: Bench,
    lines: Vec<Line>,
    n_new: usize,
    n_again: usize,
    /// Something came in between since the page was made.
    is_late: bool,
}

/// 预览的一行。
struct Line {
    place: String,
    account: String,
    name: String,
    roles: String,
    scope: String,
    /// What the form sends of it: the field's name and the row.
    sent: Option<(&'static str, String)>,
    is_again: bool,
    reasons: Vec<String>,
}

/// The names of the fields that hold the rows, by what was to become of them.
const NEW: &str = "new";
const AGAIN: &str = "again";

async fn show(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let bench = Bench::new(&app, &session, Room::Administration);
    Ok(Html(TablePage { bench, fault: None }.render()?))
}

async fn blank(State(app): State<AppState>, session: SignedIn) -> Result<Response, WebError> {
    let choices = Choices::of(&app, session.actor.scope).await?;
    let bytes = file::blank(&choices).map_err(WebError::internal)?;
    handed_out(bytes, "批量开立账号.xlsx", XLSX)
}

/// `POST /workbench/officers/table`: shows what would become of each row. Nothing is kept.
async fn bring(
    State(app): State<AppState>,
    session: SignedIn,
    form: Multipart,
) -> Result<Response, WebError> {
    let Some((name, bytes)) = brought(form).await?.file else {
        let fault = "没有选文件，或者文件是空的。请选一个表格再上传。".to_owned();
        return refused(&app, &session, fault);
    };
    let standards = app.standards.clone();
    let read = move || file::read(&name, &bytes, standards.national());
    match tokio::task::spawn_blocking(read).await? {
        Ok(rows) => Ok(Html(look(&app, &session, &rows, false).await?.render()?).into_response()),
        Err(fault) => refused(&app, &session, format!("{fault}。")),
    }
}

/// `POST /workbench/officers/table/open`: opens the accounts and hands their passwords out.
async fn open(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = fields.iter().filter(|(key, _)| matches!(key.as_str(), NEW | AGAIN));
    let read = |(key, line): &(String, String)| Row::of_line(line).map(|row| (key == AGAIN, row));
    let sent: Option<Vec<(bool, Row)>> = sent.map(read).collect();
    let sent = sent.filter(|it| (1..=file::MOST).contains(&it.len())).ok_or(WebError::BadForm)?;
    let (seen, rows): (Vec<bool>, Vec<Row>) = sent.into_iter().unzip();
    let known = Known::of(&app, session.actor.scope, &rows).await?;
    let outcomes = known.outcomes(&rows);
    let as_seen = |(outcome, again): (&Outcome, &bool)| {
        outcome.officer().filter(|_| outcome.is_again() == *again).cloned()
    };
    let officers: Option<Vec<Officer>> = outcomes.iter().zip(&seen).map(as_seen).collect();
    let Some(officers) = officers else {
        return late(&app, &session, &rows).await;
    };
    match accounts::open_all(&app, &officers, session.actor.id).await {
        Ok(given) => given_out(&known, &officers, given),
        Err(AccountError::Store(StoreError::Taken { .. })) => late(&app, &session, &rows).await,
        Err(error) => Err(WebError::internal(error)),
    }
}

/// The one answer that holds the passwords; no cache keeps it.
fn given_out(
    known: &Known,
    officers: &[Officer],
    given: Vec<FirstPassword>,
) -> Result<Response, WebError> {
    let told = officers.iter().map(|it| [it.name.clone(), scope_title(it.scope, &known.choices)]);
    let lines: Vec<_> = given.into_iter().zip(told).collect();
    let bytes = file::passwords(&lines).map_err(WebError::internal)?;
    let mut response = handed_out(bytes, "初始密码.xlsx", XLSX)?;
    let kept_nowhere = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, kept_nowhere);
    Ok(response)
}

/// Shows the rows anew where they are not what the administrator saw.
async fn late(app: &AppState, session: &Session, rows: &[Row]) -> Result<Response, WebError> {
    layout::refused(look(app, session, rows, true).await?)
}

fn refused(app: &AppState, session: &Session, fault: String) -> Result<Response, WebError> {
    let bench = Bench::new(app, session, Room::Administration);
    layout::refused(TablePage { bench, fault: Some(fault) })
}

async fn look(
    app: &AppState,
    session: &Session,
    rows: &[Row],
    is_late: bool,
) -> Result<LookPage, WebError> {
    let known = Known::of(app, session.actor.scope, rows).await?;
    let outcomes = known.outcomes(rows);
    let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|it| wanted(it)).count();
    let (n_new, n_again) = (count(|it| matches!(it, Outcome::New(_))), count(Outcome::is_again));
    let bench = Bench::new(app, session, Room::Administration);
    let lines = rows.iter().zip(&outcomes).map(|(row, it)| Line::of(row, it, &known.choices));
    Ok(LookPage { lines: lines.collect(), bench, n_new, n_again, is_late })
}

impl Line {
    fn of(row: &Row, outcome: &Outcome, choices: &Choices) -> Line {
        let line = Line {
            place: row.place.clone(),
            account: row.account.clone(),
            name: row.name.clone(),
            roles: format!("{} {}", row.roles, row.desks).trim().to_owned(),
            scope: row.scope.clone(),
            sent: None,
            is_again: outcome.is_again(),
            reasons: Vec::new(),
        };
        match outcome {
            Outcome::Refused(reasons) => Line { reasons: reasons.clone(), ..line },
            Outcome::New(officer) | Outcome::Again(officer) => Line {
                roles: roles_title(&officer.roles, choices),
                scope: scope_title(officer.scope, choices),
                sent: Some((if line.is_again { AGAIN } else { NEW }, row.to_line())),
                ..line
            },
        }
    }
}

impl LookPage {
    fn n_refused(&self) -> usize {
        self.lines.iter().filter(|it| it.sent.is_none()).count()
    }
}
