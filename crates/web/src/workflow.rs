//! A step of an edition: what it needs is loaded, the rules decide, and it is written down.
//! Pages take one, a job takes many in the same way.

use std::collections::HashMap;

use domain::{
    calendar::office_day,
    checks::{self, Subject, Surroundings},
    edition::{self, Action, Decision, Edition, Grounds, Refusal, Remark, State, decide},
    finding::Finding,
    item::{EditionId, ItemId, ItemRecord},
    library::Laws,
    people::{Actor, OfficerId},
    standard::{Operation, Standard, Standards},
};
use serde::{Deserialize, Serialize};
use store::{Item, Store, StoreError, Tx};
use time::{Date, OffsetDateTime};

use crate::AppState;

/// 对一个版本走的一步。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// 送审
    Submit { reason: String },
    /// 收回
    Recall,
    /// 通过；在最后一站，公布人可以一并公布
    Approve { publish: bool },
    /// 退回
    Return { remarks: Vec<Remark> },
    /// 公布
    Publish,
    /// 放弃
    Discard { reason: String },
}

/// An edition with the one that is in force beside it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) edition: Edition,
    pub(crate) live: Option<Edition>,
}

/// Who takes a step when, by which standards.
#[derive(Clone, Copy)]
pub(crate) struct Taking<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) standards: &'a Standards,
    pub(crate) now: OffsetDateTime,
}

/// Why a step was not taken.
#[derive(Debug)]
pub(crate) enum Hitch {
    Refused(Refusal),
    /// Somebody else was faster: what one saw is no more so.
    Stale,
    Failed(StoreError),
}

impl From<Refusal> for Hitch {
    fn from(refusal: Refusal) -> Hitch {
        Hitch::Refused(refusal)
    }
}

impl From<StoreError> for Hitch {
    fn from(error: StoreError) -> Hitch {
        match error {
            StoreError::Stale { .. } | StoreError::Collided => Hitch::Stale,
            // Two began, or published, at the same moment.
            StoreError::Taken { constraint: "在办版本" | "在用版本" | "版本号" } => {
                Hitch::Stale
            }
            error => Hitch::Failed(error),
        }
    }
}

/// The items that bear the codes that a record names.
struct Known {
    item: ItemId,
    named: Vec<Item>,
    laws: Option<Laws>,
}

impl Surroundings for Known {
    fn knows_code(&self, code: &str) -> bool {
        self.named.iter().any(|it| it.code.as_deref() == Some(code))
    }

    fn is_taken(&self, code: &str) -> bool {
        self.named.iter().any(|it| it.code.as_deref() == Some(code) && it.id != self.item)
    }

    fn laws(&self) -> Option<&Laws> {
        self.laws.as_ref()
    }
}

/// Loads editions that lie within the actor's scope; others are not there.
pub(crate) async fn cases(
    tx: &mut Tx,
    actor: &Actor,
    ids: &[EditionId],
) -> Result<Vec<Case>, StoreError> {
    let editions = tx.editions_within(actor.scope, ids).await?;
    let items: Vec<ItemId> = editions.iter().map(|it| it.item).collect();
    let live = tx.live_editions(&items).await?;
    let mut live: HashMap<ItemId, Edition> = live.into_iter().map(|it| (it.item, it)).collect();
    let case = |edition: Edition| Case { live: live.remove(&edition.item), edition };
    Ok(editions.into_iter().map(case).collect())
}

