//! 从文库填: a row of a draft is filled from what is kept once for all.

mod laws;
mod pages;
mod places;

use askama::Template;
use axum::{
    extract::{Multipart, State},
    response::{Html, IntoResponse, Response},
};
use domain::{
    content::{Content, Row, Value},
    edition::Edition,
    item::EditionId,
    library::Attached,
    standard::Standard,
};
use serde::Deserialize;

use self::pages::{Around, FilesPage};
use super::{
    answer,
    gap::{Gap, Library},
    page::Draft,
    save::{Saving, save},
};
use crate::{
    AppState, editions,
    error::WebError,
    extract::{Form, Path, Query},
    layout::{self, Bench, Room},
    links,
    session::{Session, SignedIn},
    uploads,
};

/// Entries of a library that are shown at once.
const A_PAGE: usize = 50;

/// What was chosen, of which place of the draft.
#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(flatten)]
    gap: Gap,
    /// The revision that the person saw.
    revision: i64,
    /// Which entry, in the words of its library.
    entry: String,
}

/// A place of a draft, and the draft while it may be written.
struct Asked<'a> {
    app: &'a AppState,
    session: &'a Session,
    edition: Edition,
    gap: Gap,
}

pub(super) async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
) -> Result<Response, WebError> {
    let gap = Gap::of(&query);
    let asked = Asked::read(&app, &session, EditionId(id), gap).await?;
    let library = asked.gap.library().filter(|_| asked.edition.is_writable());
    let html = match library {
        Some(Library::Laws) => laws::page(&asked, &query).await?,
        Some(Library::Places) => places::page(&asked, &query).await?,
        Some(Library::Files) => files_page(&asked, &query, String::new()).await?.render()?,
        // There is nothing to be filled; the editor says how the draft stands.
        None => {
            return Ok(links::edit(&asked.edition.id).redirect());
        }
    };
    Ok(Html(html).into_response())
}

pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, WebError> {
    let asked = Asked::read(&app, &session, EditionId(id), chosen.gap).await?;
    let (revision, entry) = (chosen.revision, chosen.entry.as_str());
    let saving = match asked.gap.library().ok_or(WebError::NotFound)? {
        Library::Laws => laws::put(&asked, revision, entry).await?,
        Library::Places => places::put(&asked, revision, entry).await?,
        Library::Files => {
            let number = entry.parse().map_err(|_| WebError::NotFound)?;
            let file = app.store.attachment(session.actor.scope, number).await?;
            let file = file.ok_or(WebError::NotFound)?;
            let reference = Attached { hash: &file.hash, name: &file.name }.to_string();
            asked
                .puts(revision, &[reference], |text, row| hold(&asked.gap.field, text, row))
                .await?
        }
    };
    answer(&app, &session, asked.edition.id, saving).await
}

/// `POST /workbench/editions/{edition}/fill/upload`
///
/// A file is brought into the library, and stands in the draft at once.
pub(super) async fn upload(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    query: Query,
    form: Multipart,
) -> Result<Response, WebError> {
    let asked = Asked::read(&app, &session, EditionId(id), Gap::of(&query)).await?;
    let is_file = asked.gap.library() == Some(Library::Files);
    let revision = query.number("revision")?.filter(|_| is_file).ok_or(WebError::NotFound)?;
    let brought = match uploads::take(&app, &session, form).await? {
        Ok(brought) => brought.reference(),
        Err(fault) => {
            return layout::refused(files_page(&asked, &query, fault.to_string()).await?);
        }
    };
    let field = &asked.gap.field;
    let saving = asked.puts(revision, &[brought], |text, row| hold(field, text, row)).await?;
    answer(&app, &session, asked.edition.id, saving).await
}

fn hold(field: &str, reference: &str, row: &mut Row) {
    row.fields.insert(field.to_owned(), Value::Text(reference.to_owned()));
}

async fn files_page(
    asked: &Asked<'_>,
    query: &Query,
    fault: String,
) -> Result<FilesPage, WebError> {
    let words = query.first("q").unwrap_or_default();
    let (store, scope) = (&asked.app.store, asked.session.actor.scope);
    let mut files = store.attachments(scope, words, None, A_PAGE as i64 + 1).await?;
    let has_more = files.len() > A_PAGE;
    files.truncate(A_PAGE);
    let around = asked.around(words);
    let upload = asked.gap.on(links::fill_upload(&asked.edition.id, &asked.session.csrf));
    let upload = upload.with("revision", &asked.edition.revision.to_string());
    Ok(FilesPage { bench: asked.bench(), around, files, has_more, upload, fault })
}

impl<'a> Asked<'a> {
    /// Reads the draft, if it lies within the officer's scope.
    async fn read(
        app: &'a AppState,
        session: &'a Session,
        id: EditionId,
        gap: Gap,
    ) -> Result<Asked<'a>, WebError> {
        let edition = editions::visible(app, session, id).await?;
        Ok(Asked { app, session, edition, gap })
    }

    /// Returns the row that is filled, as it stands.
    fn row(&self) -> Option<&Row> {
        self.edition.record.content.rows(&self.gap.list).iter().find(|it| it.id == self.gap.row)
    }

    fn bench(&self) -> Bench {
        Bench::new(self.app, self.session, Room::Items)
    }

    fn around(&self, words: &str) -> Around {
        let standard = self.app.standard(&self.edition.record.standard);
        let draft = Draft::of(&self.edition, standard);
        Around::of(draft, &self.gap, self.row(), (words, standard))
    }

    async fn puts<T>(
        &self,
        revision: i64,
        given: &[T],
        fill: impl Fn(&T, &mut Row),
    ) -> Result<Saving, WebError> {
        let at = (self.edition.id, revision);
        let write = |base: &Content, _: &Standard| self.gap.filled(base, given, fill);
        save(self.app, self.session, at, write).await
    }
}

#[cfg(test)]
mod tests;
