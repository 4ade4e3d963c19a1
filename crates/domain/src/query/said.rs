use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Term, facts, spell, spell_text};
use crate::{
    content::Value, edition::Edition, finding::Finding, library::Shelf, standard::Standard,
};

/// 一个事项所说的：可查的要素和事实，各有哪些值；没有说的也在内，值是空的。
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Said {
    values: BTreeMap<String, BTreeSet<String>>,
}

/// 一个事项此刻的样子。
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The edition in force, else the newest one: what is asked about is what it says.
    pub current: &'a Edition,
    pub open: Option<&'a Edition>,
    pub live: Option<&'a Edition>,
    /// What the checks find of the current edition.
    pub findings: &'a [Finding],
}

impl Said {
    /// Takes what the standard calls queryable; without its standard only facts are known.
    pub fn of(item: Standing<'_>, standard: Option<&Standard>) -> Said {
        let mut said = Said::default();
        for element in standard.into_iter().flat_map(Standard::elements).filter(|it| it.queryable) {
            let value = item.current.record.content.get(&element.key);
            said.add(&element.key, value.map(spell).unwrap_or_default());
        }
        said.add_facts(item);
        said
    }

    pub fn get(&self, key: &str) -> Option<&BTreeSet<String>> {
        self.values.get(key)
    }

    /// Returns under which terms the item is to be found.
    pub fn terms(&self) -> BTreeSet<Term> {
        let each = |(key, values): (&String, &BTreeSet<String>)| {
            let lacking = values.is_empty().then(|| Term::lacking(key));
            let said = values.iter().flat_map(|value| Term::all_of(key, value));
            said.chain(lacking).collect::<Vec<_>>()
        };
        self.values.iter().flat_map(each).collect()
    }

    fn add_facts(&mut self, item: Standing<'_>) {
        let Standing { current, open, live, findings } = item;
        let record = &current.record;
        self.add(facts::KIND, [spell_text(&record.kind)]);
        self.add(facts::CODE, record.code.as_deref().map(spell_text));
        self.add(facts::STANDARD, [record.standard.clone()]);
        self.add(facts::BODY_NAME, [spell_text(&record.body.name)]);
        let effective = record.effective_on.map(|date| spell(&Value::Date { date }));
        self.add(facts::EFFECTIVE_ON, effective.into_iter().flatten());
        self.add(facts::OPEN, open.map(|it| it.state.as_str().to_owned()));
        self.add(facts::LIVE, live.map(|it| it.state.as_str().to_owned()));
        self.add(facts::FINDING, findings.iter().map(|it| spell_text(&it.rule)));
        // Of these nobody asks what lacks them: another fact says so.
        if let Some(open) = open {
            self.add(facts::OPERATION, [open.operation.as_str().to_owned()]);
        }
        if let Some(desk) = open.and_then(|it| it.desk.clone()) {
            self.add(facts::DESK, [desk]);
        }
        if open.is_none() && live.is_none() {
            self.add(facts::ENDED, [true.to_string()]);
        }
        for shelf in Shelf::ALL {
            let used = shelf.used_by(&record.content);
            if !used.is_empty() {
                self.add(shelf.fact(), used);
            }
        }
    }

    fn add(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        let values = values.into_iter().filter(|it| !it.is_empty());
        self.values.entry(key.to_owned()).or_default().extend(values);
    }
}
