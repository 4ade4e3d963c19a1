use super::{Actor, OfficerId, Role, Scope};

/// 办理人员：一个账号，一个数据范围，若干角色。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    pub id: OfficerId,
    /// 账号，登录用；不改，不再用。
    pub account: String,
    /// 岗位或者姓名，显示用。
    pub name: String,
    pub scope: Scope,
    pub roles: Vec<Role>,
    /// The password was given by another, and serves to set one's own.
    pub must_change_password: bool,
    /// Raised with each change of password, roles or scope; sessions of an older one end.
    pub stamp: i64,
    /// 停用的账号不能登录。
    pub is_closed: bool,
}

/// 职责：角色的种类，不分环节。页面按它开放。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    Editor,
    Reviewer,
    Publisher,
    Supervisor,
    Administrator,
}

/// 不能用作账号。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("账号要有 2 到 40 个字符，只用字母、数字、汉字和 . _ -")]
pub struct NotAnAccount;

/// Refuses what can not be told apart in a list or typed at a counter.
pub fn check_account(account: &str) -> Result<(), NotAnAccount> {
    let length = account.chars().count();
    let is_plain = account.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if (2..=40).contains(&length) && is_plain { Ok(()) } else { Err(NotAnAccount) }
}

impl Duty {
    pub const ALL: [Duty; 5] =
        [Duty::Editor, Duty::Reviewer, Duty::Publisher, Duty::Supervisor, Duty::Administrator];
}

impl Role {
    pub fn duty(&self) -> Duty {
        match self {
            Role::Editor => Duty::Editor,
            Role::Reviewer { .. } => Duty::Reviewer,
            Role::Publisher => Duty::Publisher,
            Role::Supervisor => Duty::Supervisor,
            Role::Administrator => Duty::Administrator,
        }
    }
}

impl Officer {
    pub fn actor(&self) -> Actor {
        Actor { id: self.id, scope: self.scope, roles: self.roles.clone() }
    }

    pub fn has_duty(&self, duty: Duty) -> bool {
        self.roles.iter().any(|role| role.duty() == duty)
    }

    /// Returns the desks at which this officer reviews.
    pub fn desks(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().filter_map(|role| match role {
            Role::Reviewer { desk } => Some(desk.as_str()),
            _ => None,
        })
    }
}
