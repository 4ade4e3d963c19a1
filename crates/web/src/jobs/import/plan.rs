//! What a chunk is going to write, and what its rows are told.

use std::collections::HashSet;

use domain::{
    edition::{Action, Decision, Edition},
    finding::Finding,
    intake::{Proposal, Rejection},
    item::{EditionId, ImportId, ItemId},
};
use store::{ImportRow, Item, Outcome, StoreError, Tx};

use super::RowReport;

/// What a chunk is going to write.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) new_items: Vec<Item>,
    /// Items that were there before; their rows follow the new edition.
    pub(super) changed_items: HashSet<ItemId>,
    pub(super) drafts: Vec<Edition>,
    /// Editions that make room for the new ones, and the baselines, in order.
    pub(super) decisions: Vec<Decision>,
    pub(super) rows: Vec<ImportRow>,
    pub(super) reports: Vec<RowReport>,
}

impl Plan {
    pub(super) fn reject(&mut self, rejection: Rejection) {
        let Rejection { number, place, reason } = rejection;
        self.rows.push(ImportRow {
            number,
            place: place.clone(),
            outcome: Outcome::Rejected,
            item: None,
            edition: None,
            replaced: None,
            report: reason.clone(),
        });
        self.reports.push(RowReport {
            number,
            place,
            outcome: Outcome::Rejected,
            code: None,
            reason: Some(reason),
            findings: Vec::new(),
        });
    }

    pub(super) fn accept(
        &mut self,
        proposal: &Proposal,
        outcome: Outcome,
        edition: &Edition,
        replaced: Option<&Edition>,
        findings: Vec<Finding>,
    ) {
        self.rows.push(ImportRow {
            number: proposal.number,
            place: proposal.place.clone(),
            outcome,
            item: Some(edition.item),
            edition: Some(edition.id),
            replaced: replaced.map(|it| it.id),
            report: serde_json::to_string(&findings).expect("findings hold only strings as keys"),
        });
        self.reports.push(RowReport {
            number: proposal.number,
            place: proposal.place.clone(),
            outcome,
            code: edition.record.code.clone(),
            reason: None,
            findings,
        });
    }

    /// Writes all of it, and returns the reports in the order of the rows.
    pub(super) async fn write(
        self,
        tx: &mut Tx,
        import: ImportId,
    ) -> Result<Vec<RowReport>, StoreError> {
        tx.add_items(&self.new_items).await?;
        for draft in self.drafts.iter().filter(|it| self.changed_items.contains(&it.item)) {
            tx.update_item(draft.item, &draft.record).await?;
        }
        let (closing, opening): (Vec<Decision>, Vec<Decision>) =
            self.decisions.into_iter().partition(|it| it.action() != Action::LoadBaseline);
        tx.record(&closing).await?;
        let decided: HashSet<EditionId> = opening.iter().map(|it| it.edition().id).collect();
        let (decided, drafts): (Vec<Edition>, Vec<Edition>) =
            self.drafts.into_iter().partition(|it| decided.contains(&it.id));
        tx.add_drafts_to_decide(&decided).await?;
        tx.add_drafts(&drafts).await?;
        tx.record(&opening).await?;
        tx.add_import_rows(import, &self.rows).await?;
        let mut reports = self.reports;
        reports.sort_by_key(|report| report.number);
        Ok(reports)
    }
}
