//! 人员: who acts, what they may do, and where.

mod lockout;
mod officer;
mod password;
#[cfg(test)]
mod tests;

pub use self::{
    lockout::{LOCKED_FOR, MAX_FAILURES, locked_until},
    officer::{Duty, NotAnAccount, Officer, check_account},
    password::{PasswordFault, check_password, first_password},
};
use crate::{item::BodyId, region::RegionCode};

/// 办理人员编号；0 是在命令行上操作本机的人，也代表系统自己按时做的事。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficerId(pub i64);

/// 角色。
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// 录入员
    Editor,
    /// 某一审核环节的审核人
    Reviewer { desk: String },
    /// 公布人
    Publisher,
    /// 管理账号：看得到范围内的一切，不改内容
    Supervisor,
    /// 管理员：账号、主体、规范、任务；可以加载基线、撤销导入
    Administrator,
}

/// 数据范围：能看到哪里的事项。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Everywhere,
    /// A region and all below it.
    Region(RegionCode),
    /// One body.
    Body(BodyId),
}

/// 正在操作的人。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub id: OfficerId,
    pub scope: Scope,
    pub roles: Vec<Role>,
}

impl Role {
    /// Writes the role as it is stored: `editor`, `reviewer:department` …
    pub fn to_text(&self) -> String {
        match self {
            Role::Editor => "editor".into(),
            Role::Reviewer { desk } => format!("reviewer:{desk}"),
            Role::Publisher => "publisher".into(),
            Role::Supervisor => "supervisor".into(),
            Role::Administrator => "administrator".into(),
        }
    }

    /// Reads what [`Role::to_text`] writes.
    pub fn parse(text: &str) -> Option<Role> {
        let role = match text {
            "editor" => Role::Editor,
            "publisher" => Role::Publisher,
            "supervisor" => Role::Supervisor,
            "administrator" => Role::Administrator,
            _ => {
                let desk = text.strip_prefix("reviewer:").filter(|desk| !desk.is_empty())?;
                Role::Reviewer { desk: desk.into() }
            }
        };
        Some(role)
    }
}

impl Scope {
    /// Tells whether the items of a body in a region lie in this scope.
    pub fn covers(&self, region: RegionCode, body: BodyId) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Region(above) => above.contains(&region),
            Scope::Body(own) => *own == body,
        }
    }
}

impl Actor {
    /// Returns the one at the machine's own command line, who owns the data folder.
    pub fn operator() -> Actor {
        Actor {
            id: OfficerId(0),
            scope: Scope::Everywhere,
            roles: vec![Role::Editor, Role::Publisher, Role::Administrator],
        }
    }

    pub fn has(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
}
