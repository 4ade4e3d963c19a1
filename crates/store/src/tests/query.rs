//! 综合查询: what is asked is answered by what items say, wherever the asker may look.

use domain::{
    content::{Limit, Value, keys},
    edition::Edition,
    item::{BodyId, ItemId, ItemRecord},
    people::{OfficerId, Scope},
    query::{Condition, Query, Test, facts, spell, spell_text, words},
    standard::{Operation, Standards},
};

use super::{
    db::Db,
    sample::{NOW, TODAY, body_of, code, coded, office, record, region},
};
use crate::{Due, QueryKey};

on_both!(
    conditions_are_all_kept_to,
    each_way_of_comparing_finds_the_same_as_looking_at_each_item,
    a_code_is_found_by_any_beginning,
    an_item_is_asked_about_by_the_edition_in_force,
    findings_are_asked_about_by_their_rule,
    pages_go_by_region_body_and_item_and_hold_each_once,
    a_question_about_few_among_many_ends_early_and_goes_on,
    nobody_is_answered_beyond_their_scope,
    an_officers_queries_are_kept_for_that_officer,
    what_is_found_comes_with_both_editions,
);

const EVERYWHERE: Scope = Scope::Everywhere;

impl Db {
    pub(super) async fn follow(&self) {
        let standards = Standards::shipped().unwrap();
        while self.store.follow_queries(&standards, TODAY, 50).await.unwrap().is_some() {}
        assert_eq!(self.store.queries_due().await.unwrap(), Due::default());
    }

    pub(super) async fn ask_in(&self, scope: Scope, query: &Query) -> Vec<ItemId> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.query(scope, query, after, 3).await.unwrap();
            all.extend(page.items);
            let Some(next) = page.next else { return all };
            after = QueryKey::parse(&next.to_text());
            assert_eq!(after, Some(next));
        }
    }

    pub(super) async fn ask(&self, conditions: &[(&str, Test)]) -> Vec<String> {
        self.follow().await;
        let items = self.ask_in(EVERYWHERE, &query(conditions)).await;
        self.names_of(&items).await
    }

    async fn names_of(&self, items: &[ItemId]) -> Vec<String> {
        let found = self.store.found(EVERYWHERE, items).await.unwrap();
        assert_eq!(found.len(), items.len());
        found.iter().map(|it| it.current.record.name().to_owned()).collect()
    }

    pub(super) async fn save_record(&self, draft: &Edition, record: &ItemRecord) -> Edition {
        let mut tx = self.store.begin().await.unwrap();
        let saved = tx.save_draft(draft, record, OfficerId(7), NOW).await.unwrap();
        tx.commit().await.unwrap();
        saved
    }
}

pub(super) fn query(conditions: &[(&str, Test)]) -> Query {
    let each = |(key, test): &(&str, Test)| Condition { key: (*key).into(), test: test.clone() };
    Query { conditions: conditions.iter().map(each).collect(), ..Query::default() }
}

pub(super) fn any_of(values: &[&str]) -> Test {
    Test::AnyOf(values.iter().map(|it| (*it).to_owned()).collect())
}

pub(super) fn contains(text: &str) -> Test {
    Test::Contains(text.into())
}

pub(super) fn days(days: u32) -> String {
    spell(&Value::Limit(Limit::working_days(days))).remove(0)
}

fn with(name: &str, values: &[(&str, Value)]) -> ItemRecord {
    let mut record = record(name);
    values.iter().for_each(|(key, value)| record.content.put(key, value.clone()));
    record
}

pub(super) fn promising(name: &str, n: u32) -> ItemRecord {
    with(name, &[(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(n)))])
}

