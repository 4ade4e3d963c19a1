use serde::Deserialize;

/// 环节：审核路线上的一站。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    pub id: String,
    pub title: String,
    /// What the region calls an edition that waits at this desk, such as 部门已审核.
    #[serde(default)]
    pub state_word: String,
    /// Within how many working days it decides, if the standard says so.
    pub limit: Option<u32>,
}

/// 退回以后重新送审，送到哪里。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resubmit {
    /// 从第一站走起
    #[default]
    FirstDesk,
    /// 直接送到退回的那一站
    ReturningDesk,
}

/// 审核路线：一种操作在公布以前经过的环节。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRoute {
    /// Kinds of item; empty means all that no other route names.
    #[serde(default)]
    pub kinds: Vec<String>,
    pub operations: Vec<Operation>,
    pub desks: Vec<String>,
}

/// 操作：一个版本为什么产生。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// 新建
    Create,
    /// 变更
    Change,
    /// 拆分
    Split,
    /// 合并
    Merge,
    /// 暂停
    Suspend,
    /// 恢复
    Resume,
    /// 取消（作废）
    Withdraw,
    /// 下放
    Delegate,
    /// 承接
    Accept,
    /// 基线：目录在本系统以前就已生效，按原样公布。
    Baseline,
}

impl Operation {
    pub const ALL: [Operation; 10] = [
        Operation::Create,
        Operation::Change,
        Operation::Split,
        Operation::Merge,
        Operation::Suspend,
        Operation::Resume,
        Operation::Withdraw,
        Operation::Delegate,
        Operation::Accept,
        Operation::Baseline,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Operation::Create => "create",
            Operation::Change => "change",
            Operation::Split => "split",
            Operation::Merge => "merge",
            Operation::Suspend => "suspend",
            Operation::Resume => "resume",
            Operation::Withdraw => "withdraw",
            Operation::Delegate => "delegate",
            Operation::Accept => "accept",
            Operation::Baseline => "baseline",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Operation::Create => "新建",
            Operation::Change => "变更",
            Operation::Split => "拆分",
            Operation::Merge => "合并",
            Operation::Suspend => "暂停",
            Operation::Resume => "恢复",
            Operation::Withdraw => "取消",
            Operation::Delegate => "下放",
            Operation::Accept => "承接",
            Operation::Baseline => "基线",
        }
    }

    /// Tells whether it leaves what the item says as it is.
    pub fn keeps_content(self) -> bool {
        self.stops() || self == Operation::Resume
    }

    /// Tells whether it takes an item away from the public, for a while or for ever.
    pub fn stops(self) -> bool {
        matches!(self, Operation::Suspend | Operation::Withdraw)
    }

    pub fn parse(text: &str) -> Option<Operation> {
        Operation::ALL.into_iter().find(|it| it.as_str() == text)
    }
}
