//! A single publishing, as the store and the index see it, and the forms of one county.

use std::{sync::Arc, time::Instant};

use documents::write::form_docx;
use domain::{
    content::{Value, keys},
    edition::{Action, Edition, Grounds, decide},
    people::Actor,
    region::RegionCode,
    standard::{Operation, Standards},
};
use search::Index;
use store::{Selection, Store};
use time::{OffsetDateTime, macros::datetime};
use tokio::runtime::Runtime;

use crate::{
    Outcome,
    catalogue::Shapes,
    figures::{Times, millis, print},
    program::Program,
};

const PART: &str = "公布一项";
const TIMES: usize = 100;
const SHEETS: usize = 1_000;
const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);

pub(crate) fn measure(program: &Program, shapes: &Shapes) -> Outcome<()> {
    let standards = Arc::new(Standards::shipped()?);
    let runtime = Runtime::new()?;
    let store = runtime.block_on(Store::open(&program.database()))?;
    let index = Index::open(&program.data().join("index"))?;
    let (mut written, mut found) = (Times::default(), Times::default());
    for number in 0..TIMES {
        let code = shapes.code(number * 7);
        let started = Instant::now();
        runtime.block_on(publish(&store, &standards, &code, number))?;
        written.add(started.elapsed());
        let started = Instant::now();
        runtime.block_on(web::catch_up(&store, &index, &standards))?;
        found.add(started.elapsed());
    }
    print(PART, "审定到公布落盘", &written.spread(), "");
    print(PART, "公布到能检索", &found.spread(), "");
    let county = shapes.counties().next().ok_or("there are no counties")?;
    let took = runtime.block_on(sheets(&store, &standards, county))?;
    print("导入与导出", "1,000 份表二（Word），各一份文件", &took, "");
    runtime.block_on(store.close());
    Ok(())
}

async fn publish(store: &Store, standards: &Standards, code: &str, number: usize) -> Outcome<()> {
    let mut tx = store.begin().await?;
    let item = tx.items_by_code(&[code]).await?.pop().ok_or("the catalogue lacks a code")?;
    let live = tx.current_editions(&[item.id]).await?.pop().ok_or("the item has no edition")?;
    let standard = standards.get(&live.record.standard).ok_or("the standard is gone")?;
    let mut record = live.record.clone();
    record.content.put(keys::CONSULT, Value::Text(format!("010-6000{number:04}")));
    let id = tx.new_edition_id().await?;
    let draft = Edition::draft(id, item.id, live.number + 1, Operation::Baseline, record, standard);
    let decided = |edition, action| {
        let grounds = Grounds { reason: "换了电话", ..Grounds::at(NOW, standard) };
        decide(&Actor::operator(), edition, action, grounds)
    };
    let (closed, opened) =
        (decided(&live, Action::Supersede)?, decided(&draft, Action::LoadBaseline)?);
    tx.record(&[closed]).await?;
    tx.add_drafts(&[draft]).await?;
    tx.record(&[opened]).await?;
    Ok(tx.commit().await?)
}

/// Draws the sheets of a county's first items, each a file of its own.
async fn sheets(store: &Store, standards: &Standards, county: RegionCode) -> Outcome<String> {
    let started = Instant::now();
    let selection = Selection { region: Some(county), ..Selection::default() };
    let (mut after, mut n_drawn, mut n_bytes) = (None, 0, 0);
    while n_drawn < SHEETS {
        let page = store.current_page(&selection, after, 500).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (_, edition) in page.iter().take(SHEETS - n_drawn) {
            let record = &edition.record;
            let standard = standards.get(&record.standard).ok_or("the standard is gone")?;
            let form = standard.form("table2").ok_or("the standard has no 表二")?;
            let one = std::slice::from_ref(record);
            n_bytes += form_docx(form, standard, one, &record.body.name, "").len();
            n_drawn += 1;
        }
    }
    let took = millis(started.elapsed());
    Ok(format!("{took}（{n_drawn} 份，{:.1} MB）", n_bytes as f64 / 1e6))
}
