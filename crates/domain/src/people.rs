//! 人员: who acts, and what they may do.

/// 经办人编号；0 是在命令行上操作本机的人。
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
    /// 管理员：可以加载基线、撤销导入
    Administrator,
}

/// 正在操作的人。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub id: OfficerId,
    pub roles: Vec<Role>,
}

impl Actor {
    /// Returns the one at the machine's own command line, who owns the data folder.
    pub fn operator() -> Actor {
        Actor { id: OfficerId(0), roles: vec![Role::Editor, Role::Publisher, Role::Administrator] }
    }

    pub fn has(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
}
