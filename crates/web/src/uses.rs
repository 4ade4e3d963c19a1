//! What uses an entry of a library: the items in an officer's scope that name it.

use domain::{edition::Edition, library::Shelf};
use store::{Found, QueryKey};

use crate::{
    AppState,
    error::WebError,
    extract::Query,
    links::{self, Link},
    session::Session,
};

/// Items shown on one page.
const A_PAGE: usize = 30;

/// 用到一条的事项，一页。
pub(crate) struct Uses {
    pub(crate) items: Vec<Use>,
    pub(crate) more: Option<Link>,
}

/// 用到它的一个事项。
pub(crate) struct Use {
    pub(crate) link: Link,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) body: String,
    pub(crate) state: String,
    /// What the page says of it beside.
    pub(crate) note: &'static str,
}

impl Uses {
    /// Reads the page that the address asks for; `note` says a word about an item.
    pub(crate) async fn read(
        app: &AppState,
        session: &Session,
        (shelf, entry): (Shelf, &str),
        (here, query): (Link, &Query),
        note: impl Fn(&Found) -> &'static str,
    ) -> Result<Uses, WebError> {
        let after = query.first("after").and_then(QueryKey::parse);
        let found = app.store.using(session.actor.scope, shelf, entry, after, A_PAGE).await?;
        let (found, next) = found;
        let items = found.iter().map(|it| Use::of(app, it, note(it))).collect();
        Ok(Uses { items, more: next.map(|key| here.with("after", &key.to_text())) })
    }
}

impl Use {
    fn of(app: &AppState, found: &Found, note: &'static str) -> Use {
        let Edition { record, state, desk, .. } = found.working().unwrap_or(&found.current);
        Use {
            link: links::item(&found.item),
            name: record.name().to_owned(),
            code: record.code.clone().unwrap_or_default(),
            body: record.body.name.clone(),
            state: app.standard(&record.standard).state_word(*state, desk.as_deref()).to_owned(),
            note,
        }
    }
}
