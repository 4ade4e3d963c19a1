use std::collections::HashMap;

use domain::{
    content::{Row, Value, show_single},
    edition::Edition,
    item::EditionId,
    library::{self, Attached, takes_file},
    standard::{Element, Shape, Standard},
};

use crate::{
    links::{self, Link},
    words,
};

/// 一个版本的一节，全文。
pub(crate) struct Chapter {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) told: Vec<Told>,
}

/// 一个要素，和它说的。
pub(crate) struct Told {
    /// The element's key; empty for what is no element.
    pub(crate) key: String,
    pub(crate) label: String,
    /// The public is not told.
    pub(crate) is_internal: bool,
    pub(crate) body: Body,
    /// What a reviewer writes beside it, who may.
    pub(crate) remark: Option<String>,
}

pub(crate) enum Body {
    Text(String),
    Rows(Vec<RowTold>),
}

/// 一行：what names it, the rest, and the files that it holds.
pub(crate) struct RowTold {
    pub(crate) name: String,
    pub(crate) rest: String,
    pub(crate) files: Vec<FileLink>,
}

/// 版本里的一个附件，和打开它的地址。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileLink {
    pub(crate) name: String,
    pub(crate) link: Link,
}

impl FileLink {
    fn of(edition: EditionId, attached: Attached<'_>) -> FileLink {
        let link = links::edition_file(&edition, attached.hash, attached.name);
        FileLink { name: attached.name.to_owned(), link }
    }
}

/// Returns the files that an edition refers to, each once.
pub(crate) fn files(edition: &Edition) -> Vec<FileLink> {
    let mut files: Vec<FileLink> = Vec::new();
    for attached in library::attachments(&edition.record.content) {
        let file = FileLink::of(edition.id, attached);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// Returns all that an edition says, in the order of its standard.
pub(crate) fn chapters(edition: &Edition, standard: &Standard) -> Vec<Chapter> {
    let content = &edition.record.content;
    let mut chapters = vec![identity(edition, standard)];
    for section in &standard.sections {
        let elements = standard.elements().iter().filter(|it| it.section == section.id);
        let told = elements.filter_map(|it| {
            let at = (edition.id, it.key.as_str());
            Some(told(at, content.get(&it.key)?, Some(it), standard))
        });
        let (id, title) = (section.id.clone(), section.title.clone());
        chapters.push(Chapter { id, title, told: told.collect() });
    }
    let unknown = content.iter().filter(|(key, _)| standard.element(key).is_none());
    let told = unknown.map(|(key, value)| told((edition.id, key), value, None, standard)).collect();
    let title = "现行规范里没有的".to_owned();
    chapters.push(Chapter { id: "unknown".to_owned(), title, told });
    chapters.retain(|it| !it.told.is_empty());
    chapters
}

/// Lets a reviewer write beside each element, with what was typed already.
pub(crate) fn with_remarks(
    mut chapters: Vec<Chapter>,
    typed: &HashMap<String, String>,
) -> Vec<Chapter> {
    let told = chapters.iter_mut().flat_map(|it| &mut it.told);
    for it in told.filter(|it| !it.key.is_empty()) {
        it.remark = Some(typed.get(&it.key).cloned().unwrap_or_default());
    }
    chapters
}

/// What says which item it is.
fn identity(edition: &Edition, standard: &Standard) -> Chapter {
    let record = &edition.record;
    let facts = [
        ("事项编码", record.code.clone()),
        ("事项类型", Some(standard.kind_label(&record.kind).to_owned())),
        ("实施主体", Some(record.body.name.clone())),
        ("统一社会信用代码", record.body.credit_code.clone()),
        ("上级事项", record.parent.clone()),
        ("生效日期", record.effective_on.map(words::full_date)),
        ("规范", Some(standard.title.clone())),
    ];
    let told = facts.into_iter().filter_map(|(label, text)| {
        let (label, body) = (label.to_owned(), Body::Text(text?));
        Some(Told { key: String::new(), label, is_internal: false, body, remark: None })
    });
    Chapter { id: "which".to_owned(), title: "是哪一项".to_owned(), told: told.collect() }
}

fn told(
    (edition, key): (EditionId, &str),
    value: &Value,
    element: Option<&Element>,
    standard: &Standard,
) -> Told {
    let body = match (value, element) {
        (Value::Rows(rows), element) => {
            let row = |row: &Row| {
                let mut said = row_words(row, element, standard);
                let name = if said.is_empty() { String::new() } else { said.remove(0) };
                let held = row.fields.iter().filter(|(field, _)| takes_file(key, field));
                let files = held.filter_map(|(_, value)| Attached::parse(value.as_text()?));
                let files = files.map(|it| FileLink::of(edition, it)).collect();
                RowTold { name, rest: joined(&said), files }
            };
            Body::Rows(rows.iter().map(row).collect())
        }
        (value, Some(element)) => {
            let text = value_words(value, element.shape(), standard);
            let unit = if matches!(value, Value::Number(_)) { element.unit.as_str() } else { "" };
            Body::Text(if unit.is_empty() { text } else { words::counted(text, unit) })
        }
        (Value::Text(text), None) => Body::Text(text.clone()),
        (value, None) => Body::Text(serde_json::to_string(value).unwrap_or_default()),
    };
    Told {
        key: key.to_owned(),
        label: element.map_or(key, |it| &it.label).to_owned(),
        is_internal: element.is_some_and(|it| !it.public),
        body,
        remark: None,
    }
}

/// Joins what a row says; what ends as a sentence does so no more in the middle of one.
pub(super) fn joined(said: &[String]) -> String {
    let parts: Vec<&str> = said.iter().map(|it| it.trim_end_matches('。')).collect();
    parts.join("；")
}

/// Returns a value in words.
pub(super) fn value_words(value: &Value, shape: Shape<'_>, standard: &Standard) -> String {
    match value {
        Value::Limit(limit) => words::limit(*limit),
        value => words::joined(&show_single(value, shape, standard)),
    }
}

/// Returns what a row says, field by field: the first is named by its value alone.
pub(super) fn row_words(row: &Row, element: Option<&Element>, standard: &Standard) -> Vec<String> {
    let known = element.map_or(&[][..], |it| &it.fields);
    let mut said = Vec::new();
    for field in known {
        let Some(value) = row.fields.get(&field.key) else { continue };
        let text = value_words(value, field.shape(), standard);
        said.push(if said.is_empty() { text } else { format!("{} {text}", field.label) });
    }
    for (key, value) in &row.fields {
        if known.iter().all(|field| field.key != *key) {
            said.push(format!("{key} {}", serde_json::to_string(value).unwrap_or_default()));
        }
    }
    said
}
