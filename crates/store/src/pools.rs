use sqlx::AnyPool;

use crate::Store;

/// 连接池的用量。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    pub name: &'static str,
    pub n_open: u32,
    pub n_idle: u32,
}

impl Store {
    /// Returns how many connections are open, and how many of them wait for work.
    pub fn pools(&self) -> [Pool; 2] {
        let pool = |name, pool: &AnyPool| {
            let n_idle = pool.num_idle().try_into().unwrap_or(u32::MAX);
            Pool { name, n_open: pool.size(), n_idle }
        };
        [pool("readers", &self.readers), pool("writers", &self.writers)]
    }
}
