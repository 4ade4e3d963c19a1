//! What a form says, read back from the file, is what the item said.

use std::{collections::BTreeMap, sync::LazyLock};

use domain::{
    content::{Content, LimitUnit, Row, Value, read_field, read_value},
    intake::{Defaults, Intake, Mapping},
    item::ItemRecord,
    standard::{CodeList, Form, FormCell, Place, Shape, Standard, Standards, ValueKind},
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestRunner};

use super::form_docx;
use crate::{
    read::{self, ReadOptions},
    write::samples,
};

/// Items in a file, and files: a thousand items for each form.
const ITEMS: usize = 4;
const FILES: u32 = 250;

static STANDARDS: LazyLock<Standards> = LazyLock::new(samples::standards);

/// What offices write, and what looks like the signs that we put between things.
const PIECES: [&str; 54] = [
    "甲",
    "乙丙",
    "申请书",
    "1",
    "20",
    "a",
    "ABC-1",
    "《",
    "》",
    "（",
    "）",
    "(",
    ")",
    "：",
    ":",
    "；",
    ";",
    "、",
    "，",
    ",",
    "。",
    "|",
    "/",
    "／",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{3000}",
    "\u{a0}",
    "１２",
    "Ａ％",
    "１．",
    "1．",
    "一、",
    "（二）",
    "①",
    "□",
    "☑",
    "√",
    "<b>",
    "&amp;",
    "\"'",
    "\u{feff}",
    "\u{200b}",
    "𠮷",
    "👨‍👩‍👧",
    "e\u{301}",
    "؟",
    "事项名称",
    "备注：无",
    "共 3 项",
    "无",
];

/// Words that a reader may take for something else when they stand alone.
const WORDS: [&str; 24] = [
    "事项名称",
    "申请材料",
    "备注",
    "序号",
    "表二",
    "合计",
    "共 3 项",
    "无",
    "暂无",
    "/",
    "—",
    "是",
    "否",
    "即办",
    "20个工作日",
    "5 天",
    "法定时限",
    "《甲法》",
    "《甲法》和《乙法》",
    "甲；时间：乙",
    "1．甲",
    "问：甲答：乙",
    "[甲]",
    "政务服务事项内容信息表",
];

fn text() -> BoxedStrategy<String> {
    let pieces = |most| vec(select(&PIECES[..]), 0..most).prop_map(|it| it.concat());
    prop_oneof![
        4 => pieces(8),
        2 => select(&WORDS[..]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => pieces(400),
    ]
    .boxed()
}

/// A value as it comes out of a table that somebody brings in, be it strange.
fn value(shape: Shape<'static>, standard: &'static Standard) -> BoxedStrategy<String> {
    let known = match shape.kind {
        ValueKind::Text | ValueKind::Rows => text(),
        ValueKind::Number => any::<i64>().prop_map(|it| it.to_string()).boxed(),
        ValueKind::Flag => any::<bool>().prop_map(|it| it.to_string()).boxed(),
        ValueKind::Date => (1900_i32..2100, 1_u8..13, 1_u8..29)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
            .boxed(),
        ValueKind::Limit => (0_u32..400, select(LimitUnit::ALL.to_vec()))
            .prop_map(|(amount, unit)| format!("{amount}{}", unit.suffix()))
            .boxed(),
        ValueKind::Money => {
            (0_i64..10_000_000).prop_map(|fen| format!("{}.{:02}", fen / 100, fen % 100)).boxed()
        }
        ValueKind::Codes => {
            let entries = shape.list.and_then(|list| standard.list(list)).map(|it: &CodeList| {
                it.entries.iter().map(|entry| entry.label.clone()).collect::<Vec<_>>()
            });
            let labels = entries.unwrap();
            let most = if shape.many { labels.len().min(4) } else { 1 };
            prop::sample::subsequence(labels, 1..=most).prop_map(|it| it.join("、")).boxed()
        }
    };
    prop_oneof![9 => known, 1 => text()].boxed()
}

/// The fields of each list that a form places, and the elements that are no lists.
fn placed(form: &Form, standard: &Standard) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let (mut lists, mut singles) = (BTreeMap::<String, Vec<String>>::new(), Vec::new());
    for cell in &form.cells {
        match &cell.source {
            Place::Field(key, field) => lists.entry(key.clone()).or_default().push(field.clone()),
            Place::Element(key) if standard.element(key).unwrap().kind == ValueKind::Rows => {
                lists.entry(key.clone()).or_default().extend(shown_fields(cell, standard));
            }
            Place::Element(key) => singles.push(key.clone()),
            Place::RowNumber | Place::Fact(_) | Place::Unit(_) => {}
        }
    }
    (lists, singles)
}

fn shown_fields(cell: &FormCell, standard: &Standard) -> Vec<String> {
    if !cell.columns.is_empty() {
        return cell.columns.iter().filter_map(|it| it.field.clone()).collect();
    }
    let Place::Element(key) = &cell.source else { return Vec::new() };
    let own = &standard.element(key).unwrap().row_format;
    let format = if cell.row_format.is_empty() { own } else { &cell.row_format };
    format.iter().map(|part| part.field.clone()).collect()
}

