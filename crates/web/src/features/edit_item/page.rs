//! The page of a draft, made from its standard: sections, elements, and what was found of them.

use askama::Template;
use domain::{
    content::{Content, Value, show_value},
    edition::{Edition, Remark},
    finding::{Finding, Severity},
    item::{EditionId, ItemRecord},
    standard::{Element, Operation, Ownership, Section, SectionProgress, Standard, ValueKind},
};

use super::rows::RowsView;
use crate::{
    controls::{Control, Input},
    layout::Bench,
    links::{self, Link},
};

/// The rule that a required element is filled: on the page a mark says it, not a finding.
const REQUIRED: &str = "Q0";

/// 编辑页。
#[derive(Template)]
#[template(path = "edit_item/page.html")]
pub(super) struct EditPage {
    pub(super) bench: Bench,
    pub(super) draft: Draft,
    pub(super) status: Status,
    pub(super) summary: Summary,
    pub(super) sections: Vec<SectionView>,
    pub(super) elsewhere: Vec<FindingView>,
    pub(super) note: Option<Note>,
    /// What was said of the whole when it was returned.
    pub(super) remarks: Vec<String>,
}

/// What of the page changes as one types, for the script.
#[derive(Template)]
#[template(path = "edit_item/parts.html")]
pub(super) struct Parts {
    pub(super) draft: Draft,
    pub(super) status: Status,
    pub(super) summary: Summary,
    pub(super) elsewhere: Vec<FindingView>,
    pub(super) found: Vec<FieldView>,
    /// Elements that someone else changed meanwhile.
    pub(super) changed: Vec<FieldView>,
}

pub(super) struct Draft {
    pub(super) id: EditionId,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) body: String,
    pub(super) kind: String,
    pub(super) operation: &'static str,
    pub(super) number: u32,
    pub(super) state: String,
    pub(super) revision: i64,
    pub(super) is_open: bool,
    pub(super) link: Link,
    pub(super) save: Link,
    pub(super) saves: Link,
    pub(super) preview: Link,
    /// Where it is held against what is in force, if it changes that.
    pub(super) compare: Option<Link>,
    pub(super) flow: Link,
}

/// 保存到了什么时候，还有谁开着。
#[derive(Default)]
pub(super) struct Status {
    /// The time of the last save, and who saved, if it was not oneself.
    pub(super) saved: Option<(String, Option<String>)>,
    pub(super) others: Vec<String>,
}

/// A line at the head of the page.
pub(super) struct Note {
    pub(super) is_bad: bool,
    pub(super) text: String,
}

/// 填到了哪里。
pub(super) struct Summary {
    pub(super) filled: usize,
    pub(super) total: usize,
    pub(super) n_missing: usize,
    pub(super) n_errors: usize,
    pub(super) n_warnings: usize,
    pub(super) sections: Vec<SectionMark>,
    /// The elements that must be filled as the item now stands.
    pub(super) required: Vec<String>,
    /// Where the first thing of each kind is to be done.
    pub(super) first_missing: Option<String>,
    pub(super) first_error: Option<String>,
    pub(super) first_warning: Option<String>,
}

pub(super) struct SectionMark {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) filled: usize,
    pub(super) total: usize,
    pub(super) mark: Mark,
}

/// How a section stands: a colour, an icon and a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) words: &'static str,
}

pub(super) struct SectionView {
    pub(super) mark: SectionMark,
    pub(super) is_open: bool,
    pub(super) fields: Vec<FieldView>,
}

pub(super) struct FieldView {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) own: (&'static str, &'static str),
    pub(super) input: Input,
    pub(super) list: Option<RowsView>,
    pub(super) findings: Vec<FindingView>,
    pub(super) remarks: Vec<String>,
}

pub(super) struct FindingView {
    pub(super) is_error: bool,
    pub(super) message: String,
    pub(super) mend: String,
}

/// What is shown of an item, and what was found of it.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) edition: EditionId,
    pub(super) record: &'a ItemRecord,
    pub(super) standard: &'a Standard,
    pub(super) findings: &'a [Finding],
    /// What it was returned with.
    pub(super) remarks: &'a [Remark],
    pub(super) is_open: bool,
    /// The section and the row that are to be open, if any.
    pub(super) at: At<'a>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct At<'a> {
    pub(super) element: Option<&'a str>,
    pub(super) row: Option<&'a str>,
}

