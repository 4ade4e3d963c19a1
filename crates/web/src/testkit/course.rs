//! Editions on their way through the desks, taken there by officers as the pages do.

use domain::{
    content::Value,
    edition::{Edition, Grounds, Refusal, Standing, State},
    item::{EditionId, ItemRecord},
    people::{Actor, OfficerId, Role, Scope},
    standard::Operation,
};
use store::Item;
use time::OffsetDateTime;

use super::{NOW, Site, named};
use crate::workflow::{Step, Taking, cases};

/// One who writes and submits.
pub(crate) fn editor() -> Actor {
    Actor { id: OfficerId(901), scope: Scope::Everywhere, roles: vec![Role::Editor] }
}

/// Another, who reviews at these desks and publishes.
pub(crate) fn reviewer(desks: &[&str]) -> Actor {
    let desks = desks.iter().map(|desk| Role::Reviewer { desk: (*desk).to_owned() });
    let roles = desks.chain([Role::Publisher]).collect();
    Actor { id: OfficerId(902), scope: Scope::Everywhere, roles }
}

/// An item in which no check finds an error.
pub(crate) fn sound(code: &str, name: &str) -> ItemRecord {
    let mut record = named(code, name);
    let procedure = "申请人提交材料，窗口五日内受理，主管科室审查后作出决定。";
    record.content.put("procedure", Value::Text(procedure.into()));
    record
}

impl Site {
    pub(crate) async fn withdraws(&self, code: &str, reason: &str) {
        self.stops(code, Operation::Withdraw, reason, NOW).await;
    }

    pub(crate) async fn suspends(&self, code: &str, reason: &str) {
        self.stops(code, Operation::Suspend, reason, NOW).await;
    }

    /// Takes an operation on a published item through its desks to the public.
    pub(crate) async fn stops(
        &self,
        code: &str,
        operation: Operation,
        reason: &str,
        now: OffsetDateTime,
    ) {
        let draft = self.begins(code, operation, reason).await;
        self.goes_to(draft.id, State::Published, now).await;
        self.index_follows().await;
    }

    pub(crate) async fn begins_change(&self, code: &str) -> Edition {
        self.begins(code, Operation::Change, "").await
    }

    /// Begins an operation on a published item and returns its draft.
    pub(crate) async fn begins(&self, code: &str, operation: Operation, reason: &str) -> Edition {
        let live = self.live(code).await;
        let standard = self.state.standard(&live.record.standard);
        let mut tx = self.state.store.begin().await.unwrap();
        let id = tx.new_edition_id().await.unwrap();
        let grounds = Grounds { reason, ..Grounds::at(NOW, standard) };
        let standing = Standing { newest: &live, live: Some(&live) };
        let draft = standing.begin(&editor(), operation, id, grounds).unwrap();
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        draft
    }

    /// Saves what is written in a draft.
    pub(crate) async fn saves(&self, draft: &Edition) -> EditionId {
        let mut tx = self.state.store.begin().await.unwrap();
        tx.save_draft(draft, &draft.record, editor().id, NOW).await.unwrap();
        tx.commit().await.unwrap();
        draft.id
    }

    /// Adds an item with its first draft.
    pub(crate) async fn drafts(&self, record: ItemRecord) -> Edition {
        let mut tx = self.state.store.begin().await.unwrap();
        let body = match tx.body(record.region, &record.body.name).await.unwrap() {
            Some(body) => body,
            None => tx.add_body(record.region, &record.body).await.unwrap(),
        };
        let item = Item::of(tx.new_item_id().await.unwrap(), body.id, &record);
        tx.add_items(std::slice::from_ref(&item)).await.unwrap();
        let id = tx.new_edition_id().await.unwrap();
        let standard = self.state.standard(&record.standard);
        let draft = Edition::draft(id, item.id, 1, Operation::Create, record, standard);
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        draft
    }

    /// Takes an edition forward, until it waits to be published or is before the public.
    pub(crate) async fn goes_to(&self, id: EditionId, state: State, now: OffsetDateTime) {
        let desks = ["department", "establishment", "legal", "service"];
        loop {
            let edition = self.edition(id).await;
            let (actor, step) = match edition.state {
                it if it == state => return,
                State::Draft => (editor(), Step::Submit { reason: String::new() }),
                State::InReview => (reviewer(&desks), Step::Approve { publish: false }),
                State::Approved => (reviewer(&desks), Step::Publish),
                _ => return,
            };
            self.takes_at(&actor, id, &step, now).await.unwrap();
        }
    }

    pub(crate) async fn takes(
        &self,
        actor: &Actor,
        id: EditionId,
        step: &Step,
    ) -> Result<Edition, Refusal> {
        self.takes_at(actor, id, step, NOW).await
    }

    async fn takes_at(
        &self,
        actor: &Actor,
        id: EditionId,
        step: &Step,
        now: OffsetDateTime,
    ) -> Result<Edition, Refusal> {
        let mut tx = self.state.store.begin().await.unwrap();
        let case = cases(&mut tx, actor, &[id]).await.unwrap().remove(0);
        let taking = Taking { actor, standards: &self.state.standards, now };
        let decisions = taking.decide(&mut tx, &case, step).await.unwrap()?;
        tx.record(&decisions).await.unwrap();
        tx.commit().await.unwrap();
        Ok(self.edition(id).await)
    }

    pub(crate) async fn edition(&self, id: EditionId) -> Edition {
        self.state.store.edition_within(Scope::Everywhere, id).await.unwrap().unwrap()
    }
}
