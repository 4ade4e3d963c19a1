//! Markdown to HTML, for the manual and for what administrators write.
//!
//! What stands in it as HTML is shown as text, and a link leads only where a page of ours or
//! the web is: a document can show nothing but its words.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// 一份文档，读出来了的。
pub(crate) struct Document {
    /// What its first heading says.
    pub(crate) title: String,
    pub(crate) html: String,
    /// Headings of the second level, with their anchors.
    pub(crate) headings: Vec<(String, String)>,
}

/// Reads a document; `lead` says where a link leads, `None` for nowhere.
pub(crate) fn read(text: &str, lead: impl Fn(&str) -> Option<String>) -> Document {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut document = Document { title: String::new(), html: String::new(), headings: Vec::new() };
    let mut shown = Vec::with_capacity(events.len());
    let mut links = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let words = heading(&events[at + 1..]);
                let anchor = anchor(&words);
                if *level == HeadingLevel::H1 && document.title.is_empty() {
                    document.title.clone_from(&words);
                }
                if *level == HeadingLevel::H2 {
                    document.headings.push((anchor.clone(), words));
                }
                shown.push(Event::Start(Tag::Heading {
                    level: *level,
                    id: Some(anchor.into()),
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = lead(dest_url);
                links.push(to.is_some());
                shown.extend(to.map(|to| Event::Start(link(to))));
            }
            Event::End(TagEnd::Link) => {
                let is_shown = links.pop().unwrap_or(false);
                shown.extend(is_shown.then_some(Event::End(TagEnd::Link)));
            }
            // A picture's words remain.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            // Between Chinese characters a line's end is no space.
            Event::SoftBreak if ends_wide(&events[..at]) => {}
            Event::Html(html) | Event::InlineHtml(html) => shown.push(Event::Text(html.clone())),
            event => shown.push(event.clone()),
        }
    }
    html::push_html(&mut document.html, shown.into_iter());
    // What may be wider than the page is reached by keyboard, to be scrolled.
    document.html = document
        .html
        .replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<table>", "<div class=\"sx-scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
    document
}

/// Returns where a link of an administrator's document leads: to the web or to a page of ours.
pub(crate) fn outward(to: &str) -> Option<String> {
    let is_web = to.starts_with("https://") || to.starts_with("http://");
    let is_ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    (is_web || is_ours || to.starts_with('#')).then(|| to.to_owned())
}

fn ends_wide(events: &[Event<'_>]) -> bool {
    let text = events.iter().rev().find_map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.chars().last(),
        _ => None,
    });
    text.is_some_and(|c| !c.is_ascii())
}

fn link(to: String) -> Tag<'static> {
    Tag::Link {
        link_type: LinkType::Inline,
        dest_url: CowStr::from(to),
        title: CowStr::from(""),
        id: CowStr::from(""),
    }
}

fn heading(events: &[Event<'_>]) -> String {
    let words = events.iter().take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
    words
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

/// Makes an anchor as code hosts do, so that a link works here and there.
fn anchor(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().trim().replace(' ', "-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_shows_its_words_and_runs_nothing() {
        let check = |text: &str, expected: &str| {
            assert_eq!(read(text, outward).html.trim(), expected, "{text}");
        };
        check("**要紧**", "<p><strong>要紧</strong></p>");
        check("甲。\n乙。", "<p>甲。乙。</p>");
        check("one\ntwo", "<p>one\ntwo</p>");
        check("<script>1</script>", "&lt;script&gt;1&lt;/script&gt;");
        check("甲<img src=x onerror=1>", "<p>甲&lt;img src=x onerror=1&gt;</p>");
        check("[去](javascript:alert(1))", "<p>去</p>");
        check("[去](//example.org)", "<p>去</p>");
        check("[去](https://example.org)", "<p><a href=\"https://example.org\">去</a></p>");
        check("![图](data:image/svg+xml,x)", "<p>图</p>");
    }

    #[test]
    fn headings_are_named_as_links_name_them() {
        let read = read("# 导入\n\n## 退回与问题\n\n### 三\n", outward);
        assert_eq!(read.title, "导入");
        assert_eq!(read.headings, [("退回与问题".to_owned(), "退回与问题".to_owned())]);
        assert!(read.html.contains("<h2 id=\"退回与问题\">"), "{}", read.html);
        assert_eq!(anchor("Use `a` b：丙"), "use-a-b丙");
    }
}
