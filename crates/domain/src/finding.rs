use serde::{Deserialize, Serialize};

/// 问题：一条规则在一个事项上查出的事。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id, such as `Q2`.
    pub rule: String,
    pub severity: Severity,
    /// The element or the place that it is about; empty for the item as a whole.
    pub element: String,
    /// What is wrong, with the values.
    pub message: String,
    /// The way out.
    pub mend: String,
}

/// 轻重：错误拦住送审，提醒不拦。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Warning,
    Error,
}

impl Finding {
    pub fn error(rule: &str, element: &str, message: String, mend: String) -> Finding {
        let (rule, element) = (rule.to_owned(), element.to_owned());
        Finding { rule, severity: Severity::Error, element, message, mend }
    }

    pub fn warning(rule: &str, element: &str, message: String, mend: String) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(rule, element, message, mend) }
    }
}
