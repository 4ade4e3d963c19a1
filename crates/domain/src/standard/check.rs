use std::collections::BTreeMap;

use serde::Deserialize;

/// 检查的设定：一条检查在这个规范里多严、管哪些类型、拿什么作参数。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckSetting {
    pub id: String,
    /// `None` leaves it as strict as the rule itself is.
    pub strictness: Option<Strictness>,
    /// The kinds of item that it looks at; empty means all.
    pub kinds: Vec<String>,
    pub parameters: BTreeMap<String, ParameterValue>,
}

/// 严格程度。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// 不查
    Off,
    /// 提醒，不拦送审
    Warning,
    /// 拦住送审
    Error,
}

/// 参数的值：一个数，或几个代码、字样。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    Number(u32),
    Words(Vec<String>),
}

impl CheckSetting {
    pub fn words(&self, name: &str) -> &[String] {
        match self.parameters.get(name) {
            Some(ParameterValue::Words(words)) => words,
            _ => &[],
        }
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        match self.parameters.get(name) {
            Some(ParameterValue::Number(number)) => Some(*number),
            _ => None,
        }
    }
}
