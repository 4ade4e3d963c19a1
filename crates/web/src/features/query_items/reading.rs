//! From what is typed to the question that the rules know, and back.

use domain::{
    content::{Value, keys},
    edition::State,
    item::BodyId,
    query::{
        Condition, Operator, Query, Test, facts, read_test, spell, spell_text, words, write_test,
    },
    region::RegionCode,
    standard::{KIND_LIST, Standard},
};
use time::{Date, macros::format_description};

use super::typed::{Typed, TypedCondition};

/// Reads what is typed by the words of a standard, or says all that can not be read.
pub(super) fn read(typed: &Typed, standard: &Standard) -> Result<Query, Vec<String>> {
    let mut reading = Reading { standard, query: Query::default(), faults: Vec::new() };
    reading.place(typed);
    reading.facts(typed);
    reading.elements(typed);
    match reading.faults.is_empty() {
        true => Ok(reading.query),
        false => Err(reading.faults),
    }
}

struct Reading<'a> {
    standard: &'a Standard,
    query: Query,
    faults: Vec<String>,
}

impl Reading<'_> {
    fn place(&mut self, typed: &Typed) {
        if !typed.region.is_empty() {
            match RegionCode::parse(&typed.region) {
                Ok(region) => self.query.region = Some(region),
                Err(_) => self.faults.push(format!("没有地区代码 {}", typed.region)),
            }
        }
        if !typed.body.is_empty() {
            match typed.body.parse() {
                Ok(id) => self.query.body = Some(BodyId(id)),
                Err(_) => self.faults.push(format!("没有编号为 {} 的单位", typed.body)),
            }
        }
    }

    fn facts(&mut self, typed: &Typed) {
        let one = |text: &str| Test::AnyOf(vec![spell_text(text)]);
        self.query.conditions.extend(words(&typed.words));
        if !typed.standard.is_empty() {
            self.ask(facts::STANDARD, Test::AnyOf(vec![typed.standard.clone()]));
        }
        if !typed.code.is_empty() {
            self.ask(facts::CODE, Test::Begins(spell_text(&typed.code)));
        }
        if !typed.unit.is_empty() {
            self.ask(facts::BODY_NAME, Test::Contains(spell_text(&typed.unit)));
        }
        if !typed.kind.is_empty() {
            let kinds = self.standard.list(KIND_LIST);
            match kinds.and_then(|list| list.read(&typed.kind)) {
                Some(kind) => self.ask(facts::KIND, one(&kind.code)),
                None => self.faults.push(format!("没有事项类型“{}”", typed.kind)),
            }
        }
        match typed.finding.as_str() {
            "" => {}
            "any" => self.ask(facts::FINDING, Test::Filled),
            "none" => self.ask(facts::FINDING, Test::Empty),
            rule => self.ask(facts::FINDING, one(rule)),
        }
        match read_state(&typed.state) {
            Some((key, value)) => self.ask(key, Test::AnyOf(vec![value])),
            None if typed.state.is_empty() => {}
            None => self.faults.push(format!("没有状态“{}”", typed.state)),
        }
        for (text, is_first) in [(&typed.from, true), (&typed.to, false)] {
            match self.day(text) {
                None => {}
                Some(day) if is_first => {
                    self.ask(facts::EFFECTIVE_ON, Test::Between { from: Some(day), to: None });
                }
                Some(day) => {
                    self.ask(facts::EFFECTIVE_ON, Test::Between { from: None, to: Some(day) });
                }
            }
        }
    }

    fn ask(&mut self, key: &str, test: Test) {
        self.query.conditions.push(Condition { key: key.to_owned(), test });
    }

    fn day(&mut self, text: &str) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        match Date::parse(text, format_description!("[year]-[month]-[day]")) {
            Ok(date) => spell(&Value::Date { date }).pop(),
            Err(_) => {
                self.faults.push(format!("“{text}”不是日期，请照 2026-03-02 的样子写"));
                None
            }
        }
    }

    fn elements(&mut self, typed: &Typed) {
        for TypedCondition { element, operator, value } in &typed.conditions {
            let found = self.standard.element(element).filter(|it| it.queryable);
            let (Some(element), Some(operator)) = (found, Operator::parse(operator)) else {
                self.faults.push(format!("{}里没有可查的要素“{element}”", self.standard.title));
                continue;
            };
            match read_test(operator, &[value], element, self.standard) {
                Ok(test) => self.ask(&element.key, test),
                Err(_) if value.is_empty() => {
                    self.faults.push(format!("{}：没有写和什么比", element.label));
                }
                Err(_) => {
                    let how = word(operator);
                    self.faults.push(format!("{}不能按“{how} {value}”查", element.label));
                }
            }
        }
    }
}

