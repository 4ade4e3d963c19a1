use domain::{
    content::{Row, Value},
    edition::Action,
    publication::Notice,
};
use time::macros::date;

use crate::{Change, Changes};

use super::{
    db::Db,
    sample::{PRIVATE, code, coded, record, region},
};

on_both!(
    the_portal_sees_publications_only,
    publications_replay_in_order_without_gaps_while_others_publish,
    the_changes_of_a_region_are_those_of_its_subtree,
    of_what_is_shown_now_only_the_last_change_is_told,
    a_code_that_was_never_published_shows_nothing,
    several_codes_are_read_at_once_each_as_it_is_now,
    replaying_the_publications_tells_what_each_item_shows_now,
    what_has_a_guide_is_listed_by_pages_with_the_day_of_its_last_change,
    the_parts_that_list_something_are_those_with_a_guide,
    changes_are_told_newest_first_with_what_they_came_after,
);

const EVERYTHING: Changes = Changes { region: None, before: None, is_current: false };

/// A word that the public must not meet.
const MARK: &str = "勿外传";

async fn the_portal_sees_publications_only(db: Db) {
    let mut shown = coded("养老机构备案", &code(1));
    shown.content.put(PRIVATE, Value::Text(format!("{MARK}：内部说明")));
    let officer = Value::Text(MARK.into());
    let steps = Row { id: "r1".into(), fields: [("officer".to_owned(), officer)].into() };
    shown.content.put("steps", Value::Rows(vec![steps]));
    let live = db.published(&shown).await;
    db.next_draft(&live, MARK).await;
    let mut hidden = coded(MARK, &code(2));
    let draft = db.draft(&hidden).await;
    db.step(&draft, Action::Submit).await;
    hidden.code = Some(code(3));
    db.draft(&hidden).await;

    let mut seen = String::new();
    for code in [code(1), code(2), code(3)] {
        seen += &format!("{:?}", db.store.public_item(&code).await.unwrap());
        seen += &format!("{:?}", db.store.public_history(&code).await.unwrap());
    }
    let codes = [code(1), code(2), code(3)];
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    seen += &format!("{:?}", db.store.public_items(&codes).await.unwrap());
    seen += &format!("{:?}", db.store.publications_after(0, 100).await.unwrap());
    seen += &format!("{:?}", db.store.changes(EVERYTHING, 100).await.unwrap());
    assert!(seen.contains("养老机构备案"));
    assert!(!seen.contains(MARK), "{seen}");
    assert!(!seen.contains(&code(2)), "{seen}");
    assert_eq!(db.store.last_publication().await.unwrap(), 1);
}

async fn publications_replay_in_order_without_gaps_while_others_publish(db: Db) {
    const N_WRITERS: u32 = 3;
    const N_EACH: u32 = 15;
    db.draft(&record("本单位的第一项")).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..N_WRITERS {
        let db = db.clone();
        writers.spawn(async move {
            for n in 1..=N_EACH {
                db.published(&coded("示例事项", &code(writer * N_EACH + n))).await;
            }
        });
    }
    let mut seen = 0;
    while seen < i64::from(N_WRITERS * N_EACH) {
        let page = db.store.publications_after(seen, 4).await.unwrap();
        assert!(page.len() <= 4);
        for publication in &page {
            assert_eq!(publication.seq, seen + 1);
            seen = publication.seq;
        }
        match writers.try_join_next() {
            Some(done) => done.unwrap(),
            None => tokio::task::yield_now().await,
        }
    }
    assert_eq!(db.store.publications_after(seen, 4).await.unwrap(), []);
    assert_eq!(db.store.last_publication().await.unwrap(), seen);
}