async fn conditions_are_all_kept_to(db: Db) {
    for (name, n, charged) in
        [("甲登记", 5, true), ("乙登记", 5, false), ("丙登记", 9, true), ("丁许可", 5, true)]
    {
        let mut record = promising(name, n);
        record.content.put(keys::CHARGED, Value::Flag(charged));
        db.draft(&record).await;
    }
    let five = (keys::PROMISED_LIMIT, any_of(&[&days(5)]));
    let charged = (keys::CHARGED, any_of(&["true"]));
    let named = (keys::NAME, contains("登记"));
    let check = async |conditions: &[(&str, Test)], expected: &[&str]| {
        assert_eq!(db.ask(conditions).await, expected, "{conditions:?}");
    };
    check(&[], &["甲登记", "乙登记", "丙登记", "丁许可"]).await;
    check(std::slice::from_ref(&five), &["甲登记", "乙登记", "丁许可"]).await;
    check(&[five.clone(), charged.clone()], &["甲登记", "丁许可"]).await;
    check(&[five.clone(), charged.clone(), named.clone()], &["甲登记"]).await;
    check(&[five, charged, (facts::KIND, any_of(&["qr"]))], &[]).await;
    let both = words("登记 乙");
    db.follow().await;
    let items = db.ask_in(EVERYWHERE, &Query { conditions: both, ..Query::default() }).await;
    assert_eq!(db.names_of(&items).await, ["乙登记"]);
}

async fn each_way_of_comparing_finds_the_same_as_looking_at_each_item(db: Db) {
    let mut records = Vec::new();
    for n in 0..12_u32 {
        let mut record = coded(&format!("事项{n}_100%"), &code(n + 1));
        if n % 3 != 0 {
            record.content.put(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(n)));
        }
        if n % 2 == 0 {
            let objects = ["1", "2"].iter().take(1 + n as usize % 4).map(|it| (*it).to_owned());
            record.content.put(keys::OBJECTS, Value::Codes(objects.collect()));
        }
        record.content.put(keys::CONSULT, Value::Text(format!("0938-342{n:04}")));
        db.draft(&record).await;
        records.push(record);
    }
    let said = |record: &ItemRecord, key: &str| -> std::collections::BTreeSet<String> {
        match key {
            facts::CODE => record.code.iter().map(|it| spell_text(it)).collect(),
            key => record.content.get(key).map(spell).unwrap_or_default().into_iter().collect(),
        }
    };
    let between = |from: Option<u32>, to: Option<u32>| Test::Between {
        from: from.map(days),
        to: to.map(days),
    };
    let tests = [
        (keys::PROMISED_LIMIT, between(Some(4), Some(8))),
        (keys::PROMISED_LIMIT, between(None, Some(2))),
        (keys::PROMISED_LIMIT, between(Some(11), None)),
        (keys::PROMISED_LIMIT, Test::Filled),
        (keys::PROMISED_LIMIT, Test::Empty),
        (keys::OBJECTS, any_of(&["1", "2"])),
        (keys::OBJECTS, any_of(&["2"])),
        (keys::OBJECTS, Test::Empty),
        (keys::NAME, contains("_100%")),
        (keys::NAME, contains("_1_")),
        (keys::NAME, Test::Begins("事项1".into())),
        (keys::CONSULT, any_of(&["0938-3420003"])),
        (keys::CONSULT, Test::Begins("0938".into())),
        (facts::CODE, Test::Begins("62052400mz".into())),
        (facts::CODE, contains("xk-0002")),
        (facts::CODE, Test::Filled),
    ];
    for (key, test) in tests {
        let expected: Vec<&str> = records
            .iter()
            .filter(|it| test.holds(Some(&said(it, key))))
            .map(ItemRecord::name)
            .collect();
        assert_eq!(db.ask(&[(key, test.clone())]).await, expected, "{key} {test:?}");
        // The same beside a condition that all fit, so that one of them is probed for.
        let both = [(key, test.clone()), (facts::KIND, any_of(&["xk"]))];
        assert_eq!(db.ask(&both).await, expected, "{key} {test:?}");
    }
}

async fn a_code_is_found_by_any_beginning(db: Db) {
    db.draft(&coded("甲", "62052400MZ-XK-0001")).await;
    db.draft(&coded("乙", "62052400MZ-XK-0002")).await;
    let code = spell_text("62052400MZ-XK-0001");
    for n in 1..code.len() {
        let found = db.ask(&[(facts::CODE, Test::Begins(code[..n].to_owned()))]).await;
        assert_eq!(found, ["甲", "乙"], "{n} characters");
    }
    assert_eq!(db.ask(&[(facts::CODE, Test::Begins(code.clone()))]).await, ["甲"]);
    assert_eq!(db.ask(&[(facts::CODE, any_of(&[&code]))]).await, ["甲"]);
    assert_eq!(db.ask(&[(facts::CODE, any_of(&["62052400mz-xk"]))]).await, [""; 0]);
}

