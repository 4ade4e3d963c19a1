use domain::item::BodyRef;

use super::{
    db::Db,
    sample::{office, region},
};
use crate::StoreError;

on_both!(
    a_body_is_found_by_its_name_and_by_its_letters,
    what_a_body_lacks_is_filled_in_and_what_it_has_stays,
    the_bodies_of_a_region_are_those_of_its_subtree,
    letters_are_held_once_in_a_region,
    a_closed_body_keeps_its_name_and_gives_its_items_away,
);

async fn a_body_is_found_by_its_name_and_by_its_letters(db: Db) {
    let here = region("620524");
    let mut tx = db.store.begin().await.unwrap();
    let civil = tx.add_body(here, &office("民政局", Some("MZ"))).await.unwrap();
    let silent = tx.add_body(here, &office("教育局", None)).await.unwrap();
    assert_eq!(tx.body(here, "民政局").await.unwrap(), Some(civil.clone()));
    assert_eq!(tx.body(here, "教育局").await.unwrap(), Some(silent));
    assert_eq!(tx.body_with_letters(here, "MZ").await.unwrap(), Some(civil));
    assert_eq!(tx.body_with_letters(here, "JY").await.unwrap(), None);
    assert_eq!(tx.body(region("620523"), "民政局").await.unwrap(), None);
    assert_eq!(tx.body_with_letters(region("620523"), "MZ").await.unwrap(), None);
}

async fn what_a_body_lacks_is_filled_in_and_what_it_has_stays(db: Db) {
    let here = region("620524");
    let mut tx = db.store.begin().await.unwrap();
    let id = tx.add_body(here, &office("民政局", Some("MZ"))).await.unwrap().id;
    let fuller = |credit: &str, letters: &str| BodyRef {
        credit_code: Some(credit.into()),
        ..office("民政局", Some(letters))
    };
    for from in [fuller("11620524MB1", "XX"), fuller("另一个", "YY"), office("民政局", None)]
    {
        tx.complete_body(id, &from).await.unwrap();
        let body = tx.body(here, "民政局").await.unwrap().unwrap();
        assert_eq!(body.body, fuller("11620524MB1", "MZ"));
    }
}

async fn the_bodies_of_a_region_are_those_of_its_subtree(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    for (code, name) in
        [("620524", "县局"), ("620524100", "镇政府"), ("620500", "市局"), ("511602", "广安区局")]
    {
        tx.add_body(region(code), &office(name, None)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let check = async |place: Option<&str>, expected: &[&str]| {
        let bodies = db.store.bodies(place.map(region)).await.unwrap();
        let names: Vec<_> = bodies.iter().map(|it| it.body.name.as_str()).collect();
        assert_eq!(names, expected, "{place:?}");
    };
    check(None, &["县局", "镇政府", "市局", "广安区局"]).await;
    check(Some("620524"), &["县局", "镇政府"]).await;
    check(Some("6205"), &["县局", "镇政府", "市局"]).await;
    check(Some("630000"), &[]).await;
}

async fn letters_are_held_once_in_a_region(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    tx.add_body(region("620524"), &office("工商局", Some("GS"))).await.unwrap();
    tx.add_body(region("620523"), &office("工商局", Some("GS"))).await.unwrap();
    let refused = tx.add_body(region("620524"), &office("国税局", Some("GS"))).await;
    assert!(matches!(refused, Err(StoreError::Taken { constraint: "部门业务代码" })));
}

async fn a_closed_body_keeps_its_name_and_gives_its_items_away(db: Db) {
    let here = region("620524");
    let mut tx = db.store.begin().await.unwrap();
    let old = tx.add_body(here, &office("民政局", Some("MZ"))).await.unwrap().id;
    let new = tx.add_body(here, &office("社会工作部", None)).await.unwrap().id;
    let item = crate::Item {
        id: tx.new_item_id().await.unwrap(),
        body: old,
        standard: "wushan".into(),
        kind: "XK".into(),
        name: "示例许可".into(),
        code: Some("62052400MZ-XK-0001".into()),
        parent: None,
        position: None,
    };
    tx.add_items(&[item]).await.unwrap();
    tx.commit().await.unwrap();
    let scope = domain::people::Scope::Region(here);
    let kept = db.store.kept_bodies(scope).await.unwrap();
    assert_eq!((kept[0].n_items, kept[0].n_live, kept[0].has_codes), (1, 0, true));

    let mut tx = db.store.begin().await.unwrap();
    let on = time::macros::date!(2026 - 11 - 20);
    tx.close_body(old, new, on).await.unwrap();
    assert_eq!(tx.items_of(new).await.unwrap().len(), 1);
    let again = tx.close_body(old, new, on).await;
    assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
    drop(again);
    tx.commit().await.unwrap();
    let kept = db.store.kept_bodies(scope).await.unwrap();
    let told: Vec<_> = kept.iter().map(|it| (it.body.id, it.n_items, it.successor)).collect();
    assert_eq!(told, [(new, 1, None), (old, 0, Some(new))]);
    assert_eq!(kept[1].closed_on.as_deref(), Some("2026-11-20"));
    assert!(db.store.kept_bodies(domain::people::Scope::Body(new)).await.unwrap().len() == 1);
}