/// Items with something in every element that the form places, and in the lists also what it
/// does not show.
fn content(form: &Form, standard: &'static Standard) -> BoxedStrategy<Content> {
    let (lists, singles) = placed(form, standard);
    let single = |key: &String| {
        let element = standard.element(key).unwrap();
        let shown = value(element.shape(), standard);
        let read = move |text: String| {
            let value = read_value(&text, element, LimitUnit::WorkingDay, standard)?;
            Some((element.key.clone(), value))
        };
        let is_name = key == "name";
        let value = prop::option::weighted(0.9, shown).prop_map(move |it| read(it?));
        match is_name {
            true => value
                .prop_filter("an item has a name of its own", |it| {
                    it.as_ref()
                        .is_some_and(|(_, name)| name.as_text().unwrap().chars().count() < 900)
                })
                .boxed(),
            false => value.boxed(),
        }
    };
    let list = |(key, shown): (&String, &Vec<String>)| {
        let element = standard.element(key).unwrap();
        let hidden = element.fields.iter().find(|it| !shown.contains(&it.key));
        let fields = element.fields.iter().filter(|it| shown.contains(&it.key)).chain(hidden);
        let fields: Vec<_> = fields
            .map(|field| {
                let read = move |text: String| {
                    Some((field.key.clone(), read_field(&text, field, standard)?))
                };
                prop::option::weighted(0.7, value(field.shape(), standard))
                    .prop_map(move |it| read(it?))
            })
            .collect();
        let row = fields.prop_map(|it| it.into_iter().flatten().collect::<BTreeMap<_, _>>());
        let numbered = |rows: Vec<BTreeMap<String, Value>>| {
            let said = (1..).zip(rows).filter(|(_, fields)| !fields.is_empty());
            Value::Rows(said.map(|(at, fields)| Row { id: format!("r{at}"), fields }).collect())
        };
        let key = key.clone();
        vec(row, 0..5).prop_map(move |rows| Some((key.clone(), numbered(rows)))).boxed()
    };
    let parts: Vec<_> = singles.iter().map(single).chain(lists.iter().map(list)).collect();
    let put = |content: Content, (key, value): (String, Value)| content.with(&key, value);
    parts.prop_map(move |parts| parts.into_iter().flatten().fold(Content::new(), put)).boxed()
}

fn items(form: &Form, standard: &'static Standard) -> impl Strategy<Value = Vec<ItemRecord>> {
    let kinds: Vec<String> = standard.kinds().iter().map(|it| it.code.clone()).collect();
    let item = (content(form, standard), select(kinds));
    vec(item, ITEMS).prop_map(|items| {
        let record = |(at, (content, kind)): (usize, (Content, String))| ItemRecord {
            standard: standard.id.clone(),
            kind,
            content,
            ..samples::bare("", &format!("62052400MZ-XK-{:04}", at + 1), "")
        };
        items.into_iter().enumerate().map(record).collect()
    })
}

/// What a form says of an item: the elements, and of lists the fields, that it places.
fn said(content: &Content, form: &Form, standard: &Standard) -> BTreeMap<String, Value> {
    let (lists, singles) = placed(form, standard);
    let single = singles.iter().filter_map(|key| Some((key.clone(), content.get(key)?.clone())));
    let list = lists.iter().filter_map(|(key, shown)| {
        let rows = content.rows(key).iter().map(|row| {
            let fields = row.fields.iter().filter(|(field, _)| shown.contains(field));
            fields.map(|(field, value)| (field.clone(), value.clone())).collect()
        });
        let rows = rows.filter(|fields: &BTreeMap<_, _>| !fields.is_empty());
        let rows = (1..).zip(rows).map(|(at, fields)| Row { id: format!("r{at}"), fields });
        let rows: Vec<Row> = rows.collect();
        (!rows.is_empty()).then_some((key.clone(), Value::Rows(rows)))
    });
    single.chain(list).collect()
}

fn check(id: &str, form: &str) {
    let standard = STANDARDS.get(id).unwrap();
    let form = standard.form(form).unwrap();
    let mapping = Mapping::default();
    let defaults = Defaults { region: Some("620524".parse().unwrap()), body: None };
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    let options = ReadOptions::new(standard, &mapping);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.docx");
    let mut runner = TestRunner::new(ProptestConfig {
        cases: FILES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let test = |items: Vec<ItemRecord>| {
        std::fs::write(&path, form_docx(form, standard, &items, &items[0].body.name, "")).unwrap();
        let rows: Vec<_> = read::open(&path, &options).unwrap().collect();
        prop_assert_eq!(rows.len(), items.len());
        for (row, item) in rows.into_iter().zip(&items) {
            let proposal = intake.read(row).map_err(|it| TestCaseError::fail(it.reason))?;
            let read = &proposal.record;
            prop_assert_eq!((&read.code, &read.kind), (&item.code, &item.kind));
            prop_assert_eq!(&read.body.name, &item.body.name);
            let expected = said(&item.content, form, standard);
            prop_assert_eq!(said(&read.content, form, standard), expected);
            prop_assert_eq!(&proposal.applied_to(&item.content, standard), &item.content);
        }
        Ok(())
    };
    runner.run(&items(form, standard), test).unwrap();
}

#[test]
fn a_thousand_lines_of_table_1_are_read_back_as_they_were() {
    check("wushan", "table1");
}

#[test]
fn a_thousand_sheets_of_table_2_are_read_back_as_they_were() {
    check("wushan", "table2");
}

#[test]
fn a_thousand_lines_of_another_region_are_read_back_as_they_were() {
    check("yunnan", "table1");
}

#[test]
fn a_thousand_sheets_of_another_region_are_read_back_as_they_were() {
    check("yunnan", "table2");
}
