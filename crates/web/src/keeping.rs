//! 登记: entries that officers keep one by one (places, systems, help documents): the blank
//! form, what is added, corrected, and corrected too late.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
};
use serde::{Deserialize, de::DeserializeOwned};
use store::{Keepable, Kept, StoreError};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{Bench, Room, refused},
    links::{self, Link},
    session::{Session, SignedIn},
};

/// What is an entry's own of the pages that all share.
pub(crate) trait Keeping: Keepable + 'static {
    /// What is typed of it, as it was typed.
    type Draft: Default + DeserializeOwned + Send;
    /// What is wrong with it.
    type Faults: Default + Send;

    const ROOM: Room;
    /// What a page that sent for a new one is told its number as.
    const NAME: &'static str;

    fn to_draft(self) -> Self::Draft;
    fn of_draft(draft: &Self::Draft) -> Result<Self, Self::Faults>;
    fn link(id: i64) -> Link;
    fn page(bench: Bench, form: Editing<Self>) -> impl Template;
}

/// 登记或者更正的表单。
pub(crate) struct Editing<T: Keeping> {
    /// Which entry is corrected; none where it is a new one.
    pub(crate) id: Option<i64>,
    pub(crate) draft: T::Draft,
    /// The revision that the form shows.
    pub(crate) revision: i64,
    /// The page that sent for a new one, if one did.
    pub(crate) back: String,
    pub(crate) faults: T::Faults,
    /// Somebody saved since the form was opened.
    pub(crate) is_late: bool,
}

/// What a form sends.
#[derive(Deserialize)]
#[serde(bound = "D: DeserializeOwned")]
pub(crate) struct Typed<D> {
    #[serde(default)]
    pub(crate) revision: i64,
    #[serde(default)]
    pub(crate) back: String,
    #[serde(flatten)]
    pub(crate) draft: D,
}

pub(crate) async fn blank<T: Keeping>(
    State(app): State<AppState>,
    session: SignedIn,
    query: Query,
) -> Result<Html<String>, WebError> {
    let back = query.first("back").unwrap_or_default().to_owned();
    let typed = Typed { revision: 0, back, draft: T::Draft::default() };
    let bench = Bench::new(&app, &session, T::ROOM);
    Ok(Html(T::page(bench, Editing::of(None, typed)).render()?))
}

pub(crate) async fn submit<T: Keeping>(
    State(app): State<AppState>,
    session: SignedIn,
    Form(typed): Form<Typed<T::Draft>>,
) -> Result<Response, WebError> {
    let back = typed.back.clone();
    let entry = match T::of_draft(&typed.draft) {
        Ok(entry) => entry,
        Err(faults) => {
            return again(&app, &session, Editing { faults, ..Editing::<T>::of(None, typed) });
        }
    };
    let mut tx = app.store.begin().await?;
    let id = tx.keep::<T>(session.actor.scope, &entry, session.saving(&app)).await?;
    tx.commit().await?;
    Ok(links::way_on(&back, (T::NAME, id), T::link(id)).redirect())
}

pub(crate) async fn edit<T: Keeping>(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = own::<T>(&app, &session, id).await?;
    let (revision, back) = (kept.revision, String::new());
    let typed = Typed { revision, back, draft: kept.entry.to_draft() };
    let bench = Bench::new(&app, &session, T::ROOM);
    Ok(Html(T::page(bench, Editing::of(Some(id), typed)).render()?))
}

pub(crate) async fn save<T: Keeping>(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(typed): Form<Typed<T::Draft>>,
) -> Result<Response, WebError> {
    let kept = own::<T>(&app, &session, id).await?;
    let entry = match T::of_draft(&typed.draft) {
        Ok(entry) => entry,
        Err(faults) => {
            return again(&app, &session, Editing { faults, ..Editing::<T>::of(Some(id), typed) });
        }
    };
    let (now, old) = (kept.revision, Kept { revision: typed.revision, ..kept });
    let mut tx = app.store.begin().await?;
    match tx.correct::<T>(&old, &entry, session.saving(&app)).await {
        Ok(()) => tx.commit().await?,
        Err(StoreError::Stale { .. }) => {
            drop(tx);
            return late::<T>(&app, &session, id, Typed { revision: now, ..typed });
        }
        Err(error) => return Err(error.into()),
    }
    Ok(T::link(id).redirect())
}

/// What was typed stays; saved once more it goes over what the other one wrote.
pub(crate) fn late<T: Keeping>(
    app: &AppState,
    session: &Session,
    id: i64,
    typed: Typed<T::Draft>,
) -> Result<Response, WebError> {
    again::<T>(app, session, Editing { is_late: true, ..Editing::<T>::of(Some(id), typed) })
}

pub(crate) async fn visible<T: Keeping>(
    app: &AppState,
    session: &Session,
    id: i64,
) -> Result<Kept<T>, WebError> {
    app.store.kept_one(session.actor.scope, id).await?.ok_or(WebError::NotFound)
}

/// What is kept for more than the officer's own scope is not theirs to change.
pub(crate) async fn own<T: Keeping>(
    app: &AppState,
    session: &Session,
    id: i64,
) -> Result<Kept<T>, WebError> {
    let kept = visible(app, session, id).await?;
    if kept.is_own { Ok(kept) } else { Err(WebError::NotFound) }
}

fn again<T: Keeping>(
    app: &AppState,
    session: &Session,
    form: Editing<T>,
) -> Result<Response, WebError> {
    refused(T::page(Bench::new(app, session, T::ROOM), form))
}

impl<T: Keeping> Editing<T> {
    fn of(id: Option<i64>, typed: Typed<T::Draft>) -> Editing<T> {
        let Typed { revision, back, draft } = typed;
        Editing { id, draft, revision, back, faults: T::Faults::default(), is_late: false }
    }
}
