use domain::people::{LOCKED_FOR, MAX_FAILURES, Officer, OfficerId, Role, Scope};
use sqlx::{Row, any::AnyRow};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    Store, StoreError, Tx, scope,
    sql::{Bind, bind_all},
};

/// 账号变动的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerLog {
    pub by: OfficerId,
    pub action: OfficerAction,
    pub detail: String,
    pub at: String,
}

/// 账号的变动。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficerAction {
    Added,
    Changed,
    PasswordReset,
    PasswordChanged,
    Closed,
    Opened,
    Locked,
}

/// Who did something to an account, and when.
#[derive(Debug, Clone, Copy)]
pub struct Doing<'a> {
    pub by: OfficerId,
    pub action: OfficerAction,
    pub detail: &'a str,
    pub at: OffsetDateTime,
}

/// 账号的密码，散列过的。
#[derive(Debug, Clone)]
pub struct Credentials {
    pub officer: Officer,
    pub password_hash: String,
    pub failures: i64,
    pub failed_at: Option<OffsetDateTime>,
}

const COLUMNS: &str = "o.id, o.account, o.name, o.region, o.body_id, o.roles, o.password_hash, \
     o.must_change, o.stamp, o.failures, o.failed_at, o.closed";

impl Tx {
    /// Adds an account; `Taken` where another bears the name.
    pub async fn add_officer(
        &mut self,
        officer: &Officer,
        password_hash: &str,
        doing: Doing<'_>,
    ) -> Result<OfficerId, StoreError> {
        let id = self.new_id().await?;
        let [region, body] = scope::columns(officer.scope);
        let into = "officer (id, account, name, region, body_id, roles, password_hash, \
                    must_change, stamp, failures, closed)";
        let row = vec![
            Bind::Int(id),
            officer.account.as_str().into(),
            officer.name.as_str().into(),
            region,
            body,
            roles_text(&officer.roles).into(),
            password_hash.into(),
            i64::from(officer.must_change_password).into(),
            1.into(),
            0.into(),
            i64::from(officer.is_closed).into(),
        ];
        self.insert(into, vec![row]).await?;
        self.log_officer(OfficerId(id), doing).await?;
        Ok(OfficerId(id))
    }

    /// Writes name, scope, roles and whether it is closed; sessions begun before end.
    pub async fn change_officer(
        &mut self,
        officer: &Officer,
        doing: Doing<'_>,
    ) -> Result<(), StoreError> {
        let [region, body] = scope::columns(officer.scope);
        let sql = "update officer set name = $1, region = $2, body_id = $3, roles = $4, \
                   closed = $5, stamp = stamp + 1 where id = $6 and stamp = $7";
        let values = vec![
            officer.name.as_str().into(),
            region,
            body,
            roles_text(&officer.roles).into(),
            i64::from(officer.is_closed).into(),
            officer.id.0.into(),
            officer.stamp.into(),
        ];
        self.change_one(sql, values, ("账号", officer.id.0)).await?;
        self.log_officer(officer.id, doing).await
    }

    /// Sets a password and takes a lock away; sessions begun before end.
    pub async fn set_password(
        &mut self,
        id: OfficerId,
        password_hash: &str,
        must_change: bool,
        doing: Doing<'_>,
    ) -> Result<(), StoreError> {
        let sql = "update officer set password_hash = $1, must_change = $2, failures = 0, \
                   failed_at = $3, stamp = stamp + 1 where id = $4";
        let values =
            vec![password_hash.into(), i64::from(must_change).into(), Bind::NoText, id.0.into()];
        bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        self.log_officer(id, doing).await
    }

    async fn log_officer(&mut self, id: OfficerId, doing: Doing<'_>) -> Result<(), StoreError> {
        let row = vec![
            self.new_id().await?.into(),
            id.0.into(),
            doing.by.0.into(),
            doing.action.as_str().into(),
            doing.detail.into(),
            time_text(doing.at).into(),
        ];
        self.insert("officer_log (id, officer_id, by_id, action, detail, at)", vec![row]).await
    }

    /// Counts one more try of a password before it is looked at, so that tries made at once
    /// are counted too. Returns whether the account may be tried.
    pub async fn begin_try(
        &mut self,
        id: OfficerId,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let sql = "update officer
                   set failures = case when failures >= $1 then 1 else failures + 1 end,
                       failed_at = $2
                   where id = $3 and (failures < $1 or failed_at <= $4) returning failures";
        let values = vec![
            MAX_FAILURES.into(),
            time_text(now).into(),
            id.0.into(),
            time_text(now - LOCKED_FOR).into(),
        ];
        let row = bind_all(sql.to_owned(), values).fetch_optional(&mut *self.inner).await?;
        let Some(row) = row else { return Ok(false) };
        if row.try_get::<i64, _>("failures")? == MAX_FAILURES {
            let action = OfficerAction::Locked;
            self.log_officer(id, Doing { by: id, action, detail: "", at: now }).await?;
        }
        Ok(true)
    }

    /// Forgets the tries, after the right password.
    pub async fn end_tries(&mut self, id: OfficerId) -> Result<(), StoreError> {
        let sql = "update officer set failures = 0, failed_at = $1 where id = $2";
        let values = vec![Bind::NoText, id.0.into()];
        bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        Ok(())
    }
}

