//! 导出: the list as it is chosen, as a file.

use axum::{extract::State, response::Response};
use documents::write::{List, list_csv, lists_xlsx};
use domain::calendar::{Calendar, Due, office_day};
use store::{Handled, Task};
use time::Date;

use super::{
    choice::{Choice, Tab},
    lines,
};
use crate::{
    AppState,
    downloads::{XLSX, file},
    editions::waited_words,
    error::WebError,
    extract::Query,
    session::{Session, SignedIn},
};

/// Rows of one file.
const MOST: usize = 20_000;

/// `GET /workbench/tasks/export`
pub(super) async fn download(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Response, WebError> {
    let choice = Choice::read(&query, &session)?;
    let list = match choice.tab {
        Tab::Review | Tab::Returned => waiting(&app, &session, &choice).await?,
        Tab::Mine | Tab::Done => handled(&app, &session, &choice).await?,
        Tab::Notices => return Err(WebError::NotFound),
    };
    if list.rows.len() > MOST {
        let why = format!("清单里多于 {MOST} 项，请加条件再导出");
        return Err(WebError::NotExported(why));
    }
    match query.first("format").unwrap_or("xlsx") {
        "xlsx" => {
            let bytes = lists_xlsx(choice.tab.title(), &[list]).map_err(WebError::internal)?;
            file(bytes, &format!("{}.xlsx", choice.tab.title()), XLSX)
        }
        "csv" => {
            let bytes = list_csv(&list).map_err(WebError::internal)?;
            file(bytes, &format!("{}.csv", choice.tab.title()), "text/csv; charset=utf-8")
        }
        other => Err(WebError::unreadable("format", other)),
    }
}

async fn waiting(app: &AppState, session: &Session, choice: &Choice) -> Result<List, WebError> {
    // The page says the same where there is no calendar to tell what is due.
    choice.filter(app, session).map_err(|unknown| WebError::NotExported(unknown.to_string()))?;
    let tasks = lines::all(app, session, choice).await?;
    let today = app.clock.today();
    let since = if choice.tab == Tab::Review { "送达" } else { "退回" };
    let columns = [("事项", 40), ("编码", 26), ("操作", 8), ("部门", 30), ("问题", 8)];
    let times = [(since, 12), ("停留", 20), ("应办结", 12), ("状态", 20)];
    Ok(List {
        name: choice.tab.title(),
        columns: columns.into_iter().chain(times).collect(),
        rows: tasks.into_iter().map(|task| row(app, task, today)).collect(),
    })
}

fn row(app: &AppState, task: Task, today: Date) -> Vec<String> {
    let standard = app.standard(&task.standard);
    let limit = task.desk.as_deref().and_then(|id| standard.desk(id)?.limit);
    let due = limit.zip(task.since).map(|(limit, since)| {
        match Due::of(Calendar::shipped(), office_day(since), limit, today) {
            Ok(due) => due.on.to_string(),
            Err(unknown) => unknown.to_string(),
        }
    });
    vec![
        task.name,
        task.code.unwrap_or_default(),
        task.operation.label().to_owned(),
        task.body_name,
        task.n_findings.unwrap_or(0).to_string(),
        task.since.map(|at| office_day(at).to_string()).unwrap_or_default(),
        task.since.map(|at| waited_words(at, today).replace('\u{a0}', " ")).unwrap_or_default(),
        due.unwrap_or_default(),
        standard.state_word(task.state, task.desk.as_deref()).to_owned(),
    ]
}

async fn handled(app: &AppState, session: &Session, choice: &Choice) -> Result<List, WebError> {
    let (actor, finished) = (&session.actor, choice.tab == Tab::Done);
    let (mut rows, mut before) = (Vec::new(), None);
    while rows.len() <= MOST {
        let page = app.store.handled_by(actor.scope, actor.id, finished, before, lines::AT_ONCE);
        let page = page.await?;
        let is_last = page.len() < lines::AT_ONCE as usize;
        before = page.last().map(|it| it.seq);
        rows.extend(page.into_iter().map(|it| handled_row(app, it)));
        if is_last {
            break;
        }
    }
    let columns = [("事项", 40), ("编码", 26), ("操作", 8), ("部门", 30)];
    let times = [("我办的", 14), ("日期", 12), ("现在", 20)];
    let columns = columns.into_iter().chain(times).collect();
    Ok(List { name: choice.tab.title(), columns, rows })
}

fn handled_row(app: &AppState, handled: Handled) -> Vec<String> {
    let task = handled.task;
    let standard = app.standard(&task.standard);
    vec![
        task.name,
        task.code.unwrap_or_default(),
        task.operation.label().to_owned(),
        task.body_name,
        handled.event.action.label().to_owned(),
        office_day(handled.event.at).to_string(),
        standard.state_word(task.state, task.desk.as_deref()).to_owned(),
    ]
}
