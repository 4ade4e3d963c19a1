//! The addresses of the pages. No page writes an address by hand.

mod approvals;
mod drafts;
mod workbench;

use std::fmt;

use axum::response::{IntoResponse, Redirect, Response};
use domain::region::RegionCode;

pub(crate) use self::{approvals::*, drafts::*, workbench::*};

/// 链接：路径和查询参数，都已编码。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link(String);

impl Link {
    fn to(path: &str) -> Link {
        Link(path.to_owned())
    }

    /// Adds a parameter; an empty one is left out.
    pub(crate) fn with(mut self, key: &str, value: &str) -> Link {
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0 += &format!("{key}={}", encode(value));
        }
        self
    }

    /// Leads to a place on the page.
    pub(crate) fn at(mut self, id: &str) -> Link {
        self.0 += &format!("#{}", encode(id));
        self
    }

    /// Answers by leading there.
    pub(crate) fn redirect(&self) -> Response {
        Redirect::to(&self.0).into_response()
    }

    pub(crate) fn with_all(self, key: &str, values: &[String]) -> Link {
        values.iter().fold(self, |link, value| link.with(key, value))
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The region that a page is about: one with all that lies in it, or every region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    All,
    Within(RegionCode),
}

impl Area {
    /// What stands in an address for every region.
    const ALL: &str = "all";

    pub(crate) fn read(text: &str) -> Option<Area> {
        match text {
            Area::ALL => Some(Area::All),
            text => RegionCode::parse(text).ok().map(Area::Within),
        }
    }

    pub(crate) fn code(self) -> Option<RegionCode> {
        match self {
            Area::All => None,
            Area::Within(code) => Some(code),
        }
    }

    pub(crate) fn parameter(self) -> String {
        match self {
            Area::All => Area::ALL.to_owned(),
            Area::Within(code) => code.to_string(),
        }
    }

    pub(crate) fn full_name(self) -> String {
        let full = self.code().and_then(|code| domain::region::regions::full_name(&code));
        full.unwrap_or_else(|| self.name())
    }

    pub(crate) fn name(self) -> String {
        match self {
            Area::All => "全部地区".to_owned(),
            Area::Within(code) => {
                domain::region::regions::name(&code).map_or_else(|| code.to_string(), str::to_owned)
            }
        }
    }
}

pub(crate) fn home(area: Area) -> Link {
    Link::to("/").with("region", &area.parameter())
}

pub(crate) fn search(area: Area) -> Link {
    Link::to("/search").with("region", &area.parameter())
}

pub(crate) fn suggest() -> Link {
    Link::to("/suggest")
}

pub(crate) fn department(area: Area, department: &str) -> Link {
    search(area).with("department", department)
}

pub(crate) fn guide(code: &str) -> Link {
    Link(format!("/items/{}", encode(code)))
}

pub(crate) fn guide_json(code: &str) -> Link {
    Link(format!("/items/{}.json", encode(code)))
}

pub(crate) fn guide_docx(code: &str) -> Link {
    Link(format!("/items/{}.docx", encode(code)))
}

pub(crate) fn notice_docx(code: &str) -> Link {
    Link(format!("/items/{}/notice.docx", encode(code)))
}

/// An item's flow, as a file of this kind.
pub(crate) fn guide_flow(code: &str, kind: &str) -> Link {
    Link(format!("/items/{}/flow.{}", encode(code), encode(kind)))
}

pub(crate) fn sitemap() -> Link {
    Link::to("/sitemap.xml")
}

pub(crate) fn sitemap_part(number: i64) -> Link {
    sitemap().with("part", &number.to_string())
}

/// The feed of changes, or its page with those before a publication.
pub(crate) fn changes(area: Area, before: Option<i64>) -> Link {
    let feed = Link::to("/changes.atom").with("region", &area.parameter());
    before.iter().fold(feed, |feed, seq| feed.with("before", &seq.to_string()))
}

/// Adds the day as of which a guide, in any form, is to be read.
pub(crate) fn as_of(guide: Link, day: time::Date) -> Link {
    guide.with("on", &day.to_string())
}

/// Returns a file's name as a header may hold it.
pub(crate) fn file_name(name: &str) -> String {
    encode(name)
}

/// Encodes all but the characters that an address never gives a meaning.
fn encode(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                result.push(char::from(byte));
            }
            byte => result += &format!("%{byte:02X}"),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_any_characters_is_one_step_of_the_path() {
        assert_eq!(guide("62052400MZ-XK-0001").to_string(), "/items/62052400MZ-XK-0001");
        assert_eq!(guide("a/b?c 事\"").to_string(), "/items/a%2Fb%3Fc%20%E4%BA%8B%22");
        assert_eq!(guide_docx("..").to_string(), "/items/...docx");
    }

    #[test]
    fn parameters_are_encoded_and_empty_ones_left_out() {
        let area = Area::read("620524").unwrap();
        let link = search(area).with("q", "").with_all("kind", &["许可&".into(), "确认".into()]);
        assert_eq!(
            link.to_string(),
            "/search?region=620524&kind=%E8%AE%B8%E5%8F%AF%26&kind=%E7%A1%AE%E8%AE%A4"
        );
        assert_eq!(home(Area::All).to_string(), "/?region=all");
        assert_eq!(Area::read("abc"), None);
    }
}
