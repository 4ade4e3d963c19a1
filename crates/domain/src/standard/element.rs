use serde::Deserialize;

/// 要素值的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    Text,
    Number,
    Flag,
    Date,
    Codes,
    Limit,
    Money,
    Rows,
}

/// 何时必填。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Required {
    #[default]
    Never,
    Always,
    /// Required for these kinds of item (事项类型代码).
    ForKinds(Vec<String>),
    /// Required when another element holds one of these codes; a flag reads as `true` or `false`.
    When {
        element: String,
        is: Vec<String>,
    },
}

/// 要素归属：认领基本目录后谁能改。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// The base entry's value, not to be changed.
    Locked,
    /// The base entry's value or a better one.
    Bounded,
    #[default]
    Local,
}

/// 要素：规范要求或允许一个事项写明的一件事。
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub key: String,
    pub label: String,
    pub kind: ValueKind,
    pub section: String,
    /// The code list, for `Codes`.
    pub list: Option<String>,
    /// More than one code may be chosen.
    pub many: bool,
    pub required: Required,
    pub ownership: Ownership,
    pub public: bool,
    pub queryable: bool,
    /// Says which item it is, so that a copy of the item does not take it along.
    pub identifying: bool,
    pub help: String,
    /// The field's name in the national standard.
    pub national: String,
    /// Unit of a number, such as 次.
    pub unit: String,
    /// How a row reads as one line of text, in parts such as `《{law}》`.
    pub row_format: Vec<RowPart>,
    pub fields: Vec<Field>,
}

/// 子表的一列。
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    pub label: String,
    pub kind: ValueKind,
    #[serde(default)]
    pub list: Option<String>,
    #[serde(default)]
    pub many: bool,
    #[serde(default)]
    pub required: bool,
    #[serde(default = "yes")]
    pub public: bool,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub national: String,
    #[serde(default)]
    pub help: String,
}

/// One part of a row's line: a field between two pieces of fixed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPart {
    pub before: String,
    pub field: String,
    pub after: String,
}

impl Element {
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// What reading and showing a single value needs to know of its element or field.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    pub kind: ValueKind,
    pub list: Option<&'a str>,
    pub many: bool,
    pub unit: &'a str,
}

impl Element {
    /// Takes off what the row format writes around a field, such as 《》 around a law.
    pub fn unwrapped<'a>(&self, field: &str, text: &'a str) -> &'a str {
        let part = self.row_format.iter().find(|part| part.field == field);
        let inner = part.and_then(|part| {
            text.trim().strip_prefix(part.before.as_str())?.strip_suffix(part.after.as_str())
        });
        inner.unwrap_or(text)
    }

    pub fn shape(&self) -> Shape<'_> {
        Shape { kind: self.kind, list: self.list.as_deref(), many: self.many, unit: &self.unit }
    }
}

impl Field {
    pub fn shape(&self) -> Shape<'_> {
        Shape { kind: self.kind, list: self.list.as_deref(), many: self.many, unit: &self.unit }
    }
}

impl RowPart {
    pub(super) fn parse(text: &str) -> Option<RowPart> {
        let (before, rest) = text.split_once('{')?;
        let (field, after) = rest.split_once('}')?;
        Some(RowPart { before: before.into(), field: field.into(), after: after.into() })
    }
}

pub(super) fn yes() -> bool {
    true
}
