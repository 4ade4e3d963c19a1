//! A client that costs little: what is measured shares the processors with it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Method, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
    header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, runtime::Runtime};

use crate::{Outcome, figures::Times};

#[derive(Clone)]
pub(crate) struct Request {
    path: String,
    accepted: &'static str,
    /// The fields of a form, where one is sent.
    form: Option<String>,
    cookie: String,
}

pub(crate) struct Run {
    pub(crate) times: Times,
    n_requests: usize,
    took: Duration,
}

/// A connection over which one thing is asked after the other.
pub(crate) struct Connection {
    runtime: Runtime,
    sender: Sender,
    address: String,
}

type Sender = SendRequest<Full<Bytes>>;

impl Request {
    /// Asks for a page as browsers do.
    pub(crate) fn page(path: &str) -> Request {
        Request { accepted: "gzip", ..Request::plain(path) }
    }

    /// Asks for a page as it is.
    pub(crate) fn plain(path: &str) -> Request {
        let (path, cookie) = (path.to_owned(), String::new());
        Request { path, accepted: "identity", form: None, cookie }
    }

    /// Sends a form as browsers do.
    pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> Request {
        let mut form = form_urlencoded::Serializer::new(String::new());
        Request { form: Some(form.extend_pairs(fields).finish()), ..Request::page(path) }
    }

    /// The same, by an officer who is signed in.
    pub(crate) fn by(self, cookie: &str) -> Request {
        Request { cookie: cookie.to_owned(), ..self }
    }
}

impl Connection {
    pub(crate) fn open(address: &str) -> Outcome<Connection> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let sender = runtime.block_on(connect(address))?;
        Ok(Connection { runtime, sender, address: address.to_owned() })
    }

    /// Returns the bytes of an answer.
    pub(crate) fn ask(&mut self, request: &Request) -> Outcome<Bytes> {
        self.runtime.block_on(answer(&mut self.sender, &self.address, request))
    }

    /// Signs an officer in, and returns the cookie of the session.
    pub(crate) fn sign_in(&mut self, account: &str, password: &str) -> Outcome<String> {
        self.runtime.block_on(sign_in(&mut self.sender, &self.address, (account, password)))
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
    Connection::open(address)?.ask(request)
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

pub(crate) async fn connect(address: &str) -> Outcome<Sender> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// Returns the bytes of a page that is there.
pub(crate) async fn answer(
    sender: &mut Sender,
    address: &str,
    request: &Request,
) -> Outcome<Bytes> {
    let response = send(sender, address, request).await?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("{} was answered with {status}", request.path).into());
    }
    Ok(response.into_body().collect().await?.to_bytes())
}

/// Signs an officer in, and returns the cookie of the session.
pub(crate) async fn sign_in(
    sender: &mut Sender,
    address: &str,
    (account, password): (&str, &str),
) -> Outcome<String> {
    let form = Request::form("/sign-in", &[("account", account), ("password", password)]);
    let response = send(sender, address, &form).await?;
    let cookie = response.headers().get(SET_COOKIE).and_then(|it| it.to_str().ok());
    let cookie = cookie.and_then(|it| it.split(';').next()).map(str::to_owned);
    let (status, cookie) = (response.status(), cookie.filter(|it| !it.is_empty()));
    response.into_body().collect().await?;
    match cookie {
        Some(cookie) if status == StatusCode::SEE_OTHER => Ok(cookie),
        _ => Err(format!("{account} was not signed in: {status}").into()),
    }
}

async fn send(
    sender: &mut Sender,
    address: &str,
    request: &Request,
) -> Outcome<hyper::Response<Incoming>> {
    sender.ready().await?;
    let method = if request.form.is_some() { Method::POST } else { Method::GET };
    let mut asked = hyper::Request::builder().method(method).uri(&request.path);
    asked = asked.header(HOST, address).header(ACCEPT_ENCODING, request.accepted);
    if !request.cookie.is_empty() {
        asked = asked.header(COOKIE, &request.cookie);
    }
    if request.form.is_some() {
        asked = asked.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let body = Full::from(request.form.clone().unwrap_or_default());
    Ok(sender.send_request(asked.body(body)?).await?)
}

/// Writes a word as it stands in an address.
pub(crate) fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
