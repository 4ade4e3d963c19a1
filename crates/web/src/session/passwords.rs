use std::sync::Arc;

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{SaltString, rand_core::OsRng},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::error::WebError;

/// 密码散列（argon2id，19 MiB、两遍：OWASP 的下限）。
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    /// Each takes 19 MB and a core for its time: two at once, the others wait.
    turns: Arc<Semaphore>,
}

/// A hash that no password has, for accounts that are not there: the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2hpeGlhbmctbm9ib2R5$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords { turns: Arc::new(Semaphore::new(2)) }
    }
}

impl Passwords {
    pub(crate) async fn hash(&self, password: &str) -> Result<String, WebError> {
        let _turn = self.turns.acquire().await.map_err(WebError::internal)?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || hash(&password)).await?
    }

    /// Tells whether the password has this hash; without one, takes as long and says no.
    pub(crate) async fn verify(
        &self,
        password: &str,
        known: Option<&str>,
    ) -> Result<bool, WebError> {
        let _turn = self.turns.acquire().await.map_err(WebError::internal)?;
        let (password, known) = (password.to_owned(), known.unwrap_or(NOBODY).to_owned());
        let verify = move || {
            let Ok(known) = PasswordHash::new(&known) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &known).is_ok()
        };
        Ok(tokio::task::spawn_blocking(verify).await?)
    }
}

fn hash(password: &str) -> Result<String, WebError> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.map(|it| it.to_string()).map_err(|error| WebError::internal(error.to_string()))
}

/// Returns 16 bytes of chance, of which a first password is made.
pub(crate) fn chance() -> [u8; 16] {
    let [one, two] = [Uuid::new_v4(), Uuid::new_v4()].map(Uuid::into_bytes);
    // Six bits of each are not chance, and lie elsewhere in the other half.
    std::array::from_fn(|at| one[at] ^ two[15 - at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_account_that_is_not_there_is_hashed_for_as_long_and_refused() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let someone = hash("Lvyou#7402").unwrap();
        let someone = PasswordHash::new(&someone).unwrap();
        assert_eq!((nobody.algorithm, &nobody.params), (someone.algorithm, &someone.params));
        assert!(!Passwords::default().verify("Lvyou#7402", None).await.unwrap());
    }
}
