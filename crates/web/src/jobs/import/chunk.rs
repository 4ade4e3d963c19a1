//! One chunk of rows: load, decide, record.

use std::collections::{HashMap, HashSet};

use domain::{
    checks::{self, Subject, Surroundings},
    content::Content,
    edition::{Action, Decision, Edition, Grounds, Refusal, State, decide},
    finding::Finding,
    intake::{Proposal, RawRow, Rejection},
    item::{ItemId, ItemRecord},
    standard::{Operation, Standard},
};
use store::{Body, ImportRow, Item, Outcome, StoreError, Tx};

use super::{RowReport, Run, target::Known};

/// What a chunk is going to write.
#[derive(Default)]
struct Plan {
    new_items: Vec<Item>,
    changed_items: Vec<Item>,
    drafts: Vec<Edition>,
    /// Editions that make room for the new ones, and the baselines, in order.
    decisions: Vec<Decision>,
    rows: Vec<ImportRow>,
    reports: Vec<RowReport>,
}

/// What a row makes of its item.
struct Next<'a> {
    record: ItemRecord,
    item: Option<Item>,
    findings: Vec<Finding>,
    standard: &'a Standard,
}

/// The codes of items that are in the catalogue or come with this chunk.
struct Codes(HashSet<String>);

impl Surroundings for Codes {
    fn knows_code(&self, code: &str) -> bool {
        self.0.contains(code)
    }
}

