//! What is kept of a draft while it is written, and who is at it.

use domain::{
    content::{Value, keys},
    edition::Edition,
    item::EditionId,
    people::{Officer, OfficerId, Role, Scope},
};
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{
    db::Db,
    sample::{code, coded, record},
};
use crate::{AT_WORK, Doing, OfficerAction, StoreError};

on_both!(
    what_a_save_lays_over_is_kept,
    of_a_hundred_savers_at_once_one_wins_and_the_others_are_told,
    a_hundred_savers_who_wait_for_each_other_all_save,
    old_saves_are_forgotten,
    a_draft_outside_the_scope_is_not_there,
    who_is_at_a_draft_is_known_for_a_while,
    a_draft_into_which_a_person_wrote_is_known,
);

const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);

fn is_stale<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Stale { .. }))
}

fn renamed(edition: &Edition, name: &str) -> domain::item::ItemRecord {
    let mut record = edition.record.clone();
    record.content.put(keys::NAME, Value::Text(name.into()));
    record
}

impl Db {
    async fn save_over(
        &self,
        edition: &Edition,
        name: &str,
        by: i64,
        now: OffsetDateTime,
    ) -> Result<Edition, StoreError> {
        let mut tx = self.store.begin().await?;
        let saved = tx.save_over(edition, &renamed(edition, name), OfficerId(by), now).await?;
        tx.commit().await?;
        Ok(saved)
    }

    async fn name_at(&self, edition: &Edition, revision: i64) -> Option<String> {
        let mut tx = self.store.begin().await.unwrap();
        let kept = tx.draft_at(edition, revision).await.unwrap();
        kept.map(|record| record.name().to_owned())
    }