impl Draft {
    pub(super) fn of(edition: &Edition, standard: &Standard) -> Draft {
        let record = &edition.record;
        let name = record.name();
        Draft {
            id: edition.id,
            name: if name.is_empty() { "还没有名称的事项" } else { name }.to_owned(),
            code: record.code.clone(),
            body: record.body.name.clone(),
            kind: standard.kind_label(&record.kind).to_owned(),
            operation: edition.operation.label(),
            number: edition.number,
            state: standard.state_word(edition.state, edition.desk.as_deref()).to_owned(),
            revision: edition.revision,
            is_open: edition.is_writable(),
            link: links::edit(&edition.id),
            save: links::save_draft(&edition.id),
            saves: links::draft_saves(&edition.id),
            preview: links::preview(&edition.id),
            compare: (edition.operation == Operation::Change).then(|| compare(edition)),
            flow: links::draft_flow(&edition.id),
        }
    }
}

impl Subject<'_> {
    pub(super) fn summary(&self) -> Summary {
        let progress = self.standard.progress(self.record, self.findings);
        let elements = self.standard.elements().iter();
        let required = elements.filter(|it| self.requires(it)).map(|it| it.key.clone()).collect();
        let lacks = |it: &&Element| self.requires(it) && self.is_blank(&it.key);
        let missing: Vec<&Element> = self.standard.elements().iter().filter(lacks).collect();
        let first = |severity| {
            let mut told = self.findings.iter().filter(|it| it.severity == severity);
            told.find_map(|it| self.told_at(it)).map(|it| field_id(&it.key))
        };
        let count = |severity| {
            self.findings
                .iter()
                .filter(|it| it.severity == severity && !self.is_missing(it))
                .count()
        };
        Summary {
            filled: progress.iter().map(|it| it.filled).sum(),
            total: progress.iter().map(|it| it.total).sum(),
            n_missing: missing.len(),
            n_errors: count(Severity::Error),
            n_warnings: count(Severity::Warning),
            sections: progress.iter().map(SectionMark::of).collect(),
            required,
            first_missing: missing.first().map(|it| field_id(&it.key)),
            first_error: first(Severity::Error),
            first_warning: first(Severity::Warning),
        }
    }

    pub(super) fn sections(&self) -> Vec<SectionView> {
        let progress = self.standard.progress(self.record, self.findings);
        let of = |it: &SectionProgress<'_>| {
            let holds = self.at.element.and_then(|key| self.standard.element(key));
            let is_asked_for = holds.is_some_and(|element| element.section == it.section.id);
            let of_remark = |it: &Remark| self.standard.element(it.element.as_deref()?);
            let mut remarked = self.remarks.iter().filter_map(of_remark);
            let is_remarked = remarked.any(|element| element.section == it.section.id);
            SectionView {
                mark: SectionMark::of(it),
                is_open: is_asked_for || is_remarked || Mark::of(it) != Mark::DONE,
                fields: self.fields_of(it.section),
            }
        };
        let mut sections: Vec<SectionView> = progress.iter().map(of).collect();
        if sections.iter().all(|it| !it.is_open) {
            sections.iter_mut().take(1).for_each(|first| first.is_open = true);
        }
        sections
    }

    fn fields_of(&self, section: &Section) -> Vec<FieldView> {
        let elements = self.standard.elements().iter();
        elements.filter(|it| it.section == section.id).map(|it| self.field(it)).collect()
    }

    /// Returns the elements of which something was found.
    pub(super) fn found(&self) -> Vec<FieldView> {
        let elements = self.standard.elements().iter();
        let fields = elements.filter(|it| !self.findings_of(it).is_empty());
        fields.map(|it| self.field(it)).collect()
    }

    pub(super) fn field(&self, element: &Element) -> FieldView {
        let value = self.record.content.get(&element.key);
        let findings = self.findings_of(element);
        let is_list =
            element.kind == ValueKind::Rows && matches!(value, None | Some(Value::Rows(_)));
        let list = (is_list && self.is_open).then(|| RowsView::of(element, self));
        let is_line = element.queryable;
        let control = match self.is_open {
            true => Control::of(&element.key, value, element.shape(), is_line, self.standard),
            false => {
                let shown = value.map(|value| show_value(value, element, self.standard));
                Control::Set(shown.unwrap_or_default())
            }
        };
        let id = field_id(&element.key);
        FieldView {
            key: element.key.clone(),
            label: element.label.clone(),
            help: element.help.clone(),
            own: own(element.ownership),
            input: Input {
                described_by: (!findings.is_empty()).then(|| format!("n-{}", element.key)),
                is_bad: findings.iter().any(|it| it.is_error),
                name: element.key.clone(),
                is_required: self.requires(element),
                id,
                control,
            },
            list,
            findings,
            remarks: self.remarks_on(Some(&element.key)),
        }
    }

    fn findings_of(&self, element: &Element) -> Vec<FindingView> {
        let of_element = |it: &&Finding| self.told_at(it).is_some_and(|at| at.key == element.key);
        self.findings.iter().filter(of_element).map(FindingView::of).collect()
    }

    /// Returns what was said of an element when it was returned, or of the whole.
    pub(super) fn remarks_on(&self, element: Option<&str>) -> Vec<String> {
        let on = self.remarks.iter().filter(|it| it.element.as_deref() == element);
        on.map(|it| it.text.clone()).collect()
    }

    /// Returns at which element a finding is told, if at any.
    fn told_at(&self, finding: &Finding) -> Option<&Element> {
        let element = self.standard.element_of(finding)?;
        (!self.is_missing(finding)).then_some(element)
    }

    /// Tells whether a finding says no more than that a required element is empty.
    fn is_missing(&self, finding: &Finding) -> bool {
        let element = self.standard.element_of(finding);
        finding.rule == REQUIRED && element.is_some_and(|it| self.is_blank(&it.key))
    }

    fn requires(&self, element: &Element) -> bool {
        let ItemRecord { kind, content, .. } = self.record;
        self.standard.requires(element, kind, content)
    }

    fn is_blank(&self, key: &str) -> bool {
        let content: &Content = &self.record.content;
        content.get(key).is_none_or(|value| self.standard.is_blank_value(value))
    }

    /// What was found of the item as a whole, or of what is not written here.
    pub(super) fn elsewhere(&self) -> Vec<FindingView> {
        let elsewhere = self.findings.iter().filter(|it| self.standard.element_of(it).is_none());
        elsewhere.map(FindingView::of).collect()
    }
}

