use domain::people::{LOCKED_FOR, Officer, OfficerId, Role, Scope};
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{
    db::Db,
    sample::{office, region},
};
use crate::{Doing, IDLE, LONGEST, OfficerAction, StoreError};

on_both!(
    an_account_is_found_by_its_name_and_held_once,
    an_account_is_seen_within_its_scope_alone,
    the_fifth_wrong_password_in_a_row_locks_an_account_for_a_while,
    tries_made_at_once_are_all_counted,
    a_session_ends_by_itself_and_by_a_change_of_its_officer,
    what_is_done_to_an_account_is_written_down,
);

const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);

fn officer(account: &str, scope: Scope) -> Officer {
    Officer {
        id: OfficerId(0),
        account: account.into(),
        name: "录入岗".into(),
        scope,
        roles: vec![Role::Editor, Role::Reviewer { desk: "department".into() }],
        must_change_password: true,
        stamp: 1,
        is_closed: false,
    }
}

fn doing(action: OfficerAction) -> Doing<'static> {
    Doing { by: OfficerId(0), action, detail: "", at: NOW }
}

async fn add(db: &Db, account: &str, scope: Scope) -> Officer {
    let officer = officer(account, scope);
    let mut tx = db.store.begin().await.unwrap();
    let id = tx.add_officer(&officer, "hash", doing(OfficerAction::Added)).await.unwrap();
    tx.commit().await.unwrap();
    Officer { id, ..officer }
}

async fn an_account_is_found_by_its_name_and_held_once(db: Db) {
    assert!(!db.store.has_officers().await.unwrap());
    let one = add(&db, "wsmz-01", Scope::Region(region("620524"))).await;
    assert!(db.store.has_officers().await.unwrap());
    let found = db.store.credentials("wsmz-01").await.unwrap().unwrap();
    assert_eq!((found.officer, found.password_hash.as_str()), (one, "hash"));
    assert!(db.store.credentials("WSMZ-01").await.unwrap().is_none());
    let mut tx = db.store.begin().await.unwrap();
    let again = officer("wsmz-01", Scope::Everywhere);
    let refused = tx.add_officer(&again, "other", doing(OfficerAction::Added)).await;
    assert!(matches!(refused, Err(StoreError::Taken { constraint: "账号" })), "{refused:?}");
}

async fn an_account_is_seen_within_its_scope_alone(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let here = tx.add_body(region("620524"), &office("民政局", None)).await.unwrap().id;
    let next = tx.add_body(region("620524"), &office("教育局", None)).await.unwrap().id;
    tx.commit().await.unwrap();
    add(&db, "civil", Scope::Body(here)).await;
    add(&db, "county", Scope::Region(region("620524"))).await;
    add(&db, "city", Scope::Region(region("620500"))).await;
    add(&db, "all", Scope::Everywhere).await;
    let check = async |scope, expected: &[&str]| {
        let found = db.store.officers(scope).await.unwrap();
        let accounts: Vec<&str> = found.iter().map(|it| it.account.as_str()).collect();
        assert_eq!(accounts, expected, "{scope:?}");
    };
    check(Scope::Everywhere, &["all", "city", "civil", "county"]).await;
    check(Scope::Region(region("620500")), &["city", "civil", "county"]).await;
    check(Scope::Region(region("620524")), &["civil", "county"]).await;
    check(Scope::Region(region("620525")), &[]).await;
    check(Scope::Body(here), &["civil"]).await;
    check(Scope::Body(next), &[]).await;
}

async fn the_fifth_wrong_password_in_a_row_locks_an_account_for_a_while(db: Db) {
    let id = add(&db, "civil", Scope::Everywhere).await.id;
    let try_at = async |at: OffsetDateTime| {
        let mut tx = db.store.begin().await.unwrap();
        let may = tx.begin_try(id, at).await.unwrap();
        tx.commit().await.unwrap();
        may
    };
    for n in 0..5 {
        assert!(try_at(NOW + Duration::seconds(n)).await, "try {n}");
    }
    assert!(!try_at(NOW + Duration::seconds(5)).await);
    let locked = db.store.officer_log(id).await.unwrap();
    assert_eq!(locked[0].action, OfficerAction::Locked);
    let over = NOW + Duration::seconds(4) + LOCKED_FOR;
    assert!(!try_at(over - Duration::seconds(1)).await);
    assert!(try_at(over).await);
    assert_eq!(db.store.credentials("civil").await.unwrap().unwrap().failures, 1, "begun anew");
    let mut tx = db.store.begin().await.unwrap();
    tx.end_tries(id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.credentials("civil").await.unwrap().unwrap().failures, 0);
}

