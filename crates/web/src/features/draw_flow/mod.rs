//! 画流程: the steps of a draft as rows and branches, with the drawing beside them.
//!
//! The rows are those of 办理环节, which the editor shows too; here an exit is chosen from the
//! steps that there are, so that renaming one loses none.

mod history;
mod save;
mod sent;
mod view;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use documents::write::{flow_of, flow_svg};
use domain::{
    content::{Value, keys},
    edition::Edition,
    item::EditionId,
    people::Duty,
};

use self::{
    history::History,
    save::{AS_TEXT, Saving, has_rows, save},
    sent::Sent,
    view::{FlowPage, Shown},
};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path, Query},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
    workflow::findings_shown,
};

const WHO: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/editions/{edition}/flow", WHO, get(show).post(submit));
    // Who reviews what changed looks at it too.
    map.place("/workbench/editions/{edition}/flow.svg", Who::Officer(&[]), get(draw))
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let edition = app.store.edition_within(session.actor.scope, EditionId(id)).await?;
    let edition = edition.ok_or(WebError::NotFound)?;
    let note = (!has_rows(&edition.record.content)).then_some(AS_TEXT);
    let history = History::read(|name| query.first(name));
    Ok(Html(page(&app, &session, &edition, (note, history)).await?.render()?))
}

async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let id = EditionId(id);
    let Some(sent) = Sent::read(fields) else {
        return Err(editions::unreadable(&app, &session, id).await);
    };
    match save(&app, &session, id, &sent).await? {
        Saving::Saved { history, row } => {
            let link = history.on(links::draft_flow(&id));
            let link = match row {
                Some(row) => link.at(&format!("row-{row}")),
                None => link,
            };
            Ok(link.redirect())
        }
        Saving::Refused { edition, mine, note } => {
            let mut record = edition.record.clone();
            if has_rows(&record.content) {
                record.content.put(keys::STEPS, Value::Rows(mine));
            }
            let shown = Edition { record, ..*edition };
            let page = page(&app, &session, &shown, (Some(note), sent.history())).await?;
            Ok((StatusCode::CONFLICT, Html(page.render()?)).into_response())
        }
    }
}

/// `GET /workbench/editions/{edition}/flow.svg`
async fn draw(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let edition = app.store.edition_within(session.actor.scope, EditionId(id)).await?;
    let record = edition.ok_or(WebError::NotFound)?.record;
    let flow = flow_of(&record).ok_or(WebError::NotFound)?;
    let svg = flow_svg(&flow, &format!("{}流程图", record.name()));
    let kind = HeaderValue::from_static("image/svg+xml");
    Ok(([(header::CONTENT_TYPE, kind)], svg).into_response())
}

async fn page(
    app: &AppState,
    session: &Session,
    edition: &Edition,
    (note, history): (Option<&'static str>, History),
) -> Result<FlowPage, WebError> {
    let findings = findings_shown(app, edition).await?;
    let findings = findings.into_iter().filter(|it| it.element.starts_with(keys::STEPS));
    let shown = Shown { findings: findings.collect(), note, history };
    Ok(FlowPage::of(app, session, edition, shown))
}

#[cfg(test)]
mod tests;
