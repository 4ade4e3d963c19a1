//! A seeded catalogue of any size, of the shapes that real ones have.
//!
//! A county has the 1,135 items of 34 departments that 前锋区 published, under their real
//! names; the next county has the same again, as counties do. One item in four says all that
//! an item of the demo county says (5.3 kB a line); the others say what a province's open
//! record says of one: a short condition, two materials, a window, limits (the 1,364 items
//! of 广东 have 1.65 kB a line, 27 characters of conditions and 2.1 materials on average).

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use domain::{
    content::{Content, Value, keys, number_rows},
    item::{BodyRef, ItemRecord},
    region::{Level, Region, RegionCode, regions},
};
use fastrand::Rng;

const COMPLETE: &str = include_str!("../../../../demo/wushan/items.jsonl");
const NAMES: &str = include_str!("../../../../demo/qianfeng/items.csv");

/// One item in so many is complete.
const COMPLETE_EVERY: u32 = 4;

/// What a province's open record says of an item.
const RECORDED: [&str; 15] = [
    keys::OBJECTS,
    keys::CONDITIONS,
    keys::STATUTORY_LIMIT,
    keys::PROMISED_LIMIT,
    keys::CHARGED,
    keys::HANDLING_TYPE,
    keys::HANDLING_FORMS,
    keys::VISITS,
    keys::ONLINE,
    keys::WINDOWS,
    keys::CONSULT,
    keys::COMPLAINT,
    keys::PERSON_THEMES,
    keys::ENTERPRISE_THEMES,
    keys::FREQUENT,
];

/// A name and the department that has it, as 前锋区 lists them.
pub(crate) struct Named {
    department: String,
    /// Two letters for each department of a county, in the order in which they come.
    letters: String,
    pub(crate) name: String,
}

/// The catalogue's sources, read once.
pub(crate) struct Shapes {
    complete: Vec<ItemRecord>,
    pub(crate) names: Vec<Named>,
    counties: Vec<Region>,
}

impl Shapes {
    pub(crate) fn read() -> Shapes {
        let complete = COMPLETE.lines().map(|line| {
            serde_json::from_str(line).expect("the demo catalogue is an exchange file")
        });
        let real = |it: &Region| it.level == Level::County && it.name != "市辖区";
        Shapes {
            complete: complete.collect(),
            names: names(),
            counties: regions::all().filter(real).collect(),
        }
    }

    /// Returns the regions that have items, the first first.
    pub(crate) fn counties(&self) -> impl Iterator<Item = RegionCode> {
        self.counties.iter().map(|county| county.code)
    }

    /// Returns the code of an item, by its number in the catalogue.
    pub(crate) fn code(&self, number: usize) -> String {
        let (county, at) = (number / self.names.len(), number % self.names.len());
        let kind = &self.complete[at % self.complete.len()].kind;
        let region = self.counties[county % self.counties.len()].code;
        let letters = &self.names[at].letters;
        format!("{region}00{letters}-{kind}-{:04}", at + 1)
    }

    /// Writes `n_items` lines of an exchange file.
    pub(crate) fn write(&self, path: &Path, n_items: usize, seed: u64) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        let mut chance = Rng::with_seed(seed);
        for number in 0..n_items {
            serde_json::to_writer(&mut out, &self.record(number, &mut chance))?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    fn record(&self, number: usize, chance: &mut Rng) -> ItemRecord {
        let (county, at) = (number / self.names.len(), number % self.names.len());
        let county = self.counties[county % self.counties.len()];
        let (named, shape) = (&self.names[at], &self.complete[at % self.complete.len()]);
        let department = named.department.trim_start_matches('区');
        let mut content = match chance.u32(0..COMPLETE_EVERY) {
            0 => shape.content.clone(),
            _ => recorded(&shape.content, chance),
        };
        content.put(keys::NAME, Value::Text(named.name.clone()));
        content.remove(keys::SHORT_NAME);
        ItemRecord {
            region: county.code,
            body: BodyRef {
                name: format!("{}{department}", county.name),
                credit_code: None,
                letters: Some(named.letters.clone()),
            },
            code: Some(self.code(number)),
            position: u32::try_from(at + 1).ok(),
            content,
            ..shape.clone()
        }
    }
}

fn names() -> Vec<Named> {
    let mut table = csv::Reader::from_reader(NAMES.trim_start_matches('\u{feff}').as_bytes());
    let mut departments: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::new();
    for row in table.records() {
        let row = row.expect("the demo's names are a sound table");
        let next = departments.len();
        let number = *departments.entry(row[0].to_owned()).or_insert(next);
        let letters = [number / 26, number % 26];
        names.push(Named {
            department: row[0].to_owned(),
            letters: letters
                .iter()
                .filter_map(|at| (b'A'..=b'Z').nth(*at))
                .map(char::from)
                .collect(),
            name: row[2].to_owned(),
        });
    }
    names
}

fn recorded(shape: &Content, chance: &mut Rng) -> Content {
    let mut content = Content::new();
    for key in RECORDED {
        if let Some(value) = shape.get(key) {
            content.put(key, value.clone());
        }
    }
    let materials = shape.rows(keys::MATERIALS);
    let rows = (0..chance.usize(1..=3).min(materials.len())).map(|at| {
        let mut fields = materials[at].fields.clone();
        fields.remove("note");
        fields
    });
    content.put(keys::MATERIALS, Value::Rows(number_rows(rows.collect())));
    let first = shape.text(keys::CONDITIONS).lines().next().unwrap_or_default();
    content.put(keys::CONDITIONS, Value::Text(first.to_owned()));
    content
}
