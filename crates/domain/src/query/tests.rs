use std::collections::BTreeSet;

use time::macros::date;

use super::*;
use crate::{
    content::{Content, Limit, LimitUnit, Money, Value, keys, number_rows},
    edition::{Edition, State},
    finding::Finding,
    item::{BodyRef, EditionId, ItemId, ItemRecord},
    standard::{Operation, Standard, Standards},
};

fn wushan() -> Standard {
    Standards::shipped().unwrap().get("wushan").unwrap().clone()
}

fn edition(content: Content) -> Edition {
    let record = ItemRecord {
        standard: "wushan".into(),
        region: "620524".parse().unwrap(),
        body: BodyRef { name: "武山县民政局".into(), credit_code: None, letters: None },
        code: Some("62052400MZ-XK-0001".into()),
        kind: "XK".into(),
        parent: None,
        position: None,
        effective_on: Some(date!(2026 - 01 - 05)),
        content,
    };
    let edition = Edition::draft(EditionId(1), ItemId(1), 1, Operation::Create, record, &wushan());
    Edition { state: State::InReview, desk: Some("department".into()), ..edition }
}

fn said(content: Content) -> Said {
    let edition = edition(content);
    let findings = [Finding::error("Q2", "", String::new(), String::new())];
    let standing =
        Standing { current: &edition, open: Some(&edition), live: None, findings: &findings };
    Said::of(standing, Some(&wushan()))
}

fn values(said: &Said, key: &str) -> Vec<String> {
    said.get(key).into_iter().flatten().cloned().collect()
}

fn condition(key: &str, test: Test) -> Condition {
    Condition { key: key.into(), test }
}

#[test]
fn an_item_says_its_queryable_elements_and_its_facts() {
    let said = said(
        Content::new()
            .with(keys::NAME, Value::Text(" 社会团体　成立登记（Ａ类） ".into()))
            .with(keys::OBJECTS, Value::Codes(vec!["1".into(), "2".into()]))
            .with(keys::CHARGED, Value::Flag(false))
            .with(keys::REMARKS, Value::Text("备注不能查".into())),
    );
    let check = |key: &str, expected: &[&str]| assert_eq!(values(&said, key), expected, "{key}");
    check(keys::NAME, &["社会团体 成立登记(a类)"]);
    check(keys::OBJECTS, &["1", "2"]);
    check(keys::CHARGED, &["false"]);
    check(keys::REMARKS, &[]);
    check(facts::KIND, &["xk"]);
    check(facts::CODE, &["62052400mz-xk-0001"]);
    check(facts::EFFECTIVE_ON, &["2026-01-05"]);
    check(facts::STANDARD, &["wushan"]);
    check(facts::BODY_NAME, &["武山县民政局"]);
    check(facts::OPEN, &["in_review"]);
    check(facts::DESK, &["department"]);
    check(facts::OPERATION, &["create"]);
    check(facts::LIVE, &[]);
    check(facts::ENDED, &[]);
    check(facts::FINDING, &["q2"]);
}

#[test]
fn an_item_without_an_open_and_a_live_edition_has_ended() {
    let current = edition(Content::new());
    let standing = Standing { current: &current, open: None, live: None, findings: &[] };
    let said = Said::of(standing, None);
    assert_eq!(values(&said, facts::ENDED), ["true"]);
    assert_eq!(values(&said, facts::OPEN), [""; 0]);
}

#[test]
fn values_sort_as_texts_as_they_do_as_values() {
    let one = |value: Value| spell(&value).remove(0);
    let limit = |amount, unit| one(Value::Limit(Limit::new(amount, unit)));
    let rising = |texts: &[String]| assert!(texts.is_sorted(), "{texts:?}");
    rising(&[-5, -1, 0, 2, 10, 1_000_000].map(|it| one(Value::Number(it))));
    rising(&[0, 100, 9_900, 100_000].map(|fen| one(Value::Money(Money { fen }))));
    rising(&[
        limit(0, LimitUnit::WorkingDay),
        limit(30, LimitUnit::Minute),
        limit(1, LimitUnit::WorkingDay),
        limit(5, LimitUnit::Day),
        limit(20, LimitUnit::WorkingDay),
        limit(1, LimitUnit::Month),
        limit(1, LimitUnit::Year),
    ]);
    rising(&[date!(2025 - 12 - 31), date!(2026 - 01 - 01)].map(|date| one(Value::Date { date })));
    let day = limit(7, LimitUnit::Day);
    assert_eq!(day, limit(5, LimitUnit::WorkingDay), "a week of days is five working days");
}

