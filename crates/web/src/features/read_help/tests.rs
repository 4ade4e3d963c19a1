use std::path::Path;

use super::PAGES;
use crate::{
    links,
    testkit::{Site, attributes},
};

#[tokio::test]
async fn the_manual_is_read_page_by_page_without_signing_in() {
    let site = Site::start().await;
    let contents = site.get("/help").await;
    contents.check(200, &["手册", "导入"]);
    assert_eq!(contents.all("h1"), ["手册"]);
    assert_eq!(contents.links(".sx-toc a").len(), PAGES.len());
    let mut path = contents.links("a[rel=next]").remove(0);
    let mut n_read = 1;
    loop {
        let page = site.get(&path).await;
        assert_eq!((page.status, page.all("h1").len()), (200, 1), "{path}");
        n_read += 1;
        match page.links("a[rel=next]").pop() {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(n_read, PAGES.len());
    assert_eq!(site.get("/help/nothing").await.status, 404);
}

#[tokio::test]
async fn every_link_of_the_manual_leads_to_a_page_and_a_heading_that_are_there() {
    let site = Site::start().await;
    for (name, _) in PAGES {
        let page = site.get(&format!("/help/{name}")).await;
        for link in page.links(".sx-document a") {
            if link.starts_with("http") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let there = if path.is_empty() { page.body.clone() } else { site.get(path).await.body };
            let ids = attributes(&there, "[id]", "id");
            assert!(
                anchor.is_empty() || ids.iter().any(|it| links::file_name(it) == anchor),
                "{name}: {link}"
            );
        }
    }
}

#[test]
fn no_page_of_the_manual_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/manual");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
    let files = files.map(|it| it.into_string().unwrap());
    for name in files.filter_map(|it| it.strip_suffix(".md").map(str::to_owned)) {
        assert!(PAGES.iter().any(|(it, _)| *it == name), "{name}");
    }
}
