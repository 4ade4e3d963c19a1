//! What an administrator types of an account, and what may be chosen.

use domain::{
    people::{Officer, OfficerId, Role, Scope, check_account},
    region::{RegionCode, regions},
};
use store::{Body, StoreError};

use crate::{AppState, accounts::duty_title};

/// 填写中的账号。
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) account: String,
    pub(super) name: String,
    /// As [`Choices::scope_of`] reads it.
    pub(super) scope: String,
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
    pub(super) scope: Option<String>,
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

    /// Reads where an account works: 全部地区, the code of a region, or a body by its credit
    /// code or its name, before which its region's code may stand. Nobody gives what lies
    /// outside their own scope.
    pub(super) fn scope_of(&self, text: &str) -> Result<Scope, String> {
        if text.is_empty() {
            return Err("没有写管到哪里：写单位的名称、统一社会信用代码，或者地区代码".to_owned());
        }
        if matches!(text, "全部" | ALL) {
            return match self.scope == Scope::Everywhere {
                true => Ok(Scope::Everywhere),
                false => Err(format!("“{text}”不在您管的范围里")),
            };
        }
        let has_code = |body: &&Body| {
            body.body.credit_code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(text))
        };
        if let Some(body) = self.bodies.iter().find(has_code) {
            return Ok(Scope::Body(body.id));
        }
        let name = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let (code, name) = (&text[..text.len() - name.len()], name.trim());
        match name {
            "" => self.region_of(code),
            _ => self.body_of(code, name),
        }
    }

    fn region_of(&self, code: &str) -> Result<Scope, String> {
        let region = RegionCode::parse(code)
            .map_err(|_| "地区代码认不出；写 6 位（省、市、县）或 9 位（乡镇）".to_owned())?;
        let is_within = match self.scope {
            Scope::Everywhere => true,
            Scope::Region(own) => own.contains(&region),
            Scope::Body(_) => false,
        };
        match is_within && regions::name(&region).is_some() {
            true => Ok(Scope::Region(region)),
            false => Err("没有这个地区，或者不在您管的范围里".to_owned()),
        }
    }

    fn body_of(&self, code: &str, name: &str) -> Result<Scope, String> {
        let region = RegionCode::parse(code).ok();
        let is_meant =
            |it: &&Body| it.body.name == name && region.is_none_or(|region| it.region == region);
        let found: Vec<&Body> = self.bodies.iter().filter(is_meant).collect();
        match found.as_slice() {
            [body] => Ok(Scope::Body(body.id)),
            [] => Err(format!(
                "没有实施主体“{name}”，或者不在您管的范围里。写登记的全称，没有登记的先登记"
            )),
            [one, ..] => Err(format!(
                "有 {} 个实施主体叫“{name}”。写统一社会信用代码，或者在前面加地区代码，例如“{} {name}”",
                found.len(),
                one.region
            )),
        }
    }

    /// Writes what [`Choices::scope_of`] reads.
    pub(super) fn scope_text(&self, scope: Scope) -> String {
        match scope {
            Scope::Everywhere => ALL.to_owned(),
            Scope::Region(code) => code.to_string(),
            Scope::Body(id) => {
                let body = self.bodies.iter().find(|it| it.id == id);
                body.map(|it| self.body_text(it)).unwrap_or_default()
            }
        }
    }

    /// A body's name; with its region's code before it where others have the name too.
    pub(super) fn body_text(&self, body: &Body) -> String {
        let name = &body.body.name;
        match self.bodies.iter().filter(|it| it.body.name == *name).count() {
            1 => name.clone(),
            _ => format!("{} {name}", body.region),
        }
    }

    /// What a field offers while one types; of a province's thousands, none.
    pub(super) fn offered(&self) -> Vec<String> {
        match self.bodies.len() {
            0..=MOST_OFFERED => self.bodies.iter().map(|it| self.body_text(it)).collect(),
            _ => Vec::new(),
        }
    }
}

/// 全部地区, as it is written.
const ALL: &str = "全部地区";

/// More bodies than these are not offered one by one: they are named.
const MOST_OFFERED: usize = 200;

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
            roles: roles.map(|(_, role)| role.clone()).collect(),
            is_closed: !value("closed").is_empty(),
            stamp: value("stamp").parse().ok(),
        }
    }

    pub(super) fn of(officer: &Officer, choices: &Choices) -> Draft {
        Draft {
            account: officer.account.clone(),
            name: officer.name.clone(),
            scope: choices.scope_text(officer.scope),
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
        let scope = choices.scope_of(&self.scope).map_err(|fault| faults.scope = Some(fault));
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
