use askama::Template;
use axum::{extract::State, response::Html};
use domain::item::ItemId;
use store::{Approval, ApprovalFilter, ApprovalTemplate};

use crate::{
    AppState, approvals,
    error::WebError,
    extract::Query,
    layout::{Bench, Room},
    links::{self, Link},
    session::{Session, SignedIn},
};

/// Documents shown on one page.
const A_PAGE: i64 = 50;

/// Templates offered beside the list; an office has a few.
const MOST_OFFERED: i64 = 100;

#[derive(Template)]
#[template(path = "issue_approvals/list.html")]
struct ListPage {
    bench: Bench,
    approvals: Vec<Approval>,
    /// The item that the list is of, by id and name.
    item: Option<(ItemId, String)>,
    words: String,
    from: String,
    until: String,
    state: String,
    is_filtered: bool,
    more: Option<Link>,
    /// What can be issued, for those who may.
    templates: Vec<ApprovalTemplate>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let scope = session.actor.scope;
    let word = |key: &str| query.first(key).unwrap_or_default().to_owned();
    let item = item_asked(&app, &session, &query).await?;
    let words = word("q");
    let state = word("state");
    let filter = ApprovalFilter {
        words: &words,
        item: item.as_ref().map(|(id, _)| *id),
        from: query.day("from")?,
        until: query.day("until")?,
        is_void: match state.as_str() {
            "void" => Some(true),
            "valid" => Some(false),
            _ => None,
        },
        before: query.number("before")?,
    };
    let issued = app.store.approvals(scope, &filter, A_PAGE).await?;
    let last = issued.last().filter(|_| issued.len() as i64 == A_PAGE).map(|it| it.id.0);
    let more = last.map(|id| {
        let link = links::approvals().with("q", &words).with("state", &state);
        let link = link.with("from", &word("from")).with("until", &word("until"));
        link.with("item", &word("item")).with("before", &id.to_string())
    });
    let is_filtered = filter != ApprovalFilter { item: filter.item, ..ApprovalFilter::default() };
    let templates = offered(&app, &session, filter.item).await?;
    let page = ListPage {
        bench: Bench::new(&app, &session, Room::Approvals),
        approvals: issued,
        item,
        from: word("from"),
        until: word("until"),
        words,
        state,
        is_filtered,
        more,
        templates,
    };
    Ok(Html(page.render()?))
}

async fn item_asked(
    app: &AppState,
    session: &Session,
    query: &Query,
) -> Result<Option<(ItemId, String)>, WebError> {
    let Some(id) = query.number("item")?.map(ItemId) else { return Ok(None) };
    let editions = app.store.editions_of(session.actor.scope, id).await?;
    let newest = editions.last().ok_or(WebError::NotFound)?;
    Ok(Some((id, newest.record.name().to_owned())))
}

/// Returns the templates from which the officer may issue: those of an item, or of all.
async fn offered(
    app: &AppState,
    session: &Session,
    item: Option<ItemId>,
) -> Result<Vec<ApprovalTemplate>, WebError> {
    let (store, scope) = (&app.store, session.actor.scope);
    if !approvals::may_act(session) {
        return Ok(Vec::new());
    }
    let Some(item) = item else {
        return Ok(store.approval_templates_in_use(scope, MOST_OFFERED).await?);
    };
    let all = store.approval_templates(scope, item).await?;
    Ok(all.into_iter().filter(|it| it.retired_at.is_none()).collect())
}
