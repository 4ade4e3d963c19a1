use std::collections::BTreeMap;

use time::Date;

use super::{Ask, TemplateField};
use crate::{
    content::show_single,
    item::{ItemRecord, cell_text},
    numerals::{digit_in_words, in_words},
    standard::Standard,
};

/// What was typed for the fields that are asked, by their labels.
pub type Answers = BTreeMap<String, String>;

/// 填文书要知道的一切。
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    pub record: &'a ItemRecord,
    pub standard: &'a Standard,
    pub number: &'a str,
    pub on: Date,
    pub answers: &'a Answers,
}

/// 字段里说的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Text(String),
    /// One for each row of a list.
    Column(Vec<String>),
}

impl Paper<'_> {
    /// Returns what a field is filled with.
    pub fn say(&self, field: &TemplateField) -> Said {
        Said::Text(match field {
            TemplateField::Number => self.number.to_owned(),
            TemplateField::Date => day(self.on),
            TemplateField::DateInWords => day_in_words(self.on),
            TemplateField::Datum(place) => cell_text(self.record, place, self.standard),
            TemplateField::Asked(ask) => self.answer(ask),
            TemplateField::RowNumber { list } => {
                let rows = 1..=self.record.content.rows(list).len();
                return Said::Column(rows.map(|n| n.to_string()).collect());
            }
            TemplateField::Column { list, column } => {
                return Said::Column(self.column(list, column));
            }
        })
    }

    fn answer(&self, ask: &Ask) -> String {
        self.answers.get(&ask.label).map(|it| it.trim().to_owned()).unwrap_or_default()
    }

    fn column(&self, list: &str, column: &str) -> Vec<String> {
        let field = self.standard.element(list).and_then(|it| it.field(column));
        let cell = |row: &crate::content::Row| match (row.fields.get(column), field) {
            (Some(value), Some(field)) => show_single(value, field.shape(), self.standard),
            _ => String::new(),
        };
        self.record.content.rows(list).iter().map(cell).collect()
    }
}

/// Returns `2026年11月25日`, as GB/T 9704 writes a day: no zeros, no space.
fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), u8::from(date.month()), date.day())
}

/// Returns `二〇二六年十一月二十五日`.
pub fn day_in_words(date: Date) -> String {
    let year: String = date.year().to_string().chars().map(digit_in_words).collect();
    let (month, day) = (u8::from(date.month()), date.day());
    format!("{year}年{}月{}日", in_words(month.into()), in_words(day.into()))
}
