use time::{Duration, OffsetDateTime};

/// 连续输错密码几次以后锁定。
pub const MAX_FAILURES: i64 = 5;

/// 锁定多久。
pub const LOCKED_FOR: Duration = Duration::minutes(15);

/// Returns until when an account with so many failures in a row takes no password.
pub fn locked_until(
    failures: i64,
    last_failure_at: Option<OffsetDateTime>,
) -> Option<OffsetDateTime> {
    let last = last_failure_at.filter(|_| failures >= MAX_FAILURES)?;
    Some(last + LOCKED_FOR)
}
