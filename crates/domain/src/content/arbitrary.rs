//! Contents and changes of contents, for properties.

use std::{collections::BTreeMap, sync::LazyLock};

use proptest::{prelude::*, sample::Index};
use time::{Date, Month};

use super::{Content, Limit, LimitUnit, Money, Row, RowEdit, Value};
use crate::standard::{Shape, Standard, Standards, ValueKind};

/// A list of each shape, and single values of each kind.
const ELEMENTS: [&str; 10] = [
    "name",
    "summary",
    "limits.promised",
    "visits",
    "fees.charged",
    "service.objects",
    "handling.type",
    "materials",
    "fees",
    "basis",
];

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

pub(crate) fn wushan() -> &'static Standard {
    STANDARDS.get("wushan").unwrap()
}

/// A value as its element wants it, written as an office does.
fn value(shape: Shape<'static>) -> BoxedStrategy<Value> {
    match shape.kind {
        ValueKind::Text | ValueKind::Rows => "[甲乙丙a1]{1,4}".prop_map(Value::Text).boxed(),
        ValueKind::Number => (0_i64..5).prop_map(Value::Number).boxed(),
        ValueKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        ValueKind::Date => (1949_i32..2030, 1_u8..=28)
            .prop_map(|(year, day)| Value::Date {
                date: Date::from_calendar_date(year, Month::March, day).unwrap(),
            })
            .boxed(),
        ValueKind::Limit => (0_u32..4, prop::sample::select(LimitUnit::ALL.to_vec()))
            .prop_map(|(amount, unit)| Value::Limit(Limit::new(amount, unit)))
            .boxed(),
        ValueKind::Money => (0_i64..1_000).prop_map(|fen| Value::Money(Money { fen })).boxed(),
        ValueKind::Codes => {
            let list = wushan().list(shape.list.unwrap()).unwrap();
            let codes: Vec<String> = list.entries.iter().map(|it| it.code.clone()).collect();
            let most = if shape.many { codes.len().min(3) } else { 1 };
            prop::sample::subsequence(codes, 1..=most).prop_map(Value::Codes).boxed()
        }
    }
}

fn fields(key: &'static str) -> impl Strategy<Value = BTreeMap<String, Value>> {
    let fields = wushan().element(key).unwrap().fields.iter().take(4);
    let fields: Vec<_> = fields
        .map(|it| prop::option::of(value(it.shape())).prop_map(|value| (it.key.clone(), value)))
        .collect();
    let said = |fields: Vec<(String, Option<Value>)>| {
        let fields = fields.into_iter().filter_map(|(key, value)| Some((key, value?)));
        fields.collect::<BTreeMap<_, _>>()
    };
    fields.prop_map(said).prop_filter("a row says something", |it| !it.is_empty())
}

fn element(key: &'static str) -> BoxedStrategy<Value> {
    let element = wushan().element(key).unwrap();
    if element.kind != ValueKind::Rows {
        return value(element.shape());
    }
    let numbered = |rows: Vec<BTreeMap<String, Value>>| {
        let rows = (1..).zip(rows).map(|(at, fields)| Row { id: format!("r{at}"), fields });
        Value::Rows(rows.collect())
    };
    prop::collection::vec(fields(key), 1..5).prop_map(numbered).boxed()
}

/// Contents in which every value is one that its element wants.
pub(crate) fn content() -> impl Strategy<Value = Content> {
    let elements = ELEMENTS.map(|key| prop::option::of(element(key)).prop_map(move |it| (key, it)));
    Vec::from(elements).prop_map(|elements| {
        let said = elements.into_iter().filter_map(|(key, value)| Some((key, value?)));
        said.fold(Content::new(), |content, (key, value)| content.with(key, value))
    })
}

/// Contents as they come out of other systems: words where numbers should be, codes that
/// no list has, rows with ids of their own, elements that the standard lacks.
pub(crate) fn strange_content() -> impl Strategy<Value = Content> {
    let odd = prop_oneof![
        "[ 无甲\r\n，、/1-]{1,6}".prop_map(Value::Text),
        Just(Value::Number(-3)),
        Just(Value::Money(Money { fen: -5 })),
        Just(Value::Limit(Limit { amount: 0, unit: LimitUnit::Day })),
        prop::collection::vec("[a1甲、 ]{1,3}", 1..3).prop_map(Value::Codes),
        prop::collection::vec(("[].甲r1 ]{1,4}", fields("materials")), 1..4).prop_map(|rows| {
            let rows = BTreeMap::from_iter(rows).into_iter();
            Value::Rows(rows.map(|(id, fields)| Row { id, fields }).collect())
        }),
    ];
    let keys = [&ELEMENTS[..], &["not.in.the.standard"]].concat();
    let odd = prop::collection::vec((prop::sample::select(keys), odd), 0..6);
    (content(), odd).prop_map(|(content, odd)| {
        odd.into_iter().fold(content, |content, (key, value)| content.with(key, value))
    })
}

/// A step of somebody who edits a content.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    Put(&'static str, Value),
    Remove(&'static str),
    AddRow(&'static str, BTreeMap<String, Value>),
    PutField(&'static str, Index, BTreeMap<String, Value>),
    MoveRow(&'static str, Index, usize),
    DeleteRow(&'static str, Index),
}

pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let single = prop::sample::select(&ELEMENTS[..7]);
    let list = prop::sample::select(&ELEMENTS[7..]);
    let edit = prop_oneof![
        single.clone().prop_flat_map(|key| element(key).prop_map(move |it| Edit::Put(key, it))),
        prop::sample::select(&ELEMENTS[..]).prop_map(Edit::Remove),
        list.clone().prop_flat_map(|key| fields(key).prop_map(move |it| Edit::AddRow(key, it))),
        (
            list.clone().prop_flat_map(|key| fields(key).prop_map(move |it| (key, it))),
            any::<Index>()
        )
            .prop_map(|((key, fields), at)| Edit::PutField(key, at, fields)),
        (list.clone(), any::<Index>(), 0_usize..5)
            .prop_map(|(key, at, to)| Edit::MoveRow(key, at, to)),
        (list, any::<Index>()).prop_map(|(key, at)| Edit::DeleteRow(key, at)),
    ];
    prop::collection::vec(edit, 0..6)
}

pub(crate) fn edited(content: &Content, edits: &[Edit]) -> Content {
    let mut content = content.clone();
    for edit in edits {
        match edit {
            Edit::Put(key, value) => content.put(key, value.clone()),
            Edit::Remove(key) => drop(content.remove(key)),
            Edit::AddRow(key, fields) => {
                let mut rows = RowEdit::Add.apply(content.rows(key));
                rows.last_mut().unwrap().fields = fields.clone();
                content.put(key, Value::Rows(rows));
            }
            Edit::PutField(key, at, fields) => change_row(&mut content, key, at, |rows, at| {
                rows[at].fields.extend(fields.clone());
            }),
            Edit::MoveRow(key, at, to) => change_row(&mut content, key, at, |rows, at| {
                *rows = RowEdit::MoveTo(rows[at].id.clone(), *to).apply(rows);
            }),
            Edit::DeleteRow(key, at) => change_row(&mut content, key, at, |rows, at| {
                rows.remove(at);
            }),
        }
    }
    content
}

fn change_row(
    content: &mut Content,
    key: &str,
    at: &Index,
    change: impl FnOnce(&mut Vec<Row>, usize),
) {
    let mut rows = content.rows(key).to_vec();
    if !rows.is_empty() {
        let at = at.index(rows.len());
        change(&mut rows, at);
        content.put(key, Value::Rows(rows));
    }
}
