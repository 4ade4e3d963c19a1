//! Files that officers bring: looked at, kept, and entered into the library.

use axum::extract::{DefaultBodyLimit, Multipart};
use domain::library::{Attached, LARGEST_ATTACHMENT, NotAttachable, check_attachment};
use store::NewAttachment;

use crate::{AppState, downloads::sniff, error::WebError, session::Session};

/// What a form with a file has beside the file.
const AROUND: usize = 64 << 10;

/// 刚传上来的附件。
pub(crate) struct Brought {
    pub(crate) id: i64,
    pub(crate) name: String,
    hash: String,
}

impl Brought {
    /// Returns what a row of an item holds to refer to it.
    pub(crate) fn reference(&self) -> String {
        Attached { hash: &self.hash, name: &self.name }.to_string()
    }
}

/// How much a place takes to which a file is sent.
pub(crate) fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST_ATTACHMENT + AROUND)
}

/// Takes the file of a form into the library of the officer's office, or says why it is none.
pub(crate) async fn take(
    app: &AppState,
    session: &Session,
    form: Multipart,
) -> Result<Result<Brought, NotAttachable>, WebError> {
    let (name, bytes) = match file_of(form).await? {
        Ok(file) => file,
        Err(fault) => return Ok(Err(fault)),
    };
    let media_type = sniff(&bytes);
    if let Err(fault) = check_attachment(&name, bytes.len(), media_type) {
        return Ok(Err(fault));
    }
    let size_bytes = bytes.len() as i64;
    let hash = app.files.put(bytes).await.map_err(WebError::internal)?;
    let media_type = media_type.unwrap_or_default();
    let new = NewAttachment { hash: &hash, name: &name, media_type, size_bytes };
    let mut tx = app.store.begin().await?;
    let id = tx.add_attachment(session.actor.scope, new, session.saving(app)).await?;
    tx.commit().await?;
    Ok(Ok(Brought { id, name, hash }))
}

/// Returns the file of a form, its name without the folders that some browsers send.
async fn file_of(
    mut form: Multipart,
) -> Result<Result<(String, Vec<u8>), NotAttachable>, WebError> {
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadForm)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
        return Ok(match field.bytes().await {
            Ok(bytes) => Ok((name, bytes.to_vec())),
            Err(_) => Err(NotAttachable::TooLarge),
        });
    }
    Ok(Err(NotAttachable::Empty))
}
