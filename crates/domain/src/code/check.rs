use serde::Deserialize;

use super::credit;

/// 校验方法：一段编码自身能否验算
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// 统一社会信用代码，GB 32100-2015
    CreditCode,
    /// 组织机构代码，GB 11714-1997
    OrganizationCode,
}

impl Check {
    /// Says what is wrong with `text`; nothing when it proves right.
    pub fn faults(self, text: &str) -> Vec<String> {
        match self {
            Check::CreditCode => credit::faults(text),
            Check::OrganizationCode => credit::organization_fault(text).into_iter().collect(),
        }
    }
}
