use serde::{Deserialize, Serialize};

use crate::standard::Operation;

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
    /// 收回：送审人在无人审过以前取回
    Recall,
    /// 审核通过
    Approve,
    /// 退回
    Return,
    /// 放弃这一版
    Discard,
    /// 公布
    Publish,
    /// 基线：按原样公布
    LoadBaseline,
    /// 被新版本替代
    Supersede,
    /// 撤销导入
    UndoImport,
}

/// What of an edition, besides its state, decides where an action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub operation: Operation,
    /// No desk comes after the one where it waits.
    pub at_last_desk: bool,
    /// Some desk has returned it once.
    pub was_returned: bool,
}

/// Returns the state that `action` leads to, or `None` where it has no place.
///
/// This is the whole workflow: the guard in [`super::decide`], the buttons of the
/// pages and the table of `docs/workflow.md` read it.
pub fn next(state: State, action: Action, course: Course) -> Option<State> {
    use Action as A;
    use Operation as O;
    use State as S;

    let to = match (state, action) {
        (S::Draft | S::Returned, A::Submit) => S::InReview,
        (S::InReview, A::Recall) if course.was_returned => S::Returned,
        (S::InReview, A::Recall) => S::Draft,
        (S::InReview, A::Approve) if course.at_last_desk => S::Approved,
        (S::InReview, A::Approve) => S::InReview,
        (S::InReview | S::Approved, A::Return) => S::Returned,
        (S::Draft | S::Returned, A::Discard) => S::Withdrawn,
        (S::Approved, A::Publish) => match course.operation {
            O::Suspend => S::Suspended,
            O::Withdraw => S::Withdrawn,
            _ => S::Published,
        },
        (S::Draft, A::LoadBaseline) => S::Published,
        (S::Published | S::Suspended, A::Supersede) => S::Superseded,
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

    /// The common word; what a region calls it is its standard's.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "暂存",
            State::InReview => "审核中",
            State::Returned => "退回",
            State::Approved => "待公布",
            State::Published => "已公布",
            State::Suspended => "暂停",
            State::Superseded => "已被替代",
            State::Withdrawn => "废置",
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
    pub const ALL: [Action; 9] = [
        Action::Submit,
        Action::Recall,
        Action::Approve,
        Action::Return,
        Action::Discard,
        Action::Publish,
        Action::LoadBaseline,
        Action::Supersede,
        Action::UndoImport,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Action::Submit => "submit",
            Action::Recall => "recall",
            Action::Approve => "approve",
            Action::Return => "return",
            Action::Discard => "discard",
            Action::Publish => "publish",
            Action::LoadBaseline => "load_baseline",
            Action::Supersede => "supersede",
            Action::UndoImport => "undo_import",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Action::Submit => "送审",
            Action::Recall => "收回",
            Action::Approve => "通过",
            Action::Return => "退回",
            Action::Discard => "放弃",
            Action::Publish => "公布",
            Action::LoadBaseline => "按基线公布",
            Action::Supersede => "替代",
            Action::UndoImport => "撤销导入",
        }
    }
}
