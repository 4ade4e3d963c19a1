use std::collections::BTreeSet;

use super::wording::says;
use crate::{
    code::{Check, Parsed, Scheme},
    content::{Row, Value, show_value},
    finding::{Finding, Severity},
    item::ItemRecord,
    library::Laws,
    standard::{Element, Standard},
};

/// 检查规则。
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The rule's number among the quality rules of the field, such as `Q2`.
    pub id: &'static str,
    pub title: &'static str,
    /// How strict it is where the standard does not say.
    pub severity: Severity,
    /// What a standard's `checks.toml` can give it.
    pub parameters: &'static [Parameter],
    pub check: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// 检查规则的参数。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    pub name: &'static str,
    pub holds: Holds,
}

/// 参数里放什么；放代码的，代码须在代码表里。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Number,
    Words,
    /// Codes of this element's list.
    Codes(&'static str),
    /// Codes of the list of a field of a rows element.
    FieldCodes(&'static str, &'static str),
    /// Elements and fields, such as `conditions` and `steps[].standard`.
    Places,
}

/// 受检的事项和它的周围。
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub record: &'a ItemRecord,
    pub standard: &'a Standard,
    pub surroundings: &'a dyn Surroundings,
}

/// 周围：只有整个目录才知道的事。
pub trait Surroundings: Sync {
    /// Whether an item with this code is in the catalogue.
    fn knows_code(&self, code: &str) -> bool;

    /// Whether another item than the one that is checked bears this code.
    fn is_taken(&self, _code: &str) -> bool {
        false
    }

    /// The laws of the library, as of a day; `None` where there is no library to ask.
    fn laws(&self) -> Option<&Laws> {
        None
    }
}

/// 周围，都读出来了的。
#[derive(Debug, Clone, Default)]
pub struct Around {
    pub codes: BTreeSet<String>,
    pub laws: Option<Laws>,
}

impl Surroundings for Around {
    fn knows_code(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    fn laws(&self) -> Option<&Laws> {
        self.laws.as_ref()
    }
}

/// The codes of the catalogue, for whoever has them at hand.
impl Surroundings for BTreeSet<String> {
    fn knows_code(&self, code: &str) -> bool {
        self.contains(code)
    }
}

impl Rule {
    pub(super) fn finding(
        &self,
        element: &str,
        message: String,
        mend: impl Into<String>,
    ) -> Finding {
        Finding {
            rule: self.id.to_owned(),
            severity: self.severity,
            element: element.to_owned(),
            message,
            mend: mend.into(),
        }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn words(&self, rule: &Rule, parameter: &str) -> &'a [String] {
        self.standard.check(rule.id).map_or(&[], |setting| setting.words(parameter))
    }

    pub(super) fn number(&self, rule: &Rule, parameter: &str) -> Option<u32> {
        self.standard.check(rule.id)?.number(parameter)
    }

    /// Returns the rule's places that say one of these phrases and do not deny it, each with the
    /// phrase.
    pub(super) fn said(
        &self,
        rule: &Rule,
        phrases: &str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let (phrases, negations) = (self.words(rule, phrases), self.words(rule, "negations"));
        let content = &self.record.content;
        self.words(rule, "places").iter().filter_map(move |key| {
            Some((key.as_str(), says(content.text(key), phrases, negations)?))
        })
    }

    /// Returns the element's label, for messages.
    pub(super) fn label<'b>(&self, key: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.standard.element(key).map_or(key, |element| &element.label)
    }

    /// Returns what the element says, as a form shows it.
    pub(super) fn shown(&self, key: &str) -> String {
        match (self.record.content.get(key), self.standard.element(key)) {
            (Some(value), Some(element)) => show_value(value, element, self.standard),
            _ => String::new(),
        }
    }

    /// Returns the labels of codes of the element's list, for messages.
    pub(super) fn labels(&self, key: &str, codes: &[String]) -> String {
        let list = self.standard.element(key).and_then(|element| element.list.as_deref());
        let mut labels = Vec::with_capacity(codes.len());
        for code in codes {
            labels.push(list.map_or(code.as_str(), |list| self.standard.label(list, code)));
        }
        labels.join("、")
    }

    /// Whether nothing is said of the element, or only 无, 详见 and the like.
    pub(super) fn is_blank(&self, key: &str) -> bool {
        self.record.content.get(key).is_none_or(|value| self.is_blank_value(value))
    }

    pub(super) fn is_blank_value(&self, value: &Value) -> bool {
        self.standard.is_blank_value(value)
    }

    pub(super) fn is_blank_field(&self, row: &Row, field: &str) -> bool {
        row.fields.get(field).is_none_or(|value| self.is_blank_value(value))
    }

    pub(super) fn requires(&self, element: &Element) -> bool {
        self.standard.requires(element, &self.record.kind, &self.record.content)
    }

    /// Whether the element is empty and the rule on required elements does not say so already.
    pub(super) fn lacks_unrequired(&self, key: &str) -> bool {
        let Some(element) = self.standard.element(key) else { return false };
        self.is_blank(key) && !self.requires(element)
    }

    /// Returns the item's code taken apart by the first scheme that it fits.
    pub(super) fn parsed_code(&self) -> Option<(&'a Scheme, Parsed)> {
        let code = self.record.code.as_deref()?;
        self.item_schemes().find_map(|scheme| Some((scheme, scheme.parse(code).ok()?)))
    }

    /// Returns the schemes that codes of items may have; a body's own code is not one.
    pub(super) fn item_schemes(&self) -> impl Iterator<Item = &'a Scheme> + use<'a> {
        self.standard.schemes.iter().filter(|scheme| scheme.check != Some(Check::CreditCode))
    }
}
