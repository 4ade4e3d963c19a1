//! What administrators write for officers, and officers to administrators.

use domain::{
    item::BodyId,
    people::{Officer, OfficerId, Role, Scope},
};

use super::{
    db::Db,
    sample::{NOW, office, region},
};
use crate::{Doing, HelpDocument, OfficerAction, Saving, StoreError};

on_both!(
    a_help_document_is_read_below_and_changed_by_its_own,
    a_suggestion_is_seen_within_its_scope_and_by_who_wrote_it,
    an_answer_that_was_given_stands,
);

impl Db {
    async fn talker(&self, account: &str, scope: Scope) -> Saving {
        let officer = Officer {
            id: OfficerId(0),
            account: account.into(),
            name: format!("{account}的岗位"),
            scope,
            roles: vec![Role::Editor],
            must_change_password: false,
            stamp: 1,
            is_closed: false,
        };
        let mut tx = self.store.begin().await.unwrap();
        let doing = Doing { by: OfficerId(0), action: OfficerAction::Added, detail: "", at: NOW };
        let by = tx.add_officer(&officer, "none", doing).await.unwrap();
        tx.commit().await.unwrap();
        Saving { by, at: NOW }
    }

    async fn civil(&self) -> BodyId {
        let mut tx = self.store.begin().await.unwrap();
        let body = tx.add_body(region("620524"), &office("民政局", None)).await.unwrap();
        tx.commit().await.unwrap();
        body.id
    }

    async fn suggests(&self, scope: Scope, writing: Saving) -> i64 {
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.add_suggestion(scope, ("慢", "打开很慢"), writing).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

async fn a_help_document_is_read_below_and_changed_by_its_own(db: Db) {
    let (county, body) = (Scope::Region(region("620524")), Scope::Body(db.civil().await));
    let saving = db.talker("管理员", county).await;
    let document = |title: &str, position| HelpDocument {
        title: title.into(),
        text: "怎么办".into(),
        position,
    };
    let mut tx = db.store.begin().await.unwrap();
    tx.keep(county, &document("后看", 2), saving).await.unwrap();
    tx.keep(county, &document("先看", 1), saving).await.unwrap();
    tx.commit().await.unwrap();
    let read = async |scope| {
        let found = db.store.kept::<HelpDocument>(scope).await.unwrap();
        found.into_iter().map(|it| (it.entry.title, it.is_own)).collect::<Vec<_>>()
    };
    let both = |own| vec![("先看".to_owned(), own), ("后看".to_owned(), own)];
    assert_eq!(read(county).await, both(true));
    assert_eq!(read(body).await, both(false));
    assert_eq!(read(Scope::Region(region("620525"))).await, []);

    let old = db.store.kept::<HelpDocument>(county).await.unwrap().remove(0);
    let mut tx = db.store.begin().await.unwrap();
    tx.correct(&old, &document("改过", 1), saving).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    let stale = tx.remove(&old).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
    drop(tx);
    let now = db.store.kept_one::<HelpDocument>(body, old.id).await.unwrap().unwrap();
    let mut tx = db.store.begin().await.unwrap();
    tx.remove(&now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.kept_one::<HelpDocument>(county, old.id).await.unwrap(), None);
}

async fn a_suggestion_is_seen_within_its_scope_and_by_who_wrote_it(db: Db) {
    let (county, body) = (Scope::Region(region("620524")), Scope::Body(db.civil().await));
    let elsewhere = Scope::Region(region("620525"));
    let clerk = db.talker("录入", body).await;
    let other = db.talker("别人", elsewhere).await;
    let id = db.suggests(body, clerk).await;
    let sees = async |scope, officer: Saving| {
        let listed = db.store.suggestions(scope, officer.by, None, 50).await.unwrap().len();
        let one = db.store.suggestion(scope, officer.by, id).await.unwrap();
        assert_eq!(listed == 1, one.is_some());
        one.is_some()
    };
    assert!(sees(body, clerk).await);
    assert!(sees(county, other).await, "the county's administrator");
    assert!(!sees(elsewhere, other).await);
    assert!(sees(elsewhere, clerk).await, "the writer, wherever they went");
    let before = db.store.suggestions(county, other.by, Some(id), 50).await.unwrap();
    assert_eq!(before, []);
}

async fn an_answer_that_was_given_stands(db: Db) {
    let county = Scope::Region(region("620524"));
    let (clerk, administrator) = (db.talker("录入", county).await, db.talker("管理", county).await);
    let id = db.suggests(county, clerk).await;
    for (answer, is_first) in [("已经加了内存", true), ("另一个答复", false)] {
        let mut tx = db.store.begin().await.unwrap();
        let done = tx.answer_suggestion(id, answer, administrator).await;
        assert_eq!(done.is_ok(), is_first, "{done:?}");
        if is_first {
            tx.commit().await.unwrap();
        }
    }
    let known = db.store.suggestion(county, clerk.by, id).await.unwrap().unwrap();
    let answer = known.answer.unwrap();
    assert_eq!((answer.text.as_str(), answer.by.as_str()), ("已经加了内存", "管理的岗位"));
    assert_eq!(known.writer, "录入的岗位");
}
