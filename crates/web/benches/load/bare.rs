//! The limit of guide pages: the same bytes, sent by a handler that does nothing else.

use std::{fs, path::Path, sync::Arc};

use axum::{Router, http::header, response::IntoResponse, routing::get};

use crate::Outcome;

pub(crate) fn serve(folder: &Path) -> Outcome<()> {
    let n_pages = fs::read_dir(folder)?.count();
    let read = |at: usize| Ok(axum::body::Bytes::from(fs::read(folder.join(at.to_string()))?));
    let pages: Arc<[axum::body::Bytes]> = (0..n_pages).map(read).collect::<Outcome<_>>()?;
    let page = move |request: axum::extract::Request| async move {
        let number = request.uri().path().rsplit('/').next().and_then(|it| it.parse().ok());
        let page = pages[number.unwrap_or(0_usize) % pages.len()].clone();
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        Ok(axum::serve(listener, Router::new().route("/items/{number}", get(page))).await?)
    })
}
