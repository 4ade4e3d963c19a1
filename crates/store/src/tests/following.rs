//! Queries follow what is saved and decided, whoever follows and however often.

use domain::{
    content::keys,
    edition::Action,
    office::Seat,
    people::Scope,
    query::{Test, facts},
    standard::{Operation, Standards},
};

use super::{
    db::Db,
    office::under,
    query::{any_of, contains, days, promising, query},
    sample::{TODAY, body_of, code, coded, office, record, region},
};

on_both!(
    a_draft_is_found_by_what_it_says_once_the_follower_has_seen_it,
    a_draft_that_was_saved_is_found_by_what_it_says_now,
    what_was_decided_is_followed_by_its_events,
    a_body_that_moves_takes_its_items_along,
    what_a_closed_body_had_is_found_with_its_successor,
    queries_are_made_anew_at_will,
    followers_at_the_same_time_lose_nothing,
    a_restored_catalogue_is_queried_as_the_one_it_is_of,
);

const EVERYWHERE: Scope = Scope::Everywhere;

async fn a_draft_is_found_by_what_it_says_once_the_follower_has_seen_it(db: Db) {
    db.follow().await;
    db.draft(&promising("甲", 5)).await;
    let asked = query(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]);
    assert_eq!(db.ask_in(EVERYWHERE, &asked).await, []);
    assert_eq!(db.store.queries_due().await.unwrap().n_waiting, 1);
    db.follow().await;
    assert_eq!(db.ask_in(EVERYWHERE, &asked).await.len(), 1);
}

async fn a_draft_that_was_saved_is_found_by_what_it_says_now(db: Db) {
    let draft = db.draft(&promising("甲", 5)).await;
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]).await, ["甲"]);
    db.save_record(&draft, &promising("甲的新名", 7)).await;
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]).await, [""; 0]);
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(7)]))]).await, ["甲的新名"]);
    assert_eq!(db.ask(&[(keys::NAME, contains("新名"))]).await, ["甲的新名"]);
}

async fn what_was_decided_is_followed_by_its_events(db: Db) {
    let draft = db.draft(&coded("甲", &code(1))).await;
    assert_eq!(db.ask(&[(facts::OPEN, any_of(&["draft"]))]).await, ["甲"]);
    let waiting = db.step(&draft, Action::Submit).await;
    assert_eq!(db.ask(&[(facts::OPEN, any_of(&["draft"]))]).await, [""; 0]);
    assert_eq!(db.ask(&[(facts::DESK, any_of(&["department"]))]).await, ["甲"]);
    db.step(&waiting, Action::Return).await;
    assert_eq!(db.ask(&[(facts::OPEN, any_of(&["returned"]))]).await, ["甲"]);
    let live = db.published(&coded("乙", &code(2))).await;
    assert_eq!(db.ask(&[(facts::LIVE, any_of(&["published"]))]).await, ["乙"]);
    db.goes(&live, Operation::Withdraw).await;
    assert_eq!(db.ask(&[(facts::LIVE, Test::Filled)]).await, [""; 0]);
    assert_eq!(db.ask(&[(facts::ENDED, any_of(&["true"]))]).await, ["乙"]);
}

async fn a_body_that_moves_takes_its_items_along(db: Db) {
    let item = db.draft(&promising("甲", 5)).await.item;
    db.follow().await;
    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record("甲")).await.id;
    tx.mark_body_for_queries(body).await.unwrap();
    tx.commit().await.unwrap();
    db.by_hand(&format!("update body set region = '110101' where id = {body}")).await.unwrap();
    db.follow().await;
    let asked = query(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]);
    assert_eq!(db.ask_in(Scope::Region(region("11")), &asked).await, [item]);
    assert_eq!(db.ask_in(Scope::Region(region("62")), &asked).await, []);
    assert_eq!(db.ask_in(EVERYWHERE, &asked).await, [item], "it is found once");
}

