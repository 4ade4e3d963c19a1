use serde::{Deserialize, Serialize};
use time::Date;

use crate::{content::Content, region::RegionCode};

/// 一个事项的全部：`items.jsonl` 的一行，也是表单、检查和公布的依据。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRecord {
    pub standard: String,
    pub region: RegionCode,
    pub body: BodyRef,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// 事项类型, a code of the standard's list of kinds.
    pub kind: String,
    /// Code of the item that this one is part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parent: Option<String>,
    /// Place in the body's own order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<u32>,
    #[serde(with = "optional_date", skip_serializing_if = "Option::is_none", default)]
    pub effective_on: Option<Date>,
    pub content: Content,
}

/// 实施主体，如文件里所写。
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRef {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credit_code: Option<String>,
    /// Letters registered for the body in its region.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub letters: Option<String>,
}

impl ItemRecord {
    pub fn name(&self) -> &str {
        self.content.name()
    }
}

mod optional_date {
    time::serde::format_description!(iso, Date, "[year]-[month]-[day]");
    pub(super) use iso::option::*;
}
