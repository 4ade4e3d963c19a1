use domain::{
    edition::{Action, Edition},
    item::ItemRecord,
    standard::Operation,
};

use super::{
    db::Db,
    sample::{add_item, code, coded, office, record, region},
};
use crate::Selection;

on_both!(
    pages_hold_every_item_once_in_its_bodys_order,
    the_live_edition_is_shown_before_the_draft,
    what_was_withdrawn_is_left_out,
    a_selection_by_region_body_and_code_is_kept_to,
    the_standards_in_use_are_those_of_the_selection,
);

impl Db {
    async fn pages(&self, selection: &Selection, size: u32) -> Vec<Edition> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.current_page(selection, after, size).await.unwrap();
            assert!(page.len() <= size as usize);
            let Some((key, _)) = page.last() else { return all };
            after = Some(*key);
            all.extend(page.into_iter().map(|(_, edition)| edition));
        }
    }

    async fn names(&self, selection: &Selection) -> Vec<String> {
        let editions = self.pages(selection, 7).await;
        editions.iter().map(|it| it.record.name().to_owned()).collect()
    }
}

async fn pages_hold_every_item_once_in_its_bodys_order(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let mut expected = Vec::new();
    for body in ["民政局", "教育局", "卫健局"] {
        let mut of_body = Vec::new();
        // Twenty at the same place, some at others, some nowhere.
        for n in 0..33 {
            let mut record = record(&format!("{body}{n}"));
            record.body = office(body, None);
            record.position = match n {
                0..20 => Some(5),
                20..26 => Some(31 - n),
                _ => None,
            };
            let edition = add_item(&mut tx, &record).await.unwrap();
            of_body.push((record.position.unwrap_or(u32::MAX), edition.item, edition));
        }
        of_body.sort_by_key(|(position, item, _)| (*position, *item));
        expected.extend(of_body.into_iter().map(|(.., edition)| edition));
    }
    tx.commit().await.unwrap();
    for size in [1, 7, 98, 99, 100] {
        assert_eq!(db.pages(&Selection::default(), size).await, expected, "{size} a page");
    }
}

async fn the_live_edition_is_shown_before_the_draft(db: Db) {
    let live = db.published(&coded("已公布", &code(1))).await;
    db.next_draft(&live, "改名中").await;
    let suspended = db.published(&coded("暂停", &code(2))).await;
    db.goes(&suspended, Operation::Suspend).await;
    let waiting = db.draft(&coded("送审", &code(3))).await;
    db.step(&waiting, Action::Submit).await;
    db.draft(&coded("暂存", &code(4))).await;
    assert_eq!(db.names(&Selection::default()).await, ["已公布", "暂停", "送审", "暂存"]);
}

async fn what_was_withdrawn_is_left_out(db: Db) {
    let withdrawn = db.published(&coded("废置", &code(1))).await;
    db.goes(&withdrawn, Operation::Withdraw).await;
    let undone = db.draft(&coded("撤销导入", &code(2))).await;
    db.step(&undone, Action::UndoImport).await;
    let back = db.published(&coded("旧", &code(3))).await;
    let back = db.goes(&back, Operation::Withdraw).await;
    db.next_draft(&back, "又来").await;
    assert_eq!(db.names(&Selection::default()).await, ["又来"]);
}

async fn a_selection_by_region_body_and_code_is_kept_to(db: Db) {
    let places =
        [("620524", "县局"), ("620524100", "镇政府"), ("620500", "县局"), ("511602", "局")];
    for (n, (place, body)) in (1..).zip(places) {
        let mut record: ItemRecord = coded(place, &code(n));
        record.region = region(place);
        record.body = office(body, None);
        db.published(&record).await;
    }
    let check = async |place: Option<&str>,
                       body: Option<&str>,
                       n: Option<u32>,
                       expected: &[&str]| {
        let selection =
            Selection { region: place.map(region), body: body.map(Into::into), code: n.map(code) };
        assert_eq!(db.names(&selection).await, expected, "{selection:?}");
    };
    check(None, None, None, &["620524", "620524100", "620500", "511602"]).await;
    check(Some("620524"), None, None, &["620524", "620524100"]).await;
    check(Some("62"), Some("县局"), None, &["620524", "620500"]).await;
    check(None, None, Some(2), &["620524100"]).await;
    check(Some("51"), None, Some(2), &[]).await;
    check(None, Some("没有的局"), None, &[]).await;
}

async fn the_standards_in_use_are_those_of_the_selection(db: Db) {
    db.draft(&record("县里的")).await;
    db.draft(&record("县里的另一项")).await;
    let mut elsewhere = record("广安的");
    elsewhere.standard = "sichuan".into();
    elsewhere.region = region("511602");
    db.draft(&elsewhere).await;
    let check = async |place: Option<&str>, expected: &[&str]| {
        let selection = Selection { region: place.map(region), ..Selection::default() };
        assert_eq!(db.store.standards_in_use(&selection).await.unwrap(), expected);
    };
    check(None, &["sichuan", "wushan"]).await;
    check(Some("51"), &["sichuan"]).await;
    check(Some("44"), &[]).await;
}
