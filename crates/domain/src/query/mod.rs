//! 综合查询: what is asked of items, and what an item says to it.
//!
//! Values are compared as [`spell`] writes them, so that a database needs to know nothing
//! of elements: equal texts are equal values, and those of numbers, dates and limits sort
//! as their values do.

mod condition;
mod said;
mod spell;
mod term;
mod typed;

use serde::{Deserialize, Serialize};

pub use self::{
    condition::{Condition, NotComparable, Operator, Test, operators, read_test, words},
    said::{Said, Standing},
    spell::{spell, spell_text},
    term::{Narrow, Pattern, Term},
    typed::write_test,
};
use crate::{item::BodyId, region::RegionCode};

/// What is known of every item, beside its elements.
pub mod facts {
    pub const KIND: &str = "item.kind";
    pub const CODE: &str = "item.code";
    pub const EFFECTIVE_ON: &str = "item.effective_on";
    pub const STANDARD: &str = "item.standard";
    pub const BODY_NAME: &str = "body.name";
    /// The state of the edition that is being worked on.
    pub const OPEN: &str = "edition.open";
    /// The desk where it waits.
    pub const DESK: &str = "edition.desk";
    /// What it is to do: `create`, `change` …
    pub const OPERATION: &str = "edition.operation";
    /// The state of the edition in force.
    pub const LIVE: &str = "edition.live";
    /// `true` for what has neither: withdrawn, or taken back with its import.
    pub const ENDED: &str = "edition.ended";
    /// The rules that found something.
    pub const FINDING: &str = "finding";
}

/// 一次综合查询：在哪里，问什么；各条件都要满足。
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    /// This region and all below it.
    pub region: Option<RegionCode>,
    pub body: Option<BodyId>,
    pub conditions: Vec<Condition>,
}

impl Query {
    /// Tells whether an item that says this is asked for; where it is, the asker looks to.
    pub fn fits(&self, said: &Said) -> bool {
        self.conditions.iter().all(|it| it.test.holds(said.get(&it.key)))
    }
}

#[cfg(test)]
mod tests;