impl FindingView {
    fn of(finding: &Finding) -> FindingView {
        FindingView {
            is_error: finding.severity == Severity::Error,
            message: finding.message.clone(),
            mend: finding.mend.clone(),
        }
    }
}

impl SectionMark {
    fn of(progress: &SectionProgress<'_>) -> SectionMark {
        SectionMark {
            id: progress.section.id.clone(),
            title: progress.section.title.clone(),
            filled: progress.filled,
            total: progress.total,
            mark: Mark::of(progress),
        }
    }
}

impl Mark {
    const DONE: Mark = Mark { class: "ok", icon: "circle-check", words: "必填的已填完" };
    const WRONG: Mark =
        Mark { class: "bad", icon: "alert-circle", words: "有必须改正的问题" };
    const WARNED: Mark = Mark { class: "warn", icon: "alert-triangle", words: "有提醒" };
    const OPEN: Mark = Mark { class: "muted", icon: "circle", words: "必填的还没填完" };

    fn of(progress: &SectionProgress<'_>) -> Mark {
        // What is only not filled yet is an error too, and no news to who is filling it.
        let is_wrong = progress.n_errors > progress.required_missing;
        match progress {
            _ if is_wrong => Mark::WRONG,
            _ if progress.required_missing > 0 => Mark::OPEN,
            _ if progress.n_warnings > 0 => Mark::WARNED,
            _ => Mark::DONE,
        }
    }
}

fn own(ownership: Ownership) -> (&'static str, &'static str) {
    match ownership {
        Ownership::Locked => ("lock", "上级统一"),
        Ownership::Bounded => ("arrow-narrow-up", "可优于上级"),
        Ownership::Local => ("pencil", "本级填写"),
    }
}

/// Where an edition is held against the one that is in force.
pub(super) fn compare(edition: &Edition) -> Link {
    links::compare(&edition.item).with("to", &edition.number.to_string())
}

/// The id of the place of an element on the page.
pub(super) fn field_id(key: &str) -> String {
    format!("f-{key}")
}
