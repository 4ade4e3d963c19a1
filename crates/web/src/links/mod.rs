//! The addresses of the pages. No page writes an address by hand.

use std::fmt;

use domain::{
    item::{BodyId, DirectoryId, EditionId, GroupId, ItemId},
    people::OfficerId,
    region::RegionCode,
};
use store::JobId;

use crate::session::CSRF;

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

/// Where a password is changed; the one page open to who must change theirs.
pub(crate) const PASSWORD: &str = "/workbench/password";

pub(crate) fn portal() -> Link {
    Link::to("/")
}

pub(crate) fn sign_in() -> Link {
    Link::to("/sign-in")
}

pub(crate) fn sign_out() -> Link {
    Link::to("/workbench/sign-out")
}

pub(crate) fn change_password() -> Link {
    Link::to(PASSWORD)
}

pub(crate) fn workbench() -> Link {
    Link::to("/workbench")
}

pub(crate) fn tasks() -> Link {
    Link::to("/workbench/tasks")
}

pub(crate) fn items() -> Link {
    Link::to("/workbench/items")
}

/// What is done to items of an office's list: `order`, `move`, `submit`, `change`, `number`.
pub(crate) fn items_act(act: &str) -> Link {
    Link(format!("/workbench/items/{act}"))
}

/// The list of an office, or of a branch of its tree.
pub(crate) fn branch(
    body: &BodyId,
    standard: &str,
    kind: &str,
    directory: Option<DirectoryId>,
) -> Link {
    let directory = directory.map(|it| it.to_string()).unwrap_or_default();
    let link = items().with("body", &body.to_string()).with("standard", standard);
    link.with("kind", kind).with("directory", &directory)
}

pub(crate) fn new_item() -> Link {
    Link::to("/workbench/items/new")
}

pub(crate) fn copy_item(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/copy"))
}

pub(crate) fn new_directory() -> Link {
    Link::to("/workbench/directories")
}

pub(crate) fn directory(id: &DirectoryId) -> Link {
    Link(format!("/workbench/directories/{id}"))
}

/// What is done to a 目录: `order`, `abolish`.
pub(crate) fn directory_act(id: &DirectoryId, act: &str) -> Link {
    Link(format!("/workbench/directories/{id}/{act}"))
}

pub(crate) fn groups() -> Link {
    Link::to("/workbench/groups")
}

pub(crate) fn group(id: &GroupId) -> Link {
    Link(format!("/workbench/groups/{id}"))
}

pub(crate) fn query() -> Link {
    Link::to("/workbench/query")
}

pub(crate) fn query_export() -> Link {
    Link::to("/workbench/query/export")
}

/// Where one element of many items is changed.
pub(crate) fn query_change() -> Link {
    Link::to("/workbench/query/change")
}

pub(crate) fn saved_queries() -> Link {
    Link::to("/workbench/query/saved")
}

pub(crate) fn forget_query(id: &i64) -> Link {
    Link(format!("/workbench/query/saved/{id}/forget"))
}

pub(crate) fn laws() -> Link {
    Link::to("/workbench/laws")
}

/// The manual.
pub(crate) fn help() -> Link {
    Link::to("/help")
}

pub(crate) fn help_page(name: &str) -> Link {
    Link(format!("/help/{}", encode(name)))
}

pub(crate) fn help_documents() -> Link {
    Link::to("/workbench/help-documents")
}

pub(crate) fn new_help_document() -> Link {
    Link::to("/workbench/help-documents/new")
}

pub(crate) fn help_document(id: &i64) -> Link {
    Link(format!("/workbench/help-documents/{id}"))
}

pub(crate) fn help_document_edit(id: &i64) -> Link {
    Link(format!("/workbench/help-documents/{id}/edit"))
}

pub(crate) fn suggestions() -> Link {
    Link::to("/workbench/suggestions")
}

pub(crate) fn suggestion(id: &i64) -> Link {
    Link(format!("/workbench/suggestions/{id}"))
}

pub(crate) fn suggestion_answer(id: &i64) -> Link {
    Link(format!("/workbench/suggestions/{id}/answer"))
}

pub(crate) fn new_law() -> Link {
    Link::to("/workbench/laws/new")
}

pub(crate) fn law(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}"))
}

pub(crate) fn law_edit(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}/edit"))
}

pub(crate) fn law_articles(id: &i64) -> Link {
    Link(format!("/workbench/laws/{id}/articles"))
}