impl Taking<'_> {
    /// Takes a step of an edition that was seen at a revision, all of it or nothing.
    pub(crate) async fn take(
        &self,
        store: &Store,
        (id, revision): (EditionId, i64),
        step: &Step,
    ) -> Result<Case, Hitch> {
        let mut tx = store.begin().await?;
        let case = cases(&mut tx, self.actor, &[id]).await?.pop();
        let case = case.filter(|it| it.edition.revision == revision).ok_or(Hitch::Stale)?;
        self.record(&mut tx, &case, step).await?;
        tx.commit().await?;
        Ok(case)
    }

    /// Decides a step and writes it down.
    pub(crate) async fn record(&self, tx: &mut Tx, case: &Case, step: &Step) -> Result<(), Hitch> {
        let decisions = self.decide(tx, case, step).await??;
        tx.record(&decisions).await?;
        Ok(())
    }

    /// Returns what the step comes to, in the order in which it is to be recorded. A submission
    /// gives the item its code, which is saved with the draft.
    pub(crate) async fn decide(
        &self,
        tx: &mut Tx,
        case: &Case,
        step: &Step,
    ) -> Result<Result<Vec<Decision>, Refusal>, StoreError> {
        match step {
            Step::Submit { reason } => self.submit(tx, &case.edition, reason).await,
            Step::Discard { .. } => {
                let decided = self.decide_written(case, step);
                // The item is again called as it is in force.
                if let (Ok(_), Some(live)) = (&decided, &case.live) {
                    tx.update_item(live.item, &live.record).await?;
                }
                Ok(decided)
            }
            other => Ok(self.decide_written(case, other)),
        }
    }

    /// Decides a step that needs nothing more of the catalogue; of a submission, only what can be
    /// known without.
    pub(crate) fn decide_written(
        &self,
        case: &Case,
        step: &Step,
    ) -> Result<Vec<Decision>, Refusal> {
        let Case { edition, live } = case;
        let grounds = Grounds::at(self.now, self.standard(edition));
        let one = |action, grounds| Ok(vec![decide(self.actor, edition, action, grounds)?]);
        match step {
            Step::Submit { reason } => one(Action::Submit, Grounds { reason, ..grounds }),
            Step::Recall => one(Action::Recall, grounds),
            Step::Approve { publish: false } => one(Action::Approve, grounds),
            Step::Approve { publish: true } => {
                let approved = decide(self.actor, edition, Action::Approve, grounds)?;
                let after = approved.after();
                let published = edition::publish(self.actor, &after, live.as_ref(), grounds)?;
                Ok([vec![approved], published].concat())
            }
            Step::Return { remarks } => one(Action::Return, Grounds { remarks, ..grounds }),
            Step::Publish => edition::publish(self.actor, edition, live.as_ref(), grounds),
            Step::Discard { reason } => one(Action::Discard, Grounds { reason, ..grounds }),
        }
    }

    async fn submit(
        &self,
        tx: &mut Tx,
        draft: &Edition,
        reason: &str,
    ) -> Result<Result<Vec<Decision>, Refusal>, StoreError> {
        let standard = self.standard(draft);
        let mut record = draft.record.clone();
        // What is registered of the body may have changed since the draft was begun.
        if let Some(body) = tx.body_of(draft.item).await? {
            record.body = body.body;
        }
        let today = office_day(self.now);
        let mut findings = findings(tx, draft.item, &record, standard, today).await?;
        let submitted = |edition: &Edition, findings: &[Finding]| {
            let grounds = Grounds { reason, findings, ..Grounds::at(self.now, standard) };
            decide(self.actor, edition, Action::Submit, grounds).map(|it| vec![it])
        };
        // A number is given out only for what will be submitted.
        let decided = submitted(draft, &findings);
        if decided.is_err() {
            return Ok(decided);
        }
        if record.code.is_none() {
            match tx.issue_code(&record, standard).await? {
                Ok(code) => record.code = Some(code),
                Err(refusal) => {
                    findings.push(without_code(refusal.to_string()));
                    return Ok(submitted(draft, &findings));
                }
            }
        }
        if record == draft.record {
            return Ok(decided);
        }
        let saved = tx.save_draft(draft, &record, self.actor.id, self.now).await?;
        tx.update_item(saved.item, &record).await?;
        let findings = self::findings(tx, saved.item, &record, standard, today).await?;
        Ok(submitted(&saved, &findings))
    }

    pub(crate) fn standard(&self, edition: &Edition) -> &Standard {
        let standards = self.standards;
        standards.get(&edition.record.standard).unwrap_or_else(|| standards.national())
    }
}

/// Writes a record into an item's draft, or opens a change of what is in force, so that what the
/// public reads changes by review alone; `false` where nothing can be written now.
pub(crate) async fn carry(
    app: &AppState,
    tx: &mut Tx,
    newest: &Edition,
    record: ItemRecord,
    by: OfficerId,
) -> Result<bool, StoreError> {
    if newest.is_writable() {
        tx.save_draft(newest, &record, by, app.clock.now()).await?;
    } else if newest.state == State::Published {
        let (id, standard) = (tx.new_edition_id().await?, app.standard(&record.standard));
        let change = newest.followed_by(id, Operation::Change, record, standard);
        tx.add_drafts(&[change]).await?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// Returns all that the checks find in a record as it stands in the catalogue.
pub(crate) async fn findings(
    tx: &mut Tx,
    item: ItemId,
    record: &ItemRecord,
    standard: &Standard,
    today: Date,
) -> Result<Vec<Finding>, StoreError> {
    let named = tx.items_by_code(&named_codes(record)).await?;
    let laws = tx.laws_cited(&[record], today).await?;
    Ok(found(record, standard, Known { item, named, laws }))
}

/// The same of an edition today, read beside whoever writes.
pub(crate) async fn findings_shown(
    app: &AppState,
    edition: &Edition,
) -> Result<Vec<Finding>, StoreError> {
    let (item, record) = (edition.item, &edition.record);
    let named = app.store.items_by_code(&named_codes(record)).await?;
    let laws = app.store.laws_cited(&[record], app.clock.today()).await?;
    Ok(found(record, app.standard(&record.standard), Known { item, named, laws }))
}

fn named_codes(record: &ItemRecord) -> Vec<&str> {
    [record.code.as_deref(), record.parent.as_deref()].into_iter().flatten().collect()
}

fn found(record: &ItemRecord, standard: &Standard, known: Known) -> Vec<Finding> {
    checks::run(&Subject { record, standard, surroundings: &known })
}

fn without_code(why: String) -> Finding {
    Finding::error(
        "I4",
        "item.code",
        format!("没有事项编码，也编不出来：{why}"),
        "请管理员登记实施主体的部门业务代码，或填上已有的编码".into(),
    )
}
