//! What a browser got, and what a reader sees of it.

use scraper::{Html, Selector};

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Page {
    pub(super) async fn read(response: reqwest::Response) -> Page {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status, headers, body, bytes }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn check(&self, status: u16, texts: &[&str]) {
        assert_eq!(self.status, status, "{}", self.body);
        let words = words(&self.body);
        for text in texts {
            assert!(words.contains(text), "no {text:?} in {words}");
        }
    }

    /// Returns the words of each element that the selector finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<String> {
        all(&self.body, selector)
    }

    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        attributes(&self.body, selector, name)
    }

    pub(crate) fn links(&self, selector: &str) -> Vec<String> {
        attributes(&self.body, selector, "href")
    }
}

/// Returns what a reader sees, no-break spaces made plain.
pub(crate) fn words(html: &str) -> String {
    plain(&Html::parse_document(html).root_element().text().collect::<String>())
}

pub(crate) fn all(html: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector).map(|it| it.text().collect());
    found.map(|text: String| plain(&text)).collect()
}

pub(crate) fn attributes(html: &str, selector: &str, name: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector);
    found.filter_map(|it| it.attr(name).map(str::to_owned)).collect()
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
