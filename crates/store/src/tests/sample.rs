//! What the tests work on: the office of 武山县民政局 and its items, as samples.

use std::sync::OnceLock;

use domain::{
    content::{Content, Value, keys},
    edition::{Action, Decision, Edition, Grounds, State, decide},
    item::{BodyRef, EditionId, ItemRecord},
    people::{Actor, OfficerId, Role, Scope},
    region::RegionCode,
    standard::{Operation, Standard, Standards},
};
use time::{
    Date, OffsetDateTime,
    macros::{date, datetime},
};

use super::db::Db;
use crate::{Body, Item, StoreError, Tx};

pub(super) const NOW: OffsetDateTime = datetime!(2026-03-02 09:00 +8);
pub(super) const TODAY: Date = date!(2026 - 3 - 2);
pub(super) const REASON: &str = "示例理由";

/// An element that the standard does not show to the public.
pub(super) const PRIVATE: &str = "internal_note";

pub(super) fn wushan() -> &'static Standard {
    static STANDARDS: OnceLock<Standards> = OnceLock::new();
    let standards = STANDARDS.get_or_init(|| Standards::shipped().unwrap());
    standards.get("wushan").unwrap()
}

pub(super) fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).unwrap()
}

pub(super) fn office(name: &str, letters: Option<&str>) -> BodyRef {
    BodyRef { name: name.into(), credit_code: None, letters: letters.map(Into::into) }
}

/// An item of 武山县民政局 without a code.
pub(super) fn record(name: &str) -> ItemRecord {
    ItemRecord {
        standard: "wushan".into(),
        region: region("620524"),
        body: office("武山县民政局", Some("MZ")),
        code: None,
        kind: "XK".into(),
        parent: None,
        position: None,
        effective_on: None,
        content: Content::new().with(keys::NAME, Value::Text(name.into())),
    }
}

pub(super) fn coded(name: &str, code: &str) -> ItemRecord {
    ItemRecord { code: Some(code.into()), ..record(name) }
}

/// The n-th code of the office's permits.
pub(super) fn code(n: u32) -> String {
    format!("62052400MZ-XK-{n:04}")
}

/// What an officer who may do everything decides; another one submits.
pub(super) fn decided(edition: &Edition, action: Action) -> Decision {
    decided_at(edition, action, NOW)
}

pub(super) fn decided_at(edition: &Edition, action: Action, now: OffsetDateTime) -> Decision {
    let desks = wushan().desks.iter().map(|desk| Role::Reviewer { desk: desk.id.clone() });
    let roles = [Role::Editor, Role::Publisher, Role::Administrator];
    let id = OfficerId(if action == Action::Submit { 7 } else { 8 });
    let actor =
        Actor { id, scope: Scope::Everywhere, roles: roles.into_iter().chain(desks).collect() };
    let grounds = Grounds { standard: wushan(), findings: &[], reason: REASON, now };
    decide(&actor, edition, action, grounds).unwrap()
}

/// Returns the body of a record, made where it is new.
pub(super) async fn body_of(tx: &mut Tx, record: &ItemRecord) -> Body {
    match tx.body(record.region, &record.body.name).await.unwrap() {
        Some(body) => body,
        None => tx.add_body(record.region, &record.body).await.unwrap(),
    }
}

/// Adds an item with its first draft.
pub(super) async fn add_item(tx: &mut Tx, record: &ItemRecord) -> Result<Edition, StoreError> {
    let body = body_of(tx, record).await;
    let item = Item::of(tx.new_item_id().await?, body.id, record);
    tx.add_items(std::slice::from_ref(&item)).await?;
    let edition = Edition {
        id: tx.new_edition_id().await?,
        item: item.id,
        number: 1,
        revision: 1,
        state: State::Draft,
        operation: Operation::Create,
        desk: None,
        submitted_by: None,
        standard_hash: wushan().hash.clone(),
        record: record.clone(),
    };
    tx.add_drafts(std::slice::from_ref(&edition)).await?;
    Ok(edition)
}

impl Db {
    pub(super) async fn draft(&self, record: &ItemRecord) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        let edition = add_item(&mut tx, record).await.unwrap();
        tx.commit().await.unwrap();
        edition
    }

    /// Adds an item that the public sees.
    pub(super) async fn published(&self, record: &ItemRecord) -> Edition {
        let draft = self.draft(record).await;
        self.step(&draft, Action::LoadBaseline).await
    }

    pub(super) async fn try_step(
        &self,
        edition: &Edition,
        action: Action,
    ) -> Result<Edition, StoreError> {
        self.try_record(&[decided(edition, action)]).await?;
        Ok(self.edition(edition.id).await)
    }

    pub(super) async fn step(&self, edition: &Edition, action: Action) -> Edition {
        self.try_step(edition, action).await.unwrap()
    }

    pub(super) async fn try_record(&self, decisions: &[Decision]) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.record(decisions).await?;
        tx.commit().await
    }

    pub(super) async fn edition(&self, id: EditionId) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        tx.edition(id).await.unwrap().unwrap()
    }

    /// Begins the item's next edition and returns its draft.
    pub(super) async fn next_draft(&self, before: &Edition, name: &str) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        let content = before.record.content.clone().with(keys::NAME, Value::Text(name.into()));
        let draft = Edition {
            id: tx.new_edition_id().await.unwrap(),
            number: before.number + 1,
            revision: 1,
            state: State::Draft,
            operation: Operation::Change,
            desk: None,
            submitted_by: None,
            record: ItemRecord { content, ..before.record.clone() },
            ..before.clone()
        };
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        draft
    }

    /// Puts a draft in the place of the live edition, as one step.
    pub(super) async fn replace(&self, live: &Edition, draft: &Edition) -> Edition {
        let steps = [decided(live, Action::Supersede), decided(draft, Action::LoadBaseline)];
        self.try_record(&steps).await.unwrap();
        self.edition(draft.id).await
    }
}
