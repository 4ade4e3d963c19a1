//! How the site ends.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

use crate::{Listeners, serve, testkit::Site};

/// A site that is being served, and a request to it of which only the half has come.
struct Served {
    request: TcpStream,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn with_half_a_request(patience: Duration) -> Served {
    let site = Site::start().await;
    let public = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = public.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(async move {
        let listeners = Listeners { public, operators: None };
        serve(listeners, site.state.clone(), patience, async { stopped.await.unwrap() }).await
    });
    let mut request = TcpStream::connect(address).await.unwrap();
    request.write_all(b"GET /healthz HTTP/1.1\r\nHost: a.test\r\n").await.unwrap();
    // Connections are taken in their order: once this one is answered, so was the other taken.
    let mut other = TcpStream::connect(address).await.unwrap();
    other.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await.unwrap();
    other.read_to_end(&mut Vec::new()).await.unwrap();
    Served { request, stop, ended }
}

#[tokio::test]
async fn a_request_that_runs_is_answered_before_the_end() {
    let Served { mut request, stop, ended } = with_half_a_request(Duration::from_secs(60)).await;
    stop.send(()).unwrap();
    tokio::task::yield_now().await;
    assert!(!ended.is_finished());
    request.write_all(b"\r\n").await.unwrap();
    let mut answer = String::new();
    request.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_site_for_ever() {
    let Served { request, stop, ended } = with_half_a_request(Duration::ZERO).await;
    stop.send(()).unwrap();
    ended.await.unwrap().unwrap();
    drop(request);
}
