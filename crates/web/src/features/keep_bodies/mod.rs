//! 实施主体: registered, renamed, and closed with their items handed over.

mod hand_over;

use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
    routing::{get, post},
};
use domain::{
    body::{BodyFault, check_body},
    item::{BodyId, BodyRef},
    people::{Duty, Scope},
    region::{RegionCode, regions},
};
use serde::Deserialize;
use store::{KeptBody, StoreError};

use crate::{
    AppState,
    error::WebError,
    extract::{Form, Path},
    layout::{Bench, Room, refused},
    links::{self, Link},
    map::{Map, Who},
    session::{Session, SignedIn},
};

const WHO: Who = Who::Officer(&[Duty::Administrator]);

pub(crate) fn places(map: Map) -> Map {
    let map = map.place("/workbench/bodies", WHO, get(list).post(add));
    let map = map.place("/workbench/bodies/{body}", WHO, get(show).post(register));
    map.place("/workbench/bodies/{body}/close", WHO, post(hand_over::submit))
}

#[derive(Template)]
#[template(path = "keep_bodies/list.html")]
struct ListPage {
    bench: Bench,
    bodies: Vec<Line>,
    draft: Registration,
    faults: Faults,
}

#[derive(Template)]
#[template(path = "keep_bodies/body.html")]
struct BodyPage {
    bench: Bench,
    kept: KeptBody,
    region: String,
    draft: Registration,
    faults: Faults,
    /// Bodies that may take the items.
    successors: Vec<KeptBody>,
    successor: Option<(Link, String)>,
}

struct Line {
    link: Link,
    kept: KeptBody,
    region: String,
}

/// What is typed of a body.
#[derive(Debug, Clone, Default, Deserialize)]
struct Registration {
    #[serde(default)]
    region: String,
    name: String,
    #[serde(default)]
    credit_code: String,
    #[serde(default)]
    letters: String,
}

/// What is wrong with it, at its place.
#[derive(Debug, Default)]
struct Faults {
    region: Option<&'static str>,
    rules: Vec<BodyFault>,
    taken: Option<&'static str>,
    closing: Option<&'static str>,
}

async fn list(State(app): State<AppState>, session: SignedIn) -> Result<Html<String>, WebError> {
    let draft = Registration::default();
    Ok(Html(list_page(&app, &session, draft, Faults::default()).await?.render()?))
}

