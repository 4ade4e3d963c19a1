use std::sync::Arc;

use domain::{
    content::keys,
    intake::{Columns, Mapping, Sureness},
    standard::{Fact, KIND_LIST, Place, Standard, ValueKind},
};

const MIB: u64 = 1 << 20;

/// 读文件时要知道的：哪些表头认得、标题怎么写、多大算太大。
#[derive(Clone)]
pub struct ReadOptions {
    /// Know what a header is good for. It finds the header row among title
    /// lines, and tells a list (表一) from a sheet (表二).
    standard: Arc<Standard>,
    mapping: Arc<Mapping>,
    /// Titles of the standard's forms: what stands before and after the office's
    /// name, or the whole title and nothing where it does not name the office.
    titles: Vec<(String, String)>,
    /// The headers of a list that is no table of items, in place of the standard's.
    list: Option<PlainList>,
    pub limits: Limits,
}

/// The header without which no row of a list is anything, and the others.
#[derive(Clone, Copy)]
struct PlainList {
    first: &'static str,
    others: &'static [&'static str],
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
        let part = |text: &str| squeeze(&text.replace("{region}", ""));
        let titles = standard.forms.iter().map(|form| match form.title.split_once("{body}") {
            Some((before, after)) => (part(before), part(after)),
            None => (part(&form.title), String::new()),
        });
        ReadOptions {
            titles: titles.collect(),
            standard: Arc::new(standard.clone()),
            mapping: Arc::new(mapping.clone()),
            list: None,
            limits: Limits::default(),
        }
    }

    fn columns(&self) -> Columns<'_> {
        Columns::new(&self.standard, &self.mapping)
    }

    /// Takes the headers of a list that is no table of items: the one without which no row is
    /// anything, and the others. Titles and the like are read as the standard has them.
    pub fn list(
        standard: &Standard,
        first: &'static str,
        others: &'static [&'static str],
    ) -> ReadOptions {
        let list = Some(PlainList { first, others });
        ReadOptions { list, ..ReadOptions::new(standard, &Mapping::default()) }
    }

    pub(super) fn header_use(&self, header: &str) -> HeaderUse {
        match self.list {
            Some(list) if list.first == header => return HeaderUse::Name,
            Some(list) if list.others.contains(&header) => return HeaderUse::Known,
            Some(_) => return HeaderUse::Unknown,
            None => {}
        }
        let columns = self.columns();
        match columns.place(header) {
            Some(Place::Element(key)) if key == keys::NAME => HeaderUse::Name,
            Some(_) => HeaderUse::Known,
            None if columns.is_unknown(header) => HeaderUse::Unknown,
            None => HeaderUse::Known,
        }
    }

    pub(super) fn place(&self, header: &str) -> Option<&Place> {
        self.columns().place(header)
    }

    /// What the standard calls 事项名称.
    pub(super) fn name_header(&self) -> Option<&str> {
        self.standard.element(keys::NAME).map(|it| it.label.as_str())
    }

    pub(super) fn sureness(&self, header: &str) -> Sureness {
        self.columns().sureness(header)
    }

    /// Returns the known header that an unknown one is much like.
    pub(super) fn nearest(&self, header: &str) -> Option<&str> {
        self.columns().nearest(header)
    }

    /// Tells whether a header leads to running text, in which anything may be said.
    pub(super) fn is_text(&self, header: &str) -> bool {
        let element = |key: &str| self.standard.element(key);
        match self.place(header) {
            Some(Place::Element(key)) => element(key).is_some_and(|it| it.kind == ValueKind::Text),
            Some(Place::Field(key, field)) => element(key)
                .and_then(|it| it.field(field))
                .is_some_and(|it| it.kind == ValueKind::Text),
            _ => false,
        }
    }

    /// Tells whether a word is one of those that an element may be: a code, or yes and no.
    pub(super) fn understands(&self, header: &str, word: &str) -> bool {
        let coded = |list: &str| self.standard.list(list).is_some_and(|it| it.read(word).is_some());
        let shape = match self.place(header) {
            Some(Place::Fact(Fact::Kind)) => return coded(KIND_LIST),
            Some(Place::Element(key)) => self.standard.element(key).map(|it| it.shape()),
            Some(Place::Field(key, field)) => {
                let element = self.standard.element(key);
                element.and_then(|it| it.field(field)).map(|it| it.shape())
            }
            _ => None,
        };
        let Some(shape) = shape else { return false };
        let words = &self.standard.flag_words;
        match shape.kind {
            ValueKind::Codes => shape.list.is_some_and(coded),
            ValueKind::Flag => words.yes.iter().chain(&words.no).any(|it| it == word),
            _ => false,
        }
    }

    /// Tells whether a header is that of a list of rows.
    pub(super) fn is_rows(&self, header: &str) -> bool {
        let Some(Place::Element(key)) = self.place(header) else { return false };
        self.standard.element(key).is_some_and(|it| it.kind == ValueKind::Rows)
    }

    /// Returns the label of the list whose fields all these headers are, but for a number.
    pub(super) fn list_of(&self, headers: &[String]) -> Option<&str> {
        let is_number = |it: &Place| matches!(it, Place::RowNumber | Place::Fact(Fact::Position));
        let others = || headers.iter().filter(|it| !self.place(it).is_some_and(is_number));
        let element = others().find_map(|it| match self.place(it) {
            Some(Place::Field(key, _)) => self.standard.element(key),
            _ => None,
        })?;
        let is_field = |header: &String| match self.place(header) {
            Some(Place::Field(key, _)) => *key == element.key,
            _ => element.fields.iter().any(|it| it.label == *header),
        };
        others().all(is_field).then_some(element.label.as_str())
    }

    /// Tells whether a line above a table is only its title: that of a form, or 附件 1.
    pub(super) fn is_title(&self, line: &str) -> bool {
        let line = squeeze(line);
        let is_number = |c: char| c.is_numeric() || "附件表一二三四五六七八九十：:.、-".contains(c);
        let bare = line.trim_start_matches(is_number);
        (bare.is_empty() && line.starts_with(['附', '表']))
            || self.titled_body(&line).is_some()
            || self.titles.iter().any(|(before, after)| {
                let title = if after.is_empty() { before } else { after };
                bare == title || line == *title
            })
    }

    pub(super) fn knows(&self, header: &str) -> bool {
        self.header_use(header) != HeaderUse::Unknown
    }

    /// Returns the office that a form's title line names.
    pub(super) fn titled_body(&self, line: &str) -> Option<String> {
        let line = squeeze(line);
        let title = line.rsplit(['：', ':']).next().unwrap_or(&line);
        self.titles.iter().filter(|(_, after)| !after.is_empty()).find_map(|(before, after)| {
            let body = title.strip_suffix(after.as_str())?.strip_prefix(before.as_str())?;
            (!body.is_empty()).then(|| body.to_owned())
        })
    }
}

pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
