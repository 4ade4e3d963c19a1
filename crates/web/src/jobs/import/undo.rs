//! 撤销导入: takes back what an import brought, through decisions like any other step.
//!
//! Items keep their codes, so that importing again takes them up.

use domain::{
    edition::{Action, Decision, Edition, Grounds, Refusal, State, decide},
    item::{EditionId, ImportId},
    people::Actor,
    standard::{Operation, Standard, Standards},
};
use store::{ImportRow, ImportState, Outcome, Store, StoreError, Tx};
use time::OffsetDateTime;

const REASON: &str = "撤销导入";
const PAGE: u32 = 500;

/// 撤销的结果。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// New items taken away.
    pub removed: u64,
    /// Items that read again as before.
    pub restored: u64,
    /// Rows that could not be taken back, and why.
    pub kept: Vec<(String, String)>,
}

enum Step {
    Nothing,
    Removed,
    Restored,
    Kept(String),
}

/// Takes back an import row by row, the last first.
pub async fn undo(
    store: &Store,
    import: ImportId,
    standards: &Standards,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Undone, StoreError> {
    let mut undone = Undone::default();
    let mut after = 0;
    loop {
        let page = store.import_rows(import, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        let mut tx = store.begin().await?;
        for row in &page {
            match take_back(&mut tx, row, standards, actor, now).await? {
                Step::Nothing => {}
                Step::Removed => undone.removed += 1,
                Step::Restored => undone.restored += 1,
                Step::Kept(why) => undone.kept.push((row.place.clone(), why)),
            }
        }
        tx.commit().await?;
    }
    let mut tx = store.begin().await?;
    tx.set_import_state(import, ImportState::Undone).await?;
    tx.commit().await?;
    Ok(undone)
}

async fn take_back(
    tx: &mut Tx,
    row: &ImportRow,
    standards: &Standards,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Step, StoreError> {
    let (Outcome::Imported | Outcome::Updated, Some(item), Some(id)) =
        (row.outcome, row.item, row.edition)
    else {
        return Ok(Step::Nothing);
    };
    let editions = tx.current_editions(&[item]).await?;
    let Some(brought) = editions.iter().find(|it| it.id == id) else {
        return Ok(Step::Kept("导入以后又有新的版本，没有动它".into()));
    };
    if !matches!(brought.state, State::Draft | State::Published) {
        return Ok(Step::Kept("导入以后已经送审或停用，没有动它".into()));
    }
    if brought.state == State::Draft && tx.written_in(&[id]).await?.contains(&id) {
        return Ok(Step::Kept("导入以后有人改过，没有动它".into()));
    }
    let standard = standards.get(&brought.record.standard).unwrap_or(standards.national());
    let grounds = Grounds { reason: REASON, ..Grounds::at(now, standard) };
    let step = |edition: &Edition, action| decide(actor, edition, action, grounds);
    let Some(before) = row.replaced else {
        return finish(tx, vec![step(brought, Action::UndoImport)], Step::Removed).await;
    };
    let Some(restored) = restored(tx, before, brought, standard).await? else {
        return Ok(Step::Kept("原来的版本找不到了，没有动它".into()));
    };
    let leave = match brought.state {
        State::Published => Action::Supersede,
        _ => Action::UndoImport,
    };
    match step(brought, leave) {
        Ok(decision) => tx.record(&[decision]).await?,
        Err(refusal) => return Ok(Step::Kept(refusal.to_string())),
    }
    tx.add_drafts(std::slice::from_ref(&restored)).await?;
    tx.update_item(restored.item, &restored.record).await?;
    let publish = brought.state == State::Published;
    let decisions = publish.then(|| step(&restored, Action::LoadBaseline));
    finish(tx, decisions.into_iter().collect(), Step::Restored).await
}

/// A new edition that reads as the one before the import did.
async fn restored(
    tx: &mut Tx,
    before: EditionId,
    brought: &Edition,
    standard: &Standard,
) -> Result<Option<Edition>, StoreError> {
    let Some(before) = tx.edition(before).await? else { return Ok(None) };
    let id = tx.new_edition_id().await?;
    let number = brought.number + 1;
    let mut again =
        Edition::draft(id, before.item, number, Operation::Baseline, before.record, standard);
    again.standard_hash = before.standard_hash;
    Ok(Some(again))
}

async fn finish(
    tx: &mut Tx,
    decisions: Vec<Result<Decision, Refusal>>,
    done: Step,
) -> Result<Step, StoreError> {
    match decisions.into_iter().collect::<Result<Vec<_>, _>>() {
        Ok(decisions) => {
            tx.record(&decisions).await?;
            Ok(done)
        }
        Err(refusal) => Ok(Step::Kept(refusal.to_string())),
    }
}
