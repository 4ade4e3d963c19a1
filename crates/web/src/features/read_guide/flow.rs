//! The drawing of an item's flow, as it was published; now, or as it was shown on a day (`?on=`).
//!
//! A publication holds posts and no persons, so neither does the drawing.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use documents::write::{flow_of, flow_svg};
use domain::publication::Notice;

use crate::{
    AppState,
    error::WebError,
    extract::{Path, Query},
};

/// `GET /items/{code}/flow.svg`
pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    query: Query,
) -> Result<Response, WebError> {
    query.only(&["on"])?;
    let history = app.store.public_history(&code).await?;
    let past = match query.day("on")? {
        Some(day) => history.iter().find(|it| it.shown.contains(day)),
        None => history.first(),
    };
    let Some(Notice::Published(item)) = past.map(|it| &it.notice) else {
        return Err(WebError::NotFound);
    };
    let flow = flow_of(&item.item).ok_or(WebError::NotFound)?;
    let svg = flow_svg(&flow, &format!("{}流程图", item.item.name()));
    let kind = HeaderValue::from_static("image/svg+xml");
    Ok(([(header::CONTENT_TYPE, kind)], svg).into_response())
}