pub(crate) fn attachments() -> Link {
    Link::to("/workbench/attachments")
}

/// Where files are sent; a form with files bears its token in its address.
pub(crate) fn attachment_upload(csrf: &str) -> Link {
    Link::to("/workbench/attachments/upload").with("csrf", csrf)
}

pub(crate) fn attachment(id: &i64) -> Link {
    Link(format!("/workbench/attachments/{id}"))
}

pub(crate) fn attachment_uses(id: &i64) -> Link {
    Link(format!("/workbench/attachments/{id}/uses"))
}

/// A file that the guide of an item refers to.
pub(crate) fn item_file(code: &str, hash: &str, name: &str) -> Link {
    Link(format!("/items/{}/files/{hash}/{}", encode(code), encode(name)))
}

pub(crate) fn places() -> Link {
    Link::to("/workbench/places")
}

pub(crate) fn new_place() -> Link {
    Link::to("/workbench/places/new")
}

pub(crate) fn place(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}"))
}

pub(crate) fn place_edit(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}/edit"))
}

pub(crate) fn place_spread(id: &i64) -> Link {
    Link(format!("/workbench/places/{id}/spread"))
}

pub(crate) fn systems() -> Link {
    Link::to("/workbench/systems")
}

pub(crate) fn new_system() -> Link {
    Link::to("/workbench/systems/new")
}

pub(crate) fn system(id: &i64) -> Link {
    Link(format!("/workbench/systems/{id}"))
}

pub(crate) fn system_edit(id: &i64) -> Link {
    Link(format!("/workbench/systems/{id}/edit"))
}

pub(crate) fn officers() -> Link {
    Link::to("/workbench/officers")
}

pub(crate) fn officer(id: &OfficerId) -> Link {
    Link(format!("/workbench/officers/{}", id.0))
}

pub(crate) fn officer_password(id: &OfficerId) -> Link {
    Link(format!("/workbench/officers/{}/password", id.0))
}

pub(crate) fn bodies() -> Link {
    Link::to("/workbench/bodies")
}

pub(crate) fn body(id: &BodyId) -> Link {
    Link(format!("/workbench/bodies/{id}"))
}

pub(crate) fn body_closing(id: &BodyId) -> Link {
    Link(format!("/workbench/bodies/{id}/close"))
}

pub(crate) fn item(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}"))
}

/// What the public was shown of an item on a day, as a choice of a form.
pub(crate) fn item_on(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/on"))
}

pub(crate) fn compare(id: &ItemId) -> Link {
    Link(format!("/workbench/items/{id}/compare"))
}

/// Two editions of an item side by side, by their numbers.
pub(crate) fn compare_two(id: &ItemId, from: u32, to: u32) -> Link {
    compare(id).with("from", &from.to_string()).with("to", &to.to_string())
}

pub(crate) fn edition(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}"))
}

pub(crate) fn restore(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/restore"))
}

pub(crate) fn review(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/review"))
}

/// The page to bring a file, and where its form goes: a form with files has its token there.
pub(crate) fn import_page() -> Link {
    Link::to("/workbench/import")
}

pub(crate) fn import(csrf: &str) -> Link {
    import_page().with(CSRF, csrf)
}

pub(crate) fn import_look() -> Link {
    Link::to("/workbench/import/look")
}

pub(crate) fn import_begin() -> Link {
    Link::to("/workbench/import/begin")
}

pub(crate) fn jobs() -> Link {
    Link::to("/workbench/jobs")
}

pub(crate) fn job(id: &JobId) -> Link {
    Link(format!("/workbench/jobs/{}", id.0))
}

pub(crate) fn job_undo(id: &JobId) -> Link {
    Link(format!("/workbench/jobs/{}/undo", id.0))
}

pub(crate) fn regions() -> Link {
    Link::to("/workbench/regions")
}

pub(crate) fn standards() -> Link {
    Link::to("/workbench/standards")
}

pub(crate) fn standard(id: &str) -> Link {
    Link(format!("/workbench/standards/{}", encode(id)))
}

pub(crate) fn events() -> Link {
    Link::to("/workbench/events")
}

pub(crate) fn edit(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/edit"))
}

pub(crate) fn save_draft(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/save"))
}

pub(crate) fn draft_saves(id: &EditionId) -> Link {
    Link(format!("/workbench/editions/{id}/saves"))
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
