//! What is asked, as it is typed and as it travels in addresses.

use crate::{extract, links::Link};

/// Conditions on elements that one question may have.
pub(super) const CONDITIONS: usize = 8;

/// 填的条件；没有填的是空的。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// The one standard whose items are asked for.
    pub(super) standard: String,
    pub(super) words: String,
    pub(super) code: String,
    pub(super) kind: String,
    /// `open.draft`, `live.published`, `ended`
    pub(super) state: String,
    /// `any`, `none`, or a rule's id.
    pub(super) finding: String,
    pub(super) region: String,
    /// A part of the body's name.
    pub(super) unit: String,
    /// One body by its number, which another page asked about.
    pub(super) body: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) conditions: Vec<TypedCondition>,
    /// Places that are shown, in their order.
    pub(super) columns: Vec<String>,
    /// A place by which it is sorted; with `-` before it, the other way round.
    pub(super) sort: String,
}

/// 一个要素上的条件。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypedCondition {
    pub(super) element: String,
    pub(super) operator: String,
    pub(super) value: String,
}

const NAMES: [&str; 11] = [
    "standard", "words", "code", "kind", "state", "finding", "region", "unit", "body", "from", "to",
];

impl Typed {
    pub(super) fn of_query(query: &extract::Query) -> Typed {
        Typed::read(|key| query.first(key), query.all("col"))
    }

    pub(super) fn of_fields(fields: &[(String, String)]) -> Typed {
        let get = |key: &str| {
            let found = fields.iter().find(|(it, _)| it == key).map(|(_, value)| value.trim());
            found.filter(|value| !value.is_empty())
        };
        let columns = fields.iter().filter(|(key, value)| key == "col" && !value.is_empty());
        Typed::read(get, columns.map(|(_, value)| value.clone()).collect())
    }

    fn read<'a>(get: impl Fn(&str) -> Option<&'a str>, columns: Vec<String>) -> Typed {
        let text = |key: &str| get(key).unwrap_or_default().to_owned();
        let mut typed = Typed { columns, sort: text("sort"), ..Typed::default() };
        for name in NAMES {
            *typed.field(name) = text(name);
        }
        let condition = |number: usize| TypedCondition {
            element: text(&format!("k{number}")),
            operator: text(&format!("o{number}")),
            value: text(&format!("v{number}")),
        };
        let conditions = (1..=CONDITIONS).map(condition);
        typed.conditions = conditions.filter(|it| !it.element.is_empty()).collect();
        typed
    }

    fn field(&mut self, name: &str) -> &mut String {
        match name {
            "standard" => &mut self.standard,
            "words" => &mut self.words,
            "code" => &mut self.code,
            "kind" => &mut self.kind,
            "state" => &mut self.state,
            "finding" => &mut self.finding,
            "region" => &mut self.region,
            "unit" => &mut self.unit,
            "body" => &mut self.body,
            "from" => &mut self.from,
            _ => &mut self.to,
        }
    }

    /// What is typed as fields; those that say nothing are left out.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut all = self.clone();
        let mut pairs: Vec<(String, String)> =
            NAMES.iter().map(|name| ((*name).to_owned(), all.field(name).clone())).collect();
        for (at, condition) in self.conditions.iter().enumerate() {
            let TypedCondition { element, operator, value } = condition.clone();
            let number = at + 1;
            pairs.push((format!("k{number}"), element));
            pairs.push((format!("o{number}"), operator));
            pairs.push((format!("v{number}"), value));
        }
        pairs.extend(self.columns.iter().map(|it| ("col".to_owned(), it.clone())));
        pairs.push(("sort".to_owned(), self.sort.clone()));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// Takes what is typed along to a page.
    pub(super) fn leading_from(&self, link: Link) -> Link {
        self.pairs().iter().fold(link, |link, (key, value)| link.with(key, value))
    }

    /// The rows of the form: the conditions that there are, and room for more.
    pub(super) fn rows(&self) -> Vec<(usize, TypedCondition)> {
        let n_rows = (self.conditions.len() + 2).clamp(2, CONDITIONS);
        let row = |at: usize| (at + 1, self.conditions.get(at).cloned().unwrap_or_default());
        (0..n_rows).map(row).collect()
    }
}

impl TypedCondition {
    pub(super) fn is_by(&self, operator: &str) -> bool {
        self.operator == operator
    }
}
