use std::sync::Arc;

use domain::{
    content::keys,
    intake::{Columns, Mapping},
    standard::{Place, Standard},
};

const MIB: u64 = 1 << 20;

/// 读文件时要知道的：哪些表头认得、标题怎么写、多大算太大。
#[derive(Clone)]
pub struct ReadOptions {
    /// Tells what a header is good for. It finds the header row among title
    /// lines, and tells a list (表一) from a sheet (表二).
    pub columns: Arc<dyn Fn(&str) -> HeaderUse + Send + Sync>,
    /// Titles of the standard's forms, as far as they name the office: what
    /// stands before and after its name.
    pub titles: Vec<(String, String)>,
    pub limits: Limits,
}

/// 一个表头有什么用。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderUse {
    Unknown,
    Known,
    /// 事项名称, or what else no row of the list is anything without.
    Name,
}

/// 大小的界限。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A larger row is not read, and not held in memory.
    pub row_bytes: usize,
    /// Of one part of an Office file, inflated.
    pub entry_bytes: u64,
    /// Of all parts of an Office file, inflated.
    pub archive_bytes: u64,
    /// Of a file that has to be in memory whole, such as JSON.
    pub whole_bytes: u64,
    /// Cells of a workbook or of a Word document.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            row_bytes: 1 << 20,
            entry_bytes: 200 * MIB,
            archive_bytes: 400 * MIB,
            whole_bytes: 100 * MIB,
            cells: 5_000_000,
        }
    }
}

impl ReadOptions {
    /// Takes what is known of headers from a standard and a mapping file.
    pub fn new(standard: &Standard, mapping: &Mapping) -> ReadOptions {
        let titles = standard.forms.iter().filter_map(|form| {
            let (before, after) = form.title.split_once("{body}")?;
            let part = |text: &str| squeeze(&text.replace("{region}", ""));
            Some((part(before), part(after)))
        });
        let titles = titles.filter(|(_, after)| !after.is_empty()).collect();
        let (standard, mapping) = (standard.clone(), mapping.clone());
        let columns = move |header: &str| {
            let columns = Columns::new(&standard, &mapping);
            match columns.place(header) {
                Some(Place::Element(key)) if key == keys::NAME => HeaderUse::Name,
                Some(_) => HeaderUse::Known,
                None if columns.is_unknown(header) => HeaderUse::Unknown,
                None => HeaderUse::Known,
            }
        };
        ReadOptions { columns: Arc::new(columns), titles, limits: Limits::default() }
    }

    /// Takes the headers of a list that is no table of items: the one without which no row is
    /// anything, and the others.
    pub fn list(first: &'static str, others: &'static [&'static str]) -> ReadOptions {
        let columns = move |header: &str| match header {
            it if it == first => HeaderUse::Name,
            it if others.contains(&it) => HeaderUse::Known,
            _ => HeaderUse::Unknown,
        };
        ReadOptions { columns: Arc::new(columns), titles: Vec::new(), limits: Limits::default() }
    }

    pub(super) fn header_use(&self, header: &str) -> HeaderUse {
        (self.columns)(header)
    }

    pub(super) fn knows(&self, header: &str) -> bool {
        self.header_use(header) != HeaderUse::Unknown
    }

    /// Returns the office that a form's title line names.
    pub(super) fn titled_body(&self, line: &str) -> Option<String> {
        let line = squeeze(line);
        let title = line.rsplit(['：', ':']).next().unwrap_or(&line);
        self.titles.iter().find_map(|(before, after)| {
            let body = title.strip_suffix(after.as_str())?.strip_prefix(before.as_str())?;
            (!body.is_empty()).then(|| body.to_owned())
        })
    }
}

pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
