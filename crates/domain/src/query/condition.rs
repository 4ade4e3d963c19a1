use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{spell, spell_text};
use crate::{
    content::{LimitUnit, Value, keys, read_value},
    standard::{Element, Standard, ValueKind},
};

/// 条件：哪个要素或事实，怎样比。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// An element's key, or one of [`super::facts`].
    pub key: String,
    pub test: Test,
}

/// 怎样比；值都照 [`spell`] 写。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    AnyOf(Vec<String>),
    /// Both ends belong to it; one may be open.
    Between {
        from: Option<String>,
        to: Option<String>,
    },
    Begins(String),
    Contains(String),
    Filled,
    /// Its standard has this, and it says nothing of it.
    Empty,
}

/// 页面上可选的比法。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Is,
    AtLeast,
    AtMost,
    Begins,
    Contains,
    Filled,
    Empty,
}

/// 写的值不能和这个要素比。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}”不能和“{label}”比")]
pub struct NotComparable {
    pub label: String,
    pub text: String,
}

impl Test {
    /// Tells whether the values that an item says pass.
    pub fn holds(&self, said: Option<&BTreeSet<String>>) -> bool {
        let any = |pass: &dyn Fn(&String) -> bool| said.is_some_and(|it| it.iter().any(pass));
        match self {
            Test::AnyOf(values) => any(&|it| values.contains(it)),
            Test::Between { from, to } => any(&|it| {
                from.as_ref().is_none_or(|from| it >= from) && to.as_ref().is_none_or(|to| it <= to)
            }),
            Test::Begins(text) => any(&|it| it.starts_with(text.as_str())),
            Test::Contains(text) => any(&|it| it.contains(text.as_str())),
            Test::Filled => any(&|_| true),
            Test::Empty => said.is_some_and(BTreeSet::is_empty),
        }
    }
}

impl Operator {
    pub const ALL: [(Operator, &'static str); 7] = [
        (Operator::Is, "is"),
        (Operator::AtLeast, "at_least"),
        (Operator::AtMost, "at_most"),
        (Operator::Begins, "begins"),
        (Operator::Contains, "contains"),
        (Operator::Filled, "filled"),
        (Operator::Empty, "empty"),
    ];

    pub fn as_str(self) -> &'static str {
        Operator::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }

    pub fn parse(text: &str) -> Option<Operator> {
        Operator::ALL.iter().find(|(_, word)| *word == text).map(|(it, _)| *it)
    }
}

/// Returns how values of a kind can be compared, the usual way first.
pub fn operators(kind: ValueKind) -> &'static [Operator] {
    use Operator as O;
    match kind {
        ValueKind::Text | ValueKind::Rows => &[O::Contains, O::Is, O::Begins, O::Filled, O::Empty],
        ValueKind::Codes | ValueKind::Flag => &[O::Is, O::Filled, O::Empty],
        ValueKind::Number | ValueKind::Date | ValueKind::Limit | ValueKind::Money => {
            &[O::Is, O::AtLeast, O::AtMost, O::Filled, O::Empty]
        }
    }
}

/// Reads what a person wrote beside an element; several codes or texts may be any of them.
pub fn read_test(
    operator: Operator,
    texts: &[&str],
    element: &Element,
    standard: &Standard,
) -> Result<Test, NotComparable> {
    let refuse = |text: &str| {
        let (label, text) = (element.label.clone(), text.to_owned());
        NotComparable { label, text }
    };
    if matches!(operator, Operator::Filled | Operator::Empty) {
        return Ok(if operator == Operator::Filled { Test::Filled } else { Test::Empty });
    }
    if !operators(element.kind).contains(&operator) {
        return Err(refuse(texts.first().copied().unwrap_or_default()));
    }
    let mut values = Vec::new();
    for text in texts.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        values.extend(read_spelled(text, element, standard).ok_or_else(|| refuse(text))?);
    }
    let Some(first) = values.first().cloned() else { return Err(refuse("")) };
    Ok(match operator {
        Operator::Is => Test::AnyOf(values),
        Operator::AtLeast => Test::Between { from: Some(first), to: None },
        Operator::AtMost => Test::Between { from: None, to: Some(first) },
        Operator::Begins => Test::Begins(first),
        Operator::Contains => Test::Contains(first),
        Operator::Filled => Test::Filled,
        Operator::Empty => Test::Empty,
    })
}

/// Takes words to be parts of the name, in any order.
pub fn words(text: &str) -> Vec<Condition> {
    let text = spell_text(text);
    let part = |word: &str| Condition {
        key: keys::NAME.to_owned(),
        test: Test::Contains(word.to_owned()),
    };
    text.split(' ').filter(|it| !it.is_empty()).map(part).collect()
}

fn read_spelled(text: &str, element: &Element, standard: &Standard) -> Option<Vec<String>> {
    if matches!(element.kind, ValueKind::Text | ValueKind::Rows) {
        return Some(vec![spell_text(text)]);
    }
    let value = read_value(text, element, LimitUnit::WorkingDay, standard)?;
    let fits = matches!(
        (&value, element.kind),
        (Value::Codes(_), ValueKind::Codes)
            | (Value::Flag(_), ValueKind::Flag)
            | (Value::Number(_), ValueKind::Number)
            | (Value::Date { .. }, ValueKind::Date)
            | (Value::Limit(_), ValueKind::Limit)
            | (Value::Money(_), ValueKind::Money)
    );
    fits.then(|| spell(&value))
}