impl Store {
    pub async fn credentials(&self, account: &str) -> Result<Option<Credentials>, StoreError> {
        let sql = format!("select {COLUMNS} from officer o where o.account = $1");
        let row = bind_all(sql, vec![account.into()]).fetch_optional(&self.readers).await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn has_officers(&self) -> Result<bool, StoreError> {
        let found = sqlx::query("select id from officer limit 1").fetch_optional(&self.readers);
        Ok(found.await?.is_some())
    }

    /// Returns the accounts whose own scope lies in `scope`, in the order of their accounts.
    pub async fn officers(&self, scope: Scope) -> Result<Vec<Officer>, StoreError> {
        self.officers_where(scope, "1 = 1", vec![]).await
    }

    pub async fn officer(
        &self,
        scope: Scope,
        id: OfficerId,
    ) -> Result<Option<Officer>, StoreError> {
        let found = self.officers_where(scope, "o.id = $1", vec![id.0.into()]).await?;
        Ok(found.into_iter().next())
    }

    /// Returns which of these accounts there are, wherever they are: an account is given once.
    pub async fn taken_accounts(&self, accounts: &[&str]) -> Result<Vec<String>, StoreError> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let list = crate::sql::placeholders(0, accounts.len());
        let sql = format!("select account from officer where account in {list}");
        let values = accounts.iter().map(|account| Bind::from(*account)).collect();
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get("account")?)).collect()
    }

    /// Returns the names of officers, for pages that say who did something.
    pub async fn officer_names(
        &self,
        ids: &[OfficerId],
    ) -> Result<Vec<(OfficerId, String)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let list = crate::sql::placeholders(0, ids.len());
        let sql = format!("select id, name from officer where id in {list}");
        let values = ids.iter().map(|id| Bind::Int(id.0)).collect();
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((OfficerId(row.try_get("id")?), row.try_get("name")?))).collect()
    }

    /// Returns what was done to an account, the newest first.
    pub async fn officer_log(&self, id: OfficerId) -> Result<Vec<OfficerLog>, StoreError> {
        let sql = "select by_id, action, detail, at from officer_log where officer_id = $1 \
                   order by at desc, id desc";
        let rows = bind_all(sql.to_owned(), vec![id.0.into()]).fetch_all(&self.readers).await?;
        rows.iter().map(|row| read_log(id, row)).collect()
    }

    async fn officers_where(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
    ) -> Result<Vec<Officer>, StoreError> {
        let region = "coalesce(o.region, b.region)";
        let within = scope::condition(scope, "o.body_id", region, &mut values);
        let sql = format!(
            "select {COLUMNS} from officer o left join body b on b.id = o.body_id
             where {condition} and {within} order by o.account"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(|row| read(row).map(|it| it.officer)).collect()
    }
}

impl OfficerAction {
    pub const ALL: [OfficerAction; 7] = [
        OfficerAction::Added,
        OfficerAction::Changed,
        OfficerAction::PasswordReset,
        OfficerAction::PasswordChanged,
        OfficerAction::Closed,
        OfficerAction::Opened,
        OfficerAction::Locked,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            OfficerAction::Added => "added",
            OfficerAction::Changed => "changed",
            OfficerAction::PasswordReset => "password_reset",
            OfficerAction::PasswordChanged => "password_changed",
            OfficerAction::Closed => "closed",
            OfficerAction::Opened => "opened",
            OfficerAction::Locked => "locked",
        }
    }
}

fn roles_text(roles: &[Role]) -> String {
    roles.iter().map(Role::to_text).collect::<Vec<_>>().join(" ")
}

/// Times that are compared as text: seconds of UTC, always as long.
pub(crate) fn time_text(at: OffsetDateTime) -> String {
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.to_offset(time::UtcOffset::UTC).format(&Rfc3339).expect("a time of our era is written")
}

pub(crate) fn read_time(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

pub(crate) fn read(row: &AnyRow) -> Result<Credentials, StoreError> {
    let id: i64 = row.try_get("id")?;
    let wrong = |detail: String| StoreError::Inconsistent { table: "officer", id, detail };
    let roles: String = row.try_get("roles")?;
    let roles = roles
        .split_whitespace()
        .map(|text| Role::parse(text).ok_or_else(|| wrong(format!("没有角色 {text}"))));
    let failed_at: Option<String> = row.try_get("failed_at")?;
    let officer = Officer {
        id: OfficerId(id),
        account: row.try_get("account")?,
        name: row.try_get("name")?,
        scope: scope::read(row, ["region", "body_id"], ("officer", id))?,
        roles: roles.collect::<Result<_, _>>()?,
        must_change_password: row.try_get::<i64, _>("must_change")? == 1,
        stamp: row.try_get("stamp")?,
        is_closed: row.try_get::<i64, _>("closed")? == 1,
    };
    Ok(Credentials {
        officer,
        password_hash: row.try_get("password_hash")?,
        failures: row.try_get("failures")?,
        failed_at: failed_at.as_deref().and_then(read_time),
    })
}

fn read_log(id: OfficerId, row: &AnyRow) -> Result<OfficerLog, StoreError> {
    let action: String = row.try_get("action")?;
    let known = OfficerAction::ALL.into_iter().find(|it| it.as_str() == action);
    let wrong = || StoreError::Inconsistent { table: "officer_log", id: id.0, detail: action };
    Ok(OfficerLog {
        by: OfficerId(row.try_get("by_id")?),
        action: known.ok_or_else(wrong)?,
        detail: row.try_get("detail")?,
        at: row.try_get("at")?,
    })
}
