//! The address under which the site is known: what an answer that is read elsewhere (a site
//! map, a feed) puts before its links.

use axum::{
    extract::FromRequestParts,
    http::{Uri, header, request::Parts, uri::Authority},
};

use crate::{
    AppState,
    error::WebError,
    links::{self, Link},
};

/// 站点对外的地址，如 `https://zwfw.example.gov.cn`。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// 不是站点的地址。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是站点的地址；要写协议和主机，后面不带路径，如 https://zwfw.example.gov.cn")]
pub struct NotAnOrigin(pub String);

impl Origin {
    pub fn parse(text: &str) -> Result<Origin, NotAnOrigin> {
        let wrong = || NotAnOrigin(text.to_owned());
        let uri: Uri = text.trim().parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|it| matches!(*it, "http" | "https"));
        let host = uri.authority().filter(|it| is_plain(it));
        match (scheme, host, uri.path(), uri.query()) {
            (Some(scheme), Some(host), "" | "/", None) => Ok(Origin(format!("{scheme}://{host}"))),
            _ => Err(wrong()),
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Returns the address under which everyone finds an item's guide.
    pub fn guide(&self, code: &str) -> String {
        self.of(&links::guide(code))
    }

    pub(crate) fn of(&self, link: &Link) -> String {
        format!("{}{link}", self.0)
    }
}

/// 网上别处的一页，如讲解视频的地址。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere(String);

/// 不是一页的地址。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是网页的地址；要以 http:// 或 https:// 开头，如 https://zwfw.example.gov.cn/video")]
pub struct NotAnAddress(pub String);

impl Elsewhere {
    pub fn parse(text: &str) -> Result<Elsewhere, NotAnAddress> {
        let wrong = || NotAnAddress(text.to_owned());
        let uri: Uri = text.trim().parse().map_err(|_| wrong())?;
        let is_page = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some_and(is_plain);
        if is_page { Ok(Elsewhere(uri.to_string())) } else { Err(wrong()) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// 本站的地址: the setting, else the host by which the visitor came. What a proxy may add to a request is
/// not believed: anyone else may add it too.
#[derive(Debug)]
pub(crate) struct Here(pub(crate) Origin);

impl FromRequestParts<AppState> for Here {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Here, WebError> {
        if let Some(origin) = &app.settings.public_url {
            return Ok(Here(origin.clone()));
        }
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.and_then(|host| host.parse().ok()).filter(is_plain);
        host.map(|host| Here(Origin(format!("http://{host}")))).ok_or(WebError::NoHost)
    }
}

fn is_plain(host: &Authority) -> bool {
    !host.as_str().contains('@') && !host.host().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_elsewhere_is_one_that_a_browser_opens() {
        let read = |text| Elsewhere::parse(text).map(|it| it.0);
        assert_eq!(read(" https://a.gov.cn/v?id=1 ").unwrap(), "https://a.gov.cn/v?id=1");
        for wrong in ["javascript:alert(1)", "/video", "a.gov.cn/v", "https://u@a.cn/v", ""] {
            assert_eq!(read(wrong), Err(NotAnAddress(wrong.to_owned())));
        }
    }

    #[test]
    fn an_origin_is_scheme_and_host_and_no_more() {
        let read = |text| Origin::parse(text).map(|it| it.0);
        assert_eq!(read("https://a.gov.cn").unwrap(), "https://a.gov.cn");
        assert_eq!(read(" http://10.0.0.7:8080/ ").unwrap(), "http://10.0.0.7:8080");
        for wrong in [
            "a.gov.cn",
            "ftp://a.gov.cn",
            "https://a.gov.cn/shixiang",
            "https://u@a.cn",
            "https://a.cn/?x=1",
            "",
            "https://",
        ] {
            assert_eq!(read(wrong), Err(NotAnOrigin(wrong.to_owned())));
        }
    }
}