async fn add(
    State(app): State<AppState>,
    session: SignedIn,
    Form(draft): Form<Registration>,
) -> Result<Response, WebError> {
    let region = RegionCode::parse(draft.region.trim()).ok();
    let region = region.filter(|it| may_register_in(session.actor.scope, *it));
    let rules = check_body(&draft.body(), None, false);
    let fault = "没有这个地区，或者不在您管的范围里";
    let (Some(region), true) = (region, rules.is_empty()) else {
        let faults =
            Faults { region: region.is_none().then_some(fault), rules, ..Faults::default() };
        return refused(list_page(&app, &session, draft, faults).await?);
    };
    let mut tx = app.store.begin().await?;
    match tx.add_body(region, &draft.body()).await {
        Ok(body) => {
            tx.commit().await?;
            Ok(links::body(&body.id).redirect())
        }
        Err(StoreError::Taken { constraint }) => {
            drop(tx);
            let faults = Faults { taken: Some(constraint), ..Faults::default() };
            refused(list_page(&app, &session, draft, faults).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
) -> Result<Html<String>, WebError> {
    let kept = visible(&app, &session, id).await?;
    let draft = Registration::of(&kept);
    Ok(Html(body_page(&app, &session, kept, draft, Faults::default()).await?.render()?))
}

async fn register(
    State(app): State<AppState>,
    session: SignedIn,
    Path(id): Path<i64>,
    Form(draft): Form<Registration>,
) -> Result<Response, WebError> {
    let kept = visible(&app, &session, id).await?;
    if kept.closed_on.is_some() {
        return Err(WebError::NotFound);
    }
    let new = draft.body();
    let rules = check_body(&new, Some(&kept.body.body), kept.has_codes);
    if !rules.is_empty() {
        let faults = Faults { rules, ..Faults::default() };
        return refused(body_page(&app, &session, kept, draft, faults).await?);
    }
    let mut tx = app.store.begin().await?;
    let registered = tx.register_body(kept.body.id, &new).await;
    if let Err(StoreError::Taken { constraint }) = registered {
        drop(tx);
        let faults = Faults { taken: Some(constraint), ..Faults::default() };
        return refused(body_page(&app, &session, kept, draft, faults).await?);
    }
    registered?;
    hand_over::redraw(&app, &mut tx, session.actor.id, kept.body.id, &new).await?;
    tx.commit().await?;
    Ok(links::body(&kept.body.id).redirect())
}

/// A county's administrator registers bodies of the county, one of a single body none.
fn may_register_in(scope: Scope, region: RegionCode) -> bool {
    let lies_within = match scope {
        Scope::Everywhere => true,
        Scope::Region(own) => own.contains(&region),
        Scope::Body(_) => false,
    };
    lies_within && regions::name(&region).is_some()
}

async fn visible(app: &AppState, session: &Session, id: i64) -> Result<KeptBody, WebError> {
    let bodies = app.store.kept_bodies(session.actor.scope).await?;
    bodies.into_iter().find(|it| it.body.id == BodyId(id)).ok_or(WebError::NotFound)
}

async fn list_page(
    app: &AppState,
    session: &Session,
    draft: Registration,
    faults: Faults,
) -> Result<ListPage, WebError> {
    let bodies = app.store.kept_bodies(session.actor.scope).await?;
    let line = |kept: KeptBody| Line {
        link: links::body(&kept.body.id),
        region: region_name(kept.body.region),
        kept,
    };
    let bench = Bench::new(app, session, Room::Administration);
    Ok(ListPage { bench, bodies: bodies.into_iter().map(line).collect(), draft, faults })
}

async fn body_page(
    app: &AppState,
    session: &Session,
    kept: KeptBody,
    draft: Registration,
    faults: Faults,
) -> Result<BodyPage, WebError> {
    let bodies = app.store.kept_bodies(session.actor.scope).await?;
    let named = |id: BodyId| bodies.iter().find(|it| it.body.id == id);
    let successor = kept.successor.and_then(named);
    let successor = successor.map(|it| (links::body(&it.body.id), it.body.body.name.clone()));
    let mut successors = bodies.clone();
    successors.retain(|it| it.body.id != kept.body.id && it.closed_on.is_none());
    let bench = Bench::new(app, session, Room::Administration);
    let region = region_name(kept.body.region);
    Ok(BodyPage { bench, kept, region, draft, faults, successors, successor })
}

fn region_name(code: RegionCode) -> String {
    regions::name(&code).map_or_else(|| code.to_string(), str::to_owned)
}

impl Registration {
    fn of(kept: &KeptBody) -> Registration {
        let body = &kept.body.body;
        Registration {
            region: kept.body.region.to_string(),
            name: body.name.clone(),
            credit_code: body.credit_code.clone().unwrap_or_default(),
            letters: body.letters.clone().unwrap_or_default(),
        }
    }

    fn body(&self) -> BodyRef {
        let filled = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        BodyRef {
            name: self.name.trim().to_owned(),
            credit_code: filled(&self.credit_code),
            letters: filled(&self.letters),
        }
    }
}

impl Faults {
    /// Returns what is wrong with one of the fields.
    fn at(&self, field: &str) -> Vec<String> {
        let of_field = |fault: &&BodyFault| match fault {
            BodyFault::Name => field == "name",
            BodyFault::CreditCode => field == "credit_code",
            BodyFault::Letters | BodyFault::LettersInUse => field == "letters",
        };
        let mut told: Vec<String> =
            self.rules.iter().filter(of_field).map(ToString::to_string).collect();
        match (self.taken, field) {
            (Some("实施主体名称"), "name") => {
                told.push("这个地区已经有叫这个名称的主体".into());
            }
            (Some("部门业务代码"), "letters") => {
                told.push("这个地区已经有主体用这些字母，换一组".into());
            }
            _ => {}
        }
        told
    }
}

#[cfg(test)]
mod tests;