#[test]
fn a_long_text_is_told_by_its_beginning_and_a_row_by_its_cells() {
    assert_eq!(spell_text(&"长".repeat(500)).chars().count(), 100);
    let row = [("name".to_owned(), Value::Text("身份证".into()))].into();
    assert_eq!(spell(&Value::Rows(number_rows(vec![row]))), ["身份证"]);
}

#[test]
fn a_test_holds_for_any_of_the_values() {
    let said: BTreeSet<String> = ["b".into(), "cd".into()].into();
    let check = |test: Test, expected: bool| {
        assert_eq!(test.holds(Some(&said)), expected, "{test:?}");
    };
    let between = |from: Option<&str>, to: Option<&str>| Test::Between {
        from: from.map(Into::into),
        to: to.map(Into::into),
    };
    check(Test::AnyOf(vec!["x".into(), "b".into()]), true);
    check(Test::AnyOf(vec!["x".into()]), false);
    check(between(Some("b"), None), true);
    check(between(Some("d"), None), false);
    check(between(None, Some("b")), true);
    check(between(Some("c"), Some("cc")), false);
    check(Test::Begins("c".into()), true);
    check(Test::Begins("d".into()), false);
    check(Test::Contains("d".into()), true);
    check(Test::Contains("e".into()), false);
    check(Test::Filled, true);
    check(Test::Empty, false);
    let nothing = BTreeSet::new();
    for test in [Test::Filled, Test::AnyOf(vec!["b".into()]), Test::Contains(String::new())] {
        assert!(!test.holds(Some(&nothing)), "{test:?} of nothing");
    }
    assert!(Test::Empty.holds(Some(&nothing)));
    assert!(!Test::Empty.holds(None), "what its standard does not have, an item does not lack");
}

#[test]
fn whatever_fits_is_found_under_the_terms_that_a_condition_narrows_to() {
    let said = said(
        Content::new()
            .with(keys::NAME, Value::Text("社会团体成立登记".into()))
            .with(keys::PROMISED_LIMIT, Value::Limit(Limit::working_days(5)))
            .with(keys::CONSULT, Value::Text("0938-3421234".into())),
    );
    let terms = said.terms();
    let fits = |pattern: &Pattern, value: &str| match pattern {
        Pattern::All => true,
        Pattern::Between { from, to } => {
            from.as_deref().is_none_or(|it| value >= it)
                && to.as_deref().is_none_or(|it| value <= it)
        }
        Pattern::Begins(text) => value.starts_with(text.as_str()),
        Pattern::Contains(text) => value.contains(text.as_str()),
    };
    let check = |key: &str, test: Test| {
        let condition = condition(key, test);
        let query = Query { conditions: vec![condition.clone()], ..Query::default() };
        assert!(query.fits(&said), "{condition:?}");
        let is_found = match condition.narrow() {
            Narrow::Terms(wanted) => wanted.iter().any(|it| terms.contains(it)),
            Narrow::Among(key, pattern) => {
                terms.iter().any(|it| it.key == key && fits(&pattern, &it.value))
            }
            Narrow::Nothing => true,
        };
        assert!(is_found, "{condition:?}");
    };
    let code = "62052400mz-xk-0001";
    for n in 1..=code.len() {
        check(facts::CODE, Test::Begins(code[..n].into()));
    }
    check(facts::CODE, Test::AnyOf(vec![code.into()]));
    check(facts::CODE, Test::Contains("xk-0001".into()));
    check(facts::CODE, Test::Filled);
    check(keys::NAME, Test::Contains("成立".into()));
    check(keys::NAME, Test::Begins("社会".into()));
    check(keys::CONSULT, Test::AnyOf(vec!["0938-3421234".into()]));
    let limit = spell(&Value::Limit(Limit::working_days(5))).remove(0);
    check(keys::PROMISED_LIMIT, Test::Between { from: Some(limit.clone()), to: Some(limit) });
    check(keys::SHORT_NAME, Test::Empty);
    check(facts::LIVE, Test::Empty);
    check(facts::KIND, Test::Filled);
}

