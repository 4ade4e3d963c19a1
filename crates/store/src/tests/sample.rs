//! What the tests work on: the office of 武山县民政局 and its items, as samples.

use std::sync::OnceLock;

use domain::{
    content::{Content, Value, keys},
    edition::{Action, Decision, Edition, Grounds, Remark, Standing, State, decide, publish},
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
    let id = OfficerId(if action == Action::Submit { 7 } else { 8 });
    let remarks = [Remark::on_all(REASON)];
    let grounds = Grounds { reason: REASON, remarks: &remarks, ..Grounds::at(now, wushan()) };
    decide(&may_all(id), edition, action, grounds).unwrap()
}

fn may_all(id: OfficerId) -> Actor {
    let desks = wushan().desks.iter().map(|desk| Role::Reviewer { desk: desk.id.clone() });
    let roles = [Role::Editor, Role::Publisher, Role::Administrator];
    Actor { id, scope: Scope::Everywhere, roles: roles.into_iter().chain(desks).collect() }
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
    let id = tx.new_edition_id().await?;
    let edition = Edition::draft(id, item.id, 1, Operation::Create, record.clone(), wushan());
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
        let (id, number) = (tx.new_edition_id().await.unwrap(), before.number + 1);
        let record = ItemRecord { content, ..before.record.clone() };
        let draft = Edition::draft(id, before.item, number, Operation::Change, record, wushan());
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

    /// Takes an operation on a live edition through its desks to the public.
    pub(super) async fn goes(&self, live: &Edition, operation: Operation) -> Edition {
        self.goes_at(live, operation, NOW).await
    }

    pub(super) async fn goes_at(
        &self,
        live: &Edition,
        operation: Operation,
        now: OffsetDateTime,
    ) -> Edition {
        let mut edition = self.begun(live, operation).await;
        let grounds = Grounds::at(now, wushan());
        while edition.state != State::Approved {
            let action = match edition.state {
                State::Draft => Action::Submit,
                _ => Action::Approve,
            };
            self.try_record(&[decided_at(&edition, action, now)]).await.unwrap();
            edition = self.edition(edition.id).await;
        }
        let steps = publish(&may_all(OfficerId(8)), &edition, Some(live), grounds).unwrap();
        self.try_record(&steps).await.unwrap();
        self.edition(edition.id).await
    }

    /// Begins an operation on a live edition and returns its draft.
    pub(super) async fn begun(&self, live: &Edition, operation: Operation) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.new_edition_id().await.unwrap();
        let grounds = Grounds { reason: REASON, ..Grounds::at(NOW, wushan()) };
        let standing = Standing { newest: live, live: Some(live) };
        let draft = standing.begin(&may_all(OfficerId(7)), operation, id, grounds).unwrap();
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        draft
    }
}