impl Run<'_> {
    pub(super) async fn chunk(
        &mut self,
        tx: &mut Tx,
        rows: &[RawRow],
    ) -> Result<Vec<RowReport>, StoreError> {
        let mut plan = Plan::default();
        let mut proposals = Vec::with_capacity(rows.len());
        for row in rows {
            match self.intake().read(row.clone()) {
                Err(rejection) => plan.reject(rejection),
                Ok(proposal) => match self.body(tx, &proposal).await? {
                    Err(rejection) => plan.reject(rejection),
                    Ok(body) => proposals.push((proposal, body)),
                },
            }
        }
        let mut known = self.known(tx, &proposals).await?;
        let current = current_by_item(tx, &known.items()).await?;
        let codes = self.surrounding_codes(tx, &proposals).await?;
        for (proposal, body) in proposals {
            self.row(tx, proposal, &body, &mut known, &current, &codes, &mut plan).await?;
        }
        self.write(tx, plan).await
    }

    #[expect(clippy::too_many_arguments, reason = "what the chunk knows, loaded once for all rows")]
    async fn row(
        &self,
        tx: &mut Tx,
        proposal: Proposal,
        body: &Body,
        known: &mut Known,
        current: &HashMap<ItemId, Vec<Edition>>,
        codes: &Codes,
        plan: &mut Plan,
    ) -> Result<(), StoreError> {
        let Some(standard) = self.request.standards.get(&proposal.record.standard) else {
            let reason = format!("没有规范“{}”", proposal.record.standard);
            return Ok(plan.reject(reject(&proposal, reason)));
        };
        let item = match known.target(&proposal, body) {
            Ok(item) => item,
            Err(reason) => return Ok(plan.reject(reject(&proposal, reason))),
        };
        let editions =
            item.as_ref().and_then(|it| current.get(&it.id)).map_or(&[][..], Vec::as_slice);
        if let Some(busy) =
            editions.iter().find(|it| it.state.is_open() && it.state != State::Draft)
        {
            let word = standard.state_word(busy.state, busy.desk.as_deref());
            let reason = format!("该事项第 {} 版正在“{word}”，审完以后再导入", busy.number);
            return Ok(plan.reject(reject(&proposal, reason)));
        }
        let base = editions.iter().rev().find(|it| it.state.is_open() || it.state.is_live());
        let mut record = self.compose(&proposal, body, item.as_ref(), base, standard);
        let mut findings = proposal.findings.clone();
        if let Some(base) = base.filter(|base| base.record == record && self.is_settled(base)) {
            findings.extend(checked(&record, standard, codes));
            plan.unchanged(&proposal, base, findings);
            return Ok(());
        }
        if let Some(finding) = self.give_code(tx, &mut record, standard).await? {
            findings.push(finding);
        }
        findings.extend(checked(&record, standard, codes));
        let next = Next { record, item, findings, standard };
        self.plan_edition(tx, proposal, body, next, editions, plan).await
    }

    /// What the item becomes: the row laid over what is there.
    fn compose(
        &self,
        proposal: &Proposal,
        body: &Body,
        item: Option<&Item>,
        base: Option<&Edition>,
        standard: &Standard,
    ) -> ItemRecord {
        let nothing = Content::new();
        let old = base.map_or(&nothing, |base| &base.record.content);
        let new = &proposal.record;
        let kept = base.map(|base| &base.record);
        let date = new.effective_on.or(kept.and_then(|it| it.effective_on));
        let today = self.request.publish.then(|| self.request.now.date());
        ItemRecord {
            standard: new.standard.clone(),
            region: body.region,
            body: body.body.clone(),
            code: item.and_then(|it| it.code.clone()).or_else(|| new.code.clone()),
            kind: new.kind.clone(),
            parent: new.parent.clone().or_else(|| kept.and_then(|it| it.parent.clone())),
            position: new
                .position
                .or_else(|| kept.and_then(|it| it.position))
                .or_else(|| u32::try_from(proposal.number).ok()),
            effective_on: date.or(today),
            content: proposal.applied_to(old, standard),
        }
    }

    /// Tells whether nothing is left to do with an edition that reads the same.
    fn is_settled(&self, base: &Edition) -> bool {
        base.state.is_live() || !self.request.publish
    }

    /// Gives a code where publishing needs one, or says why none can be given.
    async fn give_code(
        &self,
        tx: &mut Tx,
        record: &mut ItemRecord,
        standard: &Standard,
    ) -> Result<Option<Finding>, StoreError> {
        if let Some(code) = &record.code {
            tx.reserve_code(code, standard).await?;
            return Ok(None);
        }
        if !self.request.publish {
            return Ok(None);
        }
        match tx.issue_code(record, standard).await? {
            Ok(code) => {
                record.code = Some(code);
                Ok(None)
            }
            Err(refusal) => Ok(Some(Finding::error(
                "I4",
                "item.code",
                format!("没有事项编码，也编不出来：{refusal}；已存为暂存，没有公布"),
                "补上编码，或在映射文件的 [bodies] 里登记部门业务代码，再导入一次".into(),
            ))),
        }
    }

    async fn plan_edition(
        &self,
        tx: &mut Tx,
        proposal: Proposal,
        body: &Body,
        next: Next<'_>,
        editions: &[Edition],
        plan: &mut Plan,
    ) -> Result<(), StoreError> {
        let Next { record, item, findings, standard } = next;
        let publish = self.request.publish && record.code.is_some();
        let id = match &item {
            Some(item) => item.id,
            None => tx.new_item_id().await?,
        };
        let row = item_row(id, body, &record);
        let live = editions.iter().find(|it| it.state.is_live());
        let open = editions.iter().find(|it| it.state.is_open());
        let edition = Edition {
            id: tx.new_edition_id().await?,
            item: id,
            number: editions.iter().map(|it| it.number).max().unwrap_or(0) + 1,
            revision: 1,
            state: State::Draft,
            operation: if publish { Operation::Baseline } else { operation(live) },
            desk: None,
            submitted_by: None,
            standard_hash: standard.hash.clone(),
            record,
        };
        let mut decided = Vec::new();
        if let Some(open) = open {
            decided.push(self.decide(open, Action::UndoImport, standard));
        }
        if let Some(live) = live.filter(|_| publish) {
            decided.push(self.decide(live, Action::Supersede, standard));
        }
        if publish {
            decided.push(self.decide(&edition, Action::LoadBaseline, standard));
        }
        match decided.into_iter().collect::<Result<Vec<_>, Refusal>>() {
            Err(refusal) => return Ok(plan.reject(reject(&proposal, refusal.to_string()))),
            Ok(decisions) => plan.decisions.extend(decisions),
        }
        match item {
            Some(_) => plan.changed_items.push(row),
            None => plan.new_items.push(row),
        }
        let replaced = if publish { live.or(open) } else { open };
        let outcome = if live.or(open).is_some() { Outcome::Updated } else { Outcome::Imported };
        plan.accept(&proposal, outcome, &edition, replaced, findings);
        plan.drafts.push(edition);
        Ok(())
    }

    fn decide(
        &self,
        edition: &Edition,
        action: Action,
        standard: &Standard,
    ) -> Result<Decision, Refusal> {
        let grounds =
            Grounds { standard, findings: &[], reason: "由导入替换", now: self.request.now };
        decide(self.request.actor, edition, action, grounds)
    }

    async fn surrounding_codes(
        &self,
        tx: &mut Tx,
        proposals: &[(Proposal, Body)],
    ) -> Result<Codes, StoreError> {
        let parents: Vec<&str> =
            proposals.iter().filter_map(|(it, _)| it.record.parent.as_deref()).collect();
        let mut codes: HashSet<String> =
            proposals.iter().filter_map(|(it, _)| it.record.code.clone()).collect();
        let known = tx.items_by_code(&parents).await?;
        codes.extend(known.into_iter().filter_map(|item| item.code));
        Ok(Codes(codes))
    }

    async fn write(&self, tx: &mut Tx, plan: Plan) -> Result<Vec<RowReport>, StoreError> {
        tx.add_items(&plan.new_items).await?;
        for item in &plan.changed_items {
            tx.update_item(item).await?;
        }
        let (closing, opening): (Vec<Decision>, Vec<Decision>) =
            plan.decisions.into_iter().partition(|it| it.action() != Action::LoadBaseline);
        tx.record(&closing).await?;
        tx.add_drafts(&plan.drafts).await?;
        tx.record(&opening).await?;
        tx.add_import_rows(self.import, &plan.rows).await?;
        let mut reports = plan.reports;
        reports.sort_by_key(|report| report.number);
        Ok(reports)
    }
}

