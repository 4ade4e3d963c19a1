use time::Date;

use super::{Action, State};
use crate::{finding::Finding, people::Role, standard::Operation};

/// 不准的理由，带着页面要说的数据。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("“{}”状态的版本不能{}", from.label(), action.label())]
    OutOfOrder { from: State, action: Action },
    #[error("“{}”的事项不能{}", state.label(), operation.label())]
    NotToBegin { operation: Operation, state: State },
    #[error("需要角色 {needed:?}")]
    MissingRole { needed: Role },
    #[error("本人送审的版本，要由别人审核和公布")]
    OwnSubmission,
    #[error("只有送审人可以收回")]
    NotSubmitter,
    #[error("已有环节审核通过，不能收回")]
    AlreadyReviewed,
    #[error("还有 {} 个错误没有改", .0.len())]
    Unmended(Vec<Finding>),
    #[error("要写明理由")]
    MissingReason,
    #[error("退回要写至少一条意见")]
    MissingRemark,
    #[error("没有事项编码，不能公布")]
    WithoutCode,
    #[error("定于 {on} 生效，到那天公布")]
    BeforeItsDay { on: Date },
}
