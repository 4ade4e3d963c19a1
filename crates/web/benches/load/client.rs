//! A client that costs little: what is measured shares the processors with it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Empty};
use hyper::{
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header::{ACCEPT_ENCODING, HOST},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{Outcome, figures::Times};

#[derive(Clone)]
pub(crate) struct Request {
    path: String,
    accepted: &'static str,
}

pub(crate) struct Run {
    pub(crate) times: Times,
    n_requests: usize,
    took: Duration,
}

type Sender = SendRequest<Empty<Bytes>>;

impl Request {
    /// Asks for a page as browsers do.
    pub(crate) fn page(path: &str) -> Request {
        Request { path: path.to_owned(), accepted: "gzip" }
    }

    /// Asks for a page as it is.
    pub(crate) fn plain(path: &str) -> Request {
        Request { path: path.to_owned(), accepted: "identity" }
    }
}

impl Run {
    pub(crate) fn per_second(&self) -> f64 {
        self.n_requests as f64 / self.took.as_secs_f64()
    }
}

/// Sends all requests over so many connections, each the next when its last is answered.
pub(crate) fn run(address: &str, requests: &[Request], n_clients: usize) -> Outcome<Run> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(send_all(address, requests, n_clients))
}

/// Returns the bytes of one answer.
pub(crate) fn fetch(address: &str, request: &Request) -> Outcome<Bytes> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { answer(&mut connect(address).await?, address, request).await })
}

async fn send_all(address: &str, requests: &[Request], n_clients: usize) -> Outcome<Run> {
    let left: Arc<Mutex<VecDeque<Request>>> = Arc::new(Mutex::new(requests.to_vec().into()));
    let mut senders = Vec::with_capacity(n_clients);
    for _ in 0..n_clients {
        senders.push(connect(address).await?);
    }
    let started = Instant::now();
    let clients = senders.into_iter().map(|mut sender| {
        let (left, address) = (left.clone(), address.to_owned());
        tokio::spawn(async move {
            let mut times = Times::default();
            while let Some(request) = left.lock().ok().and_then(|mut it| it.pop_front()) {
                let asked = Instant::now();
                answer(&mut sender, &address, &request).await?;
                times.add(asked.elapsed());
            }
            Outcome::Ok(times)
        })
    });
    let clients: Vec<_> = clients.collect();
    let mut times = Times::default();
    for client in clients {
        times.append(client.await??);
    }
    Ok(Run { times, n_requests: requests.len(), took: started.elapsed() })
}

async fn connect(address: &str) -> Outcome<Sender> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn answer(sender: &mut Sender, address: &str, request: &Request) -> Outcome<Bytes> {
    sender.ready().await?;
    let asked = hyper::Request::get(&request.path).header(HOST, address);
    let asked = asked.header(ACCEPT_ENCODING, request.accepted).body(Empty::new())?;
    let response = sender.send_request(asked).await?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("{} was answered with {status}", request.path).into());
    }
    Ok(response.into_body().collect().await?.to_bytes())
}

/// Writes a word as it stands in an address.
pub(crate) fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
