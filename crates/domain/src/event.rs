//! 流转记录: who did what to which edition, when and why.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    chain,
    edition::{Action, Decision, Remark, State},
};

/// 流转记录。写下以后不改。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub item: i64,
    pub edition: i64,
    pub action: Action,
    pub from: State,
    pub to: State,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub desk: Option<String>,
    pub by: i64,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub reason: String,
    /// What is to be mended, where it was returned.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub remarks: Vec<Remark>,
}

impl Event {
    pub fn of(decision: &Decision) -> Event {
        let edition = decision.edition();
        Event {
            item: edition.item.0,
            edition: edition.id.0,
            action: decision.action(),
            from: edition.state,
            to: decision.to(),
            desk: decision.desk().map(str::to_owned),
            by: decision.by().0,
            at: decision.at(),
            reason: decision.reason().to_owned(),
            remarks: decision.remarks().to_vec(),
        }
    }

    /// Returns the bytes that are kept and hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an event holds only strings as keys")
    }
}

/// Returns the hash of an event: of its bytes, its place and the one before.
pub fn event_hash(previous: &str, seq: i64, bytes: &[u8]) -> String {
    chain::link(previous, &[&seq.to_be_bytes(), bytes])
}
