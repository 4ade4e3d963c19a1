//! 批量发起变更、批量改一个要素: each item by the same rules as alone, and through review.
//!
//! What is being written takes the new value; for what is in force a change is opened; what is
//! in review is refused.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use domain::{
    content::read_form,
    edition::{Edition, Grounds, Standing},
    item::{ItemId, ItemRecord},
    office,
    people::OfficerId,
    standard::Operation,
};
use serde::{Deserialize, Serialize};
use store::{JobId, JobStep, Order, Store, StoreError, Tx};
use time::OffsetDateTime;

use crate::{attaching::foreign, refusals, workflow::Taking};

/// What kind of job this is.
pub const KIND: &str = "change";

/// 对每一项做的变更。
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What is written into each; without it a change is begun and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<NewValue>,
}

/// 一个要素的新值，照表单的写法。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewValue {
    pub element: String,
    pub label: String,
    /// Fields of a form, as `domain::content::form` names them.
    pub fields: Vec<(String, String)>,
}

/// Orders a change of many items.
pub async fn order(
    store: &Store,
    by: OfficerId,
    change: &Change,
    items: &[ItemId],
    now: OffsetDateTime,
) -> Result<JobId, StoreError> {
    let what = serde_json::to_string(change).expect("a change holds only strings as keys");
    let items: BTreeSet<ItemId> = items.iter().copied().collect();
    let targets: Vec<(i64, i64)> = items.iter().map(|id| (id.0, 0)).collect();
    let mut tx = store.begin().await?;
    let job = tx.add_job(Order { kind: KIND, what: &what, by, now }, &targets).await?;
    tx.commit().await?;
    Ok(job)
}

impl Change {
    pub(crate) fn title(&self) -> String {
        match &self.value {
            Some(value) => format!("批量改{}", value.label),
            None => "批量发起变更".to_owned(),
        }
    }

    /// Takes a chunk of a job.
    pub(crate) async fn run(
        &self,
        tx: &mut Tx,
        taking: Taking<'_>,
        steps: &mut [JobStep],
    ) -> Result<(), StoreError> {
        let ids: Vec<ItemId> = steps.iter().map(|it| ItemId(it.target)).collect();
        let seated = tx.seated(taking.actor.scope, &ids).await?;
        let ids: Vec<ItemId> = seated.iter().map(|it| it.id).collect();
        let mut editions: HashMap<ItemId, Vec<Edition>> = HashMap::new();
        for edition in tx.current_editions(&ids).await? {
            editions.entry(edition.item).or_default().push(edition);
        }
        let mut begun = Vec::new();
        for step in steps {
            let Some(editions) = editions.remove(&ItemId(step.target)) else {
                step.refusal = Some("找不到这个事项，或者它不在您的范围内".into());
                continue;
            };
            match self.one(tx, taking, &editions).await? {
                Ok(draft) => begun.extend(draft),
                Err(why) => step.refusal = Some(why),
            }
        }
        tx.add_drafts(&begun).await
    }

    /// Changes one item, and returns the draft that is to be added, or why not.
    async fn one(
        &self,
        tx: &mut Tx,
        taking: Taking<'_>,
        editions: &[Edition],
    ) -> Result<Result<Option<Edition>, String>, StoreError> {
        let Some(standing) = Standing::of(editions) else {
            return Ok(Err("这个事项还没有版本".into()));
        };
        let Taking { actor, now, .. } = taking;
        let standard = taking.standard(standing.newest);
        let open = standing.open().filter(|it| it.is_writable());
        if let (Some(draft), Some(_)) = (open, &self.value) {
            if let Err(refusal) = office::permit(actor) {
                return Ok(Err(refusals::of_office(&refusal, standard)));
            }
            return Ok(match self.written(tx, &draft.record, taking).await? {
                Ok(record) => {
                    tx.save_draft(draft, &record, actor.id, now).await?;
                    Ok(None)
                }
                Err(why) => Err(why),
            });
        }
        let id = tx.new_edition_id().await?;
        let grounds = Grounds::at(now, standard);
        let draft = match standing.begin(actor, Operation::Change, id, grounds) {
            Ok(draft) => draft,
            Err(refusal) => return Ok(Err(refusals::words_of(&refusal, standard))),
        };
        Ok(match self.written(tx, &draft.record, taking).await? {
            Ok(record) => Ok(Some(Edition { record, ..draft })),
            Err(why) => Err(why),
        })
    }

    /// Returns what a record becomes, if it then refers to no file that is another's.
    async fn written(
        &self,
        tx: &mut Tx,
        record: &ItemRecord,
        taking: Taking<'_>,
    ) -> Result<Result<ItemRecord, String>, StoreError> {
        let changed = match self.changed(record, taking) {
            Ok(changed) => changed,
            Err(why) => return Ok(Err(why)),
        };
        let (before, after) = (&record.content, &changed.content);
        let foreign = foreign(tx, taking.actor.scope, before, after).await?;
        Ok(if foreign.is_empty() { Ok(changed) } else { Err(refusals::of_foreign(&foreign)) })
    }

    fn changed(&self, record: &ItemRecord, taking: Taking<'_>) -> Result<ItemRecord, String> {
        let Some(value) = &self.value else { return Ok(record.clone()) };
        let standards = taking.standards;
        let standard = standards.get(&record.standard).unwrap_or_else(|| standards.national());
        if standard.element(&value.element).is_none() {
            return Err(format!("{}没有“{}”这个要素", standard.title, value.label));
        }
        let content = read_form(&value.fields, &record.content, standard);
        if content == record.content {
            return Err("本来就是这样，没有改".into());
        }
        Ok(ItemRecord { content, ..record.clone() })
    }
}
