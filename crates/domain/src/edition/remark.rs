use serde::{Deserialize, Serialize};

/// 退回意见：针对一个要素，或者针对整个版本。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The key of the element that it is pinned to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub element: Option<String>,
    pub text: String,
}

impl Remark {
    /// Says something of the whole edition.
    pub fn on_all(text: impl Into<String>) -> Remark {
        Remark { element: None, text: text.into() }
    }

    pub fn on(element: impl Into<String>, text: impl Into<String>) -> Remark {
        Remark { element: Some(element.into()), text: text.into() }
    }
}
