//! The office's own order, and the codes that follow it.

use domain::{
    item::ItemRecord,
    office::{Seat, Shift},
    people::{OfficerId, Scope},
    standard::Standards,
};

use super::{
    db::Db,
    office::{under, within},
    sample::{NOW, body_of, code, coded, office, record, wushan},
};
use crate::{CodeRefusal, Coded, Lot, Under};

on_both!(
    an_item_tells_when_it_was_last_written,
    an_item_is_shifted_among_those_that_stand_with_it,
    directories_and_groups_are_shifted,
    items_that_move_come_last_where_they_go,
    a_directory_is_emptied_in_its_order,
    an_import_does_not_undo_the_offices_order,
    codes_are_given_in_the_offices_order,
    sorting_after_coding_renumbers_nothing,
    a_body_without_letters_gets_no_codes_and_is_told_why,
);

const EVERYWHERE: Scope = Scope::Everywhere;

async fn an_item_tells_when_it_was_last_written(db: Db) {
    let draft = db.seated("甲", Seat::default()).await;
    let told = async || {
        let row = db.branch(Under::None, Lot::All).await.remove(0);
        (row.touched_at, row.published_on)
    };
    assert_eq!(told().await, (None, None));
    let mut tx = db.store.begin().await.unwrap();
    tx.save_draft(&draft, &draft.record, OfficerId(7), NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told().await, (Some(NOW), None));
}

async fn an_item_is_shifted_among_those_that_stand_with_it(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let mut items = Vec::new();
    for name in ["甲", "乙", "丙"] {
        items.push(db.seated(name, under(&directory)).await.item);
        db.seated(&format!("别处{name}"), Seat::default()).await;
    }
    let shown = async || db.branch_names(Under::Directory(directory.id)).await;
    db.shift(items[2], Shift::Up).await;
    assert_eq!(shown().await, ["甲", "丙", "乙"]);
    db.shift(items[0], Shift::To(2)).await;
    assert_eq!(shown().await, ["丙", "乙", "甲"]);
    db.shift(items[2], Shift::Up).await;
    assert_eq!(shown().await, ["丙", "乙", "甲"], "the first does not go further up");
    assert_eq!(db.branch_names(Under::None).await, ["别处甲", "别处乙", "别处丙"]);
}

async fn directories_and_groups_are_shifted(db: Db) {
    let (first, second) = (db.directory("甲").await, db.directory("乙").await);
    let (one, two) = (db.group(Some(first.id), "一").await, db.group(Some(first.id), "二").await);
    let body = first.body;
    let mut tx = db.store.begin().await.unwrap();
    tx.shift_directory(body, "XK", second.id, Shift::Up).await.unwrap();
    tx.shift_group(body, "XK", Some(first.id), one.id, Shift::Down).await.unwrap();
    tx.commit().await.unwrap();
    let directories = db.store.directories(EVERYWHERE, body).await.unwrap();
    assert_eq!(directories.iter().map(|it| it.id).collect::<Vec<_>>(), [second.id, first.id]);
    let groups = db.store.groups(EVERYWHERE, body).await.unwrap();
    assert_eq!(groups.iter().map(|it| it.id).collect::<Vec<_>>(), [two.id, one.id]);
}

async fn items_that_move_come_last_where_they_go(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let (one, two) =
        (db.seated("甲", Seat::default()).await, db.seated("乙", Seat::default()).await);
    db.seated("丙", under(&directory)).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.seat_items(directory.body, &[two.item, one.item], under(&directory)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.branch_names(Under::Directory(directory.id)).await, ["丙", "乙", "甲"]);
    assert_eq!(db.branch_names(Under::None).await, [""; 0]);
}

async fn a_directory_is_emptied_in_its_order(db: Db) {
    let (from, to) = (db.directory("旧").await, db.directory("新").await);
    for name in ["甲", "乙", "丙"] {
        db.seated(name, under(&from)).await;
    }
    let mut tx = db.store.begin().await.unwrap();
    tx.empty_directory(from.body, from.id, under(&to)).await.unwrap();
    tx.abolish_directory(from.id, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.branch_names(Under::Directory(to.id)).await, ["甲", "乙", "丙"]);
}

async fn an_import_does_not_undo_the_offices_order(db: Db) {
    let (one, two) =
        (db.seated("甲", Seat::default()).await, db.seated("乙", Seat::default()).await);
    db.shift(two.item, Shift::Up).await;
    let mut tx = db.store.begin().await.unwrap();
    for (position, edition) in (1..).zip([&one, &two]) {
        let again = ItemRecord { position: Some(position), ..edition.record.clone() };
        tx.update_item(edition.item, &again).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(db.branch_names(Under::Any).await, ["乙", "甲"]);
}

async fn codes_are_given_in_the_offices_order(db: Db) {
    let (first, second) = (db.directory("甲").await, db.directory("乙").await);
    let group = db.group(Some(first.id), "组").await;
    for (name, seat) in [
        ("无目录", Seat::default()),
        ("乙一", under(&second)),
        ("甲散", under(&first)),
        ("甲组", within(&group)),
    ] {
        db.seated(name, seat).await;
    }
    db.seated_record(&coded("已有编码", &code(1)), Seat::default()).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.reserve_codes([(code(1).as_str(), wushan())].into_iter()).await.unwrap();
    tx.commit().await.unwrap();

    let given = db.code_in_order().await;
    let given: Vec<(&str, &str)> =
        given.iter().map(|it| (it.name.as_str(), it.code.as_ref().unwrap().as_str())).collect();
    let codes: Vec<String> = (2..6).map(code).collect();
    let expected = ["甲组", "甲散", "乙一", "无目录"].into_iter().zip(codes.iter().map(|it| &**it));
    assert_eq!(given, expected.collect::<Vec<_>>());
    for arranged in db.branch(Under::Any, Lot::All).await {
        let draft = db.edition(arranged.open.unwrap().id).await;
        assert_eq!(draft.record.code, arranged.code, "the draft and the item say the same");
    }
    assert_eq!(db.code_in_order().await, [], "nothing is left without");
}

async fn sorting_after_coding_renumbers_nothing(db: Db) {
    db.seated("甲", Seat::default()).await;
    let two = db.seated("乙", Seat::default()).await;
    db.code_in_order().await;
    db.shift(two.item, Shift::Up).await;
    let shown = db.branch(Under::Any, Lot::All).await;
    let codes: Vec<_> = shown.iter().map(|it| (it.name.as_str(), it.code.clone())).collect();
    assert_eq!(codes, [("乙", Some(code(2))), ("甲", Some(code(1)))]);
    assert_eq!(db.code_in_order().await, []);
}

async fn a_body_without_letters_gets_no_codes_and_is_told_why(db: Db) {
    let mut record = record("甲");
    record.body = office("没有登记代码的局", None);
    db.seated_record(&record, Seat::default()).await;
    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record).await.id;
    let standards = Standards::shipped().unwrap();
    let coded = tx.code_in_order(EVERYWHERE, body, &standards).await.unwrap();
    assert!(matches!(coded.as_slice(), [Coded { code: Err(CodeRefusal::Scheme(_)), .. }]));
}
