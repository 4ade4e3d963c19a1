//! 退出.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::IntoResponse,
    routing::post,
};

use crate::{
    AppState,
    error::WebError,
    links,
    map::{Map, Who},
    session::{self, Token},
};

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench/sign-out", Who::Officer(&[]), post(submit))
}

/// Pages that the browser keeps for its back button go too.
const FORGET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

async fn submit(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, WebError> {
    if let Some(token) = Token::of(&headers) {
        let mut tx = app.store.begin().await?;
        tx.end_session(&token.hash()).await?;
        tx.commit().await?;
    }
    let gone = [(header::SET_COOKIE, session::no_cookie()), FORGET];
    Ok((gone, links::sign_in().redirect()))
}

#[cfg(test)]
mod tests {
    use crate::testkit::Site;

    #[tokio::test]
    async fn who_signed_out_is_out_in_every_tab() {
        let site = Site::start().await;
        let clerk = site.signs_in("wsmz-01").await;
        assert_eq!(clerk.get("/workbench/password").await.status, 200);
        let out = clerk.post("/workbench/sign-out", &[]).await;
        assert_eq!((out.status, out.header("location")), (303, "/sign-in"));
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(clerk.get("/workbench/password").await.status, 303);
    }
}