async fn what_a_closed_body_had_is_found_with_its_successor(db: Db) {
    let directory = db.directory("社会组织登记").await;
    let (old, item) = (directory.body, db.seated("甲", under(&directory)).await.item);
    db.follow().await;
    let mut tx = db.store.begin().await.unwrap();
    let new = tx.add_body(region("620524"), &office("社会工作部", None)).await.unwrap().id;
    tx.close_body(old, new, TODAY).await.unwrap();
    let seats = tx.seated(EVERYWHERE, &[item]).await.unwrap();
    assert_eq!(seats[0].seat, Seat::default(), "a 目录 is its own office's");
    tx.commit().await.unwrap();
    db.follow().await;
    let asked = query(&[(keys::NAME, contains("甲"))]);
    assert_eq!(db.ask_in(Scope::Body(new), &asked).await, [item]);
    assert_eq!(db.ask_in(Scope::Body(old), &asked).await, []);
}

async fn queries_are_made_anew_at_will(db: Db) {
    for n in 0..120 {
        db.draft(&promising(&format!("事项{n}"), n % 4)).await;
    }
    let live = db.published(&coded("在用", &code(1))).await;
    db.follow().await;
    let rows = async |table: &str| db.number(&format!("select count(*) from {table}")).await;
    let before = (rows("query_item").await, rows("query_entry").await, rows("query_term").await);
    assert_eq!(before.0, 121);

    db.store.forget_queries().await.unwrap();
    assert_eq!(rows("query_entry").await, 0);
    assert!(db.store.queries_due().await.unwrap().is_rebuilding);
    let standards = Standards::shipped().unwrap();
    assert_eq!(db.store.follow_queries(&standards, TODAY, 50).await.unwrap(), Some(50));
    // What happens while it is being made anew is followed too.
    db.goes(&live, Operation::Suspend).await;
    db.follow().await;
    let after = (rows("query_item").await, rows("query_entry").await, rows("query_term").await);
    assert_eq!((after.0, after.1), (before.0, before.1));
    assert_eq!(db.ask(&[(facts::LIVE, any_of(&["suspended"]))]).await, ["在用"]);
}

async fn followers_at_the_same_time_lose_nothing(db: Db) {
    db.follow().await;
    let other = db.in_another_process().await;
    let writer = async {
        for n in 0..40 {
            let draft = db.draft(&promising(&format!("事项{n}"), 1)).await;
            db.save_record(&draft, &promising(&format!("事项{n}"), 2)).await;
        }
    };
    let follower = async |db: &Db| {
        let standards = Standards::shipped().unwrap();
        for _ in 0..40 {
            match db.store.follow_queries(&standards, TODAY, 3).await {
                Ok(_) | Err(crate::StoreError::Collided) => {}
                Err(err) => panic!("{err}"),
            }
        }
    };
    tokio::join!(writer, follower(&db), follower(&other));
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(2)]))]).await.len(), 40);
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(1)]))]).await.len(), 0);
    other.store.close().await;
}

async fn a_restored_catalogue_is_queried_as_the_one_it_is_of(db: Db) {
    db.draft(&promising("没有流转记录的", 5)).await;
    db.follow().await;
    let copy = super::backup::copy_of(&db.store).await;
    let restored = crate::Store::open(&db.empty_neighbour().await).await.unwrap();
    let standards = Standards::shipped().unwrap();
    // A site was open on the empty catalogue, and its follower had nothing to do.
    while restored.follow_queries(&standards, TODAY, 50).await.unwrap().is_some() {}
    super::backup::restore(&restored, &copy).await.unwrap();
    while restored.follow_queries(&standards, TODAY, 50).await.unwrap().is_some() {}
    let asked = query(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]);
    let page = restored.query(EVERYWHERE, &asked, None, 9).await.unwrap();
    assert_eq!(page.items.len(), 1);
    restored.close().await;
}
