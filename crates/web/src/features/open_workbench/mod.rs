//! 工作台: where an officer's day begins, by what they do.

use axum::{response::Response, routing::get};
use domain::people::Duty;

use crate::{
    links,
    map::{Map, Who},
    session::SignedIn,
};

pub(crate) fn places(map: Map) -> Map {
    map.place("/workbench", Who::Officer(&[]), get(open))
}

/// A clerk to the items, a desk to its tasks, an administrator to the accounts.
async fn open(session: SignedIn) -> Response {
    let has = |duty| session.officer.has_duty(duty);
    let link = match () {
        () if has(Duty::Reviewer) || has(Duty::Publisher) => links::tasks(),
        () if has(Duty::Editor) || has(Duty::Supervisor) => links::items(),
        () => links::officers(),
    };
    link.redirect()
}
