//! What an administrator types of an account, and what may be chosen.

use domain::{
    item::BodyId,
    people::{Officer, OfficerId, Role, Scope, check_account},
    region::RegionCode,
};
use store::{Body, StoreError};

use crate::{AppState, accounts::duty_title};

/// 填写中的账号。
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) account: String,
    pub(super) name: String,
    /// `all`, `region`, or the id of a body.
    pub(super) scope: String,
    pub(super) region: String,
    pub(super) roles: Vec<String>,
    pub(super) is_closed: bool,
    /// What the page was made of, so that a stale one is refused.
    pub(super) stamp: Option<i64>,
}

/// What is wrong with it, at its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Faults {
    pub(super) account: Option<&'static str>,
    pub(super) name: Option<&'static str>,
    pub(super) scope: Option<&'static str>,
    pub(super) roles: Option<&'static str>,
}

/// 可以选的：范围以内的主体，各规范的环节。
#[derive(Debug, Clone)]
pub(super) struct Choices {
    pub(super) scope: Scope,
    pub(super) bodies: Vec<Body>,
    pub(super) roles: Vec<Choice>,
}

/// One role to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) title: String,
}

impl Choices {
    pub(super) async fn of(app: &AppState, scope: Scope) -> Result<Choices, StoreError> {
        let region = match scope {
            Scope::Region(code) => Some(code),
            Scope::Everywhere | Scope::Body(_) => None,
        };
        let mut bodies = app.store.bodies(region).await?;
        bodies.retain(|body| scope.covers(body.region, body.id));
        let plain = [Role::Editor, Role::Publisher, Role::Supervisor, Role::Administrator];
        let mut roles: Vec<Choice> = plain.iter().map(Choice::plain).collect();
        for desk in app.standards.iter().flat_map(|it| &it.desks) {
            let value = Role::Reviewer { desk: desk.id.clone() }.to_text();
            match roles.iter_mut().find(|it| it.value == value) {
                Some(known) if known.title.contains(&desk.title) => {}
                Some(known) => known.title += &format!(" / {}", desk.title),
                None => roles.push(Choice { value, title: desk.title.clone() }),
            }
        }
        Ok(Choices { scope, bodies, roles })
    }

    pub(super) fn desk_title(&self, desk: &str) -> String {
        let value = Role::Reviewer { desk: desk.to_owned() }.to_text();
        let known = self.roles.iter().find(|it| it.value == value);
        known.map_or_else(|| desk.to_owned(), |it| it.title.clone())
    }

    pub(super) fn may_give_all(&self) -> bool {
        self.scope == Scope::Everywhere
    }
}

impl Choice {
    fn plain(role: &Role) -> Choice {
        Choice { value: role.to_text(), title: duty_title(role.duty()).to_owned() }
    }
}

impl Draft {
    pub(super) fn read(fields: &[(String, String)]) -> Draft {
        let value = |key: &str| {
            let found = fields.iter().find(|(it, _)| it == key);
            found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let roles = fields.iter().filter(|(key, _)| key == "role");
        Draft {
            account: value("account"),
            name: value("name"),
            scope: value("scope"),
            region: value("region"),
            roles: roles.map(|(_, role)| role.clone()).collect(),
            is_closed: !value("closed").is_empty(),
            stamp: value("stamp").parse().ok(),
        }
    }

    pub(super) fn of(officer: &Officer) -> Draft {
        let (scope, region) = match officer.scope {
            Scope::Everywhere => ("all".to_owned(), String::new()),
            Scope::Region(code) => ("region".to_owned(), code.to_string()),
            Scope::Body(id) => (id.to_string(), String::new()),
        };
        Draft {
            account: officer.account.clone(),
            name: officer.name.clone(),
            scope,
            region,
            roles: officer.roles.iter().map(Role::to_text).collect(),
            is_closed: officer.is_closed,
            stamp: Some(officer.stamp),
        }
    }

    /// Returns the officer that is meant, or all that is wrong. Nobody gives what lies
    /// outside their own scope.
    pub(super) fn officer(&self, choices: &Choices) -> Result<Officer, Faults> {
        let mut faults = Faults::default();
        if check_account(&self.account).is_err() {
            faults.account = Some("账号要有 2 到 40 个字符，只用字母、数字、汉字和 . _ -");
        }
        if self.name.is_empty() || self.name.chars().count() > 60 {
            faults.name = Some("写上岗位或者姓名，60 个字以内");
        }
        let scope = self.scope(choices);
        if let Err(fault) = scope {
            faults.scope = Some(fault);
        }
        let known = |role: &String| choices.roles.iter().any(|it| it.value == *role);
        let roles: Vec<Role> =
            self.roles.iter().filter(|it| known(it)).filter_map(|it| Role::parse(it)).collect();
        if roles.is_empty() {
            faults.roles = Some("至少选一个角色");
        }
        match (scope, faults == Faults::default()) {
            (Ok(scope), true) => Ok(Officer {
                id: OfficerId(0),
                account: self.account.clone(),
                name: self.name.clone(),
                scope,
                roles,
                must_change_password: true,
                stamp: 1,
                is_closed: self.is_closed,
            }),
            _ => Err(faults),
        }
    }

    fn scope(&self, choices: &Choices) -> Result<Scope, &'static str> {
        match self.scope.as_str() {
            "all" if choices.may_give_all() => Ok(Scope::Everywhere),
            "region" => {
                let code = RegionCode::parse(&self.region)
                    .map_err(|_| "地区代码认不出；写 6 位（省、市、县）或 9 位（乡镇）")?;
                let is_within = match choices.scope {
                    Scope::Everywhere => true,
                    Scope::Region(own) => own.contains(&code),
                    Scope::Body(_) => false,
                };
                let is_known = domain::region::regions::name(&code).is_some();
                match is_within && is_known {
                    true => Ok(Scope::Region(code)),
                    false => Err("没有这个地区，或者不在您管的范围里"),
                }
            }
            body => {
                let id = body.parse().map(BodyId).map_err(|_| "选一个主体，或者填地区代码")?;
                match choices.bodies.iter().any(|it| it.id == id) {
                    true => Ok(Scope::Body(id)),
                    false => Err("没有这个主体，或者不在您管的范围里"),
                }
            }
        }
    }
}

/// Says what a change changed, for the log.
pub(super) fn difference(old: &Officer, new: &Officer) -> String {
    let mut parts = Vec::new();
    if old.name != new.name {
        parts.push(format!("名称 {} → {}", old.name, new.name));
    }
    if old.scope != new.scope {
        parts.push(format!("范围 {:?} → {:?}", old.scope, new.scope));
    }
    let roles =
        |officer: &Officer| officer.roles.iter().map(Role::to_text).collect::<Vec<_>>().join(" ");
    if old.roles != new.roles {
        parts.push(format!("角色 {} → {}", roles(old), roles(new)));
    }
    parts.join("；")
}
