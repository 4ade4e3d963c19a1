//! What is done to the items of a list: moved, put in order, numbered, sent on.

use axum::{extract::State, response::Response};
use domain::{
    item::ItemId,
    office::{self, Seat, Shift},
    people::Role,
};

use super::{Typed, refused, rows::Pick, view::View};
use crate::{
    AppState, Step,
    error::WebError,
    extract::Form,
    jobs::{changes, steps},
    links,
    office::{Chosen, office},
    refusals,
    session::{Session, SignedIn},
};

/// 送来的表单。
struct Sent {
    view: View,
    typed: Typed,
    fields: Vec<(String, String)>,
}

impl Sent {
    fn read(fields: Vec<(String, String)>) -> Result<Sent, WebError> {
        let view = View::read(|key| value(&fields, key))?;
        let picks = fields.iter().filter(|(key, _)| key == "pick");
        let picks = picks.filter_map(|(_, text)| Pick::parse(text)).collect();
        let to = value(&fields, "to").unwrap_or_default().to_owned();
        Ok(Sent { view, typed: Typed { picks, to, faults: Vec::new() }, fields })
    }

    async fn refuse(
        mut self,
        app: &AppState,
        session: &Session,
        fault: impl Into<String>,
    ) -> Result<Response, WebError> {
        self.typed.faults.push(fault.into());
        refused(app, session, self.view, self.typed).await
    }

    fn items(&self) -> Vec<ItemId> {
        self.typed.picks.iter().map(|it| it.item).collect()
    }

    fn back(&self) -> Response {
        self.view.link().redirect()
    }
}

fn value<'a>(fields: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(it, _)| it == key).map(|(_, value)| value.trim());
    found.filter(|value| !value.is_empty())
}

const NOTHING_TICKED: &str = "没有勾选事项。先在表里勾选，再点下面的按钮。";

/// `POST /workbench/items/order`: one item up, down or to a place (`up.7`, `down.7`, `3.7`).
pub(super) async fn order(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent::read(fields)?;
    let asked = value(&sent.fields, "shift").and_then(|text| {
        let (shift, item) = text.split_once('.')?;
        let shift = match shift {
            "up" => Shift::Up,
            "down" => Shift::Down,
            place => Shift::To(place.parse().ok()?),
        };
        Some((shift, ItemId(item.parse().ok()?)))
    });
    let (shift, item) = asked.ok_or(WebError::BadForm)?;
    office::permit(&session.actor).map_err(|_| WebError::NotFound)?;
    let mut tx = app.store.begin().await?;
    let item = tx.seated(session.actor.scope, &[item]).await?.pop().ok_or(WebError::NotFound)?;
    tx.shift_item(&item, shift).await?;
    tx.commit().await?;
    Ok(sent.back())
}

/// `POST /workbench/items/move`: what is ticked goes to a 目录, a group, or out of both.
pub(super) async fn move_to(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent::read(fields)?;
    let own = office(&app, &session, sent.view.body).await?;
    let items = sent.items();
    if items.is_empty() {
        return sent.refuse(&app, &session, NOTHING_TICKED).await;
    }
    let mut tx = app.store.begin().await?;
    let mut seated = tx.seated(session.actor.scope, &items).await?;
    seated.retain(|it| it.body == own.id);
    if seated.len() < items.len() {
        drop(tx);
        return sent.refuse(&app, &session, "勾选的事项有不在这个单位的，没有移动").await;
    }
    let Some(to) = Chosen::read(&mut tx, &session, &sent.typed.to).await? else {
        drop(tx);
        return sent.refuse(&app, &session, "没有选移到哪里").await;
    };
    let mut seats: Vec<(Seat, Vec<ItemId>)> = Vec::new();
    // In the order in which they were ticked, which is the office's.
    for id in items {
        let Some(item) = seated.iter().find(|it| it.id == id) else { continue };
        let standard = app.standard(&item.standard);
        match office::seat(&session.actor, own.id, &item.kind, to.destination(), standard) {
            Ok(seat) => match seats.iter_mut().find(|(it, _)| *it == seat) {
                Some((_, items)) => items.push(id),
                None => seats.push((seat, vec![id])),
            },
            Err(refusal) => {
                drop(tx);
                let why = refusals::of_office(&refusal, standard);
                let fault = format!("{}：{why}。没有移动。", item.name);
                return sent.refuse(&app, &session, fault).await;
            }
        }
    }
    for (seat, items) in seats {
        tx.seat_items(own.id, &items, seat).await?;
    }
    tx.commit().await?;
    Ok(sent.back())
}

/// `POST /workbench/items/submit`: what is ticked goes to review, as a job that reports each.
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent::read(fields)?;
    if sent.typed.picks.is_empty() {
        return sent.refuse(&app, &session, NOTHING_TICKED).await;
    }
    let targets: Vec<_> = sent.typed.picks.iter().map(|it| (it.edition, it.revision)).collect();
    let step = Step::Submit { reason: String::new() };
    let by = session.actor.id;
    let job = steps::order(&app.store, by, &step, &targets, app.clock.now()).await?;
    Ok(links::job(&job).redirect())
}

/// `POST /workbench/items/change`: a change of what is ticked begins.
pub(super) async fn change(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let sent = Sent::read(fields)?;
    let items = sent.items();
    if items.is_empty() {
        return sent.refuse(&app, &session, NOTHING_TICKED).await;
    }
    let change = changes::Change::default();
    let by = session.actor.id;
    let job = changes::order(&app.store, by, &change, &items, app.clock.now()).await?;
    Ok(links::job(&job).redirect())
}

/// `POST /workbench/items/number`: 按顺序编码.
pub(super) async fn number(
    State(app): State<AppState>,
    session: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let mut sent = Sent::read(fields)?;
    let office = office(&app, &session, sent.view.body).await?;
    if !session.actor.has(&Role::Editor) {
        return Err(WebError::NotFound);
    }
    let mut tx = app.store.begin().await?;
    let coded = tx.code_in_order(session.actor.scope, office.id, &app.standards).await?;
    tx.commit().await?;
    let refused = coded.iter().filter_map(|it| {
        let why = it.code.as_ref().err()?;
        Some(format!("{}：没有编上，{why}", it.name))
    });
    sent.typed.faults = refused.collect();
    if sent.typed.faults.is_empty() {
        return Ok(sent.back());
    }
    super::refused(&app, &session, sent.view, sent.typed).await
}
