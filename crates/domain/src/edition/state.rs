use serde::{Deserialize, Serialize};

/// 版本状态。各地的叫法在规范里。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 暂存
    Draft,
    /// 在某一环节审核
    InReview,
    /// 退回修改
    Returned,
    /// 审定，待公布
    Approved,
    /// 已入库
    Published,
    /// 暂停
    Suspended,
    /// 备案：已被新版本替代
    Superseded,
    /// 废置
    Withdrawn,
}

/// 对一个版本做的事。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 送审
    Submit,
    /// 审核通过
    Approve,
    /// 退回
    Return,
    /// 公布
    Publish,
    /// 基线：按原样公布
    LoadBaseline,
    /// 被新版本替代
    Supersede,
    /// 暂停
    Suspend,
    /// 恢复
    Resume,
    /// 取消
    Withdraw,
    /// 撤销导入
    UndoImport,
}

/// Returns the state that `action` leads to, or `None` where it has no place.
///
/// This is the whole workflow. An approval leads to the next desk while there
/// is one; `at_last_desk` tells. The guard in [`super::decide`] reads it.
pub fn next(state: State, action: Action, at_last_desk: bool) -> Option<State> {
    use Action as A;
    use State as S;

    let to = match (state, action) {
        (S::Draft | S::Returned, A::Submit) => S::InReview,
        (S::InReview, A::Approve) if at_last_desk => S::Approved,
        (S::InReview, A::Approve) => S::InReview,
        (S::InReview | S::Approved, A::Return) => S::Returned,
        (S::Approved, A::Publish) => S::Published,
        (S::Draft, A::LoadBaseline) => S::Published,
        (S::Published | S::Suspended, A::Supersede) => S::Superseded,
        (S::Published, A::Suspend) => S::Suspended,
        (S::Suspended, A::Resume) => S::Published,
        (S::Published | S::Suspended, A::Withdraw) => S::Withdrawn,
        (S::Draft | S::Published, A::UndoImport) => S::Withdrawn,
        _ => return None,
    };
    Some(to)
}

impl State {
    pub const ALL: [State; 8] = [
        State::Draft,
        State::InReview,
        State::Returned,
        State::Approved,
        State::Published,
        State::Suspended,
        State::Superseded,
        State::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Returned => "returned",
            State::Approved => "approved",
            State::Published => "published",
            State::Suspended => "suspended",
            State::Superseded => "superseded",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// Still being worked on: at most one such edition an item.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::InReview | State::Returned | State::Approved)
    }

    /// In force: at most one such edition an item.
    pub fn is_live(self) -> bool {
        matches!(self, State::Published | State::Suspended)
    }
}

impl Action {
    pub const ALL: [Action; 10] = [
        Action::Submit,
        Action::Approve,
        Action::Return,
        Action::Publish,
        Action::LoadBaseline,
        Action::Supersede,
        Action::Suspend,
        Action::Resume,
        Action::Withdraw,
        Action::UndoImport,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Action::Submit => "submit",
            Action::Approve => "approve",
            Action::Return => "return",
            Action::Publish => "publish",
            Action::LoadBaseline => "load_baseline",
            Action::Supersede => "supersede",
            Action::Suspend => "suspend",
            Action::Resume => "resume",
            Action::Withdraw => "withdraw",
            Action::UndoImport => "undo_import",
        }
    }
}
