//! 规范: what a region demands of its items, as data.
//!
//! The element table, code lists, code schemes, forms and review routes all
//! come from TOML files. No code names a concrete kind, region or desk.

mod check;
mod element;
mod form;
mod library;
mod list;
mod load;
mod place;
mod progress;
mod route;
mod tree;

use std::collections::BTreeMap;

pub use self::{
    check::{CheckSetting, ParameterValue, Strictness},
    element::{Element, Field, Ownership, Required, RowPart, Shape, ValueKind},
    form::{Form, FormCell, FormColumn, Layout, Total},
    library::{SourceFile, StandardFault, Standards},
    list::{Code, CodeList},
    place::{Fact, Place},
    progress::SectionProgress,
    route::{Desk, Operation, Resubmit, ReviewRoute},
    tree::TreePart,
};
use crate::{
    code::{Scheme, Translation},
    content::Content,
    edition::State,
};

/// 规范：一个地区对事项的全部要求。
#[derive(Debug, Clone)]
pub struct Standard {
    pub id: String,
    pub title: String,
    pub source: String,
    /// SHA-256 of every file it is made of; kept with each edition made under it.
    pub hash: String,
    pub blank_words: Vec<String>,
    pub flag_words: FlagWords,
    pub state_words: BTreeMap<String, String>,
    pub desks: Vec<Desk>,
    pub routes: Vec<ReviewRoute>,
    pub tree_parts: Vec<TreePart>,
    pub resubmit: Resubmit,
    pub sections: Vec<Section>,
    pub schemes: Vec<Scheme>,
    pub translations: Vec<Translation>,
    pub forms: Vec<Form>,
    elements: Vec<Element>,
    /// Where each element stands in the table: every value of every item is looked up.
    element_numbers: BTreeMap<String, usize>,
    lists: Vec<CodeList>,
    checks: BTreeMap<String, CheckSetting>,
    /// Header spelling, folded, to the place it leads to; `None` is ignored on purpose.
    headers: BTreeMap<String, Option<Place>>,
}

/// 要素的分组，就是表单和编辑页的一节。
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: String,
    pub title: String,
}

/// 表格里表示“是”“否”的字样。
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagWords {
    pub yes: Vec<String>,
    pub no: Vec<String>,
}

/// The code list whose entries are the kinds of item.
pub const KIND_LIST: &str = "kind";

impl Standard {
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    pub fn element(&self, key: &str) -> Option<&Element> {
        self.elements.get(*self.element_numbers.get(key)?)
    }

    pub fn lists(&self) -> &[CodeList] {
        &self.lists
    }

    pub fn list(&self, id: &str) -> Option<&CodeList> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// Returns how the check with this id is set here.
    pub fn check(&self, id: &str) -> Option<&CheckSetting> {
        self.checks.get(id)
    }

