use std::collections::BTreeMap;

use domain::{
    edition::{Action, Edition, State},
    item::{EditionId, ItemRecord},
    people::OfficerId,
    standard::Standards,
};

use super::{
    db::Db,
    sample::{NOW, add_item, code, decided, office, record, region, wushan},
};
use crate::{CodeRefusal, Store, StoreError, Tx};

on_both!(
    two_hundred_items_submitted_by_ten_writers_have_codes_without_gap_or_double,
    codes_follow_each_other_in_each_kind_and_office,
    a_rollback_leaves_no_gap,
    a_code_from_outside_is_never_given_out,
    a_code_of_another_form_reserves_nothing,
    a_township_has_no_codes_until_its_digits_are_registered,
    digits_are_registered_for_townships_only,
    an_office_without_letters_is_told_and_uses_no_number,
    a_standard_that_issues_no_codes_is_told,
    the_last_number_is_followed_by_a_refusal,
);

const N_WRITERS: usize = 10;
const N_ITEMS: usize = 200;

impl Db {
    async fn issue(&self, record: &ItemRecord) -> Result<String, CodeRefusal> {
        let mut tx = self.store.begin().await.unwrap();
        let code = tx.issue_code(record, wushan()).await.unwrap();
        tx.commit().await.unwrap();
        code
    }

    async fn reserve(&self, code: &str) {
        let mut tx = self.store.begin().await.unwrap();
        tx.reserve_codes([(code, wushan())].into_iter()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn of_kind(kind: &str) -> ItemRecord {
    ItemRecord { kind: kind.into(), ..record("示例事项") }
}

async fn two_hundred_items_submitted_by_ten_writers_have_codes_without_gap_or_double(db: Db) {
    let mut drafts = Vec::new();
    let mut tx = db.store.begin().await.unwrap();
    for n in 0..N_ITEMS {
        let mut record = of_kind(if n % 4 == 0 { "DL" } else { "XK" });
        if n % 3 == 0 {
            record.body = office("武山县市场监督管理局", Some("SC"));
        }
        drafts.push(add_item(&mut tx, &record).await.unwrap().id);
    }
    tx.commit().await.unwrap();

    let mut writers = tokio::task::JoinSet::new();
    for own in drafts.chunks(N_ITEMS / N_WRITERS) {
        let (store, own) = (db.store.clone(), own.to_vec());
        writers.spawn(async move {
            for (n, id) in own.into_iter().enumerate() {
                if n % 5 == 0 {
                    take_a_code_and_think_better_of_it(&store, id).await;
                }
                submit(&store, id).await;
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }

    let mut serials: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for id in drafts {
        let edition = db.edition(id).await;
        assert_eq!(edition.state, State::InReview);
        let code = edition.record.code.unwrap();
        let (scope, serial) = code.split_at(code.len() - 4);
        serials.entry(scope.to_owned()).or_default().push(serial.parse().unwrap());
    }
    assert_eq!(serials.len(), 4);
    for (scope, mut serials) in serials {
        serials.sort_unstable();
        assert_eq!(serials, (1..=serials.len()).collect::<Vec<_>>(), "{scope}");
    }
    assert_eq!(db.store.verify().await.unwrap().wrong, []);
    assert_eq!(db.number("select count(*) from event").await, N_ITEMS as i64);
}

/// Submits an item as the workbench does: all in one step, again if somebody was in the way.
async fn submit(store: &Store, id: EditionId) {
    let attempt = async || {
        let mut tx = store.begin().await?;
        let edition = with_code(&mut tx, id).await?;
        tx.record(&[decided(&edition, Action::Submit)]).await?;
        tx.commit().await
    };
    loop {
        match attempt().await {
            Ok(()) => return,
            Err(StoreError::Stale { .. } | StoreError::Collided) => {}
            Err(err) => panic!("{err}"),
        }
    }
}

async fn take_a_code_and_think_better_of_it(store: &Store, id: EditionId) {
    let mut tx = store.begin().await.unwrap();
    with_code(&mut tx, id).await.unwrap();
}

async fn with_code(tx: &mut Tx, id: EditionId) -> Result<Edition, StoreError> {
    let edition = tx.edition(id).await?.unwrap();
    let code = tx.issue_code(&edition.record, wushan()).await?.unwrap();
    let record = ItemRecord { code: Some(code), ..edition.record.clone() };
    let edition = tx.save_draft(&edition, &record, OfficerId(7), NOW).await?;
    tx.update_item(edition.item, &record).await?;
    Ok(edition)
}

async fn codes_follow_each_other_in_each_kind_and_office(db: Db) {
    let check = async |record: &ItemRecord, expected: &str| {
        assert_eq!(db.issue(record).await.as_deref(), Ok(expected));
    };
    let mut commerce = of_kind("XK");
    commerce.body = office("武山县市场监督管理局", Some("SC"));
    let mut gangu = of_kind("XK");
    gangu.region = region("620523");
    check(&of_kind("XK"), "62052400MZ-XK-0001").await;
    check(&of_kind("XK"), "62052400MZ-XK-0002").await;
    check(&of_kind("DL"), "62052400MZ-DL-0001").await;
    check(&commerce, "62052400SC-XK-0001").await;
    check(&gangu, "62052300MZ-XK-0001").await;
    check(&of_kind("XK"), "62052400MZ-XK-0003").await;
}

async fn a_rollback_leaves_no_gap(db: Db) {
    for n in 1..=3 {
        let mut forgotten = db.store.begin().await.unwrap();
        for _ in 0..n {
            forgotten.issue_code(&of_kind("XK"), wushan()).await.unwrap().unwrap();
        }
        drop(forgotten);
        assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(n)));
    }
}

async fn a_code_from_outside_is_never_given_out(db: Db) {
    db.reserve(&code(7)).await;
    assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(8)));
    db.reserve(&code(3)).await;
    db.reserve(&code(8)).await;
    assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(9)));
    assert_eq!(db.issue(&of_kind("DL")).await.as_deref(), Ok("62052400MZ-DL-0001"));
}

