//! 编辑: a draft is written, element by element as its standard asks, and saved all the time.

mod around;
mod conflict;
mod fill;
mod gap;
mod page;
mod restore;
mod rows;
mod save;
mod sent;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    content::Content,
    edition::Edition,
    item::{EditionId, ItemRecord},
    people::{Duty, OfficerId},
    standard::Standard,
};

use self::{
    around::{remarks, status},
    conflict::ConflictPage,
    page::{At, Draft, EditPage, Note, Parts, Subject, compare, field_id},
    rows::row_id,
    save::Saving,
    sent::{Done, Next, Sent},
};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{self, Bench, Room},
    links::{self, Link},
    map::{Map, Who},
    refusals,
    session::{Session, SignedIn},
    uploads,
    workflow::findings_shown,
};

const WHO: Who = Who::Officer(&[Duty::Editor]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/editions/{edition}/edit", WHO, get(show).post(submit));
    let map = map.place("/workbench/editions/{edition}/save", WHO, post(autosave));
    let methods = get(restore::show).post(restore::submit);
    let map = map.place("/workbench/editions/{edition}/saves", WHO, methods);
    let map =
        map.place("/workbench/editions/{edition}/fill", WHO, get(fill::show).post(fill::submit));
    let upload = post(fill::upload).layer(uploads::limit());
    map.place("/workbench/editions/{edition}/fill/upload", WHO, upload)
}

/// Icons of the editor beside those of the frame.
const ICONS: &[&str] = &[
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-narrow-down",
    "arrow-narrow-up",
    "books",
    "chevron-right",
    "circle",
    "circle-check",
    "cloud-check",
    "copy",
    "grip-vertical",
    "lock",
    "pencil",
    "plus",
    "question-mark",
    "trash",
];

