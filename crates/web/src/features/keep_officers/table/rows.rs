//! A row of the table of accounts, and what is to become of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::people::{Officer, Role, Scope};
use store::StoreError;

use super::super::form::{Choice, Choices, Draft, Faults};
use crate::AppState;

/// 表格的一行，照表里写的。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Where a person finds it: 「账号 第 3 行」.
    pub(super) place: String,
    pub(super) account: String,
    pub(super) name: String,
    pub(super) roles: String,
    pub(super) desks: String,
    pub(super) scope: String,
    /// Why nothing of the row could be read.
    pub(super) broken: Option<String>,
}

/// 一行会变成什么。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    New(Officer),
    /// Opened before by the same row, and its officer has not signed in: another first
    /// password is given.
    Again(Officer),
    Refused(Vec<String>),
}

/// What the accounts there are say to the rows.
pub(super) struct Known {
    pub(super) choices: Choices,
    /// The accounts in the administrator's scope.
    own: BTreeMap<String, Officer>,
    /// Accounts that are given, here or elsewhere.
    taken: BTreeSet<String>,
}

/// What stands between two words of a cell.
const BETWEEN: &[char] = &['、', '，', ',', '；', ';', '/', '\n'];

impl Row {
    /// Writes the row as one field of a form; no cell holds a tab, see [`Row::parts`].
    pub(super) fn to_line(&self) -> String {
        let parts = [&self.place, &self.account, &self.name, &self.roles, &self.desks, &self.scope];
        parts.map(String::as_str).join("\t")
    }

    /// Reads what [`Row::to_line`] writes.
    pub(super) fn of_line(line: &str) -> Option<Row> {
        let parts: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [place, account, name, roles, desks, scope] = parts.try_into().ok()?;
        Some(Row { place, account, name, roles, desks, scope, broken: None })
    }

    /// Returns the roles that the cells name, or what is wrong with them.
    fn roles(&self, choices: &Choices) -> Result<Vec<String>, Vec<String>> {
        let (mut roles, mut faults) = (Vec::new(), Vec::new());
        let desks = parts(&self.desks);
        for word in parts(&self.roles) {
            match choices.named(word, false).as_slice() {
                [role] => roles.push(role.value.clone()),
                _ if word == "审核" && !desks.is_empty() => {}
                _ if word == "审核" => {
                    faults.push("角色有“审核”，请在“审核环节”里写明是哪个环节".to_owned());
                }
                _ => faults.push(format!(
                    "没有角色“{word}”。可以写：{}；审核的写“审核”，再写审核环节",
                    choices.titles(false)
                )),
            }
        }
        for word in desks {
            match choices.named(word, true).as_slice() {
                [desk] => roles.push(desk.value.clone()),
                _ => faults.push(format!("没有审核环节“{word}”。可以写：{}", choices.titles(true))),
            }
        }
        if roles.is_empty() && faults.is_empty() {
            faults.push("没有写角色".to_owned());
        }
        if faults.is_empty() { Ok(roles) } else { Err(faults) }
    }
}

impl Known {
    pub(super) async fn of(
        app: &AppState,
        scope: Scope,
        rows: &[Row],
    ) -> Result<Known, StoreError> {
        let accounts: Vec<&str> = rows.iter().map(|it| it.account.as_str()).collect();
        let own = app.store.officers(scope).await?;
        Ok(Known {
            choices: Choices::of(app, scope).await?,
            own: own.into_iter().map(|it| (it.account.clone(), it)).collect(),
            taken: app.store.taken_accounts(&accounts).await?.into_iter().collect(),
        })
    }

    /// Says of each row what is to become of it.
    pub(super) fn outcomes(&self, rows: &[Row]) -> Vec<Outcome> {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let first = seen.get(row.account.as_str()).copied();
            outcomes.push(match first {
                Some(first) => Outcome::Refused(vec![format!("和{first}是同一个账号")]),
                None => self.outcome(row),
            });
            if !row.account.is_empty() {
                seen.entry(&row.account).or_insert(&row.place);
            }
        }
        outcomes
    }

    fn outcome(&self, row: &Row) -> Outcome {
        if let Some(reason) = &row.broken {
            return Outcome::Refused(vec![reason.clone()]);
        }
        let (roles, of_roles) = match row.roles(&self.choices) {
            Ok(roles) => (roles, Vec::new()),
            Err(faults) => (Vec::new(), faults),
        };
        let draft = Draft {
            account: row.account.clone(),
            name: row.name.clone(),
            scope: row.scope.clone(),
            roles,
            ..Draft::default()
        };
        match draft.officer(&self.choices) {
            Ok(officer) => self.beside_others(officer),
            Err(Faults { account, name, scope, .. }) => {
                let own = account.into_iter().chain(name).map(str::to_owned);
                Outcome::Refused(own.chain(of_roles).chain(scope).collect())
            }
        }
    }

    fn beside_others(&self, officer: Officer) -> Outcome {
        if !self.taken.contains(&officer.account) {
            return Outcome::New(officer);
        }
        let taken = || Outcome::Refused(vec!["这个账号已经有人用过，请换一个".to_owned()]);
        let Some(known) = self.own.get(&officer.account) else { return taken() };
        let known = known.clone();
        let is_unused = known.must_change_password && !known.is_closed;
        let same_roles = |one: &[Role], other: &[Role]| {
            one.len() == other.len() && one.iter().all(|role| other.contains(role))
        };
        let is_same = known.name == officer.name
            && known.scope == officer.scope
            && same_roles(&known.roles, &officer.roles);
        match (is_unused, is_same) {
            (true, true) => Outcome::Again(known),
            (true, false) => Outcome::Refused(vec![
                "这个账号已经开立，和表里写的不一样。请在账号的页面上改".to_owned(),
            ]),
            (false, _) => taken(),
        }
    }
}

impl Outcome {
    /// Returns the account to open, or to give another password.
    pub(super) fn officer(&self) -> Option<&Officer> {
        match self {
            Outcome::New(officer) | Outcome::Again(officer) => Some(officer),
            Outcome::Refused(_) => None,
        }
    }

    pub(super) fn is_again(&self) -> bool {
        matches!(self, Outcome::Again(_))
    }
}

impl Choices {
    /// Returns what a word names among the desks, or among the other roles; by title or by id.
    fn named(&self, word: &str, is_desk: bool) -> Vec<&Choice> {
        let is_named = |it: &&Choice| {
            let id = it.value.strip_prefix("reviewer:").unwrap_or(&it.value);
            id == word || it.title.split(" / ").any(|title| title == word || bare(title) == word)
        };
        self.of_desks(is_desk).filter(is_named).collect()
    }

    pub(super) fn titles(&self, is_desk: bool) -> String {
        let titles = self.of_desks(is_desk).flat_map(|it| it.title.split(" / ")).map(bare);
        titles.collect::<Vec<_>>().join("、")
    }

    fn of_desks(&self, is_desk: bool) -> impl Iterator<Item = &Choice> {
        self.roles.iter().filter(move |it| it.value.starts_with("reviewer:") == is_desk)
    }
}

/// A title without what stands in brackets behind it.
fn bare(title: &str) -> &str {
    title.split_once('（').map_or(title, |(bare, _)| bare)
}

fn parts(cell: &str) -> Vec<&str> {
    cell.split(BETWEEN).map(str::trim).filter(|it| !it.is_empty()).collect()
}
