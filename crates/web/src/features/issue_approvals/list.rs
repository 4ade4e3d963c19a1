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
    session::SignedIn,
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
    let item = match query.number("item")? {
        None => None,
        Some(id) => {
            let editions = app.store.editions_of(scope, ItemId(id)).await?;
            let newest = editions.last().ok_or(WebError::NotFound)?;
            Some((ItemId(id), newest.record.name().to_owned()))
        }
    };
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
    let templates = match (approvals::may_act(&session), &item) {
        (false, _) => Vec::new(),
        (true, None) => app.store.approval_templates_in_use(scope, MOST_OFFERED).await?,
        (true, Some((item, _))) => {
            let all = app.store.approval_templates(scope, *item).await?;
            all.into_iter().filter(|it| it.retired_at.is_none()).collect()
        }
    };
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