    /// Returns the label of `code`, or the code itself where the list lacks it.
    pub fn label<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.list(list).and_then(|list| list.code(code)).map_or(code, |entry| &entry.label)
    }

    pub fn kinds(&self) -> &[Code] {
        self.list(KIND_LIST).map_or(&[], |list| &list.entries)
    }

    /// Returns what a kind of items is called here, or its code where it is not known.
    pub fn kind_label<'a>(&'a self, kind: &'a str) -> &'a str {
        self.label(KIND_LIST, kind)
    }

    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// Returns the scheme by which this standard issues codes, if it issues any.
    pub fn issuing_scheme(&self) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.issues)
    }

    /// Returns where a header leads: `Some(None)` for one that is ignored on purpose.
    pub fn header(&self, spelling: &str) -> Option<Option<&Place>> {
        self.headers.get(&fold_header(spelling)).map(Option::as_ref)
    }

    /// Returns every spelling of a header, folded, that leads to a place.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.headers
            .iter()
            .filter_map(|(spelling, place)| Some((spelling.as_str(), place.as_ref()?)))
    }

    /// Tells whether a header is the name that this standard or one of its forms gives a place.
    pub fn is_own_label(&self, header: &str, place: &Place) -> bool {
        let folded = fold_header(header);
        let is = |label: &str| fold_header(label) == folded;
        let own = match place {
            Place::Element(key) => self.element(key).is_some_and(|it| is(&it.label)),
            Place::Field(key, field) => {
                self.element(key).and_then(|it| it.field(field)).is_some_and(|it| is(&it.label))
            }
            Place::RowNumber | Place::Fact(_) | Place::Unit(_) => false,
        };
        let cells = || self.forms.iter().flat_map(|form| &form.cells);
        own || cells().any(|cell| cell.source == *place && is(&cell.label))
    }

    /// Refuses a place that this standard does not have.
    pub fn check_place(&self, place: &Place) -> Result<(), String> {
        let (Place::Element(key) | Place::Field(key, _) | Place::Unit(key)) = place else {
            return Ok(());
        };
        let element = self.element(key).ok_or_else(|| format!("没有要素 {key}"))?;
        match place {
            Place::Field(_, field) if element.field(field).is_none() => {
                Err(format!("要素 {key} 没有列 {field}"))
            }
            Place::Unit(_) if element.kind != ValueKind::Limit => {
                Err(format!("要素 {key} 不是时限，没有单位"))
            }
            _ => Ok(()),
        }
    }

    /// Returns the code of the item that the one with `code` is part of, where its scheme tells.
    pub fn parent_code(&self, code: &str) -> Option<String> {
        let parts = self.schemes.iter().filter(|scheme| scheme.part_of.is_some());
        parts.into_iter().find_map(|scheme| {
            let parsed = scheme.parse(code).ok()?;
            scheme.serial_scope(&parsed).map(str::to_owned)
        })
    }

    /// Tells whether `element` must be filled for an item of `kind` with this content.
    pub fn requires(&self, element: &Element, kind: &str, content: &Content) -> bool {
        match &element.required {
            Required::Never => false,
            Required::Always => true,
            Required::ForKinds(kinds) => kinds.iter().any(|it| it == kind),
            Required::When { element, is } => {
                let chosen = content.codes_or_flag(element);
                chosen.iter().any(|code| is.iter().any(|it| it == code))
            }
        }
    }

    /// Returns the desks that `operation` on an item of `kind` passes, in order.
    pub fn route(&self, operation: Operation, kind: &str) -> Option<&ReviewRoute> {
        let for_operation = || self.routes.iter().filter(|it| it.operations.contains(&operation));
        for_operation()
            .find(|route| route.kinds.iter().any(|it| it == kind))
            .or_else(|| for_operation().find(|route| route.kinds.is_empty()))
    }

    pub fn desk(&self, id: &str) -> Option<&Desk> {
        self.desks.iter().find(|desk| desk.id == id)
    }

    /// What the region calls an edition in this state, at this desk.
    pub fn state_word(&self, state: State, desk: Option<&str>) -> &str {
        let at_desk = desk.and_then(|id| self.desk(id));
        match at_desk {
            Some(desk) if state == State::InReview && !desk.state_word.is_empty() => {
                &desk.state_word
            }
            _ => self.state_words.get(state.as_str()).map_or(state.as_str(), String::as_str),
        }
    }

    /// Tells whether a text says nothing: it is empty, or one of the words 无, 详见 and the like.
    pub fn is_blank(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || self.blank_words.iter().any(|it| it == text)
    }
}

/// Folds a header so that spaces, width, case and a bracketed remark do not matter.
pub fn fold_header(header: &str) -> String {
    let mut folded = String::with_capacity(header.len());
    let mut depth = 0;
    for c in crate::text::fold_width(header).chars() {
        match c {
            '(' | '〔' => depth += 1,
            ')' | '〕' => depth -= 1,
            c if depth > 0 || c.is_whitespace() || matches!(c, '*' | ':' | '、') => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests;
