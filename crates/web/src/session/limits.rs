use std::{num::NonZeroU32, sync::Arc};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Sign-ins that one address may begin in a minute; a hall behind one address has as many clerks.
const SIGN_INS: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// 限速：多久能试一次。
#[derive(Clone)]
pub(crate) struct Limits {
    sign_ins: Arc<DefaultKeyedRateLimiter<String>>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { sign_ins: Arc::new(RateLimiter::keyed(Quota::per_minute(SIGN_INS))) }
    }
}

impl Limits {
    /// Counts a sign-in from this address, as the connection has it, and tells whether it may
    /// be tried. Behind a proxy all have one address: what a proxy may add to a request is not
    /// believed, anyone else may add it too.
    pub(crate) fn may_sign_in(&self, caller: &str) -> bool {
        self.sign_ins.retain_recent();
        self.sign_ins.check_key(&caller.to_owned()).is_ok()
    }
}