/// Writes a question as it can be typed.
pub(super) fn write(query: &Query, columns: &[String], standard: &Standard) -> Typed {
    let mut typed = Typed {
        region: query.region.map(|it| it.to_string()).unwrap_or_default(),
        body: query.body.map(|it| it.to_string()).unwrap_or_default(),
        columns: columns.to_vec(),
        ..Typed::default()
    };
    for Condition { key, test } in &query.conditions {
        match (key.as_str(), test) {
            (keys::NAME, Test::Contains(word)) if typed.words.is_empty() => {
                typed.words.clone_from(word);
            }
            (keys::NAME, Test::Contains(word)) => typed.words += &format!(" {word}"),
            (facts::STANDARD, Test::AnyOf(values)) => typed.standard = values.concat(),
            (facts::CODE, Test::Begins(text)) => typed.code = text.to_uppercase(),
            (facts::BODY_NAME, Test::Contains(text)) => typed.unit.clone_from(text),
            (facts::KIND, Test::AnyOf(values)) => {
                let kinds = standard.kinds().iter();
                let mut kinds = kinds.filter(|it| values.contains(&spell_text(&it.code)));
                typed.kind = kinds.next().map(|it| it.code.clone()).unwrap_or_default();
            }
            (facts::FINDING, Test::Filled) => typed.finding = "any".to_owned(),
            (facts::FINDING, Test::Empty) => typed.finding = "none".to_owned(),
            (facts::FINDING, Test::AnyOf(values)) => typed.finding = values.concat(),
            (facts::OPEN, Test::AnyOf(values)) => typed.state = format!("open.{}", values.concat()),
            (facts::LIVE, Test::AnyOf(values)) => typed.state = format!("live.{}", values.concat()),
            (facts::ENDED, _) => typed.state = "ended".to_owned(),
            (facts::EFFECTIVE_ON, Test::Between { from, to }) => {
                typed.from = from.clone().unwrap_or(typed.from);
                typed.to = to.clone().unwrap_or(typed.to);
            }
            (key, test) => {
                let Some(element) = standard.element(key) else { continue };
                let (operator, value) = write_test(test, element, standard);
                let (element, operator) = (key.to_owned(), operator.as_str().to_owned());
                typed.conditions.push(TypedCondition { element, operator, value });
            }
        }
    }
    typed
}

fn read_state(text: &str) -> Option<(&'static str, String)> {
    let state = |text: &str| State::parse(text).map(|it| it.as_str().to_owned());
    match text.split_once('.') {
        Some(("open", text)) => Some((facts::OPEN, state(text)?)),
        Some(("live", text)) => Some((facts::LIVE, state(text)?)),
        _ => (text == "ended").then(|| (facts::ENDED, true.to_string())),
    }
}

/// How a comparison reads.
pub(super) fn word(operator: Operator) -> &'static str {
    match operator {
        Operator::Is => "是",
        Operator::AtLeast => "至少",
        Operator::AtMost => "至多",
        Operator::Begins => "开头是",
        Operator::Contains => "含有",
        Operator::Filled => "填了",
        Operator::Empty => "没有填",
    }
}
