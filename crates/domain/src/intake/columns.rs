use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Sureness;
use crate::{
    content::LimitUnit,
    finding::Finding,
    item::BodyRef,
    region::{RegionCode, are_township_digits},
    standard::{Element, Fact, Place, Standard, fold_header},
    text::{fold_width, toml_fault},
};

/// 映射文件：人说了算的列和单位，盖过自动识别的。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Folded header to place; `None` leaves the column out.
    columns: BTreeMap<String, Option<Place>>,
    bodies: BTreeMap<String, BodyRef>,
    /// A township's two digits in its county's code rule.
    townships: BTreeMap<RegionCode, String>,
}

/// 映射文件里的错误。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("映射文件第 {line} 行：{reason}")]
pub struct MappingFault {
    pub line: usize,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct MappingFile {
    columns: BTreeMap<String, String>,
    bodies: BTreeMap<String, RegisteredBody>,
    townships: BTreeMap<RegionCode, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisteredBody {
    credit_code: Option<String>,
    letters: Option<String>,
}

impl Mapping {
    /// Reads a mapping file: `[columns]` header → place (empty leaves the column
    /// out), `[bodies]` name → `{ letters, credit_code }`, `[townships]` region →
    /// its two digits in the county's code rule.
    pub fn parse(text: &str, standard: &Standard) -> Result<Mapping, MappingFault> {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let file: MappingFile = toml::from_str(text).map_err(|err| MappingFault {
            line: line_of(err.span().map_or(0, |span| span.start)),
            reason: toml_fault(err.message()),
        })?;
        let mut columns = BTreeMap::new();
        for (header, target) in file.columns {
            let place = match target.as_str() {
                "" => None,
                target => Some(target.parse().expect("parsing a place never fails")),
            };
            if let Some(Err(reason)) = place.as_ref().map(|it| standard.check_place(it)) {
                let at = text.find(&target).unwrap_or(0);
                return Err(MappingFault { line: line_of(at), reason });
            }
            columns.insert(fold_header(&header), place);
        }
        let body = |(name, it): (String, RegisteredBody)| {
            (name.clone(), BodyRef { name, credit_code: it.credit_code, letters: it.letters })
        };
        if let Some((town, digits)) = file.townships.iter().find(|(_, it)| !are_township_digits(it))
        {
            let reason =
                format!("乡镇 {town} 的代码“{digits}”要写两位数字，不能是 00（00 是县本级）");
            return Err(MappingFault { line: line_of(text.find(digits).unwrap_or(0)), reason });
        }
        let bodies = file.bodies.into_iter().map(body).collect();
        Ok(Mapping { columns, bodies, townships: file.townships })
    }

    /// Takes where each header leads as a person chose it on a page; empty leaves it out.
    /// Refuses a place that the standard lacks.
    pub fn of_columns(
        chosen: impl IntoIterator<Item = (String, String)>,
        standard: &Standard,
    ) -> Result<Mapping, String> {
        let mut mapping = Mapping::default();
        for (header, target) in chosen {
            let place: Option<Place> = match target.as_str() {
                "" => None,
                target => Some(target.parse().expect("parsing a place never fails")),
            };
            if let Some(place) = &place {
                standard.check_place(place)?;
            }
            mapping.columns.insert(fold_header(&header), place);
        }
        Ok(mapping)
    }

    pub fn townships(&self) -> impl Iterator<Item = (RegionCode, &str)> {
        self.townships.iter().map(|(region, digits)| (*region, digits.as_str()))
    }

    pub fn body(&self, name: &str) -> Option<&BodyRef> {
        self.bodies.get(name)
    }
}

/// 列的识别：表头指向哪里。
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    standard: &'a Standard,
    mapping: &'a Mapping,
}

/// What a header turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recognised<'a> {
    Place(&'a Place),
    Ignored,
    Unknown,
}

impl<'a> Columns<'a> {
    pub fn new(standard: &'a Standard, mapping: &'a Mapping) -> Columns<'a> {
        Columns { standard, mapping }
    }

