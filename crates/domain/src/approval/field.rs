use std::collections::BTreeMap;

use crate::{
    standard::{Element, Place, Standard, ValueKind, fold_header},
    text::fold_width,
};

/// 模板字段：`{{…}}` 里写的是什么。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateField {
    /// 文号
    Number,
    /// 成文日期，2026年11月25日
    Date,
    /// 成文日期大写，二〇二六年十一月二十五日
    DateInWords,
    /// An element of the item, or what stands beside its elements.
    Datum(Place),
    /// A column of a list: the row of the table is repeated.
    Column {
        list: String,
        column: String,
    },
    /// 序号 of a list's row
    RowNumber {
        list: String,
    },
    Asked(Ask),
}

/// 办理时填写的一项。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub label: String,
    pub is_required: bool,
    /// Several lines.
    pub is_long: bool,
}

/// Where a field stands in a template, as far as its meaning asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'a> {
    pub text: &'a str,
    /// The row of a table that it is in.
    pub row: Option<usize>,
    pub row_has_picture: bool,
}

/// 模板字段的问题。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    #[error("{}", unknown(.text, .like))]
    Unknown { text: String, like: Vec<String> },
    #[error("列表“{list}”没有“{column}”这一列；有的是：{}", .columns.join("、"))]
    NoColumn { list: String, column: String, columns: Vec<String> },
    #[error("“{text}”是列表的一列，要写在表格的一行里，办理时按列表一行一行重复")]
    NotInARow { text: String },
    #[error("这一行里有两个列表的列（{first}、{second}）；一行只写一个列表的列")]
    TwoLists { first: String, second: String },
    #[error("这一行里有图片，不能按列表重复；把图片移到表格外面")]
    Picture,
    #[error("“填写:”后面写清楚填什么，50 个字以内，例如 {{{{填写:申请人}}}}")]
    Unnamed,
    #[error("“{label}”在模板里一处必填、一处选填，或者一处单行、一处多行；写成一样的")]
    AskedTwice { label: String },
}

/// Reads the fields of a template by what an item of this standard has.
pub fn read_fields(
    spots: &[Spot<'_>],
    standard: &Standard,
) -> Vec<Result<TemplateField, FieldFault>> {
    let mut lists: BTreeMap<usize, String> = BTreeMap::new();
    let mut asked: BTreeMap<String, Ask> = BTreeMap::new();
    let mut read = |spot: &Spot<'_>| {
        let field = TemplateField::parse(spot.text, standard)?;
        if let TemplateField::Asked(ask) = &field {
            let first = asked.entry(ask.label.clone()).or_insert_with(|| ask.clone());
            if first != ask {
                return Err(FieldFault::AskedTwice { label: ask.label.clone() });
            }
        }
        let (TemplateField::Column { list, .. } | TemplateField::RowNumber { list }) = &field
        else {
            return Ok(field);
        };
        let not_in_a_row = || FieldFault::NotInARow { text: spot.text.to_owned() };
        let row = spot.row.ok_or_else(not_in_a_row)?;
        if spot.row_has_picture {
            return Err(FieldFault::Picture);
        }
        let first = lists.entry(row).or_insert_with(|| list.clone());
        if first != list {
            let label = |key: &str| standard.element(key).map_or(key, |it| &it.label).to_owned();
            return Err(FieldFault::TwoLists { first: label(first), second: label(list) });
        }
        Ok(field)
    };
    spots.iter().map(&mut read).collect()
}

impl TemplateField {
    /// Reads what stands between the braces.
    pub fn parse(text: &str, standard: &Standard) -> Result<TemplateField, FieldFault> {
        let folded = fold_width(text.trim());
        if let Some((how, label)) = folded.split_once(':') {
            let how = how.trim();
            let is_required = how.starts_with("填写");
            let rest = how.strip_prefix("填写").or_else(|| how.strip_prefix("选填"));
            if let Some(rest @ ("" | "多行")) = rest {
                return ask(label.trim(), is_required, !rest.is_empty());
            }
        }
        match fold_header(text).as_str() {
            "文号" | "发文字号" => return Ok(TemplateField::Number),
            "成文日期" => return Ok(TemplateField::Date),
            "成文日期大写" => return Ok(TemplateField::DateInWords),
            _ => {}
        }
        if let Some(place) = place(text, standard) {
            return Ok(at(place));
        }
        if let Some((list, column)) = folded.split_once(['.', '。'])
            && let Some(list) = list_called(list.trim(), standard)
        {
            return column_of(list, column.trim());
        }
        Err(FieldFault::Unknown { text: text.to_owned(), like: like(text, standard) })
    }