async fn the_changes_of_a_region_are_those_of_its_subtree(db: Db) {
    let places = ["620000", "620500", "620524", "620524100", "620525", "510000", "630000"];
    for (n, place) in (1..).zip(places) {
        let mut record = coded(place, &code(n));
        record.region = region(place);
        db.published(&record).await;
    }
    let check = async |place: &str, limit: u32, expected: &[&str]| {
        let asked = Changes { region: Some(region(place)), ..EVERYTHING };
        let changes = db.store.changes(asked, limit).await.unwrap();
        assert_eq!(names(&changes), expected, "{place}");
    };
    check("62", 100, &["620525", "620524100", "620524", "620500", "620000"]).await;
    check("6205", 100, &["620525", "620524100", "620524", "620500"]).await;
    check("620524", 100, &["620524100", "620524"]).await;
    check("620524", 1, &["620524100"]).await;
    check("620524100", 100, &["620524100"]).await;
    check("620524101", 100, &[]).await;
    let everywhere = db.store.changes(EVERYTHING, 100).await.unwrap();
    assert_eq!(everywhere.len(), places.len());
}

async fn of_what_is_shown_now_only_the_last_change_is_told(db: Db) {
    let first = db.published(&coded("第一版", &code(1))).await;
    let draft = db.next_draft(&first, "第二版").await;
    let second = db.replace(&first, &draft).await;
    db.published(&coded("另一项", &code(2))).await;
    let check = async |expected: &[(&str, Option<&str>)]| {
        for asked in [None, Some(region("62")), Some(region("620524"))] {
            let asked = Changes { region: asked, is_current: true, before: None };
            assert_eq!(told(&db.store.changes(asked, 10).await.unwrap()), expected);
        }
    };
    check(&[("另一项", None), ("第二版", Some("第一版"))]).await;
    db.step(&second, Action::Withdraw).await;
    check(&[("第二版", Some("第二版")), ("另一项", None)]).await;
}

async fn a_code_that_was_never_published_shows_nothing(db: Db) {
    db.draft(&record("养老机构备案")).await;
    assert_eq!(db.store.public_item(&code(1)).await.unwrap(), None);
    assert_eq!(db.store.public_history(&code(1)).await.unwrap(), []);
    assert_eq!(db.store.publications_after(0, 10).await.unwrap(), []);
}

async fn several_codes_are_read_at_once_each_as_it_is_now(db: Db) {
    let first = db.published(&coded("第一版", &code(1))).await;
    let draft = db.next_draft(&first, "第二版").await;
    db.replace(&first, &draft).await;
    let other = db.published(&coded("停办的", &code(2))).await;
    db.step(&other, Action::Withdraw).await;

    let codes = [code(2), code(9), code(1)];
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let shown = db.store.public_items(&codes).await.unwrap();
    let mut names: Vec<_> = shown.iter().map(|it| it.notice.item().item.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["停办的", "第二版"]);
    assert_eq!(db.store.public_items(&[]).await.unwrap(), []);
}

async fn replaying_the_publications_tells_what_each_item_shows_now(db: Db) {
    let mut live = Vec::new();
    for n in 1..=5 {
        live.push(db.published(&coded("第一版", &code(n))).await);
    }
    let draft = db.next_draft(&live[1], "第二版").await;
    let second = db.replace(&live[1], &draft).await;
    db.step(&second, Action::Suspend).await;
    db.step(&live[3], Action::Withdraw).await;

    let mut replayed = std::collections::BTreeMap::new();
    for publication in db.store.publications_after(0, 100).await.unwrap() {
        replayed.insert(publication.notice.item().item.code.clone().unwrap(), publication);
    }
    assert_eq!(replayed.len(), 5);
    for (code, publication) in replayed {
        let shown = db.store.public_item(&code).await.unwrap().unwrap();
        assert_eq!((shown.seq, shown.notice), (publication.seq, publication.notice));
    }
}

