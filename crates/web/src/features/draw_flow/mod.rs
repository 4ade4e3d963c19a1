//! 画流程: the steps of a draft as rows and branches, with the drawing beside them.
//!
//! The rows are those of 办理环节, which the editor shows too; here an exit is chosen from the
//! steps that there are, so that renaming one loses none.

mod sent;
mod view;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use documents::write::{flow_of, flow_svg};
use domain::{
    content::{Row, Value, keys},
    edition::{Edition, merge},
    item::{EditionId, ItemRecord},
    people::Duty,
};

use self::{sent::Sent, view::FlowPage};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path},
    links,
    map::{Map, Who},
    session::{Session, SignedIn},
    workflow::findings_shown,
};

const WHO: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/editions/{edition}/flow", WHO, get(show).post(submit));
    map.place("/workbench/editions/{edition}/flow.svg", WHO, get(draw))
}

/// What became of what was sent.
enum Saving {
    Saved,
    /// Others changed the same places, or it is closed: nothing was saved, mine is shown again.
    Refused {
        edition: Box<Edition>,
        mine: Vec<Row>,
        note: &'static str,
    },
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let edition = app.store.edition_within(session.actor.scope, EditionId(id)).await?;
    let edition = edition.ok_or(WebError::NotFound)?;
    Ok(Html(page(&app, &session, &edition, None).await?.render()?))
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
        Saving::Saved => {
            let link = links::draft_flow(&id);
            let link = sent.place().map_or(link.clone(), |place| link.at(&place));
            Ok(Redirect::to(&link.to_string()).into_response())
        }
        Saving::Refused { edition, mine, note } => {
            let mut record = edition.record.clone();
            record.content.put(keys::STEPS, Value::Rows(mine));
            let shown = Edition { record, ..*edition };
            let page = page(&app, &session, &shown, Some(note)).await?;
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
    note: Option<&'static str>,
) -> Result<FlowPage, WebError> {
    let findings = findings_shown(app, edition)
        .await?
        .into_iter()
        .filter(|it| it.element.starts_with(keys::STEPS));
    Ok(FlowPage::of(app, session, edition, (findings.collect(), note)))
}

async fn save(
    app: &AppState,
    session: &Session,
    id: EditionId,
    sent: &Sent,
) -> Result<Saving, WebError> {
    let (actor, now) = (&session.actor, app.clock.now());
    let mut tx = app.store.begin().await?;
    let theirs = tx.edition_to_save(actor.scope, id).await?.ok_or(WebError::NotFound)?;
    let standard = app.standard(&theirs.record.standard);
    let base = tx.draft_at(&theirs, sent.revision).await?.map(|record| record.content);
    let there = theirs.record.content.clone();
    let seen = base.as_ref().unwrap_or(&there);
    let mine = sent.rows(seen.rows(keys::STEPS), standard);
    let refused =
        |note| Saving::Refused { edition: Box::new(theirs.clone()), mine: mine.clone(), note };
    if !theirs.is_writable() {
        return Ok(refused(
            "这一版已经不能改了，没有保存。您写的在下面；等它退回，或者公布以后变更，再写进去。",
        ));
    }
    let late = "别人同时改了这些环节，没有保存。下面是您写的；核对以后再按一次保存，就照您的。";
    let Some(base) = &base else { return Ok(refused(late)) };
    let mut content = base.clone();
    content.put(keys::STEPS, Value::Rows(mine.clone()));
    let merged = merge(base, &content, &there, standard);
    if !merged.conflicts.is_empty() {
        return Ok(refused(late));
    }
    if merged.content != there {
        let record = ItemRecord { content: merged.content, ..theirs.record.clone() };
        tx.save_over(&theirs, &record, actor.id, now).await?;
    }
    tx.at_draft(id, actor.id, now).await?;
    tx.commit().await?;
    Ok(Saving::Saved)
}

#[cfg(test)]
mod tests;