async fn an_item_is_asked_about_by_the_edition_in_force(db: Db) {
    let mut record = promising("甲", 5);
    record.code = Some(code(1));
    let live = db.published(&record).await;
    let draft = db.next_draft(&live, "甲的新名").await;
    let ItemRecord { mut content, .. } = draft.record.clone();
    content.put(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(9)));
    let draft = db.save_record(&draft, &ItemRecord { content, ..draft.record.clone() }).await;
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(5)]))]).await, ["甲"]);
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(9)]))]).await, [""; 0]);
    assert_eq!(db.ask(&[(facts::OPERATION, any_of(&["change"]))]).await, ["甲"]);
    db.replace(&live, &draft).await;
    assert_eq!(db.ask(&[(keys::PROMISED_LIMIT, any_of(&[&days(9)]))]).await, ["甲的新名"]);
}

async fn findings_are_asked_about_by_their_rule(db: Db) {
    let late = [
        (keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(9))),
        (keys::STATUTORY_LIMIT, Value::Limit(Limit::working_days(5))),
    ];
    let sound =
        [(keys::PROMISED_LIMIT, late[1].1.clone()), (keys::STATUTORY_LIMIT, late[0].1.clone())];
    db.draft(&with("承诺超过法定", &late)).await;
    db.draft(&with("承诺不超过法定", &sound)).await;
    assert_eq!(db.ask(&[(facts::FINDING, any_of(&["q2"]))]).await, ["承诺超过法定"]);
}

async fn pages_go_by_region_body_and_item_and_hold_each_once(db: Db) {
    let places =
        [("620524100", "镇政府"), ("620524", "民政局"), ("110101", "民政局"), ("620524", "教育局")];
    let mut expected = Vec::new();
    for n in 0..24 {
        let (place, body) = places[n % places.len()];
        let mut record = promising(&format!("事项{n}"), n as u32 % 3);
        record.region = region(place);
        record.body = office(body, None);
        let mut tx = db.store.begin().await.unwrap();
        let body = body_of(&mut tx, &record).await.id;
        tx.commit().await.unwrap();
        let edition = db.draft(&record).await;
        expected.push((record.region, body, edition.item, n % 3));
    }
    expected.sort();
    db.follow().await;
    let all: Vec<ItemId> = expected.iter().map(|it| it.2).collect();
    assert_eq!(db.ask_in(EVERYWHERE, &Query::default()).await, all);
    let some: Vec<ItemId> = expected.iter().filter(|it| it.3 < 2).map(|it| it.2).collect();
    let asked = query(&[(keys::PROMISED_LIMIT, any_of(&[&days(0), &days(1)]))]);
    assert_eq!(db.ask_in(EVERYWHERE, &asked).await, some);
}

