//! Word files as offices make them: every value in its element, whatever the form is like.
//!
//! `make.py` made the files. Almost all say the same of the same item, so each test asks
//! whether this was read, all of it and nothing else.

mod forms;
mod layouts;
mod packages;
mod texts;
mod writings;

use std::{collections::BTreeMap, path::PathBuf, sync::LazyLock};

use documents::read::{ReadError, ReadOptions, SourceInfo, open};
use domain::{
    content::show_value,
    intake::{Defaults, Intake, Mapping, Proposal, RawRow},
    standard::{Standard, Standards},
};

static STANDARDS: LazyLock<Standards> =
    LazyLock::new(|| Standards::shipped().expect("the shipped standards are right"));

fn standard() -> &'static Standard {
    STANDARDS.get("wushan").expect("it is shipped")
}

/// What a file says of an item: element to value, as a page shows it.
type Said = BTreeMap<String, String>;

const NAME: &str = "最低生活保障对象确认（示例）";
const OTHER: &str = "临时救助对象确认（示例）";
const CONDITIONS: &str = "一、持有本县户口\n二、收入低于保障标准";

fn usual() -> Said {
    said(&[
        ("name", NAME),
        ("service.objects", "自然人"),
        ("conditions", CONDITIONS),
        ("limits.statutory", "20个工作日"),
        ("limits.promised", "5个工作日"),
        ("fees.charged", "否"),
        ("windows", "武山县政务服务中心（示例）"),
        ("contacts.consult", "0938-0000000"),
    ])
}

/// The second item of a file: without conditions, and of another name.
fn second() -> Said {
    but(usual(), &[("name", OTHER), ("conditions", "")])
}

fn said(pairs: &[(&str, &str)]) -> Said {
    pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

/// The same, but for these; what is empty is not said.
fn but(mut said: Said, changes: &[(&str, &str)]) -> Said {
    for (key, text) in changes {
        match text.is_empty() {
            true => said.remove(*key),
            false => said.insert((*key).to_owned(), (*text).to_owned()),
        };
    }
    said
}

fn path(file: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/word_in/files", file].iter().collect()
}

fn read(file: &str) -> Result<(SourceInfo, Vec<RawRow>), ReadError> {
    let reader = open(&path(file), &ReadOptions::new(standard(), &Mapping::default()))?;
    let source = reader.source().clone();
    Ok((source, reader.collect()))
}

fn rows(file: &str) -> Vec<RawRow> {
    read(file).unwrap_or_else(|err| panic!("{file}：{err}")).1
}

fn proposals(file: &str) -> Vec<Proposal> {
    let (mapping, region) = (Mapping::default(), "620524".parse().ok());
    let defaults = Defaults { region, body: Some("武山县民政局".into()) };
    let intake = Intake { standard: standard(), mapping: &mapping, defaults: &defaults };
    let read = |row: RawRow| intake.read(row).unwrap_or_else(|why| panic!("{file}：{why:?}"));
    rows(file).into_iter().map(read).collect()
}

fn shown(proposal: &Proposal) -> Said {
    let content = &proposal.record.content;
    let elements = standard().elements().iter();
    let said = elements.filter_map(|element| {
        let value = content.get(&element.key)?;
        Some((element.key.clone(), show_value(value, element, standard())))
    });
    said.collect()
}

/// Each item of the file says this, of the kind 行政确认, and nothing is left to a person.
fn check(file: &str, expected: &[Said]) {
    check_but(file, expected, &[]);
}

/// The same, and these are what a person has to look at: the place and the text of each.
fn check_but(file: &str, expected: &[Said], findings: &[&str]) {
    let proposals = proposals(file);
    let read: Vec<Said> = proposals.iter().map(shown).collect();
    assert_eq!(read, expected, "{file}");
    for proposal in &proposals {
        assert_eq!(proposal.record.kind, "QR", "{file}");
    }
    let found: Vec<&str> =
        proposals.iter().flat_map(|it| &it.findings).map(|it| it.message.as_str()).collect();
    assert_eq!(found, findings, "{file}");
}

fn notes(file: &str) -> Vec<String> {
    read(file).unwrap_or_else(|err| panic!("{file}：{err}")).0.notes
}

fn refusal(file: &str) -> String {
    match read(file) {
        Ok((source, rows)) => panic!("{file} was read: {source:?} {rows:?}"),
        Err(err) => err.to_string(),
    }
}
