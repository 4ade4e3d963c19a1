//! 常用查询: a question with its columns, kept under a name by who asked it.

use axum::{extract::State, response::Response};
use domain::office::read_name;

use super::{Asked, page, typed::Typed};
use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    layout, links,
    session::SignedIn,
};

/// `POST /workbench/query/saved`
pub(super) async fn keep(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let asked = Asked::of_typed(&app, &session, Typed::of_fields(&fields)).await?;
    let name = fields.iter().find(|(key, _)| key == "name").map(|(_, name)| name.as_str());
    let (name, question) = match (read_name(name.unwrap_or_default()), &asked.question) {
        (Ok(name), Ok(question)) => (name, question.clone()),
        (name, _) => {
            let fault = name.err().map(|refusal| format!("{refusal}，没有保存"));
            let page = page(&app, &session, asked, (None, 0), fault).await?;
            return layout::refused(page);
        }
    };
    let mut tx = app.store.begin().await?;
    tx.save_query(session.actor.id, &name, &question, &asked.typed.columns).await?;
    tx.commit().await?;
    Ok(asked.typed.leading_from(links::query()).redirect())
}

/// `POST /workbench/query/saved/{query}/forget`
pub(super) async fn forget(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, WebError> {
    let mut tx = app.store.begin().await?;
    if !tx.forget_query(session.actor.id, id).await? {
        return Err(WebError::NotFound);
    }
    tx.commit().await?;
    Ok(links::query().redirect())
}
