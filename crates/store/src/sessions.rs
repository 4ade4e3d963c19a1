use domain::people::{Officer, OfficerId};
use sqlx::Row;
use time::{Duration, OffsetDateTime};

use crate::{
    Store, StoreError, Tx,
    officers::{self, read_time, time_text},
    sql::bind_all,
};

/// 登录多久没有动静就退出。
pub const IDLE: Duration = Duration::minutes(30);

/// 登录最多用多久。
pub const LONGEST: Duration = Duration::hours(12);

/// Between two notes of when a session was last seen; each is a write.
const NOTED_EVERY: Duration = Duration::minutes(1);

impl Tx {
    /// Begins a session of the officer as they are now, and clears away those that ended.
    pub async fn begin_session(
        &mut self,
        token_hash: &str,
        officer: &Officer,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let over = "delete from session where seen_at < $1 or created_at < $2";
        let bounds = vec![time_text(now - IDLE).into(), time_text(now - LONGEST).into()];
        bind_all(over.to_owned(), bounds).execute(&mut *self.inner).await?;
        let row = vec![
            token_hash.into(),
            officer.id.0.into(),
            officer.stamp.into(),
            time_text(now).into(),
            time_text(now).into(),
        ];
        let into = "session (token_hash, officer_id, stamp, created_at, seen_at)";
        self.insert(into, vec![row]).await
    }

    pub async fn end_session(&mut self, token_hash: &str) -> Result<(), StoreError> {
        let sql = "delete from session where token_hash = $1";
        bind_all(sql.to_owned(), vec![token_hash.into()]).execute(&mut *self.inner).await?;
        Ok(())
    }

    /// Ends every session of an officer.
    pub async fn end_sessions_of(&mut self, id: OfficerId) -> Result<(), StoreError> {
        let sql = "delete from session where officer_id = $1";
        bind_all(sql.to_owned(), vec![id.0.into()]).execute(&mut *self.inner).await?;
        Ok(())
    }
}

impl Store {
    /// Returns who is signed in by this token: the officer as they are now, so that what was
    /// changed of them holds at once. `None` where the session ended, or was begun before
    /// their password, roles or scope changed.
    pub async fn signed_in(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<Officer>, StoreError> {
        let sql = "select o.id, o.account, o.name, o.region, o.body_id, o.roles, \
                   o.password_hash, o.must_change, o.stamp, o.failures, o.failed_at, o.closed, \
                   s.seen_at, s.created_at from session s join officer o on o.id = s.officer_id \
                   where s.token_hash = $1 and s.stamp = o.stamp and o.closed = 0";
        let row = bind_all(sql.to_owned(), vec![token_hash.into()]);
        let Some(row) = row.fetch_optional(&self.readers).await? else { return Ok(None) };
        let [seen, created] = [row.try_get("seen_at")?, row.try_get("created_at")?]
            .map(|text: String| read_time(&text));
        let (Some(seen), Some(created)) = (seen, created) else { return Ok(None) };
        if now - seen > IDLE || now - created > LONGEST {
            return Ok(None);
        }
        if now - seen >= NOTED_EVERY {
            self.note_seen(token_hash, now).await?;
        }
        Ok(Some(officers::read(&row)?.officer))
    }

    async fn note_seen(&self, token_hash: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let sql = "update session set seen_at = $1 where token_hash = $2";
        let values = vec![time_text(now).into(), token_hash.into()];
        bind_all(sql.to_owned(), values).execute(&self.writers).await?;
        Ok(())
    }
}
