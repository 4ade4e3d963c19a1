//! Read the manual (操作手册), page by page, out of the binary.

use askama::Template;
use axum::{extract::State, response::Html, routing::get};

use crate::{
    AppState,
    error::WebError,
    extract::Path,
    layout::Shell,
    links::{self, Link},
    map::{Map, Who},
    markdown,
};

/// The pages in the order in which they are read, the contents first.
static PAGES: [(&str, &str); 12] = [
    ("index", include_str!("../../../../../docs/manual/index.md")),
    ("clerk", include_str!("../../../../../docs/manual/clerk.md")),
    ("approvals", include_str!("../../../../../docs/manual/approvals.md")),
    ("reviewer", include_str!("../../../../../docs/manual/reviewer.md")),
    ("administrator", include_str!("../../../../../docs/manual/administrator.md")),
    ("import", include_str!("../../../../../docs/manual/import.md")),
    ("export", include_str!("../../../../../docs/manual/export.md")),
    ("portal", include_str!("../../../../../docs/manual/portal.md")),
    ("standards", include_str!("../../../../../docs/manual/standards.md")),
    ("backup", include_str!("../../../../../docs/manual/backup.md")),
    ("operations", include_str!("../../../../../docs/manual/operations.md")),
    ("troubleshooting", include_str!("../../../../../docs/manual/troubleshooting.md")),
];

pub(super) fn places(map: Map) -> Map {
    let map = map.place("/help", Who::Anyone, get(contents));
    map.place("/help/{page}", Who::Anyone, get(show))
}

#[derive(Template)]
#[template(path = "read_help/page.html")]
struct Page {
    shell: Shell,
    document: markdown::Document,
    pages: Vec<Chapter>,
    previous: Option<Chapter>,
    next: Option<Chapter>,
}

/// One page of the manual, as the others name it.
#[derive(Clone)]
struct Chapter {
    title: String,
    link: Link,
    is_here: bool,
}

async fn contents(State(app): State<AppState>) -> Result<Html<String>, WebError> {
    page(&app, 0)
}

async fn show(
    State(app): State<AppState>,
    Path(name): Path<String>,
) -> Result<Html<String>, WebError> {
    let at = PAGES.iter().position(|(it, _)| *it == name).ok_or(WebError::NotFound)?;
    page(&app, at)
}

fn page(app: &AppState, at: usize) -> Result<Html<String>, WebError> {
    let pages: Vec<Chapter> = (0..PAGES.len()).map(|it| Chapter::of(it, it == at)).collect();
    let page = Page {
        shell: Shell::for_default_area(app)?,
        document: markdown::read(PAGES[at].1, lead),
        previous: at.checked_sub(1).map(|it| pages[it].clone()),
        next: pages.get(at + 1).cloned(),
        pages,
    };
    Ok(Html(page.render()?))
}

/// Leads a link between pages of the manual to the page here; what lies beside the manual in the
/// repository is not here.
fn lead(to: &str) -> Option<String> {
    let (file, anchor) = to.split_once('#').map_or((to, ""), |(file, anchor)| (file, anchor));
    let anchored = |link: Link| match anchor {
        "" => link.to_string(),
        anchor => format!("{link}#{anchor}"),
    };
    match file.strip_suffix(".md").filter(|it| PAGES.iter().any(|(name, _)| name == it)) {
        Some(name) => Some(anchored(link(name))),
        None => markdown::outward(to),
    }
}

fn link(name: &str) -> Link {
    if name == PAGES[0].0 { links::help() } else { links::help_page(name) }
}

impl Chapter {
    fn of(at: usize, is_here: bool) -> Chapter {
        let (name, text) = PAGES[at];
        let title = text.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
        Chapter { title: title.to_owned(), link: link(name), is_here }
    }
}

#[cfg(test)]
mod tests;
