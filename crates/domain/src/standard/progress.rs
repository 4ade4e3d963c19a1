use super::{Element, Place, Section, Standard};
use crate::{
    content::Value,
    finding::{Finding, Severity},
    item::ItemRecord,
};

/// 一节填到了哪里。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionProgress<'a> {
    pub section: &'a Section,
    /// Elements that say something.
    pub filled: usize,
    pub total: usize,
    /// Elements that this item must fill and does not.
    pub required_missing: usize,
    pub n_errors: usize,
    pub n_warnings: usize,
}

impl Standard {
    /// Returns how far each section of an item is filled, and what was found wrong in it.
    pub fn progress(&self, record: &ItemRecord, findings: &[Finding]) -> Vec<SectionProgress<'_>> {
        let of = |section| {
            let mut progress = SectionProgress {
                section,
                filled: 0,
                total: 0,
                required_missing: 0,
                n_errors: 0,
                n_warnings: 0,
            };
            for element in self.elements().iter().filter(|it| it.section == section.id) {
                let value = record.content.get(&element.key);
                let is_filled = value.is_some_and(|value| !self.is_blank_value(value));
                progress.total += 1;
                progress.filled += usize::from(is_filled);
                let is_required = self.requires(element, &record.kind, &record.content);
                progress.required_missing += usize::from(is_required && !is_filled);
            }
            progress
        };
        let mut sections: Vec<SectionProgress<'_>> = self.sections.iter().map(of).collect();
        sections.retain(|it| it.total > 0);
        for finding in findings {
            let Some(element) = self.element_of(finding) else { continue };
            let of_section = sections.iter_mut().find(|it| it.section.id == element.section);
            match (of_section, finding.severity) {
                (Some(progress), Severity::Error) => progress.n_errors += 1,
                (Some(progress), Severity::Warning) => progress.n_warnings += 1,
                (None, _) => {}
            }
        }
        sections
    }

    /// Returns the element that a finding is about, if it is about one.
    pub fn element_of(&self, finding: &Finding) -> Option<&Element> {
        match finding.element.parse().expect("parsing a place never fails") {
            Place::Element(key) | Place::Field(key, _) | Place::Unit(key) => self.element(&key),
            Place::RowNumber | Place::Fact(_) => None,
        }
    }

    /// Tells whether a value says nothing, or only 无, 详见 and the like.
    pub fn is_blank_value(&self, value: &Value) -> bool {
        match value {
            Value::Text(text) => self.is_blank(text),
            value => value.is_empty(),
        }
    }
}
