//! 登录: who is signed in, and the gate before every place of the workbench.

mod limits;
mod passwords;
mod token;

use std::{borrow::Cow, convert::Infallible, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    people::{Actor, Duty, Officer, Scope},
    region::regions,
};
use sha2::{Digest, Sha256};
use store::{Saving, StoreError, Tray};

pub(crate) use self::{
    limits::Limits,
    passwords::{Passwords, chance},
    token::{Token, cookie, no_cookie},
};
use crate::{AppState, error::WebError, links};

/// The most that a form of ours sends; more is a fault or an attack.
const LARGEST_FORM: usize = 8 << 20;

/// The name of the field, the header and the parameter that hold the token of a form.
pub(crate) const CSRF: &str = "csrf";
const CSRF_HEADER: &str = "x-csrf";

/// 登录了的人，这一次请求里。
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) officer: Officer,
    pub(crate) actor: Actor,
    /// Where they work: the name of a body or a region.
    pub(crate) place: String,
    /// What a form must bring back, to show that it is ours.
    pub(crate) csrf: String,
    /// How many tasks wait, at most one more than [`MOST_COUNTED`]; only for a page.
    pub(crate) n_waiting: u64,
}

impl Session {
    /// Returns who saves, and when: now.
    pub(crate) fn saving(&self, app: &AppState) -> Saving {
        Saving { by: self.actor.id, at: app.clock.now() }
    }
}

/// The most that is said beside 待办; more is told as so many and more.
pub(crate) const MOST_COUNTED: u64 = 99;

/// The officer whose request this is; only places behind the gate have one.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn(pub(crate) Arc<Session>);

impl std::ops::Deref for SignedIn {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<SignedIn, WebError> {
        parts.extensions.get().cloned().ok_or_else(|| {
            WebError::internal("a place that needs an officer is registered for anyone")
        })
    }
}

/// Whoever is signed in, at a place that is open to strangers too.
impl<S: Sync> axum::extract::OptionalFromRequestParts<S> for SignedIn {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<SignedIn>, Infallible> {
        Ok(parts.extensions.get().cloned())
    }
}

/// Lets in who is signed in and has one of the duties (any, if none is named), and refuses a
/// form that is not ours. To others the place does not exist.
pub(crate) async fn gate(
    State((app, duties)): State<(AppState, &'static [Duty])>,
    request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let Some(mut session) = read(&app, request.headers()).await? else {
        return Err(WebError::SignInFirst { next: way_back(&request) });
    };
    let has_duty = duties.is_empty() || duties.iter().any(|it| session.officer.has_duty(*it));
    if !has_duty {
        return Err(WebError::NotFound);
    }
    if session.officer.must_change_password && request.uri().path() != links::PASSWORD {
        return Ok(Redirect::to(links::PASSWORD).into_response());
    }
    if is_for_page(request.headers()) {
        session.n_waiting = n_waiting(&app, &session.officer).await?;
    }
    let mut request = match *request.method() {
        Method::GET | Method::HEAD => request,
        _ => with_token(request, &session.csrf).await?,
    };
    request.extensions_mut().insert(SignedIn(Arc::new(session)));
    let mut response = next.run(request).await;
    let private = HeaderValue::from_static("private, no-cache");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(private);
    Ok(response)
}

async fn read(app: &AppState, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    let Some(token) = Token::of(headers) else { return Ok(None) };
    let found = app.store.signed_in(&token.hash(), app.clock.now()).await?;
    let Some(officer) = found else { return Ok(None) };
    let place = match officer.scope {
        Scope::Everywhere => "全部地区".to_owned(),
        Scope::Region(code) => regions::name(&code).unwrap_or_default().to_owned(),
        Scope::Body(id) => {
            app.store.body_by_id(id).await?.map(|it| it.body.name).unwrap_or_default()
        }
    };
    let actor = officer.actor();
    Ok(Some(Session { actor, officer, place, csrf: token.csrf(), n_waiting: 0 }))
}

/// A browser asks for a page by this; a script of ours does not.
fn is_for_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accepted.is_some_and(|it| it.contains("text/html"))
}

/// Counts what waits for the officer: at their desks, to be published, and what came back.
async fn n_waiting(app: &AppState, officer: &Officer) -> Result<u64, StoreError> {
    let desks: Vec<String> = officer.desks().map(str::to_owned).collect();
    let at_desks = Tray::Review { desks, publishes: false };
    let approved = Tray::Review { desks: Vec::new(), publishes: true };
    let returned = Tray::Returned { to: Some(officer.id) };
    let trays = [(Duty::Reviewer, at_desks), (Duty::Publisher, approved), (Duty::Editor, returned)];
    let mut n = 0;
    for (_, tray) in trays.iter().filter(|(duty, _)| officer.has_duty(*duty)) {
        n += app.store.count_waiting(officer.scope, tray, MOST_COUNTED + 1 - n).await?;
        if n > MOST_COUNTED {
            break;
        }
    }
    Ok(n)
}

/// Where to go on after signing in: a page that was asked for, never a form that was sent.
fn way_back(request: &Request) -> Option<String> {
    let path = request.uri().path_and_query()?.as_str();
    (request.method() == Method::GET).then(|| path.to_owned())
}

/// Refuses a request that changes something and does not bring the session's token: in the
/// header, in the address (a form with files), or in the form.
async fn with_token(request: Request, csrf: &str) -> Result<Request, WebError> {
    if is_from_elsewhere(request.headers()) {
        return Err(WebError::FormExpired);
    }
    let given = request.headers().get(CSRF_HEADER).and_then(|it| it.to_str().ok());
    let is_token =
        |(key, value): (Cow<'_, str>, Cow<'_, str>)| key == CSRF && is_same(&value, csrf);
    let query = request.uri().query().unwrap_or_default();
    if given.is_some_and(|it| is_same(it, csrf))
        || form_urlencoded::parse(query.as_bytes()).any(is_token)
    {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| WebError::TooLarge)?;
    if !form_urlencoded::parse(&bytes).any(is_token) {
        return Err(WebError::FormExpired);
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// What the browser itself says of where a request comes from.
pub(crate) fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

/// Compares without telling by its time how much was right.
fn is_same(given: &str, expected: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(expected)
}
