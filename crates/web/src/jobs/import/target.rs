//! Which item a row is about.

use std::collections::HashMap;

use domain::{
    intake::{Proposal, Rejection},
    item::{BodyId, ItemId},
    people::Scope,
    region::{RegionCode, regions},
};
use store::{Body, Item, StoreError, Tx};

use super::Run;

/// The items that a chunk's rows may be about, and where the file named them before.
pub(super) struct Known {
    by_code: HashMap<String, Item>,
    by_name: HashMap<(BodyId, String, String), Vec<Item>>,
    /// Items that an earlier row of this file already was.
    taken: HashMap<ItemId, String>,
    /// Codes and names that this chunk itself has made items of.
    made: HashMap<String, String>,
}

impl Run<'_> {
    /// Finds the row's body, or makes it.
    pub(super) async fn body(
        &mut self,
        tx: &mut Tx,
        proposal: &Proposal,
    ) -> Result<Result<Body, Rejection>, StoreError> {
        let record = &proposal.record;
        let reject = |reason: String| {
            let Proposal { number, place, .. } = proposal;
            Ok(Err(Rejection { number: *number, place: place.clone(), reason }))
        };
        if regions::get(&record.region).is_none() {
            return reject(format!(
                "区划代码 {} 不在区划表里；核对后改正，或用 --region 指定",
                record.region
            ));
        }
        let key = (record.region, record.body.name.clone());
        let known = match self.bodies.get(&key) {
            Some(body) => Some(body.clone()),
            None => tx.body(record.region, &record.body.name).await?,
        };
        if !self.is_within(record.region, known.as_ref()) {
            return reject(format!(
                "“{}”（{}）不在您管的范围里；只能导入范围以内的事项",
                record.body.name, record.region
            ));
        }
        let lacks = |body: &Body| {
            (body.body.letters.is_none() && record.body.letters.is_some())
                || (body.body.credit_code.is_none() && record.body.credit_code.is_some())
        };
        let body = match known {
            Some(body) if !lacks(&body) => body,
            known => {
                if let Some(holder) = self.letters_holder(tx, proposal).await? {
                    let letters = record.body.letters.as_deref().unwrap_or_default();
                    return reject(format!(
                        "部门业务代码 {letters} 已登记给“{holder}”；同一地区不能重复，请给“{}”另定",
                        record.body.name
                    ));
                }
                match known {
                    Some(body) => {
                        tx.complete_body(body.id, &record.body).await?;
                        tx.body(record.region, &record.body.name).await?.unwrap_or(body)
                    }
                    None => {
                        self.summary.new_bodies.push((record.region, record.body.clone()));
                        tx.add_body(record.region, &record.body).await?
                    }
                }
            }
        };
        self.bodies.insert(key, body.clone());
        Ok(Ok(body))
    }

    /// Tells whether the importer's scope covers a body; one that is not there yet is made only
    /// by who has a whole region.
    fn is_within(&self, region: RegionCode, body: Option<&Body>) -> bool {
        match (self.request.actor.scope, body) {
            (scope, Some(body)) => scope.covers(region, body.id),
            (Scope::Everywhere, None) => true,
            (Scope::Region(own), None) => own.contains(&region),
            (Scope::Body(_), None) => false,
        }
    }

    /// Returns the name of another body that holds the letters which this row claims.
    async fn letters_holder(
        &self,
        tx: &mut Tx,
        proposal: &Proposal,
    ) -> Result<Option<String>, StoreError> {
        let record = &proposal.record;
        let Some(letters) = &record.body.letters else { return Ok(None) };
        let holder = tx.body_with_letters(record.region, letters).await?;
        Ok(holder.map(|it| it.body.name).filter(|name| *name != record.body.name))
    }

    pub(super) async fn known(
        &self,
        tx: &mut Tx,
        proposals: &[(&Proposal, Body)],
    ) -> Result<Known, StoreError> {
        let codes: Vec<&str> =
            proposals.iter().filter_map(|(it, _)| it.record.code.as_deref()).collect();
        let by_code = tx.items_by_code(&codes).await?;
        let mut names: HashMap<BodyId, Vec<&str>> = HashMap::new();
        for (proposal, body) in proposals.iter().filter(|(it, _)| it.record.code.is_none()) {
            names.entry(body.id).or_default().push(proposal.record.name());
        }
        let mut by_name: HashMap<_, Vec<Item>> = HashMap::new();
        for (body, names) in names {
            for item in tx.items_by_name(body, &names).await? {
                let key = (item.body, item.kind.clone(), item.name.clone());
                by_name.entry(key).or_default().push(item);
            }
        }
        let ids: Vec<ItemId> =
            by_code.iter().chain(by_name.values().flatten()).map(|item| item.id).collect();
        let taken = tx.rows_of_items(self.import, &ids).await?.into_iter().collect();
        let by_code = by_code.into_iter().filter_map(|it| Some((it.code.clone()?, it))).collect();
        Ok(Known { by_code, by_name, taken, made: HashMap::new() })
    }
}

impl Known {
    pub(super) fn items(&self) -> Vec<ItemId> {
        let by_name = self.by_name.values().flatten();
        let mut ids: Vec<ItemId> = self.by_code.values().chain(by_name).map(|it| it.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Returns the item that a row is about, `None` for a new one, or why it can be neither.
    pub(super) fn target(
        &mut self,
        proposal: &Proposal,
        body: &Body,
    ) -> Result<Option<Item>, String> {
        let record = &proposal.record;
        let identity = match &record.code {
            Some(code) => format!("编码 {code}"),
            None => format!("{}的“{}”", body.body.name, record.name()),
        };
        let made_key = format!("{}\u{0}{identity}\u{0}{}", body.id, record.kind);
        let key = record.code.clone().unwrap_or(made_key);
        if let Some(place) = self.made.get(&key) {
            return Err(format!("{identity} 在{place}已经出现；同一文件里一个事项只能有一行"));
        }
        let item = match &record.code {
            Some(code) => self.by_code.get(code).cloned(),
            None => {
                let key = (body.id, record.kind.clone(), record.name().to_owned());
                match self.by_name.get(&key).map(Vec::as_slice) {
                    None | Some([]) => None,
                    Some([item]) => Some(item.clone()),
                    Some(_) => {
                        return Err(format!(
                            "{identity} 在库里有几项，分不清是哪一项；请补上事项编码"
                        ));
                    }
                }
            }
        };
        if let Some(item) = &item {
            if item.body != body.id {
                return Err(format!(
                    "编码 {} 已属于另一个单位的“{}”；一个编码只能是一个事项，请核对编码",
                    item.code.as_deref().unwrap_or_default(),
                    item.name
                ));
            }
            if let Some(place) = self.taken.get(&item.id) {
                return Err(format!("{identity} 在{place}已经出现；同一文件里一个事项只能有一行"));
            }
        }
        self.made.insert(key, proposal.place.clone());
        Ok(item)
    }
}