async fn what_has_a_guide_is_listed_by_pages_with_the_day_of_its_last_change(db: Db) {
    let mut live = Vec::new();
    for n in 1..=4 {
        let mut record = coded("第一版", &code(n));
        record.effective_on = Some(date!(2025 - 07 - 01));
        live.push(db.published(&record).await);
    }
    db.step(&live[1], Action::Withdraw).await;
    db.step(&live[2], Action::Suspend).await;
    let draft = db.next_draft(&live[0], "第二版").await;
    db.replace(&live[0], &draft).await;

    let listed = async |after, last, limit| {
        let listed = db.store.listed_items(after, last, limit).await.unwrap();
        listed.into_iter().map(|it| (it.seq, it.code, it.since)).collect::<Vec<_>>()
    };
    let [fourth, first] =
        [(4, code(4), date!(2025 - 07 - 01)), (7, code(1), date!(2026 - 03 - 02))];
    assert_eq!(listed(0, 100, 100).await, [fourth.clone(), first.clone()]);
    assert_eq!(listed(0, 100, 1).await, std::slice::from_ref(&fourth));
    assert_eq!(listed(4, 100, 100).await, [first]);
    assert_eq!(listed(0, 6, 100).await, [fourth]);
}

async fn the_parts_that_list_something_are_those_with_a_guide(db: Db) {
    assert!(db.store.listed_parts(2).await.unwrap().is_empty());
    let mut live = Vec::new();
    for n in 1..=6 {
        live.push(db.published(&coded("第一版", &code(n))).await);
    }
    assert_eq!(db.store.listed_parts(2).await.unwrap(), [1, 2, 3]);
    for old in &live[2..4] {
        db.step(old, Action::Withdraw).await;
    }
    let draft = db.next_draft(&live[0], "第二版").await;
    db.replace(&live[0], &draft).await;
    // One and two: the second is left. Seven and eight tell of withdrawals.
    assert_eq!(db.store.listed_parts(2).await.unwrap(), [1, 3, 5]);
    assert_eq!(db.store.listed_parts(1).await.unwrap(), [2, 5, 6, 9]);
    assert_eq!(db.store.listed_parts(100).await.unwrap(), [1]);
}

async fn changes_are_told_newest_first_with_what_they_came_after(db: Db) {
    assert_eq!(db.store.first_publication().await.unwrap(), None);
    let live = db.published(&coded("第一版", &code(1))).await;
    let mut elsewhere = coded("别处的", &code(2));
    elsewhere.region = region("511603");
    db.published(&elsewhere).await;
    let draft = db.next_draft(&live, "第二版").await;
    db.replace(&live, &draft).await;

    let changes = db.store.changes(EVERYTHING, 100).await.unwrap();
    assert_eq!(told(&changes), [("第二版", Some("第一版")), ("别处的", None), ("第一版", None)]);
    assert_eq!((changes[0].code.as_str(), changes[0].since), (&*code(1), date!(2026 - 03 - 02)));
    assert_eq!(Some(&changes[2].hash), db.store.first_publication().await.unwrap().as_ref());

    let city = Changes { region: Some(region("6205")), ..EVERYTHING };
    let of_city = db.store.changes(city, 100).await.unwrap();
    assert_eq!(of_city, [changes[0].clone(), changes[2].clone()]);
    assert_eq!(db.store.changes(city, 1).await.unwrap(), [changes[0].clone()]);
    let older = Changes { before: Some(3), ..EVERYTHING };
    assert_eq!(db.store.changes(older, 1).await.unwrap(), [changes[1].clone()]);
    let older = Changes { before: Some(3), ..city };
    assert_eq!(db.store.changes(older, 9).await.unwrap(), [changes[2].clone()]);
}

fn names(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|it| name(&it.publication.notice)).collect()
}

/// Returns the name that each change tells, and the one before.
fn told(changes: &[Change]) -> Vec<(&str, Option<&str>)> {
    changes.iter().map(|it| (name(&it.publication.notice), it.before.as_ref().map(name))).collect()
}

fn name(notice: &Notice) -> &str {
    notice.item().item.name()
}