#[test]
fn what_a_person_writes_is_compared_as_the_elements_value() {
    let standard = wushan();
    let read = |operator, key: &str, texts: &[&str]| {
        read_test(operator, texts, standard.element(key).unwrap(), &standard)
    };
    let limit = |days| spell(&Value::Limit(Limit::working_days(days))).remove(0);
    let at_most = Test::Between { from: None, to: Some(limit(5)) };
    assert_eq!(read(Operator::AtMost, keys::PROMISED_LIMIT, &["5个工作日"]), Ok(at_most.clone()));
    assert_eq!(read(Operator::AtMost, keys::PROMISED_LIMIT, &["5"]), Ok(at_most));
    let is = Test::AnyOf(vec!["true".into()]);
    assert_eq!(read(Operator::Is, keys::CHARGED, &["是"]), Ok(is));
    let contains = Test::Contains("成立登记(a".into());
    assert_eq!(read(Operator::Contains, keys::NAME, &["成立登记（Ａ"]), Ok(contains));
    assert_eq!(read(Operator::Empty, keys::NAME, &[]), Ok(Test::Empty));

    let refused = NotComparable { label: "承诺时限".into(), text: "很快".into() };
    let label = standard.element(keys::PROMISED_LIMIT).unwrap().label.clone();
    let refused = NotComparable { label, ..refused };
    assert_eq!(read(Operator::AtMost, keys::PROMISED_LIMIT, &["很快"]), Err(refused));
    assert!(read(Operator::Contains, keys::CHARGED, &["是"]).is_err(), "a flag has no parts");
    assert!(read(Operator::Is, keys::NAME, &["  "]).is_err(), "nothing to compare with");
}

#[test]
fn words_are_parts_of_the_name() {
    let contains = |word: &str| condition(keys::NAME, Test::Contains(word.into()));
    assert_eq!(words(" 团体　登记 "), [contains("团体"), contains("登记")]);
    assert_eq!(words(""), []);
}

#[test]
fn a_query_that_is_kept_is_read_back() {
    let query = Query {
        region: Some("6205".parse().unwrap()),
        body: Some(BodyId(7)),
        conditions: vec![
            condition(keys::CHARGED, Test::AnyOf(vec!["true".into()])),
            condition(keys::PROMISED_LIMIT, Test::Between { from: None, to: Some("5".into()) }),
            condition(keys::SHORT_NAME, Test::Empty),
        ],
    };
    let text = serde_json::to_string(&query).unwrap();
    assert_eq!(serde_json::from_str::<Query>(&text).unwrap(), query);
}

#[test]
fn what_a_person_asked_is_written_back_as_it_is_read() {
    let standard = wushan();
    let check = |key: &str, operator: Operator, text: &str, written: &str| {
        let element = standard.element(key).unwrap();
        let test = read_test(operator, &[text], element, &standard).unwrap();
        let back = write_test(&test, element, &standard);
        assert_eq!(back, (operator, written.to_owned()), "{key}");
        assert_eq!(read_test(back.0, &[&back.1], element, &standard).unwrap(), test, "{key}");
    };
    use Operator as O;
    check(keys::NAME, O::Contains, "社会团体", "社会团体");
    check(keys::OBJECTS, O::Is, "自然人、企业法人", "自然人、企业法人");
    check(keys::CHARGED, O::Is, "收费", "是");
    check(keys::VISITS, O::AtMost, "1", "1");
    for (text, written) in [
        ("20", "20个工作日"),
        ("0", "即办"),
        ("45分钟", "45分钟"),
        ("5日", "1714分钟"),
        ("1年", "250个工作日"),
    ] {
        check(keys::PROMISED_LIMIT, O::AtLeast, text, written);
    }
    check(keys::REMARKS, O::Empty, "", "");
    check(keys::REMARKS, O::Filled, "", "");
}