    /// Returns the place a header leads to, for showing the recognised columns.
    pub fn place(&self, header: &str) -> Option<&'a Place> {
        match self.recognise(header) {
            Recognised::Place(place) => Some(place),
            Recognised::Ignored | Recognised::Unknown => None,
        }
    }

    /// Tells whether nothing is known of a header, so that the file's reader is told.
    pub fn is_unknown(&self, header: &str) -> bool {
        self.recognise(header) == Recognised::Unknown
    }

    /// Tells whether a column only counts the rows.
    fn is_a_number(&self, header: &str) -> bool {
        let counts = |it: &Place| matches!(it, Place::RowNumber | Place::Fact(Fact::Position));
        self.place(header).is_some_and(counts) || self.recognise(header) == Recognised::Ignored
    }

    /// Tells of the columns of a nested table that are no fields of its list.
    pub(super) fn lost_columns(
        &self,
        table: &[Vec<(String, String)>],
        element: &Element,
    ) -> Vec<Finding> {
        let is_field = |header: &str| {
            let place = self.place(header);
            element.fields.iter().any(|it| it.label == header)
                || matches!(place, Some(Place::Field(key, _)) if *key == element.key)
        };
        let filled = table.iter().flatten().filter(|(_, text)| !text.trim().is_empty());
        let headers: BTreeSet<&str> = filled.map(|(header, _)| header.as_str()).collect();
        let lost = headers.into_iter().filter(|it| !is_field(it) && !self.is_a_number(it));
        lost.map(|header| {
            let message = format!("“{}”里的“{header}”一列认不出，没有导入", element.label);
            let mend = "把表头改成这个要素的列名，再导入";
            Finding::warning("I5", &element.key, message, mend.into())
        })
        .collect()
    }

    /// Tells how sure it is that a header that is known means what it leads to.
    pub fn sureness(&self, header: &str) -> Sureness {
        let own = |place: &Place| self.standard.is_own_label(header, place);
        match self.mapping.columns.contains_key(&fold_header(header))
            || self.place(header).is_some_and(own)
        {
            true => Sureness::Exact,
            false => Sureness::Synonym,
        }
    }

    /// Returns the known spelling that an unknown header is much like, if all that are as
    /// much like it lead to one place.
    pub fn nearest(&self, header: &str) -> Option<&'a str> {
        let header = fold_header(header).replace(['的', '之', '该', '本', '其'], "");
        let pairs = pairs_of(&header);
        if header.is_ascii() || pairs.len() < 2 {
            return None;
        }
        let mut best: Option<(f64, &str, &Place)> = None;
        let mut is_clear = true;
        for (spelling, place) in self.standard.spellings() {
            let alike = likeness(&pairs, &pairs_of(spelling));
            match best {
                Some((most, ..)) if alike < most => {}
                Some((most, _, other)) if alike == most => is_clear &= other == place,
                _ => (best, is_clear) = (Some((alike, spelling, place)), true),
            }
        }
        best.filter(|(alike, ..)| *alike >= ALIKE && is_clear).map(|(_, spelling, _)| spelling)
    }

    pub(super) fn recognise(&self, header: &str) -> Recognised<'a> {
        let mapped = self.mapping.columns.get(&fold_header(header)).map(Option::as_ref);
        match mapped.or_else(|| self.standard.header(header)) {
            Some(Some(place)) => Recognised::Place(place),
            Some(None) => Recognised::Ignored,
            None => Recognised::Unknown,
        }
    }
}

/// How much alike two headers are that are taken for one: 所需材料 and 申请所需材料 are 0.75.
const ALIKE: f64 = 0.7;

fn pairs_of(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Dice's coefficient of the pairs of neighbouring characters.
fn likeness(one: &[(char, char)], other: &[(char, char)]) -> f64 {
    let shared = one.iter().filter(|it| other.contains(it)).count();
    match one.len() + other.len() {
        0 => 0.0,
        n => 2.0 * shared as f64 / n as f64,
    }
}

/// Returns the unit that a header names in brackets: 承诺时限（工作日）.
pub(super) fn header_unit(header: &str) -> LimitUnit {
    let header = fold_width(header);
    let inside = header.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.and_then(|(unit, _)| LimitUnit::read(unit)).unwrap_or(LimitUnit::WorkingDay)
}