async fn a_code_of_another_form_reserves_nothing(db: Db) {
    for code in ["", "乱写的编码", "XK0010100Y", "62052400MZ-XK-12345", "62052400mz-xk"] {
        db.reserve(code).await;
    }
    assert_eq!(db.number("select count(*) from serial").await, 0);
    assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(1)));
}

async fn a_township_has_no_codes_until_its_digits_are_registered(db: Db) {
    let mut township = of_kind("BM");
    township.region = region("620524100");
    let refused = db.issue(&township).await;
    assert_eq!(refused, Err(CodeRefusal::UnregisteredTownship("620524100".into())));
    assert_eq!(db.number("select count(*) from serial").await, 0);

    let mut tx = db.store.begin().await.unwrap();
    tx.register_township(region("620524100"), "01").await.unwrap();
    assert_eq!(tx.area_digits(region("620524100")).await.unwrap().as_deref(), Some("62052401"));
    assert_eq!(tx.area_digits(region("620524")).await.unwrap().as_deref(), Some("62052400"));
    tx.commit().await.unwrap();
    assert_eq!(db.issue(&township).await.as_deref(), Ok("62052401MZ-BM-0001"));
}

async fn digits_are_registered_for_townships_only(db: Db) {
    let check = async |code: &str, digits: &str, expected: &str| {
        let mut tx = db.store.begin().await.unwrap();
        let refused = tx.register_township(region(code), digits).await.unwrap_err();
        assert!(refused.to_string().contains(expected), "{refused}");
    };
    check("620524", "01", "620524").await;
    check("620524999", "01", "620524999").await;
    db.by_hand("update region set township_digits = '01' where code = '620524100'").await.unwrap();
    check("620524101", "01", "乡镇两位代码 已被占用").await;
}

async fn an_office_without_letters_is_told_and_uses_no_number(db: Db) {
    let mut nameless = of_kind("XK");
    nameless.body.letters = None;
    let refused = db.issue(&nameless).await.unwrap_err();
    assert!(refused.to_string().contains("部门业务代码"), "{refused}");
    assert_eq!(db.number("select count(*) from serial").await, 0);
    assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(1)));
}

async fn a_standard_that_issues_no_codes_is_told(db: Db) {
    let standards = Standards::shipped().unwrap();
    let silent = standards.iter().find(|it| it.issuing_scheme().is_none()).unwrap();
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.issue_code(&of_kind("XK"), silent).await.unwrap().unwrap_err();
    assert_eq!(refused, CodeRefusal::NotIssued(silent.title.clone()));
    tx.reserve_codes([(code(1).as_str(), silent)].into_iter()).await.unwrap();
}

async fn the_last_number_is_followed_by_a_refusal(db: Db) {
    db.reserve(&code(9_998)).await;
    assert_eq!(db.issue(&of_kind("XK")).await, Ok(code(9_999)));
    for _ in 0..2 {
        let refused = db.issue(&of_kind("XK")).await.unwrap_err();
        assert!(refused.to_string().contains("9999"), "{refused}");
    }
}
