//! 文库: entries are shared as far as they reach, and what uses them is found.

use domain::{
    content::Value,
    item::ItemRecord,
    library::{Article, ArticleNumber, Law, Place, Shelf, System},
    people::{OfficerId, Scope},
    query::facts,
    standard::Standards,
};
use time::{Date, macros::date};

use super::{
    db::Db,
    query::any_of,
    sample::{NOW, TODAY, code, coded, office, region},
};
use crate::{Kept, LawFilter, NewAttachment, Saving, StoreError};

on_both!(
    a_law_is_kept_once_with_its_articles,
    laws_are_found_by_parts_of_title_and_number,
    an_article_is_left_or_written_over_as_asked,
    a_stale_change_of_a_law_is_refused,
    the_laws_that_items_cite_are_gathered_once,
    what_is_known_of_a_law_reaches_the_findings_of_what_cites_it,
    what_uses_an_entry_is_found_within_scope,
    an_entry_is_used_by_all_it_is_kept_for_and_changed_by_its_own,
    attachments_are_listed_newest_first_and_known_by_hash,
);

const SAVING: Saving = Saving { by: OfficerId(7), at: NOW };

fn law(title: &str, number: &str) -> Law {
    Law { title: title.into(), number: Some(number.into()), ..Law::default() }
}

fn article(number: &str, text: &str, effective_on: Option<Date>) -> Article {
    let number = ArticleNumber::parse(number).unwrap();
    Article { number, text: text.into(), effective_on, repealed_on: None }
}

fn citing(name: &str, number: u32, law: &str, clause: &str) -> ItemRecord {
    let mut record = coded(name, &code(number));
    let basis = serde_json::json!([{"id": "r1", "law": law, "clause": clause}]);
    record.content.put("basis", serde_json::from_value::<Value>(basis).unwrap());
    record
}

