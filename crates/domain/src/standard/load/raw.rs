//! The files as written, and how each part is laid over what was inherited.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    code::{Scheme, Translation},
    standard::{
        CodeList, Desk, Element, Field, FlagWords, Ownership, Required, Resubmit, ReviewRoute,
        RowPart, Section, Standard, TreePart, ValueKind,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    id: String,
    title: String,
    #[serde(default)]
    source: String,
    pub(super) extends: Option<Spanned<String>>,
    blank_words: Option<Vec<String>>,
    flag_words: Option<FlagWords>,
    #[serde(default)]
    state_words: BTreeMap<String, String>,
    #[serde(default)]
    desk: Vec<Desk>,
    #[serde(default)]
    route: Vec<ReviewRoute>,
    #[serde(default)]
    part: Vec<TreePart>,
    resubmit: Option<Resubmit>,
}

impl Head {
    pub(super) fn lay_over(self, id: &str, standard: &mut Standard) {
        standard.id = if self.id.is_empty() { id.to_owned() } else { self.id };
        standard.title = self.title;
        standard.source = self.source;
        if let Some(words) = self.blank_words {
            standard.blank_words = words;
        }
        if let Some(words) = self.flag_words {
            standard.flag_words = words;
        }
        standard.state_words.extend(self.state_words);
        if !self.desk.is_empty() {
            standard.desks = self.desk;
        }
        if !self.route.is_empty() {
            standard.routes = self.route;
        }
        if !self.part.is_empty() {
            standard.tree_parts = self.part;
        }
        standard.resubmit = self.resubmit.unwrap_or(standard.resubmit);
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Lists {
    pub(super) list: Vec<CodeList>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Codes {
    pub(super) scheme: Vec<Spanned<Scheme>>,
    pub(super) translation: Vec<Translation>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Headers {
    pub(super) headers: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    pub(super) ignore: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Elements {
    pub(super) section: Vec<Section>,
    pub(super) element: Vec<Spanned<RawElement>>,
}

/// An element as written: what an extending standard leaves out stays as inherited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawElement {
    key: String,
    label: Option<String>,
    kind: Option<ValueKind>,
    section: Option<String>,
    list: Option<String>,
    many: Option<bool>,
    required: Option<RawRequired>,
    ownership: Option<Ownership>,
    public: Option<bool>,
    queryable: Option<bool>,
    identifying: Option<bool>,
    help: Option<String>,
    national: Option<String>,
    unit: Option<String>,
    row_format: Option<Vec<String>>,
    field: Option<Vec<Field>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawRequired {
    Word(String),
    Kinds { kinds: Vec<String> },
    When { when: String, is: Vec<String> },
}

impl RawRequired {
    fn read(self) -> Result<Required, String> {
        match self {
            RawRequired::Word(word) if word == "always" => Ok(Required::Always),
            RawRequired::Word(word) if word == "never" => Ok(Required::Never),
            RawRequired::Word(word) => Err(format!(
                "required 不能是 {word}，可以是 always、never、{{ kinds }} 或 {{ when, is }}"
            )),
            RawRequired::Kinds { kinds } => Ok(Required::ForKinds(kinds)),
            RawRequired::When { when, is } => Ok(Required::When { element: when, is }),
        }
    }
}

impl RawElement {
    pub(super) fn lay_over(self, standard: &mut Standard) -> Result<(), String> {
        let known = standard.element_numbers.get(&self.key).copied();
        let mut element = match known {
            Some(at) => standard.elements[at].clone(),
            None => self.new_element()?,
        };
        macro_rules! overlay {
            ($($field:ident),*) => { $(if let Some(value) = self.$field { element.$field = value; })* };
        }
        overlay!(label, kind, section, many, ownership, public, help, national, unit);
        overlay!(queryable, identifying);
        if self.list.is_some() {
            element.list = self.list;
        }
        if let Some(fields) = self.field {
            element.fields = fields;
        }
        if let Some(required) = self.required {
            element.required = required.read()?;
        }
        if let Some(parts) = self.row_format {
            element.row_format = row_format(&parts)?;
        }
        validate(&element, standard)?;
        match known {
            Some(at) => standard.elements[at] = element,
            None => {
                standard.element_numbers.insert(element.key.clone(), standard.elements.len());
                standard.elements.push(element);
            }
        }
        Ok(())
    }

    fn new_element(&self) -> Result<Element, String> {
        let missing = |what: &str| format!("要素 {} 缺少 {what}", self.key);
        Ok(Element {
            key: self.key.clone(),
            label: self.label.clone().ok_or_else(|| missing("label"))?,
            kind: self.kind.ok_or_else(|| missing("kind"))?,
            section: self.section.clone().ok_or_else(|| missing("section"))?,
            list: None,
            many: false,
            required: Required::Never,
            ownership: Ownership::Local,
            public: true,
            queryable: false,
            identifying: false,
            help: String::new(),
            national: String::new(),
            unit: String::new(),
            row_format: Vec::new(),
            fields: Vec::new(),
        })
    }
}

pub(super) fn row_format(parts: &[String]) -> Result<Vec<RowPart>, String> {
    let part = |text: &String| {
        RowPart::parse(text).ok_or_else(|| format!("row_format 里没有字段：{text}"))
    };
    parts.iter().map(part).collect()
}

fn validate(element: &Element, standard: &Standard) -> Result<(), String> {
    let key = &element.key;
    if element.kind == ValueKind::Codes && element.list.is_none() {
        return Err(format!("要素 {key} 是代码，要写明 list"));
    }
    if (element.kind == ValueKind::Rows) == element.fields.is_empty() {
        return Err(format!("要素 {key}：子表必须有 field，别的种类不能有"));
    }
    if !standard.sections.iter().any(|section| section.id == element.section) {
        return Err(format!("要素 {key} 的 section {} 没有定义", element.section));
    }
    if let Some(field) = element.fields.iter().find(|it| it.kind == ValueKind::Rows) {
        return Err(format!("要素 {key} 的列 {} 不能再是子表", field.key));
    }
    match element.row_format.iter().find(|part| element.field(&part.field).is_none()) {
        Some(part) => Err(format!("要素 {key} 的 row_format 用了没有的列 {}", part.field)),
        None => Ok(()),
    }
}

impl Standard {
    pub(super) fn empty() -> Standard {
        Standard {
            id: String::new(),
            title: String::new(),
            source: String::new(),
            hash: String::new(),
            blank_words: Vec::new(),
            flag_words: FlagWords::default(),
            state_words: BTreeMap::new(),
            desks: Vec::new(),
            routes: Vec::new(),
            tree_parts: Vec::new(),
            resubmit: Resubmit::default(),
            sections: Vec::new(),
            schemes: Vec::new(),
            translations: Vec::new(),
            forms: Vec::new(),
            elements: Vec::new(),
            element_numbers: BTreeMap::new(),
            lists: Vec::new(),
            checks: BTreeMap::new(),
            headers: BTreeMap::new(),
        }
    }
}
