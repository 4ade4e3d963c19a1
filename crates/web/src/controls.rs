//! What a value is written with: a line, a box, a choice, by the kind that the standard gives it.

use domain::{
    content::{LimitUnit, Value, form_texts, form_unit, unit_name},
    standard::{Shape, Standard, ValueKind},
};

/// A list that is longer than this is chosen from by ticks in narrow columns.
const MOST_LINES: usize = 14;

/// Characters on a line of a box, by which its height is guessed.
const LINE: usize = 46;

/// 一个值的输入处。
pub(crate) struct Input {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) control: Control,
    /// What the checks found of it stands in the element of this id.
    pub(crate) described_by: Option<String>,
    pub(crate) is_bad: bool,
    pub(crate) is_required: bool,
}

pub(crate) enum Control {
    Line { value: String, mode: &'static str, unit: String },
    Area { value: String, n_lines: usize },
    Date(String),
    Select(Vec<Choice>),
    Ticks(Vec<Choice>),
    Limit { value: String, unit_name: String, units: Vec<Choice> },
}

pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) is_chosen: bool,
}

impl Input {
    /// A field of which nothing is found.
    pub(crate) fn plain(name: &str, control: Control) -> Input {
        let (id, name) = (name.replace('.', "-"), name.to_owned());
        Input { id, name, control, described_by: None, is_bad: false, is_required: false }
    }

    /// What the tag says of the state it is in, all of our own making.
    pub(crate) fn state(&self) -> String {
        let mut state = String::new();
        if self.is_bad {
            state += " aria-invalid=\"true\"";
        }
        if self.is_required {
            state += " aria-required=\"true\"";
        }
        if let Some(id) = &self.described_by {
            state += &format!(" aria-describedby=\"{id}\"");
        }
        state
    }
}

impl Control {
    /// Returns what a value of this shape is written with; one line, where `is_line` says that
    /// a text has no more.
    pub(crate) fn of(
        name: &str,
        value: Option<&Value>,
        shape: Shape<'_>,
        is_line: bool,
        standard: &Standard,
    ) -> Control {
        let texts = value.map(|value| form_texts(value, shape, standard)).unwrap_or_default();
        let text = || texts.first().cloned().unwrap_or_default();
        let line = |mode, unit: &str| Control::Line { value: text(), mode, unit: unit.to_owned() };
        match shape.kind {
            ValueKind::Text if is_line => line("text", ""),
            ValueKind::Text | ValueKind::Rows => Control::area(text()),
            ValueKind::Number => line("numeric", shape.unit),
            ValueKind::Money => line("decimal", "元"),
            ValueKind::Date if matches!(value, None | Some(Value::Date { .. })) => {
                Control::Date(text())
            }
            ValueKind::Date => line("text", ""),
            ValueKind::Flag => Control::Select(flag_choices(value)),
            ValueKind::Codes => code_choices(value, &texts, shape, standard),
            ValueKind::Limit => {
                let unit = value.and_then(form_unit).unwrap_or(LimitUnit::WorkingDay);
                Control::Limit { value: text(), unit_name: unit_name(name), units: units(unit) }
            }
        }
    }

    fn area(value: String) -> Control {
        let n_lines: usize = value.lines().map(|line| line.chars().count() / LINE + 1).sum();
        Control::Area { value, n_lines: n_lines.clamp(1, 12) }
    }

    pub(crate) fn has_columns(choices: &[Choice]) -> bool {
        choices.len() > MOST_LINES
    }

    /// Tells whether a label can name it; ticks are named as a group.
    pub(crate) fn is_group(&self) -> bool {
        matches!(self, Control::Ticks(_))
    }
}

fn flag_choices(value: Option<&Value>) -> Vec<Choice> {
    let is = |flag: bool| value == Some(&Value::Flag(flag));
    let choice = |code: &str, label: &str, is_chosen| Choice {
        code: code.to_owned(),
        label: label.to_owned(),
        is_chosen,
    };
    let mut choices = vec![choice("true", "是", is(true)), choice("false", "否", is(false))];
    with_blank_and_kept(&mut choices, value.and_then(Value::as_text).into_iter());
    choices
}

fn code_choices(
    value: Option<&Value>,
    texts: &[String],
    shape: Shape<'_>,
    standard: &Standard,
) -> Control {
    let entries =
        shape.list.and_then(|list| standard.list(list)).map_or(&[][..], |list| &list.entries);
    let mut choices: Vec<Choice> = entries
        .iter()
        .map(|entry| Choice {
            code: entry.code.clone(),
            label: entry.label.clone(),
            is_chosen: texts.contains(&entry.code),
        })
        .collect();
    let kept =
        texts.iter().map(String::as_str).filter(|text| entries.iter().all(|it| it.code != *text));
    // Many codes where one is asked for, as files have them, are ticked: none of them is lost.
    let has_many = matches!(value, Some(Value::Codes(codes)) if codes.len() > 1);
    if !shape.many && !has_many {
        with_blank_and_kept(&mut choices, kept);
        return Control::Select(choices);
    }
    choices.extend(kept.map(kept_choice));
    Control::Ticks(choices)
}

/// Adds the choice of nothing at the head, and at the end what was written before.
fn with_blank_and_kept<'a>(choices: &mut Vec<Choice>, kept: impl Iterator<Item = &'a str>) {
    choices.extend(kept.map(kept_choice));
    let is_chosen = choices.iter().all(|it| !it.is_chosen);
    choices.insert(0, Choice { code: String::new(), label: "未选".to_owned(), is_chosen });
}

fn kept_choice(text: &str) -> Choice {
    Choice { code: text.to_owned(), label: format!("原文：{text}"), is_chosen: true }
}

fn units(chosen: LimitUnit) -> Vec<Choice> {
    let choice = |unit: LimitUnit| Choice {
        code: unit.suffix().to_owned(),
        label: unit.suffix().trim_start_matches('个').to_owned(),
        is_chosen: unit == chosen,
    };
    LimitUnit::ALL.into_iter().map(choice).collect()
}