impl Plan {
    fn reject(&mut self, rejection: Rejection) {
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

    fn unchanged(&mut self, proposal: &Proposal, base: &Edition, findings: Vec<Finding>) {
        self.accept(proposal, Outcome::Unchanged, base, None, findings);
    }

    fn accept(
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
}

fn checked(record: &ItemRecord, standard: &Standard, codes: &Codes) -> Vec<Finding> {
    checks::run(&Subject { record, standard, surroundings: codes })
}

async fn current_by_item(
    tx: &mut Tx,
    items: &[ItemId],
) -> Result<HashMap<ItemId, Vec<Edition>>, StoreError> {
    let mut current: HashMap<ItemId, Vec<Edition>> = HashMap::new();
    for edition in tx.current_editions(items).await? {
        current.entry(edition.item).or_default().push(edition);
    }
    Ok(current)
}

fn item_row(id: ItemId, body: &Body, record: &ItemRecord) -> Item {
    Item {
        id,
        body: body.id,
        standard: record.standard.clone(),
        kind: record.kind.clone(),
        name: record.name().to_owned(),
        code: record.code.clone(),
        parent: record.parent.clone(),
        position: record.position,
    }
}

fn operation(live: Option<&Edition>) -> Operation {
    if live.is_some() { Operation::Change } else { Operation::Create }
}

fn reject(proposal: &Proposal, reason: String) -> Rejection {
    Rejection { number: proposal.number, place: proposal.place.clone(), reason }
}
