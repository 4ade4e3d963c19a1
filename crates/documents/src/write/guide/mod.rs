//! 办事指南: what the public is shown of an item, as Word.
//!
//! It answers in the order in which people ask. The chapters name the elements
//! that need words of their own; every other public element follows in the
//! chapter of its section, so that a standard's additions are shown unasked.

mod blocks;
mod chapters;

use std::collections::BTreeSet;

use domain::{
    content::{Row, Value, keys, show_single, show_value},
    publication::PublicItem,
    standard::{Element, Field, Standard},
};

pub(super) use self::chapters::quantities;
use super::{
    word::{Align, Border, Cell, Document, Font, HEADING_FONT, Page, Paragraph, TITLE_FONT, Table},
    xml,
};

const BODY: Font<'_> = Font::new("仿宋_GB2312", 24);
const LABEL: Font<'_> = Font::new(HEADING_FONT, 24);
const SMALL: Font<'_> = Font::new("仿宋_GB2312", 21);
const SMALL_LABEL: Font<'_> = Font::new(HEADING_FONT, 21);
const HEADING: Font<'_> = Font::new(HEADING_FONT, 28);

/// Draws the public guide of an item.
pub fn guide_docx(item: &PublicItem, standard: &Standard) -> Vec<u8> {
    let record = &item.item;
    let code = record.code.as_deref().unwrap_or_default();
    let remark = format!("{code}　以政务服务网公布的最新版为准");
    let document = Document::new(record.name(), Page::A4, BODY).with_footer(remark.trim_start());
    let mut guide = Guide { item, standard, document, shown: BTreeSet::new(), blocks: Vec::new() };
    guide.head();
    guide.chapters();
    guide.document.finish()
}

/// A guide under construction.
struct Guide<'a> {
    item: &'a PublicItem,
    standard: &'a Standard,
    document: Document,
    /// Elements that were said already.
    shown: BTreeSet<&'a str>,
    /// What the present chapter has so far.
    blocks: Vec<xml::Element>,
}

impl<'a> Guide<'a> {
    /// Returns an element with its value, once: who asks for it shows it.
    fn take(&mut self, key: &str) -> Option<(&'a Element, &'a Value)> {
        let element = self.standard.element(key).filter(|element| element.public)?;
        let value = self.item.item.content.get(key)?;
        self.shown.insert(&element.key).then_some((element, value))
    }

    fn take_text(&mut self, key: &str) -> Option<String> {
        let (element, value) = self.take(key)?;
        Some(show_value(value, element, self.standard))
    }

    fn take_rows(&mut self, key: &str) -> Option<(&'a Element, &'a [Row])> {
        let Some(Value::Rows(rows)) = self.item.item.content.get(key) else { return None };
        let (element, _) = self.take(key)?;
        Some((element, rows))
    }

    fn show_field(&self, row: &Row, field: &Field) -> String {
        let value = row.fields.get(&field.key);
        value.map(|it| show_single(it, field.shape(), self.standard)).unwrap_or_default()
    }

    /// Name, one sentence, what it is, and the facts that most come for.
    fn head(&mut self) {
        let record = &self.item.item;
        self.shown.insert(keys::NAME);
        let title = Paragraph::of(record.name(), TITLE_FONT);
        self.document.push(title.style("Heading1").align(Align::Center).space(0, 120));
        if let Some(summary) = self.take_text(keys::SUMMARY) {
            self.document.push(Paragraph::of(&summary, BODY).space(0, 80));
        }
        let (year, month, day) = self.item.from.to_calendar_date();
        let month = u8::from(month);
        let edition = self.item.edition;
        let mut words =
            vec![record.body.name.clone(), self.standard.kind_label(&record.kind).into()];
        words.extend(record.code.clone());
        words.push(format!("第 {edition} 版，{year} 年 {month} 月 {day} 日起生效"));
        let line = words.join("　");
        self.document.push(Paragraph::of(&line, SMALL).align(Align::Center).space(0, 160));
        self.key_facts();
    }

    fn key_facts(&mut self) {
        let content = &self.item.item.content;
        let mut facts: Vec<(&str, String)> = Vec::new();
        if let Some(limit) = content.promised_limit() {
            facts.push(("承诺时限", limit.to_string()));
        }
        if let Some(visits) = content.number(keys::VISITS) {
            facts.push((
                "到现场",
                if visits == 0 { "不用跑".into() } else { format!("{visits} 次") },
            ));
        }
        if let Some(charged) = content.flag(keys::CHARGED) {
            facts.push(("收费", if charged { "收费" } else { "不收费" }.into()));
        }
        match content.rows(keys::MATERIALS).len() {
            0 => {}
            n => facts.push(("材料", format!("{n} 份"))),
        }
        let consult = content.text(keys::CONSULT);
        if !consult.is_empty() {
            facts.push(("咨询电话", consult.to_owned()));
        }
        if facts.is_empty() {
            return;
        }
        let share = |it: &(&str, String)| 4 + u32::try_from(it.1.chars().count() / 4).unwrap_or(0);
        let shares: Vec<u32> = facts.iter().map(share).collect();
        let mut table = Table::new(&shares, Page::A4.text_width(), Border::Grid).row_height(400);
        let label = |it: &(&str, String)| Cell::text(it.0, SMALL, Align::Center).shaded();
        table.row(facts.iter().map(label).collect());
        table.row(facts.iter().map(|it| Cell::text(&it.1, LABEL, Align::Center)).collect());
        self.document.push(table);
    }
}

#[cfg(test)]
mod tests;