/// What a script is told whose save could not be taken.
#[derive(Template)]
#[template(path = "edit_item/late.html")]
struct Late {
    is_closed: bool,
    /// Which files are not the person's to use.
    foreign: Option<String>,
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Html<String>, WebError> {
    let id = EditionId(id);
    let edition = editions::visible(&app, &session, id).await?;
    if edition.is_writable() {
        note_presence(&app, id, session.actor.id);
    }
    let at = At { element: query.first("open"), row: query.first("row") };
    let page = edit_page(&app, &session, &edition, at, note(&query)).await?;
    Ok(Html(page.render()?))
}

/// Notes that an officer is at a draft, beside the answer: who only opens a page does not wait
/// for whoever writes at length.
fn note_presence(app: &AppState, id: EditionId, officer: OfficerId) {
    let (store, now) = (app.store.clone(), app.clock.now());
    tokio::spawn(async move {
        let noting = async {
            let mut tx = store.begin().await?;
            tx.at_draft(id, officer, now).await?;
            tx.commit().await
        };
        if let Err(error) = noting.await {
            tracing::warn!(edition.id = id.0, %error, "who is at a draft was not noted");
        }
    });
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
    let write = |base: &Content, standard: &Standard| sent.laid_over(base, standard);
    let saving = save::save(&app, &session, (id, sent.revision), write).await?;
    answer(&app, &session, id, saving).await
}

/// Leads on from a save, or shows what stands against it with all that was written.
async fn answer(
    app: &AppState,
    session: &Session,
    id: EditionId,
    saving: Saving,
) -> Result<Response, WebError> {
    match saving {
        Saving::Saved { edition, done, .. } => Ok(way_on(&edition, &done).redirect()),
        Saving::Late { theirs, mine, conflicts } => {
            let status = status(app, session, id).await?;
            let standard = app.standard(&theirs.record.standard);
            let bench = Bench::new(app, session, Room::Items);
            let told = (status, standard);
            let page = ConflictPage::of(bench, &theirs, &mine, &conflicts, told);
            layout::answer(StatusCode::CONFLICT, page)
        }
        Saving::Foreign { edition, mine, names } => {
            let text = format!("没有保存：{}。", refusals::of_foreign(&names));
            let told = (StatusCode::UNPROCESSABLE_ENTITY, text);
            unsaved(app, session, &edition, mine, told).await
        }
        // What was typed into an edition that is on its way already is to be taken elsewhere.
        Saving::Closed { edition, mine } => {
            let text = "这一版已经不能改了，没有保存。您写的在下面；等它退回，\
                        或者公布以后变更，再写进去。";
            unsaved(app, session, &edition, mine, (StatusCode::CONFLICT, text.to_owned())).await
        }
    }
}

/// Saves what the script sends, and answers with what of the page is new.
async fn autosave(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let id = EditionId(id);
    let Some(sent) = Sent::read(fields) else {
        return Err(editions::unreadable(&app, &session, id).await);
    };
    let late =
        |is_closed, foreign| layout::answer(StatusCode::CONFLICT, Late { is_closed, foreign });
    let write = |base: &Content, standard: &Standard| sent.laid_over(base, standard);
    let saving = save::save(&app, &session, (id, sent.revision), write).await?;
    let (edition, news) = match saving {
        Saving::Saved { edition, news, .. } => (edition, news),
        Saving::Late { .. } => return late(false, None),
        Saving::Foreign { names, .. } => return late(false, Some(refusals::of_foreign(&names))),
        Saving::Closed { .. } => return late(true, None),
    };
    let standard = app.standard(&edition.record.standard);
    let findings = findings_shown(&app, &edition).await?;
    let remarks = remarks(&app, &edition).await?;
    let (record, at) = (&edition.record, At::default());
    let (findings, remarks) = (&findings[..], &remarks[..]);
    let subject = Subject { edition: id, record, standard, findings, remarks, is_open: true, at };
    let changed = news.iter().filter_map(|key| standard.element(key));
    let parts = Parts {
        draft: Draft::of(&edition, standard),
        status: status(&app, &session, id).await?,
        summary: subject.summary(),
        elsewhere: subject.elsewhere(),
        found: subject.found(),
        changed: changed.map(|element| subject.field(element)).collect(),
    };
    Ok(Html(parts.render()?).into_response())
}

async fn edit_page(
    app: &AppState,
    session: &Session,
    edition: &Edition,
    at: At<'_>,
    note: Option<Note>,
) -> Result<EditPage, WebError> {
    let standard = app.standard(&edition.record.standard);
    let findings = findings_shown(app, edition).await?;
    let remarks = remarks(app, edition).await?;
    let is_open = edition.is_writable();
    let (record, findings, remarks) = (&edition.record, &findings[..], &remarks[..]);
    let subject = Subject { edition: edition.id, record, standard, findings, remarks, is_open, at };
    Ok(EditPage {
        bench: Bench::new(app, session, Room::Items).with_icons(ICONS),
        draft: Draft::of(edition, standard),
        status: status(app, session, edition.id).await?,
        summary: subject.summary(),
        sections: subject.sections(),
        elsewhere: subject.elsewhere(),
        remarks: subject.remarks_on(None),
        note,
    })
}

/// Shows what was typed and could not be saved, and why.
async fn unsaved(
    app: &AppState,
    session: &Session,
    edition: &Edition,
    mine: Content,
    (status, text): (StatusCode, String),
) -> Result<Response, WebError> {
    let record = ItemRecord { content: mine, ..edition.record.clone() };
    let written = Edition { record, ..edition.clone() };
    let note = Note { is_bad: true, text };
    let page = edit_page(app, session, &written, At::default(), Some(note)).await?;
    layout::answer(status, page)
}

fn way_on(edition: &Edition, done: &Done) -> Link {
    match &done.next {
        Some(Next::Item) => links::item(&edition.item),
        Some(Next::Preview) => links::preview(&edition.id),
        Some(Next::Compare) => compare(edition),
        Some(Next::Fill(gap)) => gap.link(&edition.id),
        None => way_back(edition.id, done),
    }
}

fn way_back(id: EditionId, done: &Done) -> Link {
    let Some(key) = &done.element else { return links::edit(&id) };
    let link = links::edit(&id).with("open", key).with("row", done.row.as_deref().unwrap_or(""));
    let link = match &done.pasted {
        Some((n, left_out)) => {
            link.with("pasted", &n.to_string()).with("left", &left_out.join("、"))
        }
        None => link,
    };
    let place = done.row.as_ref().map_or_else(|| field_id(key), |row| row_id(key, row));
    link.at(&place)
}

fn note(query: &Query) -> Option<Note> {
    if query.first("restored").is_some() {
        return Some(Note {
            is_bad: false,
            text: "已恢复。恢复以前的样子也留着，在历次保存里。".into(),
        });
    }
    let n = query.first("pasted")?;
    let text = match (n, query.first("left")) {
        ("0", None) => "没有可以粘贴的行。".to_owned(),
        (n, None) => format!("粘贴了 {n} 行，排在最后。"),
        (n, Some(left)) => {
            format!("粘贴了 {n} 行，排在最后。这些列没有地方放，没有带进来：{left}。")
        }
    };
    Some(Note { is_bad: false, text })
}

#[cfg(test)]
mod tests;
