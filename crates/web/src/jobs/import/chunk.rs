//! One chunk of rows: load, decide, record.

use std::collections::{HashMap, HashSet};

use domain::{
    calendar::office_day,
    checks::{self, Subject, Surroundings},
    content::Content,
    edition::{Action, Decision, Edition, Grounds, Refusal, State, decide, diff},
    finding::Finding,
    intake::{Proposal, Rejection},
    item::{EditionId, ItemId, ItemRecord},
    standard::{Operation, Standard},
};
use store::{Body, Item, Outcome, StoreError, Tx};

use super::{ReadRow, RowReport, Run, plan::Plan, target::Known};
use crate::{
    attaching::foreign,
    refusals::{of_foreign, words_of},
};

/// A chunk's rows, with all that was loaded to decide on them.
struct Chunk<'a, 'r> {
    run: &'a Run<'r>,
    tx: &'a mut Tx,
    known: Known,
    /// The current editions of the items that the rows are about.
    current: HashMap<ItemId, Vec<Edition>>,
    /// Drafts into which a person wrote since they were made.
    written: HashSet<EditionId>,
    codes: Codes,
    plan: Plan,
}

/// What a row makes of its item.
struct Next<'a> {
    item: Option<Item>,
    editions: Vec<Edition>,
    record: ItemRecord,
    standard: &'a Standard,
    findings: Vec<Finding>,
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
        rows: &[ReadRow],
    ) -> Result<Vec<RowReport>, StoreError> {
        let mut plan = Plan::default();
        let mut proposals = Vec::with_capacity(rows.len());
        for row in rows {
            match &row.read {
                Err(rejection) => plan.reject(rejection.clone()),
                Ok(proposal) => match self.body(tx, proposal).await? {
                    Err(rejection) => plan.reject(rejection),
                    Ok(body) => proposals.push((proposal, body)),
                },
            }
        }
        let known = self.known(tx, &proposals).await?;
        let current = current_by_item(tx, &known.items()).await?;
        let drafts = current.values().flatten().filter(|it| it.state == State::Draft);
        let written = tx.written_in(&drafts.map(|it| it.id).collect::<Vec<_>>()).await?;
        let codes = surrounding_codes(tx, &proposals).await?;
        tx.reserve_codes(self.given_codes(&proposals)).await?;
        let mut chunk = Chunk { run: self, tx, known, current, written, codes, plan };
        for (proposal, body) in proposals {
            if let Err(reason) = chunk.row(proposal, &body).await? {
                let (number, place) = (proposal.number, proposal.place.clone());
                chunk.plan.reject(Rejection { number, place, reason });
            }
        }
        chunk.plan.write(chunk.tx, self.import).await
    }

    fn given_codes<'a>(
        &'a self,
        proposals: &'a [(&Proposal, Body)],
    ) -> impl Iterator<Item = (&'a str, &'a Standard)> {
        let standards = self.request.standards;
        proposals.iter().filter_map(move |(proposal, _)| {
            let record = &proposal.record;
            Some((record.code.as_deref()?, standards.get(&record.standard)?))
        })
    }
}

impl Chunk<'_, '_> {
    /// Plans what a row does, or says why it can do nothing.
    async fn row(
        &mut self,
        proposal: &Proposal,
        body: &Body,
    ) -> Result<Result<(), String>, StoreError> {
        let id = &proposal.record.standard;
        let Some(standard) = self.run.request.standards.get(id) else {
            return Ok(Err(format!("没有规范“{id}”")));
        };
        let item = match self.known.target(proposal, body) {
            Ok(item) => item,
            Err(reason) => return Ok(Err(reason)),
        };
        let editions = item.as_ref().and_then(|it| self.current.remove(&it.id)).unwrap_or_default();
        let busy = |it: &&Edition| it.state.is_open() && it.state != State::Draft;
        if let Some(busy) = editions.iter().find(busy) {
            let word = standard.state_word(busy.state, busy.desk.as_deref());
            return Ok(Err(format!("该事项第 {} 版正在“{word}”，审完以后再导入", busy.number)));
        }
        let base = editions.iter().rfind(|it| it.state.is_open() || it.state.is_live());
        let mut record = self.compose(proposal, body, item.as_ref(), base, standard);
        if let Some(reason) = self.another_s(base, &record).await? {
            return Ok(Err(reason));
        }
        if let Some(reason) = self.written_over(&editions, &record, standard) {
            return Ok(Err(reason));
        }
        let mut findings = proposal.findings.clone();
        findings.extend(self.give_code(&mut record, standard).await?);
        let subject = Subject { record: &record, standard, surroundings: &self.codes };
        findings.extend(checks::run(&subject));
        match base.filter(|base| base.record == record && self.is_settled(base)) {
            Some(base) => {
                self.plan.accept(proposal, Outcome::Unchanged, base, None, findings);
                Ok(Ok(()))
            }
            None => {
                let next = Next { item, editions, record, standard, findings };
                self.new_edition(proposal, body, next).await
            }
        }
    }

    /// Says which files a row refers to that are not its bringer's to use.
    async fn another_s(
        &mut self,
        base: Option<&Edition>,
        record: &ItemRecord,
    ) -> Result<Option<String>, StoreError> {
        let nothing = Content::new();
        let before = base.map_or(&nothing, |base| &base.record.content);
        let scope = self.run.request.actor.scope;
        let foreign = foreign(self.tx, scope, before, &record.content).await?;
        Ok((!foreign.is_empty()).then(|| of_foreign(&foreign)))
    }

