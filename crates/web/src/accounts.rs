//! 账号: made, given a first password, and given a new one.

use domain::people::{Duty, Officer, OfficerId, Role, Scope, first_password};
use store::{Doing, OfficerAction, Store, StoreError, Tx};
use time::OffsetDateTime;

use crate::{AppState, error::WebError, session};

/// What went wrong with an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("密码没有存成：{0}")]
    Hash(String),
}

/// 账号和它的初始密码，只说一次。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPassword {
    pub id: OfficerId,
    pub account: String,
    pub password: String,
}

/// Adds an account with a first password by chance, which its officer must change.
pub async fn add(
    store: &Store,
    officer: &Officer,
    by: OfficerId,
    now: OffsetDateTime,
) -> Result<FirstPassword, AccountError> {
    let password = first_password(&session::chance());
    let officer = Officer { must_change_password: true, ..officer.clone() };
    let id = add_with(store, &officer, &password, by, now).await?;
    Ok(FirstPassword { id, account: officer.account, password })
}

/// Adds an account with a password that is known; for the demo, whose accounts are its own.
pub async fn add_with(
    store: &Store,
    officer: &Officer,
    password: &str,
    by: OfficerId,
    now: OffsetDateTime,
) -> Result<OfficerId, AccountError> {
    let hash = hash(password).await?;
    let mut tx = store.begin().await?;
    let doing = Doing { by, action: OfficerAction::Added, detail: "", at: now };
    let id = tx.add_officer(officer, &hash, doing).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens accounts, all of them or none, each with a first password by chance. One that has an
/// id was opened before, and is given another first password.
///
/// Two passwords are hashed at once and no more wait their turn, so that who signs in
/// meanwhile waits for two at most.
pub(crate) async fn open_all(
    app: &AppState,
    officers: &[Officer],
    by: OfficerId,
) -> Result<Vec<FirstPassword>, AccountError> {
    let passwords: Vec<String> =
        officers.iter().map(|_| first_password(&session::chance())).collect();
    let mut hashes = Vec::with_capacity(passwords.len());
    for pair in passwords.chunks(2) {
        match pair {
            [one, two] => {
                let (one, two) = (hash_with(&app.passwords, one), hash_with(&app.passwords, two));
                hashes.extend(<[String; 2]>::from(tokio::try_join!(one, two)?));
            }
            one => hashes.push(hash_with(&app.passwords, &one[0]).await?),
        }
    }
    let mut given = Vec::with_capacity(officers.len());
    let mut tx = app.store.begin().await?;
    for ((officer, password), hash) in officers.iter().zip(passwords).zip(&hashes) {
        let id = open(&mut tx, officer, hash, by, app.clock.now()).await?;
        given.push(FirstPassword { id, account: officer.account.clone(), password });
    }
    tx.commit().await?;
    Ok(given)
}

async fn open(
    tx: &mut Tx,
    officer: &Officer,
    hash: &str,
    by: OfficerId,
    at: OffsetDateTime,
) -> Result<OfficerId, StoreError> {
    let doing = |action| Doing { by, action, detail: "", at };
    if officer.id == OfficerId(0) {
        let officer = Officer { must_change_password: true, ..officer.clone() };
        return tx.add_officer(&officer, hash, doing(OfficerAction::Added)).await;
    }
    tx.set_password(officer.id, hash, true, doing(OfficerAction::PasswordReset)).await?;
    tx.end_sessions_of(officer.id).await?;
    Ok(officer.id)
}

/// Gives an account a new first password, takes its lock away and ends its sessions.
pub async fn reset(
    store: &Store,
    officer: &Officer,
    by: OfficerId,
    now: OffsetDateTime,
) -> Result<FirstPassword, AccountError> {
    let password = first_password(&session::chance());
    let hash = hash(&password).await?;
    let mut tx = store.begin().await?;
    let doing = Doing { by, action: OfficerAction::PasswordReset, detail: "", at: now };
    tx.set_password(officer.id, &hash, true, doing).await?;
    tx.end_sessions_of(officer.id).await?;
    tx.commit().await?;
    Ok(FirstPassword { id: officer.id, account: officer.account.clone(), password })
}

/// Makes the first administrator of a database without accounts; `None` where there are some.
pub async fn first_administrator(
    store: &Store,
    now: OffsetDateTime,
) -> Result<Option<FirstPassword>, AccountError> {
    if store.has_officers().await? {
        return Ok(None);
    }
    let officer = Officer {
        id: OfficerId(0),
        account: "admin".to_owned(),
        name: "系统管理员".to_owned(),
        scope: Scope::Everywhere,
        roles: vec![Role::Administrator],
        must_change_password: true,
        stamp: 1,
        is_closed: false,
    };
    add(store, &officer, OfficerId(0), now).await.map(Some)
}

async fn hash(password: &str) -> Result<String, AccountError> {
    hash_with(&session::Passwords::default(), password).await
}

async fn hash_with(passwords: &session::Passwords, password: &str) -> Result<String, AccountError> {
    passwords.hash(password).await.map_err(|error| match error {
        WebError::Internal(error) => AccountError::Hash(error.to_string()),
        other => AccountError::Hash(format!("{other:?}")),
    })
}

/// Names a duty for people.
pub fn duty_title(duty: Duty) -> &'static str {
    match duty {
        Duty::Editor => "录入",
        Duty::Reviewer => "审核",
        Duty::Publisher => "公布",
        Duty::Supervisor => "管理（只看）",
        Duty::Administrator => "系统管理",
    }
}
