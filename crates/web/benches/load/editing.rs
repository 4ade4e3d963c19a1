//! The editor with a large item, over HTTP as an officer's browser asks for it.

use std::{collections::BTreeMap, time::Instant};

use domain::{
    content::{Row, Value, keys},
    edition::Edition,
    item::{EditionId, ItemRecord},
    people::{Officer, OfficerId, Role, Scope},
    standard::{Element, Operation, Standard, Standards, ValueKind},
};
use store::Store;
use time::{OffsetDateTime, macros::datetime};
use tokio::runtime::Runtime;

use crate::{
    Outcome,
    catalogue::Shapes,
    client::{Connection, Request},
    figures::{Times, print},
    program::Program,
};

const PART: &str = "编辑（90 个要素、40 份材料的一项）";
const TIMES: usize = 100;
const ELEMENTS: usize = 90;
const MATERIALS: usize = 40;
const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);
const ACCOUNT: &str = "luru";
const PASSWORD: &str = "Ceshi.7402";

/// A sentence, as people write into a field.
const TEXT: &str = "按规定的格式填写并由本人签字，复印件注明与原件一致。";

pub(crate) fn measure(program: &Program, shapes: &Shapes) -> Outcome<()> {
    let draft = Runtime::new()?.block_on(begin(program, shapes))?;
    let server = program.serve()?;
    let mut connection = Connection::open(&server.address)?;
    let cookie = connection.sign_in(ACCOUNT, PASSWORD)?;
    let edit = format!("/workbench/editions/{draft}/edit");
    let seen = connection.ask(&Request::plain(&edit).by(&cookie))?;
    let seen = String::from_utf8_lossy(&seen).into_owned();
    let page = Request::page(&edit).by(&cookie);
    let mut opened = Times::default();
    for _ in 0..TIMES {
        let started = Instant::now();
        connection.ask(&page)?;
        opened.add(started.elapsed());
    }
    print(PART, "打开", &opened.spread(), "300 ms");

    let csrf = value_after(&seen, "name=\"csrf\" content=\"")?;
    let first: usize = value_after(&seen, "id=\"revision\" value=\"")?.parse()?;
    let save = format!("/workbench/editions/{draft}/save");
    let mut saved = Times::default();
    for number in 0..TIMES {
        // Each save writes something new, so that each makes a revision.
        let (revision, text) = ((first + number).to_string(), format!("第{number}次写的"));
        let fields = [
            ("csrf", csrf),
            ("revision", revision.as_str()),
            (keys::SUMMARY, text.as_str()),
            ("materials[r7].name", text.as_str()),
        ];
        let form = Request::form(&save, &fields).by(&cookie);
        let started = Instant::now();
        connection.ask(&form)?;
        saved.add(started.elapsed());
    }
    print(PART, "保存", &saved.spread(), "50 ms");
    let kept = connection.ask(&Request::plain(&edit).by(&cookie))?;
    let last = format!("第{}次写的", TIMES - 1);
    let is_kept = String::from_utf8_lossy(&kept).contains(&last);
    is_kept.then_some(()).ok_or_else(|| "the last save is not there".into())
}

/// Opens an account, and begins a change of an item that says much.
async fn begin(program: &Program, shapes: &Shapes) -> Outcome<EditionId> {
    let store = Store::open(&program.database()).await?;
    let officer = Officer {
        id: OfficerId(0),
        account: ACCOUNT.into(),
        name: "录入岗".into(),
        scope: Scope::Everywhere,
        roles: vec![Role::Editor],
        must_change_password: false,
        stamp: 1,
        is_closed: false,
    };
    web::accounts::add_with(&store, &officer, PASSWORD, OfficerId(0), NOW).await?;
    let standards = Standards::shipped()?;
    let mut tx = store.begin().await?;
    let code = shapes.code(0);
    let item = tx.items_by_code(&[&code]).await?.pop().ok_or("the catalogue lacks a code")?;
    let live = tx.current_editions(&[item.id]).await?.pop().ok_or("the item has no edition")?;
    let standard = standards.get(&live.record.standard).ok_or("the standard is gone")?;
    let record = filled(live.record.clone(), standard);
    let id = tx.new_edition_id().await?;
    let draft = Edition::draft(id, item.id, live.number + 1, Operation::Change, record, standard);
    tx.add_drafts(&[draft]).await?;
    tx.commit().await?;
    store.close().await;
    Ok(id)
}

/// Writes into a record until it says so much.
fn filled(mut record: ItemRecord, standard: &Standard) -> ItemRecord {
    let materials = standard.element(keys::MATERIALS).map(|it| rows(it, MATERIALS));
    record.content.put(keys::MATERIALS, materials.unwrap_or(Value::Rows(Vec::new())));
    let n_filled = |record: &ItemRecord| {
        standard.elements().iter().filter(|it| record.content.get(&it.key).is_some()).count()
    };
    for element in standard.elements() {
        if n_filled(&record) == ELEMENTS {
            break;
        }
        let value = match element.kind {
            ValueKind::Text => Value::Text(TEXT.into()),
            ValueKind::Flag => Value::Flag(false),
            ValueKind::Rows => rows(element, 1),
            _ => continue,
        };
        if record.content.get(&element.key).is_none() {
            record.content.put(&element.key, value);
        }
    }
    assert_eq!(n_filled(&record), ELEMENTS, "the standard has too few elements");
    record
}

/// Rows with a sentence in each field that takes one.
fn rows(element: &Element, n_rows: usize) -> Value {
    let texts = element.fields.iter().filter(|it| it.kind == ValueKind::Text);
    let fields: BTreeMap<_, _> =
        texts.map(|it| (it.key.clone(), Value::Text(TEXT.into()))).collect();
    let row = |n| Row { id: format!("r{n}"), fields: fields.clone() };
    Value::Rows((1..=n_rows).map(row).collect())
}

fn value_after<'a>(page: &'a str, start: &str) -> Outcome<&'a str> {
    let value = page.split_once(start).and_then(|(_, rest)| rest.split_once('"'));
    value.map(|(value, _)| value).ok_or_else(|| format!("the page has no {start}").into())
}
