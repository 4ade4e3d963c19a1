use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::{
    chain::GENESIS,
    content::{Content, Limit, Row, Value},
    edition::{Difference, RowChange, State},
    item::{BodyRef, EditionId, ItemId},
    standard::{Operation, Standards},
};

fn edition(effective_on: Option<Date>) -> Edition {
    Edition {
        id: EditionId(11),
        item: ItemId(1),
        number: 2,
        revision: 1,
        state: State::Approved,
        operation: Operation::Change,
        desk: None,
        submitted_by: None,
        standard_hash: "ab".repeat(32),
        record: ItemRecord {
            standard: "wushan".into(),
            region: "620524".parse().unwrap(),
            body: BodyRef {
                name: "武山县民政局".into(),
                credit_code: None,
                letters: Some("MZ".into()),
            },
            code: Some("62052400MZ-XK-0001".into()),
            kind: "XK".into(),
            parent: None,
            position: Some(1),
            effective_on,
            content: Content::new()
                .with("name", Value::Text("示例许可".into()))
                .with("internal_note", Value::Text("不公开".into())),
        },
    }
}

fn public_item(effective_on: Option<Date>) -> PublicItem {
    let standards = Standards::shipped().unwrap();
    PublicItem::of(&edition(effective_on), standards.get("wushan").unwrap(), date!(2026 - 03 - 02))
}

#[test]
fn the_public_sees_an_edition_from_the_day_it_takes_effect() {
    assert_eq!(public_item(None).from, date!(2026 - 03 - 02));
    assert_eq!(public_item(Some(date!(2026 - 04 - 01))).from, date!(2026 - 04 - 01));
    assert_eq!(public_item(None).edition, 2);
    assert_eq!(public_item(None).standard_hash, "ab".repeat(32));
}

#[test]
fn a_notice_is_these_bytes_and_no_others() {
    let published = Notice::Published(public_item(None));
    let expected = r#"{"published":{"edition":2,"from":"2026-03-02","standard_hash":"HASH","item":{"standard":"wushan","region":"620524","body":{"name":"武山县民政局","letters":"MZ"},"code":"62052400MZ-XK-0001","kind":"XK","position":1,"content":{"name":"示例许可"}}}}"#;
    let expected = expected.replace("HASH", &"ab".repeat(32));
    assert_eq!(String::from_utf8(published.to_bytes()).unwrap(), expected);

    let withdrawn = Notice::Withdrawn {
        item: public_item(None),
        reason: "依据废止".into(),
        on: date!(2026 - 11 - 20),
    };
    let suspended = Notice::Suspended {
        item: public_item(None),
        reason: "设备检修".into(),
        on: date!(2026 - 11 - 20),
    };
    for notice in [published, suspended, withdrawn] {
        let back: Notice = serde_json::from_slice(&notice.to_bytes()).unwrap();
        assert_eq!(back, notice);
        assert_eq!(back.to_bytes(), notice.to_bytes());
        assert_eq!(back.item(), &public_item(None));
    }
}

#[test]
fn a_stop_says_whether_it_is_for_good_and_an_old_row_still_reads() {
    let stop = |kind: &str| {
        let item = serde_json::to_value(public_item(None)).unwrap();
        let row = serde_json::json!({kind: {"item": item, "reason": "理由", "on": "2026-11-20"}});
        let notice: Notice = serde_json::from_value(row).unwrap();
        notice.stop().map(|(stop, reason)| (stop, reason.to_owned()))
    };
    assert_eq!(stop("withdrawn"), Some((Stop::Withdrawn, "理由".to_owned())));
    assert_eq!(stop("suspended"), Some((Stop::Suspended, "理由".to_owned())));
    assert_eq!(Notice::Published(public_item(None)).stop(), None);
}

/// What each of a row of publications was shown on, given the day that it names and the day
/// on which it ended.
#[track_caller]
fn check_shown(rows: &[(Date, Option<Date>)], day: Date, expected: Option<usize>) {
    let mut replaced_on = None;
    let mut found = Vec::new();
    for (n, (since, until)) in (1..).zip(rows) {
        found.extend(Shown::of(*since, replaced_on, *until).contains(day).then_some(n));
        replaced_on = *until;
    }
    assert_eq!(found, Vec::from_iter(expected), "{day}");
}

#[test]
fn on_every_day_the_public_was_shown_one_publication_or_none() {
    let replaced = date!(2026 - 11 - 20);
    let rows = [(date!(2025 - 07 - 01), Some(replaced)), (replaced, None)];
    check_shown(&rows, date!(2025 - 06 - 30), None);
    check_shown(&rows, date!(2025 - 07 - 01), Some(1));
    check_shown(&rows, date!(2026 - 11 - 19), Some(1));
    check_shown(&rows, replaced, Some(2));
}

#[test]
fn a_date_set_back_or_ahead_does_not_change_what_people_were_shown() {
    let replaced = date!(2026 - 11 - 20);
    let back = [(date!(2025 - 07 - 01), Some(replaced)), (date!(2025 - 01 - 01), None)];
    check_shown(&back, date!(2025 - 08 - 01), Some(1));
    check_shown(&back, date!(2025 - 03 - 01), None);
    let ahead = [(date!(2025 - 07 - 01), Some(replaced)), (date!(2026 - 12 - 01), None)];
    check_shown(&ahead, date!(2026 - 11 - 25), Some(2));
    let never = [(date!(2026 - 12 - 01), Some(replaced)), (replaced, None)];
    check_shown(&never, date!(2026 - 12 - 02), Some(2));
}

