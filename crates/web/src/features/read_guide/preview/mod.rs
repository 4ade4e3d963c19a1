//! 预览: an edition that is not published, as the public would be shown it today. It is drawn for
//! the officer who asks and kept nowhere.

#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use domain::{calendar::Calendar, item::EditionId, people::Role, publication::PublicItem};

use super::{
    FilesAt, Page, area_of,
    guide::{Days, Guide},
    versions,
};
use crate::{
    AppState,
    error::WebError,
    extract::Path,
    layout::{self, Shell},
    links::{self, Link},
    session::SignedIn,
    words,
};

/// 预览的是哪一版。
pub(super) struct Preview {
    /// 第 2 版，录入
    pub(super) title: String,
    pub(super) back: Link,
    pub(super) edit: Option<Link>,
}

/// `GET /workbench/editions/{edition}/preview`
pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let edition = app.store.edition_within(session.actor.scope, EditionId(id)).await?;
    // One that stops the item changes nothing of its guide.
    let edition = edition.filter(|it| !it.operation.stops()).ok_or(WebError::NotFound)?;
    let (standard, today) = (app.standard(&edition.record.standard), app.clock.today());
    let item = PublicItem::of(&edition, standard, today);
    let history = match &edition.record.code {
        Some(code) => app.store.public_history(code).await?,
        None => Vec::new(),
    };
    let state = standard.state_word(edition.state, edition.desk.as_deref());
    let may_write = edition.is_writable() && session.actor.has(&Role::Editor);
    let page = Page {
        shell: Shell::new(&app, area_of(&item))?.with_icons(vec![layout::icon("printer")]),
        as_of: None,
        preview: Some(Preview {
            title: format!("第 {}，{state}", words::counted(edition.number, "版")),
            back: links::item(&edition.item),
            edit: may_write.then(|| links::edit(&edition.id)),
        }),
        canonical: None,
        guide: Guide::of(&item, standard, Days::of(today), Calendar::shipped()),
        files: FilesAt::Edition(edition.id),
        versions: versions(edition.record.code.as_deref().unwrap_or_default(), &history),
        printed_on: words::full_date(today),
        forms: None,
    };
    let never_kept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((never_kept, Html(page.render()?)).into_response())
}