    /// Says what stands against a row that would put another edition in the place of a draft into
    /// which a person wrote: not a word of theirs is thrown away by a table.
    fn written_over(
        &self,
        editions: &[Edition],
        record: &ItemRecord,
        standard: &Standard,
    ) -> Option<String> {
        let draft = editions.iter().find(|it| self.written.contains(&it.id))?;
        if draft.record == *record && !self.run.request.publish {
            return None;
        }
        let labels = diff(&draft.record.content, &record.content, standard).into_iter().map(|it| {
            standard.element(&it.element).map_or(it.element.clone(), |e| e.label.clone())
        });
        let labels = labels.collect::<Vec<_>>().join("、");
        let differs = match labels.is_empty() {
            true => String::new(),
            false => format!("，与这一行不同的有：{labels}"),
        };
        Some(format!(
            "该事项有正在编辑的草稿（第 {} 版）{differs}；没有导入，草稿没有动。\
             照这一行改那份草稿，或者放弃它以后再导入",
            draft.number
        ))
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
        let today = self.run.request.publish.then(|| office_day(self.run.request.now));
        ItemRecord {
            standard: new.standard.clone(),
            region: body.region,
            body: body.body.clone(),
            code: item.and_then(|it| it.code.clone()).or_else(|| new.code.clone()),
            kind: new.kind.clone(),
            parent: new.parent.clone().or_else(|| kept.and_then(|it| it.parent.clone())),
            position: self.position(proposal, kept),
            effective_on: date.or(today),
            content: proposal.applied_to(old, standard),
        }
    }

    /// The place in the office's order. 序号 of a table counts its rows, which may be
    /// some of the items only, so it gives a place to new items alone.
    fn position(&self, proposal: &Proposal, kept: Option<&ItemRecord>) -> Option<u32> {
        let (stated, had) = (proposal.record.position, kept.and_then(|it| it.position));
        let first = if proposal.given.is_none() { stated.or(had) } else { had.or(stated) };
        first.or_else(|| u32::try_from(proposal.number).ok())
    }

    /// Tells whether nothing is left to do with an edition that reads the same.
    fn is_settled(&self, base: &Edition) -> bool {
        base.state.is_live() || !self.run.request.publish || base.record.code.is_none()
    }

    /// Gives a code where publishing needs one, or says why none can be given.
    async fn give_code(
        &mut self,
        record: &mut ItemRecord,
        standard: &Standard,
    ) -> Result<Option<Finding>, StoreError> {
        if record.code.is_some() || !self.run.request.publish {
            return Ok(None);
        }
        match self.tx.issue_code(record, standard).await? {
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

    /// Plans a new edition: a draft, or a baseline that takes the live one's place.
    async fn new_edition(
        &mut self,
        proposal: &Proposal,
        body: &Body,
        next: Next<'_>,
    ) -> Result<Result<(), String>, StoreError> {
        let Next { item, editions, record, standard, findings } = next;
        let publish = self.run.request.publish && record.code.is_some();
        let id = match &item {
            Some(item) => item.id,
            None => self.tx.new_item_id().await?,
        };
        let live = editions.iter().find(|it| it.state.is_live());
        let open = editions.iter().find(|it| it.state.is_open());
        let operation = match (publish, live) {
            (true, _) => Operation::Baseline,
            (false, Some(_)) => Operation::Change,
            (false, None) => Operation::Create,
        };
        let number = editions.iter().map(|it| it.number).max().unwrap_or(0) + 1;
        let edition_id = self.tx.new_edition_id().await?;
        let edition = Edition::draft(edition_id, id, number, operation, record, standard);
        let steps = [
            open.map(|open| (open, Action::UndoImport)),
            live.filter(|_| publish).map(|live| (live, Action::Supersede)),
            publish.then_some((&edition, Action::LoadBaseline)),
        ];
        let decided = steps.into_iter().flatten();
        let decided = decided.map(|(edition, action)| self.decide(edition, action, standard));
        match decided.collect::<Result<Vec<_>, Refusal>>() {
            Err(refusal) => return Ok(Err(words_of(&refusal, standard))),
            Ok(decisions) => self.plan.decisions.extend(decisions),
        }
        match item {
            Some(_) => {
                self.plan.changed_items.insert(id);
            }
            None => self.plan.new_items.push(Item::of(id, body.id, &edition.record)),
        }
        let replaced = if publish { live.or(open) } else { open };
        let outcome = if live.or(open).is_some() { Outcome::Updated } else { Outcome::Imported };
        self.plan.accept(proposal, outcome, &edition, replaced, findings);
        self.plan.drafts.push(edition);
        Ok(Ok(()))
    }

    fn decide(
        &self,
        edition: &Edition,
        action: Action,
        standard: &Standard,
    ) -> Result<Decision, Refusal> {
        let now = self.run.request.now;
        let reason = match action {
            // What comes takes nobody's place by itself.
            Action::LoadBaseline => "",
            _ => "由导入替换",
        };
        let grounds = Grounds { reason, ..Grounds::at(now, standard) };
        decide(self.run.request.actor, edition, action, grounds)
    }
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

async fn surrounding_codes(
    tx: &mut Tx,
    proposals: &[(&Proposal, Body)],
) -> Result<Codes, StoreError> {
    let parents: Vec<&str> =
        proposals.iter().filter_map(|(it, _)| it.record.parent.as_deref()).collect();
    let mut codes: HashSet<String> =
        proposals.iter().filter_map(|(it, _)| it.record.code.clone()).collect();
    let known = tx.items_by_code(&parents).await?;
    codes.extend(known.into_iter().filter_map(|item| item.code));
    Ok(Codes(codes))
}