async fn tries_made_at_once_are_all_counted(db: Db) {
    let id = add(&db, "civil", Scope::Everywhere).await.id;
    let tries = (0..20).map(|_| {
        let store = db.store.clone();
        tokio::spawn(async move {
            loop {
                let mut tx = store.begin().await.unwrap();
                match tx.begin_try(id, NOW).await {
                    Ok(may) => match tx.commit().await {
                        Ok(()) => return may,
                        Err(StoreError::Collided) => {}
                        Err(other) => panic!("{other}"),
                    },
                    Err(StoreError::Collided) => {}
                    Err(other) => panic!("{other}"),
                }
            }
        })
    });
    let mut n_allowed = 0;
    for attempt in tries.collect::<Vec<_>>() {
        n_allowed += usize::from(attempt.await.unwrap());
    }
    assert_eq!(n_allowed, 5);
}

async fn a_session_ends_by_itself_and_by_a_change_of_its_officer(db: Db) {
    let officer = add(&db, "civil", Scope::Everywhere).await;
    let begin = async |token: &str, officer: &Officer| {
        let mut tx = db.store.begin().await.unwrap();
        tx.begin_session(token, officer, NOW).await.unwrap();
        tx.commit().await.unwrap();
    };
    let is_in = async |token: &str, at| db.store.signed_in(token, at).await.unwrap().is_some();
    begin("one", &officer).await;
    assert!(is_in("one", NOW + Duration::minutes(29)).await);
    assert!(is_in("one", NOW + Duration::minutes(58)).await, "it was seen in between");
    assert!(!is_in("one", NOW + Duration::minutes(58) + IDLE + Duration::minutes(1)).await);
    assert!(!is_in("one", NOW + LONGEST + Duration::minutes(1)).await);
    assert!(!is_in("two", NOW).await);

    let mut tx = db.store.begin().await.unwrap();
    let fewer = Officer { roles: vec![Role::Supervisor], ..officer.clone() };
    tx.change_officer(&fewer, doing(OfficerAction::Changed)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!is_in("one", NOW).await, "a change of roles ends what was begun before");

    let changed = db.store.credentials("civil").await.unwrap().unwrap().officer;
    assert_eq!(changed.roles, [Role::Supervisor]);
    begin("three", &changed).await;
    let mut tx = db.store.begin().await.unwrap();
    let doing = doing(OfficerAction::PasswordChanged);
    tx.set_password(changed.id, "new", false, doing).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!is_in("three", NOW).await, "so does a new password");

    let changed = db.store.credentials("civil").await.unwrap().unwrap().officer;
    begin("four", &changed).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.end_session("four").await.unwrap();
    tx.commit().await.unwrap();
    assert!(!is_in("four", NOW).await);

    let mut tx = db.store.begin().await.unwrap();
    let stale = tx.change_officer(&officer, self::doing(OfficerAction::Closed)).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
}

async fn what_is_done_to_an_account_is_written_down(db: Db) {
    let officer = add(&db, "civil", Scope::Everywhere).await;
    let mut tx = db.store.begin().await.unwrap();
    let detail = "增加角色 publisher";
    let doing = Doing {
        by: OfficerId(3),
        action: OfficerAction::Changed,
        detail,
        at: NOW + Duration::hours(1),
    };
    tx.change_officer(&officer, doing).await.unwrap();
    tx.commit().await.unwrap();
    let log = db.store.officer_log(officer.id).await.unwrap();
    let said: Vec<_> = log.iter().map(|it| (it.by.0, it.action, it.detail.as_str())).collect();
    assert_eq!(said, [(3, OfficerAction::Changed, detail), (0, OfficerAction::Added, "")]);
    assert_eq!(log[0].at, "2026-11-20T05:00:00Z");
    assert_eq!(
        db.store.officer_names(&[officer.id]).await.unwrap(),
        [(officer.id, "录入岗".to_owned())]
    );
}