impl Db {
    async fn has_law(&self, law: &Law) -> i64 {
        let mut tx = self.store.begin().await.unwrap();
        let id = tx.add_law(law, SAVING).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn titles(&self, filter: LawFilter<'_>) -> Vec<String> {
        let laws = self.store.laws(&filter, 50).await.unwrap();
        laws.into_iter().map(|it| it.law.title).collect()
    }

    async fn using(&self, scope: Scope, shelf: Shelf, entry: &str) -> Vec<String> {
        self.follow().await;
        let (found, _) = self.store.using(scope, shelf, entry, None, 50).await.unwrap();
        found.iter().map(|it| it.current.record.name().to_owned()).collect()
    }
}

async fn a_law_is_kept_once_with_its_articles(db: Db) {
    let (old, new) = (Some(date!(2010 - 1 - 1)), Some(date!(2020 - 1 - 1)));
    let known = Law {
        issuer: Some("国务院".into()),
        kind: Some("2".into()),
        effective_on: old,
        articles: vec![article("第二条", "旧文", old), article("第二条", "新文", new)],
        ..law("示例条例", "国务院令第1号")
    };
    let id = db.has_law(&known).await;
    let kept = db.store.law(id).await.unwrap().unwrap();
    assert_eq!((kept.law, kept.n_articles, kept.is_gathered), (known.clone(), 2, false));
    let mut tx = db.store.begin().await.unwrap();
    let again = tx.add_law(&law("《示例条例》", "国务院令第 1 号"), SAVING).await;
    assert!(matches!(again, Err(StoreError::Taken { constraint: "法律法规" })), "{again:?}");
    drop(tx);
    db.has_law(&law("示例条例", "国务院令第2号")).await;
    assert_eq!(db.titles(LawFilter { words: "示例条例", ..LawFilter::default() }).await.len(), 2);
    assert_eq!(db.store.law(id + 999).await.unwrap(), None);
}

async fn laws_are_found_by_parts_of_title_and_number(db: Db) {
    db.has_law(&law("乙条例", "国务院令第1号")).await;
    db.has_law(&Law { repealed_on: Some(TODAY), ..law("甲办法", "部令〔2020〕2号") }).await;
    db.has_law(&law("丙_条例", "国务院令第3号")).await;
    let check = async |words: &str, expected: &[&str]| {
        let found = db.titles(LawFilter { words, ..LawFilter::default() }).await;
        assert_eq!(found, expected, "{words}");
    };
    check("条例", &["丙_条例", "乙条例"]).await;
    check("条例 第1号", &["乙条例"]).await;
    check("[2020]2号", &["甲办法"]).await;
    check("_", &["丙_条例"]).await;
    check("%", &[]).await;
    let repealed = LawFilter { repealed_on: Some(TODAY), ..LawFilter::default() };
    assert_eq!(db.titles(repealed).await, ["甲办法"]);
    let first = db.store.laws(&LawFilter::default(), 1).await.unwrap().remove(0);
    let rest = LawFilter { after: Some(first.id), ..LawFilter::default() };
    assert_eq!(db.titles(rest).await.len(), 2);
}

async fn an_article_is_left_or_written_over_as_asked(db: Db) {
    let id = db.has_law(&law("示例条例", "")).await;
    let put = async |text: &str, over: bool| {
        let mut tx = db.store.begin().await.unwrap();
        tx.put_articles(id, &[article("第一条", text, None)], over).await.unwrap();
        tx.commit().await.unwrap();
        let kept = db.store.law(id).await.unwrap().unwrap();
        kept.law.articles[0].text.clone()
    };
    assert_eq!(put("先写的", false).await, "先写的");
    assert_eq!(put("后写的", false).await, "先写的");
    assert_eq!(put("更正的", true).await, "更正的");
    let mut tx = db.store.begin().await.unwrap();
    tx.remove_article(id, ArticleNumber::parse("1").unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.law(id).await.unwrap().unwrap().n_articles, 0);
}

async fn a_stale_change_of_a_law_is_refused(db: Db) {
    let id = db.has_law(&law("示例条例", "")).await;
    let old = db.store.law(id).await.unwrap().unwrap();
    let new = law("示例条例", "国务院令第9号");
    for is_first in [true, false] {
        let mut tx = db.store.begin().await.unwrap();
        let changed = tx.change_law(&old, &new, SAVING).await;
        assert_eq!(changed.is_ok(), is_first, "{changed:?}");
        match changed {
            Ok(()) => tx.commit().await.unwrap(),
            Err(error) => assert!(matches!(error, StoreError::Stale { .. }), "{error}"),
        }
    }
    assert_eq!(db.store.law(id).await.unwrap().unwrap().law, new);
}

async fn the_laws_that_items_cite_are_gathered_once(db: Db) {
    db.published(&citing("甲", 1, "《示例条例》", "第九条")).await;
    db.published(&citing("乙", 2, "示例条例", "第十条")).await;
    db.published(&citing("丙", 3, "示例办法", "")).await;
    let standards = Standards::shipped().unwrap();
    assert_eq!(db.store.gather_laws(&standards, SAVING).await.unwrap(), 2);
    assert_eq!(db.store.gather_laws(&standards, SAVING).await.unwrap(), 0);
    let gathered = LawFilter { only_gathered: true, ..LawFilter::default() };
    assert_eq!(db.titles(gathered.clone()).await, ["示例办法", "示例条例"]);
    let laws = db.store.laws(&gathered, 50).await.unwrap();
    assert_eq!(laws[1].n_articles, 2);
    // One that was looked at takes nothing more from items.
    let mut tx = db.store.begin().await.unwrap();
    tx.change_law(&laws[1], &laws[1].law, SAVING).await.unwrap();
    tx.commit().await.unwrap();
    db.published(&citing("丁", 4, "示例条例", "第十一条")).await;
    db.store.gather_laws(&standards, SAVING).await.unwrap();
    assert_eq!(db.store.law(laws[1].id).await.unwrap().unwrap().n_articles, 2);
    assert_eq!(db.titles(gathered).await, ["示例办法"]);
}

async fn what_is_known_of_a_law_reaches_the_findings_of_what_cites_it(db: Db) {
    db.published(&citing("甲", 1, "示例条例", "第九条")).await;
    let broken = async || db.ask(&[(facts::FINDING, any_of(&["q17"]))]).await;
    let unknown = async || db.ask(&[(facts::FINDING, any_of(&["q17b"]))]).await;
    assert_eq!((broken().await.len(), unknown().await.len()), (0, 0), "no library, no word");
    db.has_law(&law("别的条例", "")).await;
    let id = db.has_law(&law("示例条例", "")).await;
    assert_eq!((broken().await.len(), unknown().await.len()), (0, 0));
    let old = db.store.law(id).await.unwrap().unwrap();
    let repealed = Law { repealed_on: Some(TODAY), ..old.law.clone() };
    let mut tx = db.store.begin().await.unwrap();
    tx.change_law(&old, &repealed, SAVING).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(broken().await, ["甲"]);
}

async fn what_uses_an_entry_is_found_within_scope(db: Db) {
    db.published(&citing("甲", 1, "《示例条例》", "")).await;
    let using = async |scope, entry: &str| db.using(scope, Shelf::Laws, entry).await;
    assert_eq!(using(Scope::Everywhere, "示例条例").await, ["甲"]);
    assert_eq!(using(Scope::Region(region("620524")), "示例条例").await, ["甲"]);
    assert_eq!(using(Scope::Region(region("511603")), "示例条例").await, [""; 0]);
    assert_eq!(using(Scope::Everywhere, "别的条例").await, [""; 0]);
}

async fn an_entry_is_used_by_all_it_is_kept_for_and_changed_by_its_own(db: Db) {
    let mut tx = db.store.begin().await.unwrap();
    let civil = tx.add_body(region("620524"), &office("民政局", None)).await.unwrap().id;
    let schools = tx.add_body(region("620524"), &office("教育局", None)).await.unwrap().id;
    let place =
        |name: &str| Place { name: name.into(), address: "示例路".into(), ..Place::default() };
    for (owner, name) in [
        (Scope::Everywhere, "全国"),
        (Scope::Region(region("620000")), "省"),
        (Scope::Region(region("620524")), "县"),
        (Scope::Body(civil), "民政局"),
    ] {
        tx.keep(owner, &place(name), SAVING).await.unwrap();
        let system = System { name: name.into(), ..System::default() };
        tx.keep(owner, &system, SAVING).await.unwrap();
    }
    tx.commit().await.unwrap();
    let check = async |scope: Scope, usable: &[&str], own: &[&str]| {
        let mut places = db.store.kept::<Place>(scope).await.unwrap();
        places.sort_by_key(|it| it.id);
        let names = |kept: &mut dyn Iterator<Item = &Kept<Place>>| {
            kept.map(|it| it.entry.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(&mut places.iter()), usable, "{scope:?}");
        assert_eq!(names(&mut places.iter().filter(|it| it.is_own)), own, "{scope:?}");
        assert_eq!(db.store.kept::<System>(scope).await.unwrap().len(), usable.len());
        for place in &places {
            let one = db.store.kept_one::<Place>(scope, place.id).await.unwrap();
            assert_eq!(one.as_ref(), Some(place));
        }
    };
    let all = ["全国", "省", "县", "民政局"];
    check(Scope::Everywhere, &all, &all).await;
    check(Scope::Region(region("620524")), &all, &["县", "民政局"]).await;
    check(Scope::Body(civil), &all, &["民政局"]).await;
    check(Scope::Body(schools), &["全国", "省", "县"], &[]).await;
    check(Scope::Region(region("620525")), &["全国", "省"], &[]).await;
    check(Scope::Region(region("511603")), &["全国"], &[]).await;

    let old = db.store.kept::<Place>(Scope::Body(civil)).await.unwrap();
    let old = old.into_iter().find(|it| it.is_own).unwrap();
    for is_first in [true, false] {
        let mut tx = db.store.begin().await.unwrap();
        let changed = tx.correct(&old, &place("民政局新址"), SAVING).await;
        assert_eq!(changed.is_ok(), is_first);
        if is_first {
            tx.commit().await.unwrap();
        }
    }
}

async fn attachments_are_listed_newest_first_and_known_by_hash(db: Db) {
    let (hash, here) = ("a".repeat(64), Scope::Region(region("620524")));
    let mut tx = db.store.begin().await.unwrap();
    let mut ids = Vec::new();
    for name in ["申请表.docx", "样表.docx", "说明.pdf"] {
        let new = NewAttachment { hash: &hash, name, media_type: "application/pdf", size_bytes: 9 };
        ids.push(tx.add_attachment(here, new, SAVING).await.unwrap());
    }
    tx.commit().await.unwrap();
    let names = async |words: &str, before| {
        let found = db.store.attachments(here, words, before, 50).await.unwrap();
        found.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names("", None).await, ["说明.pdf", "样表.docx", "申请表.docx"]);
    assert_eq!(names("表 docx", None).await, ["样表.docx", "申请表.docx"]);
    assert_eq!(names("", Some(ids[1])).await, ["申请表.docx"]);
    let known = db.store.media_type(&hash).await.unwrap();
    assert_eq!(known.as_deref(), Some("application/pdf"));
    assert_eq!(db.store.media_type(&"b".repeat(64)).await.unwrap(), None);
    assert!(db.store.attachment(here, ids[0]).await.unwrap().is_some());
    let elsewhere = Scope::Region(region("511603"));
    assert_eq!(db.store.attachment(elsewhere, ids[0]).await.unwrap(), None);
}