    pub(super) async fn officer(&self, account: &str) -> OfficerId {
        let officer = Officer {
            id: OfficerId(0),
            account: account.into(),
            name: "录入岗".into(),
            scope: Scope::Everywhere,
            roles: vec![Role::Editor],
            must_change_password: false,
            stamp: 1,
            is_closed: false,
        };
        let doing = Doing { by: OfficerId(0), action: OfficerAction::Added, detail: "", at: NOW };
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.add_officer(&officer, "none", doing).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

async fn what_a_save_lays_over_is_kept(db: Db) {
    let first = db.draft(&record("养老机构备案")).await;
    let second = db.save_over(&first, "第二次写的", 7, NOW).await.unwrap();
    let third = db.save_over(&second, "第三次写的", 8, NOW).await.unwrap();
    assert_eq!(db.edition(first.id).await, third);
    assert_eq!(db.name_at(&third, 1).await.as_deref(), Some("养老机构备案"));
    assert_eq!(db.name_at(&third, 2).await.as_deref(), Some("第二次写的"));
    assert_eq!(db.name_at(&third, 3).await.as_deref(), Some("第三次写的"));
    assert_eq!(db.name_at(&third, 9).await, None);
    let saves = db.store.draft_saves(first.id).await.unwrap();
    let told: Vec<_> = saves.iter().map(|save| (save.over, save.by.0, save.at)).collect();
    assert_eq!(told, [(2, 8, NOW), (1, 7, NOW)]);
    assert!(is_stale(&db.save_over(&second, "晚了", 9, NOW).await));
    assert_eq!(db.store.draft_saves(first.id).await.unwrap().len(), 2, "nothing of it is kept");
}

async fn of_a_hundred_savers_at_once_one_wins_and_the_others_are_told(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let savers = (0..100).map(|n| {
        let (db, draft) = (db.clone(), draft.clone());
        tokio::spawn(async move { db.save_over(&draft, &format!("第{n}人"), n, NOW).await })
    });
    let mut won = Vec::new();
    for saver in savers.collect::<Vec<_>>() {
        match saver.await.unwrap() {
            Ok(saved) => won.push(saved),
            refused => assert!(is_stale(&refused), "{refused:?}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(db.edition(draft.id).await, won[0]);
    assert_eq!(db.store.draft_saves(draft.id).await.unwrap().len(), 1);
}

async fn a_hundred_savers_who_wait_for_each_other_all_save(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let savers = (0..100).map(|n| {
        let (db, id) = (db.clone(), draft.id);
        tokio::spawn(async move {
            let mut tx = db.store.begin().await.unwrap();
            let mine = tx.edition_to_save(Scope::Everywhere, id).await.unwrap().unwrap();
            let name = format!("{}，{n}", mine.record.name());
            tx.save_over(&mine, &renamed(&mine, &name), OfficerId(n), NOW).await.unwrap();
            tx.commit().await.unwrap();
        })
    });
    for saver in savers.collect::<Vec<_>>() {
        saver.await.unwrap();
    }
    let saved = db.edition(draft.id).await;
    assert_eq!(saved.revision, 101);
    let mut written: Vec<&str> = saved.record.name().split('，').skip(1).collect();
    written.sort_by_key(|text| text.parse::<u32>().unwrap());
    assert_eq!(written, (0..100).map(|n| n.to_string()).collect::<Vec<_>>());
}

async fn old_saves_are_forgotten(db: Db) {
    let left = db.draft(&coded("放下的", &code(1))).await;
    db.save_over(&left, "放下的草稿", 7, NOW - Duration::days(31)).await.unwrap();
    let mut draft = db.draft(&coded("在写的", &code(2))).await;
    for n in 0..103 {
        draft = db.save_over(&draft, &format!("第{n}次"), 7, NOW).await.unwrap();
    }
    assert_eq!(db.store.draft_saves(draft.id).await.unwrap().len(), 100);
    assert_eq!(db.name_at(&draft, 4).await.as_deref(), Some("第2次"));
    assert_eq!(db.name_at(&draft, 3).await, None);
    assert_eq!(db.store.draft_saves(left.id).await.unwrap(), []);
}

async fn a_draft_outside_the_scope_is_not_there(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let check = async |scope: Scope, is_there: bool| {
        let read = db.store.edition_within(scope, draft.id).await.unwrap();
        assert_eq!(read, is_there.then(|| draft.clone()), "{scope:?}");
        let mut tx = db.store.begin().await.unwrap();
        assert_eq!(tx.edition_to_save(scope, draft.id).await.unwrap(), read, "{scope:?}");
    };
    check(Scope::Everywhere, true).await;
    check(Scope::Region("620524".parse().unwrap()), true).await;
    check(Scope::Region("620525".parse().unwrap()), false).await;
    check(Scope::Body(domain::item::BodyId(404)), false).await;
    let nothing = db.store.edition_within(Scope::Everywhere, EditionId(404)).await;
    assert_eq!(nothing.unwrap(), None);
}

async fn who_is_at_a_draft_is_known_for_a_while(db: Db) {
    let draft = db.draft(&record("养老机构备案")).await;
    let (one, other) = (db.officer("one").await, db.officer("other").await);
    let sees = async |who: OfficerId, now: OffsetDateTime| {
        db.store.others_at_draft(draft.id, who, now).await.unwrap()
    };
    let opens = async |who: OfficerId, now: OffsetDateTime| {
        let mut tx = db.store.begin().await.unwrap();
        tx.at_draft(draft.id, who, now).await.unwrap();
        tx.commit().await.unwrap();
    };
    opens(one, NOW).await;
    assert_eq!(sees(one, NOW).await, [], "nobody is told of themselves");
    assert_eq!(sees(other, NOW).await, [one]);
    opens(one, NOW + Duration::minutes(5)).await;
    let later = NOW + AT_WORK + Duration::minutes(1);
    assert_eq!(sees(other, later).await, [one]);
    opens(other, later).await;
    assert_eq!(sees(one, later).await, [other]);
    assert_eq!(sees(other, later + AT_WORK).await, []);
}

async fn a_draft_into_which_a_person_wrote_is_known(db: Db) {
    let (brought, written) =
        (db.draft(&record("养老机构备案")).await, db.draft(&record("社会团体名称核准")).await);
    db.save_over(&written, "社会团体成立登记", 7, NOW).await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    let coded = domain::item::ItemRecord { code: Some(code(1)), ..brought.record.clone() };
    let amended = tx.amend_draft(&brought, &coded).await.unwrap();
    assert_eq!((amended.revision, &amended.record), (brought.revision + 1, &coded));
    assert!(is_stale(&tx.amend_draft(&brought, &coded).await), "as a save that comes late");
    let found = tx.written_in(&[brought.id, written.id]).await.unwrap();
    assert_eq!(Vec::from_iter(found), [written.id], "a code is nobody's writing");
    assert!(tx.written_in(&[]).await.unwrap().is_empty());
}
