//! Columns: what is read of every item that is found, without opening its document.

use std::{collections::HashMap, sync::OnceLock};

use domain::region::RegionCode;
use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

/// Aspects whose labels an item has several of, in the order of [`Traits::labels`].
pub(super) const N_TRAITS: usize = 5;

const BETWEEN_TRAITS: char = '\u{1f}';
const BETWEEN_LABELS: char = '\u{1e}';
const FREQUENT: &str = "1";

/// All labels of an item together: kinds, themes, themes of persons, of enterprises, objects.
///
/// There are a thousand times fewer of them than items, so that items are counted by these.
#[derive(Default)]
pub(super) struct Traits {
    pub(super) labels: [Vec<String>; N_TRAITS],
    pub(super) frequent: bool,
}

/// The traits of a segment's items, their labels numbered.
pub(super) struct Combination {
    pub(super) labels: [Vec<u32>; N_TRAITS],
    pub(super) frequent: bool,
}

/// The numbers of an item's values, side by side in memory: every item that is found is counted
/// by all of them, and fetching them is most of what that costs.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbers {
    region: u32,
    department: u32,
    combination: u32,
}

/// The columns of a segment. Kept as long as the segment is.
pub(super) struct Columns {
    /// The regions that the segment's items are in, in the order of their numbers.
    pub(super) regions: Vec<RegionCode>,
    pub(super) combinations: Vec<Combination>,
    pub(super) labels: Vec<String>,
    departments: Option<StrColumn>,
    /// The names of the departments by their numbers, read when first asked for.
    names: OnceLock<Vec<Box<str>>>,
    numbers: Vec<Numbers>,
    position: Column<u64>,
    name_length: Column<u64>,
    item: Column<i64>,
}

/// Writes a region so that texts are in the order of the codes.
pub(super) fn region_text(region: RegionCode) -> String {
    format!("{:0<9}", region.to_string())
}

/// Returns how deep a region lies: 0 for a province, 3 for a township.
pub(super) fn depth(region: RegionCode) -> usize {
    std::iter::successors(region.parent(), RegionCode::parent).count().min(3)
}

impl Traits {
    pub(super) fn to_text(&self) -> String {
        let mut text = String::from(if self.frequent { FREQUENT } else { "" });
        for labels in &self.labels {
            text.push(BETWEEN_TRAITS);
            text.push_str(&labels.join(&BETWEEN_LABELS.to_string()));
        }
        text
    }
}

impl Columns {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = reader.fast_fields();
        let regions = fast.str("region")?;
        let departments = fast.str("department")?;
        let traits = fast.str("traits")?;
        let mut labels = Labels::default();
        let mut combinations = Vec::new();
        each(&traits, |text| combinations.push(labels.read(text)))?;
        let mut codes = Vec::new();
        each(&regions, |text| codes.extend(RegionCode::parse(text).ok()))?;
        let number = |column: &Option<StrColumn>, doc| {
            // Every item has a value, so that 0 never is for none.
            let number = column.as_ref().and_then(|it| it.ords().first(doc)).unwrap_or_default();
            u32::try_from(number).unwrap_or_default()
        };
        let numbers = (0..reader.max_doc()).map(|doc| Numbers {
            region: number(&regions, doc),
            department: number(&departments, doc),
            combination: number(&traits, doc),
        });
        Ok(Columns {
            regions: codes,
            combinations,
            labels: labels.labels,
            numbers: numbers.collect(),
            departments,
            names: OnceLock::new(),
            position: fast.u64("position")?,
            name_length: fast.u64("name_length")?,
            item: fast.i64("item")?,
        })
    }

    pub(super) fn numbers(&self, doc: DocId) -> Numbers {
        self.numbers.get(doc as usize).copied().unwrap_or_default()
    }

    pub(super) fn position(&self, doc: DocId) -> u64 {
        self.position.first(doc).unwrap_or(u64::MAX)
    }

    pub(super) fn name_length(&self, doc: DocId) -> u64 {
        self.name_length.first(doc).unwrap_or(u64::MAX)
    }

    pub(super) fn item(&self, doc: DocId) -> i64 {
        self.item.first(doc).unwrap_or_default()
    }

    /// Returns the names of all departments, in their order, which is that of their numbers.
    pub(super) fn departments(&self) -> tantivy::Result<&[Box<str>]> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let mut names = Vec::with_capacity(self.n_departments());
        each(&self.departments, |name| names.push(name.into()))?;
        Ok(self.names.get_or_init(|| names))
    }

    pub(super) fn n_departments(&self) -> usize {
        self.departments.as_ref().map_or(0, |column| column.dictionary().num_terms())
    }
}

impl Numbers {
    pub(super) fn region(self) -> usize {
        self.region as usize
    }

    pub(super) fn department(self) -> usize {
        self.department as usize
    }

    pub(super) fn combination(self) -> usize {
        self.combination as usize
    }
}

/// Numbers labels as they come.
#[derive(Default)]
struct Labels {
    labels: Vec<String>,
    known: HashMap<String, u32>,
}

impl Labels {
    fn read(&mut self, text: &str) -> Combination {
        let mut parts = text.split(BETWEEN_TRAITS);
        let frequent = parts.next() == Some(FREQUENT);
        let labels = std::array::from_fn(|_| {
            let part = parts.next().unwrap_or_default();
            let labels = part.split(BETWEEN_LABELS).filter(|label| !label.is_empty());
            labels.map(|label| self.number(label)).collect()
        });
        Combination { labels, frequent }
    }

    fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.known.get(label) {
            return *number;
        }
        let number = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        self.labels.push(label.to_owned());
        self.known.insert(label.to_owned(), number);
        number
    }
}

/// Reads the values of a column in their order.
fn each(column: &Option<StrColumn>, mut read: impl FnMut(&str)) -> tantivy::Result<()> {
    let Some(column) = column else { return Ok(()) };
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        read(std::str::from_utf8(values.key()).unwrap_or_default());
    }
    Ok(())
}