async fn a_question_about_few_among_many_ends_early_and_goes_on(db: Db) {
    let records: Vec<ItemRecord> = (0..250).map(|n| promising(&format!("事项{n}"), 5)).collect();
    let mut tx = db.store.begin().await.unwrap();
    for record in &records {
        super::sample::add_item(&mut tx, record).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.draft(&with("只有一项", &[(keys::SHORT_NAME, Value::Text("短语".into()))])).await;
    db.follow().await;
    // The names are too many for a list of terms, so that every item is looked at.
    let asked = query(&[(keys::NAME, contains("项")), (keys::SHORT_NAME, Test::Filled)]);
    let items = db.ask_in(EVERYWHERE, &asked).await;
    assert_eq!(db.names_of(&items).await, ["只有一项"]);
    let asked = query(&[(keys::NAME, contains("事项"))]);
    assert_eq!(db.ask_in(EVERYWHERE, &asked).await.len(), 250);
}

async fn nobody_is_answered_beyond_their_scope(db: Db) {
    let own = db.draft(&record("本局的")).await;
    let mut elsewhere = record("邻县的");
    elsewhere.region = region("620525");
    let other = db.draft(&elsewhere).await;
    let mut tx = db.store.begin().await.unwrap();
    let body = body_of(&mut tx, &record("本局的")).await.id;
    tx.commit().await.unwrap();
    db.follow().await;
    let check = async |scope: Scope, query: &Query, expected: &[&Edition]| {
        let expected: Vec<ItemId> = expected.iter().map(|it| it.item).collect();
        assert_eq!(db.ask_in(scope, query).await, expected, "{scope:?}");
        let found = db.store.found(scope, &[own.item, other.item]).await.unwrap();
        assert!(found.iter().all(|it| scope.covers(it.current.record.region, it.body)));
    };
    let all = Query::default();
    check(EVERYWHERE, &all, &[&own, &other]).await;
    check(Scope::Body(body), &all, &[&own]).await;
    check(Scope::Body(BodyId(body.0 + 1_000_000)), &all, &[]).await;
    check(Scope::Region(region("620525")), &all, &[&other]).await;
    check(Scope::Region(region("62")), &all, &[&own, &other]).await;
    check(Scope::Region(region("11")), &all, &[]).await;
    let there = Query { region: Some(region("620525")), ..Query::default() };
    check(EVERYWHERE, &there, &[&other]).await;
    check(Scope::Body(body), &there, &[]).await;
    let its = Query { body: Some(body), ..Query::default() };
    check(Scope::Region(region("620525")), &its, &[]).await;
    check(EVERYWHERE, &its, &[&own]).await;
}

async fn an_officers_queries_are_kept_for_that_officer(db: Db) {
    let (own, other) = (OfficerId(7), OfficerId(8));
    for officer in [own, other] {
        db.by_hand(&format!(
            "insert into officer (id, account, name, roles, password_hash, must_change, stamp,
                                  failures, closed)
             values ({0}, 'account{0}', '某人', 'editor', '', 0, 0, 0, 0)",
            officer.0
        ))
        .await
        .unwrap();
    }
    let asked = query(&[(keys::PROMISED_LIMIT, Test::Empty)]);
    let columns = ["item.code".to_owned(), "limits.promised".to_owned()];
    let mut tx = db.store.begin().await.unwrap();
    tx.save_query(own, "没有承诺时限的", &Query::default(), &[]).await.unwrap();
    tx.save_query(own, "没有承诺时限的", &asked, &columns).await.unwrap();
    tx.save_query(other, "没有承诺时限的", &Query::default(), &[]).await.unwrap();
    tx.commit().await.unwrap();
    let kept = db.store.saved_queries(own).await.unwrap();
    assert_eq!(kept.len(), 1, "the same name is the same query");
    assert_eq!((&kept[0].query, kept[0].columns.as_slice()), (&asked, columns.as_slice()));
    let mut tx = db.store.begin().await.unwrap();
    assert!(!tx.forget_query(other, kept[0].id).await.unwrap(), "it is not theirs");
    assert!(tx.forget_query(own, kept[0].id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.saved_queries(own).await.unwrap(), []);
    assert_eq!(db.store.saved_queries(other).await.unwrap().len(), 1);
}

async fn what_is_found_comes_with_both_editions(db: Db) {
    let live = db.published(&coded("甲", &code(1))).await;
    let draft = db.next_draft(&live, "甲的新名").await;
    let only = db.draft(&record("乙")).await;
    let ended = db.published(&coded("丙", &code(3))).await;
    let ended = db.goes(&ended, Operation::Withdraw).await;
    let items = [only.item, ended.item, live.item];
    let found = db.store.found(EVERYWHERE, &items).await.unwrap();
    assert_eq!(found.iter().map(|it| it.item).collect::<Vec<_>>(), items);
    assert_eq!((found[0].working(), found[0].live()), (Some(&only), None));
    assert_eq!((found[1].working(), found[1].live()), (None, None));
    assert_eq!(found[1].current, ended);
    assert_eq!((found[2].working(), found[2].live()), (Some(&draft), Some(&live)));
}
