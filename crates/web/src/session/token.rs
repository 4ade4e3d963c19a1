use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const COOKIE: &str = "sx_session";

/// 登录凭证：244 bits of chance that the browser alone keeps; the database has its hash.
#[derive(Debug, Clone)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn new() -> Token {
        Token(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()))
    }

    /// Returns the token that a request brings.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Token> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
        let cookies = lines.flat_map(|line| line.split(';')).filter_map(|it| it.split_once('='));
        let mut ours = cookies.filter(|(name, _)| name.trim() == COOKIE);
        ours.next().map(|(_, value)| Token(value.trim().to_owned()))
    }

    #[cfg(test)]
    pub(crate) fn known(text: &str) -> Token {
        Token(text.to_owned())
    }

    #[cfg(test)]
    pub(crate) fn cookie_pair(&self) -> String {
        format!("{COOKIE}={}", self.0)
    }

    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }

    /// Returns what the forms of this session bear.
    pub(crate) fn csrf(&self) -> String {
        hex(&Sha256::digest(format!("form:{}", self.0))[..16])
    }
}

/// Returns the header that gives the token to the browser, for as long as it is open.
pub(crate) fn cookie(token: &Token, is_https: bool) -> HeaderValue {
    let secure = if is_https { "; Secure" } else { "" };
    let text = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax{secure}", token.0);
    HeaderValue::try_from(text).expect("a token is hexadecimal")
}

/// Returns the header that takes it away.
pub(crate) fn no_cookie() -> HeaderValue {
    HeaderValue::from_static("sx_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