    /// Says what the field stands for, for people.
    pub fn title(&self, standard: &Standard) -> String {
        let label = |key: &str| standard.element(key).map_or(key, |it| &it.label).to_owned();
        match self {
            TemplateField::Number => "文号，签发时编".into(),
            TemplateField::Date => "成文日期".into(),
            TemplateField::DateInWords => "成文日期，汉字".into(),
            TemplateField::Datum(Place::Element(key)) => label(key),
            TemplateField::Datum(Place::Fact(fact)) => fact.title().into(),
            TemplateField::Datum(place) => place.to_string(),
            TemplateField::RowNumber { list } => format!("{}，序号", label(list)),
            TemplateField::Column { list, column } => {
                let field = standard.element(list).and_then(|it| it.field(column));
                format!("{}，{}", label(list), field.map_or(column.as_str(), |it| &it.label))
            }
            TemplateField::Asked(ask) => ask.label.clone(),
        }
    }
}

fn ask(label: &str, is_required: bool, is_long: bool) -> Result<TemplateField, FieldFault> {
    let is_named = !label.is_empty() && label.chars().count() <= 50;
    let ask = Ask { label: label.to_owned(), is_required, is_long };
    if is_named { Ok(TemplateField::Asked(ask)) } else { Err(FieldFault::Unnamed) }
}

/// Finds what a text names: by key, by label, else by a spelling that headers are known by.
fn place(text: &str, standard: &Standard) -> Option<Place> {
    let text = text.trim();
    let by_key: Place = text.parse().expect("every text is a place of some kind");
    if !matches!(by_key, Place::RowNumber | Place::Unit(_)) && standard.check_place(&by_key).is_ok()
    {
        return Some(by_key);
    }
    let folded = fold_header(text);
    let by_label = standard.elements().iter().find(|it| fold_header(&it.label) == folded);
    if let Some(element) = by_label {
        return Some(Place::Element(element.key.clone()));
    }
    let known = standard.header(text).flatten()?;
    (!matches!(known, Place::RowNumber | Place::Unit(_))).then(|| known.clone())
}

fn at(place: Place) -> TemplateField {
    match place {
        Place::Field(list, column) => TemplateField::Column { list, column },
        place => TemplateField::Datum(place),
    }
}

fn list_called<'a>(name: &str, standard: &'a Standard) -> Option<&'a Element> {
    let Some(Place::Element(key)) = place(name, standard) else { return None };
    standard.element(&key).filter(|it| it.kind == ValueKind::Rows)
}

fn column_of(list: &Element, name: &str) -> Result<TemplateField, FieldFault> {
    let (key, folded) = (list.key.clone(), fold_header(name));
    if folded == "序号" {
        return Ok(TemplateField::RowNumber { list: key });
    }
    let is_named =
        |it: &&crate::standard::Field| it.key == name || fold_header(&it.label) == folded;
    match list.fields.iter().find(is_named) {
        Some(field) => Ok(TemplateField::Column { list: key, column: field.key.clone() }),
        None => Err(FieldFault::NoColumn {
            list: list.label.clone(),
            column: name.to_owned(),
            columns: list.fields.iter().map(|it| it.label.clone()).collect(),
        }),
    }
}

/// Returns the labels that share most with what was written.
fn like(text: &str, standard: &Standard) -> Vec<String> {
    let n_shared = |label: &str| text.chars().filter(|c| label.contains(*c)).count();
    let mut labels: Vec<(usize, &str)> =
        standard.elements().iter().map(|it| (n_shared(&it.label), it.label.as_str())).collect();
    labels.sort_by_key(|(n, label)| (usize::MAX - n, label.chars().count()));
    labels.into_iter().filter(|(n, _)| *n >= 2).take(3).map(|(_, it)| it.to_owned()).collect()
}

fn unknown(text: &str, like: &[String]) -> String {
    let like: Vec<String> = like.iter().map(|it| format!("{{{{{it}}}}}")).collect();
    let near = match like.is_empty() {
        true => String::new(),
        false => format!("相近的有 {}；", like.join("、")),
    };
    format!(
        "“{text}”不是事项的要素，也不是文号、成文日期；{near}办理时才填的写成 {{{{填写:{text}}}}}"
    )
}