#[test]
fn what_is_replaced_on_its_first_day_has_no_day() {
    let day = date!(2026 - 11 - 20);
    assert!(Shown::of(day, None, Some(day)).is_empty());
    check_shown(&[(day, Some(day)), (day, Some(day)), (day, None)], day, Some(3));
    assert!(!Shown::of(day, None, None).is_empty());
}

#[test]
fn the_hash_is_the_same_for_the_same_row() {
    let hash = publication_hash(GENESIS, 1, 2, 3, b"bytes");
    assert_eq!(hash, publication_hash(GENESIS, 1, 2, 3, b"bytes"));
    assert_eq!(hash, "049c7e8e5af315a6147a1f7d2aad6f4694b15e876021e51badea76d3eea5f299");
}

proptest! {
    #[test]
    fn the_hash_changes_with_any_byte(
        bytes in prop::collection::vec(any::<u8>(), 1..200),
        at in any::<prop::sample::Index>(),
        change in 1_u8..,
    ) {
        let mut other = bytes.clone();
        other[at.index(bytes.len())] ^= change;
        let hash = publication_hash(GENESIS, 1, 2, 3, &bytes);
        prop_assert_ne!(&hash, &publication_hash(GENESIS, 1, 2, 3, &other));
        prop_assert_ne!(&hash, &publication_hash(GENESIS, 1, 2, 3, &bytes[1..]));
    }

    #[test]
    fn the_hash_changes_with_the_row_s_place(seq in 1_i64.., item in 1_i64.., edition in 1_i64..) {
        let hash = publication_hash(GENESIS, seq, item, edition, b"bytes");
        prop_assert_ne!(&hash, &publication_hash(GENESIS, seq - 1, item, edition, b"bytes"));
        prop_assert_ne!(&hash, &publication_hash(GENESIS, seq, item - 1, edition, b"bytes"));
        prop_assert_ne!(&hash, &publication_hash(GENESIS, seq, item, edition - 1, b"bytes"));
        prop_assert_ne!(&hash, &publication_hash(&hash, seq, item, edition, b"bytes"));
    }
}

fn row(id: &str, name: &str) -> Row {
    let fields = [("name".to_owned(), Value::Text(name.to_owned()))].into();
    Row { id: id.to_owned(), fields }
}

/// Compares two contents of one item; what changed reads `element before→after` or `element +1 -1 ~1`.
#[track_caller]
fn check_changes(before: Content, after: Content, expected: &[&str]) {
    let with = |content: Content| {
        let mut item = public_item(None);
        item.item.content = content;
        item
    };
    let standards = Standards::shipped().unwrap();
    let standard = standards.get("wushan").unwrap();
    let told = changes(&with(before), &with(after), standard).into_iter().map(|it| {
        let difference = match it.difference {
            Difference::Value { before, after } => {
                let [before, after] = [before, after].map(|it| match it {
                    Some(Value::Limit(limit)) => limit.to_string(),
                    Some(value) => value.as_text().unwrap_or("?").to_owned(),
                    None => String::new(),
                });
                format!("{before}→{after}")
            }
            Difference::Rows(rows) => {
                let count = |is: fn(&&RowChange) -> bool| rows.iter().filter(is).count();
                let n_added = count(|it| matches!(it, RowChange::Added { .. }));
                let n_removed = count(|it| matches!(it, RowChange::Removed { .. }));
                format!("+{n_added} -{n_removed} ~{}", rows.len() - n_added - n_removed)
            }
        };
        format!("{} {difference}", it.element)
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn what_changed_for_the_public_is_told_element_by_element() {
    let text = |text: &str| Value::Text(text.to_owned());
    let promised = |days| Value::Limit(Limit::working_days(days));
    let before = Content::new()
        .with("summary", text("办许可"))
        .with("limits.promised", promised(20))
        .with("materials", Value::Rows(vec![row("r1", "申请书"), row("r2", "户口簿")]));
    check_changes(before.clone(), before.clone(), &[]);
    let after = before
        .clone()
        .with("limits.promised", promised(15))
        .with("materials", Value::Rows(vec![row("r1", "申请书"), row("r3", "承诺书")]))
        .with("visits.reason", text("核对原件"));
    check_changes(
        before,
        after,
        &["materials +1 -1 ~0", "limits.promised 20个工作日→15个工作日", "visits.reason →核对原件"],
    );
}

#[test]
fn the_order_of_rows_and_a_word_for_nothing_are_no_change() {
    let rows = |rows: &[&str]| {
        let rows = rows.iter().map(|name| row(name, name)).collect();
        Content::new().with("materials", Value::Rows(rows))
    };
    check_changes(rows(&["甲", "乙"]), rows(&["乙", "甲"]), &[]);
    check_changes(rows(&["甲"]), Content::new(), &["materials +0 -1 ~0"]);
    let none = Content::new().with("summary", Value::Text("无".into()));
    check_changes(Content::new(), none, &[]);
    let renamed = Content::new().with("materials", Value::Rows(vec![row("甲", "甲的新名")]));
    check_changes(rows(&["甲"]), renamed, &["materials +0 -0 ~1"]);
}

#[test]
fn an_element_that_the_standard_lacks_is_told_too() {
    let before = Content::new().with("z.unknown", Value::Text("旧".into()));
    let after = Content::new().with("z.unknown", Value::Text("新".into()));
    check_changes(before, after, &["z.unknown 旧→新"]);
}
