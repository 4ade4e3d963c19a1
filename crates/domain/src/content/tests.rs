use std::sync::LazyLock;

use proptest::prelude::*;
use time::macros::date;

use super::{read::read_single, *};
use crate::standard::{Element, Shape, Standards, ValueKind};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

fn element(key: &str) -> &'static Element {
    STANDARDS.national().element(key).unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn codes(codes: &[&str]) -> Value {
    Value::Codes(codes.iter().map(|it| (*it).to_owned()).collect())
}

fn row(id: &str, fields: &[(&str, &str)]) -> Row {
    let fields = fields.iter().map(|(key, it)| ((*key).to_owned(), text(it)));
    Row { id: id.to_owned(), fields: fields.collect() }
}

fn read(key: &str, cell: &str) -> Option<Value> {
    read_value(cell, element(key), LimitUnit::WorkingDay, STANDARDS.national())
}

/// Checks that a value shows as `shown` and that the same text reads back as the value.
fn both_ways(key: &str, value: Value, shown: &str) {
    assert_eq!(show_value(&value, element(key), STANDARDS.national()), shown, "{key}");
    assert_eq!(read(key, shown), Some(value), "{key}");
}

#[test]
fn a_value_of_each_kind_reads_back_as_it_shows() {
    both_ways("conditions", text("年满十八周岁。\n在本县居住。"), "年满十八周岁。\n在本县居住。");
    both_ways("visits", Value::Number(1), "1");
    both_ways("fees.charged", Value::Flag(true), "是");
    both_ways("fees.charged", Value::Flag(false), "否");
    both_ways("cancel_on", Value::Date { date: date!(2026 - 03 - 02) }, "2026-03-02");
    both_ways("service.objects", codes(&["1", "2"]), "自然人、企业法人");
    both_ways("limits.statutory", Value::Limit(Limit::working_days(20)), "20个工作日");
    both_ways("limits.statutory", Value::Limit(Limit::IMMEDIATE), "即办");
    both_ways("limits.statutory", Value::Limit(Limit::new(3, LimitUnit::Month)), "3个月");
}

#[test]
fn money_reads_back_as_it_shows() {
    let amount = element("fees").field("amount").unwrap();
    let check = |fen, shown: &str| {
        let value = Value::Money(Money { fen });
        assert_eq!(show_single(&value, amount.shape(), STANDARDS.national()), shown);
        assert_eq!(read_field(shown, amount, STANDARDS.national()), Some(value));
    };
    check(4000, "40 元");
    check(4050, "40.50 元");
    check(5, "0.05 元");
    check(0, "0 元");
}

#[test]
fn every_code_of_every_list_reads_back_from_its_label() {
    for standard in STANDARDS.iter() {
        for element in standard.elements() {
            let fields = element.fields.iter().map(|field| (&field.key, field.shape()));
            for (key, shape) in fields.chain([(&element.key, element.shape())]) {
                codes_both_ways(&format!("{} {key}", standard.id), shape, standard);
            }
        }
    }
}

fn codes_both_ways(place: &str, shape: Shape<'_>, standard: &Standard) {
    if shape.kind != ValueKind::Codes {
        return;
    }
    let list = standard.list(shape.list.unwrap()).unwrap();
    let all: Vec<String> = list.entries.iter().map(|it| it.code.clone()).collect();
    let chosen = all.chunks(1).chain(all.windows(2).filter(|_| shape.many));
    for codes in chosen {
        let value = Value::Codes(codes.to_vec());
        let shown = show_single(&value, shape, standard);
        let back = read_single(&shown, shape, LimitUnit::WorkingDay, standard);
        assert_eq!(back, Some(value), "{place} {shown}");
    }
}

#[test]
fn a_limit_is_read_as_people_write_it() {
    let check = |cell: &str, expected: &str| {
        let limit = Limit::read(cell, LimitUnit::WorkingDay);
        assert_eq!(limit.map(|it| it.to_string()).as_deref(), Some(expected), "{cell}");
    };
    check("30(工作日)", "30个工作日");
    check("30（工作日）", "30个工作日");
    check("20个工作日", "20个工作日");
    check("20 工作日内", "20个工作日");
    check("２０个工作日", "20个工作日");
    check("即办", "即办");
    check("当场办结", "即办");
    check("0", "即办");
    check("0个工作日", "即办");
    check("5 天", "5日");
    check("15自然日", "15日");
    check("3个月", "3个月");
    check("1年", "1年");
    check("30分钟", "30分钟");
    check("2小时", "2小时");
    check("7", "7个工作日");
    assert_eq!(
        Limit::read("7", LimitUnit::Day),
        Some(Limit::new(7, LimitUnit::Day)),
        "the header's unit"
    );
}

#[test]
fn what_is_no_limit_is_kept_as_it_came() {
    for cell in ["3-5天", "五个工作日", "按规定时限", "20个工作日（不含公示）", "99999999999", "-3"]
    {
        assert_eq!(read("limits.promised", cell), Some(text(cell)), "{cell}");
    }
}

#[test]
fn limits_are_compared_in_working_days() {
    let check = |amount, unit, expected: f64| {
        assert!((Limit::new(amount, unit).in_working_days() - expected).abs() < 1e-9, "{unit:?}");
    };
    check(240, LimitUnit::Minute, 0.5);
    check(4, LimitUnit::Hour, 0.5);
    check(20, LimitUnit::WorkingDay, 20.0);
    check(14, LimitUnit::Day, 10.0);
    check(2, LimitUnit::Month, 44.0);
    check(1, LimitUnit::Year, 250.0);
}

#[test]
fn a_cell_is_read_as_people_fill_it() {
    let check = |key: &str, cell: &str, value: Value| {
        assert_eq!(read(key, cell), Some(value), "{key} {cell}");
    };
    check("fees.charged", "√", Value::Flag(true));
    check("fees.charged", "不收费", Value::Flag(false));
    check("fees.charged", "0", Value::Flag(false));
    check("visits", "2次", Value::Number(2));
    check("visits", "２", Value::Number(2));
    check("cancel_on", "2026年3月2日", Value::Date { date: date!(2026 - 03 - 02) });
    check("cancel_on", "2026/3/2", Value::Date { date: date!(2026 - 03 - 02) });
    check("cancel_on", "2026-03-02 00:00:00", Value::Date { date: date!(2026 - 03 - 02) });
    check("service.objects", "1,2", codes(&["1", "2"]));
    check("service.objects", "个人；企业；个人", codes(&["1", "2"]));
    check("handling.type", "即办", codes(&["1"]));
}

#[test]
fn what_can_not_be_read_is_kept() {
    let check = |key: &str, cell: &str| {
        assert_eq!(read(key, cell), Some(text(cell)), "{key} {cell}");
    };
    check("visits", "若干");
    check("fees.charged", "看情况");
    check("cancel_on", "明年春天");
    check("cancel_on", "2026-02-30");
    assert_eq!(read("authority.level", "县级、镇（乡、街道）级"), Some(codes(&["4", "5"])));
    assert_eq!(read("service.objects", "自然人、外星人"), Some(codes(&["1", "外星人"])));
}

#[test]
fn money_that_is_no_money_is_kept() {
    let amount = element("fees").field("amount").unwrap();
    for cell in ["-1.50元", "1.234元", "1.+5", "面议", "10元/本"] {
        assert_eq!(read_field(cell, amount, STANDARDS.national()), Some(text(cell)));
    }
}

#[test]
fn blank_words_are_no_value() {
    for blank in ["", "  ", "无", "/", "——", "暂无", "null", "详见附件"] {
        assert_eq!(read("conditions", blank), None, "{blank}");
        assert_eq!(read("limits.promised", blank), None, "{blank}");
    }
    assert_eq!(read("conditions", "无犯罪记录"), Some(text("无犯罪记录")));
    let lines = read_rows("申请书\n无\n\n身份证", element("materials"), STANDARDS.national());
    assert_eq!(lines, [row("r1", &[("name", "申请书")]), row("r2", &[("name", "身份证")])]);
}

/// Checks that a list of rows shows as `shown` and reads back from it.
fn rows_both_ways(key: &str, rows: &[Row], shown: &str) {
    let value = Value::Rows(rows.to_vec());
    assert_eq!(show_value(&value, element(key), STANDARDS.national()), shown);
    assert_eq!(read_rows(shown, element(key), STANDARDS.national()), rows);
}

#[test]
fn a_basis_is_written_in_one_line_and_read_back() {
    let law = "中华人民共和国婚姻法";
    rows_both_ways("basis", &[row("r1", &[("law", law)])], "《中华人民共和国婚姻法》");
    rows_both_ways(
        "basis",
        &[
            row(
                "r1",
                &[("law", "婚姻登记条例"), ("number", "国务院令第387号"), ("clause", "第二条")],
            ),
            row("r2", &[("law", law), ("clause", "第八条"), ("text", "应当亲自到登记机关登记。")]),
            row("r3", &[("law", law), ("text", "自愿。")]),
        ],
        "《婚姻登记条例》（国务院令第387号）第二条\n\
         《中华人民共和国婚姻法》第八条：应当亲自到登记机关登记。\n\
         《中华人民共和国婚姻法》：自愿。",
    );
}

#[test]
fn a_law_whose_text_runs_over_lines_stays_one_basis() {
    let cell = "1.《婚姻登记条例》第二条：登记机关如下。\n内地居民向县级民政部门申请。\n2.《示例办法》第三条";
    let expected = [
        row(
            "r1",
            &[
                ("law", "婚姻登记条例"),
                ("clause", "第二条"),
                ("text", "登记机关如下。\n内地居民向县级民政部门申请。"),
            ],
        ),
        row("r2", &[("law", "示例办法"), ("clause", "第三条")]),
    ];
    assert_eq!(read_rows(cell, element("basis"), STANDARDS.national()), expected);
}

#[test]
fn a_basis_that_is_not_in_the_format_is_kept_whole() {
    let cell = "县政府常务会议纪要";
    let rows = read_rows(cell, element("basis"), STANDARDS.national());
    assert_eq!(rows, [row("r1", &[("law", cell)])]);
}

#[test]
fn rows_of_other_elements_are_written_in_one_line_and_read_back() {
    rows_both_ways(
        "windows",
        &[row(
            "r1",
            &[
                ("address", "城关镇解放路1号"),
                ("hours", "工作日9:00—17:00"),
                ("phone", "0938-3421234"),
            ],
        )],
        "城关镇解放路1号；时间：工作日9:00—17:00；电话：0938-3421234",
    );
    rows_both_ways(
        "fees",
        &[row(
            "r1",
            &[("name", "工本费"), ("standard", "10元/本"), ("basis", "示例价费〔2020〕1号")],
        )],
        "工本费：10元/本；依据：示例价费〔2020〕1号",
    );
    rows_both_ways(
        "steps",
        &[row("r1", &[("name", "受理"), ("standard", "核对材料")]), row("r2", &[("name", "决定")])],
        "受理：核对材料\n决定",
    );
}

#[test]
fn numbers_before_a_line_are_no_part_of_it() {
    let check = |cell: &str, expected: &str| {
        let rows = read_rows(cell, element("materials"), STANDARDS.national());
        assert_eq!(rows, [row("r1", &[("name", expected)])], "{cell}");
    };
    check("1.申请书", "申请书");
    check("12、申请书", "申请书");
    check("3）申请书", "申请书");
    check("2.5寸照片", "2.5寸照片");
    check("2026年度报告", "2026年度报告");
}

#[test]
fn empty_and_absent_are_one() {
    let content = Content::new().with("name", text("事项")).with("conditions", text("条件"));
    let cleared = content.clone().with("conditions", text(" "));
    assert_eq!(cleared, Content::new().with("name", text("事项")));
    let listless =
        content.with("materials", Value::Rows(Vec::new())).with("service.objects", codes(&[]));
    assert_eq!(listless.iter().count(), 2);
}

#[test]
fn content_is_the_same_bytes_however_it_was_filled() {
    let one = Content::new().with("name", text("甲")).with("visits", Value::Number(1));
    let other = Content::new().with("visits", Value::Number(1)).with("name", text("甲"));
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
}

#[test]
fn each_kind_of_value_is_known_by_its_json() {
    let check = |value: Value, json: &str| {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<Value>(json).unwrap(), value);
    };
    check(text("甲\n乙"), r#""甲\n乙""#);
    check(Value::Flag(true), "true");
    check(Value::Number(3), "3");
    check(codes(&["1", "2"]), r#"["1","2"]"#);
    check(Value::Date { date: date!(2026 - 03 - 02) }, r#"{"date":"2026-03-02"}"#);
    check(Value::Limit(Limit::IMMEDIATE), r#"{"limit":0,"unit":"working_day"}"#);
    check(Value::Money(Money { fen: 4000 }), r#"{"fen":4000}"#);
    check(Value::Rows(vec![row("r1", &[("name", "申请书")])]), r#"[{"id":"r1","name":"申请书"}]"#);
}

/// Checks the ids that a list has when it is brought in again over `r1 甲, r2 乙, r5 丙`.
fn ids_kept(newer: &[&str], expected: &[&str]) {
    let named = |id: &str, name: &str| row(id, &[("name", name)]);
    let rows = |rows| Content::new().with("materials", Value::Rows(rows));
    let old = rows(vec![named("r1", "甲"), named("r2", "乙"), named("r5", "丙")]);
    let newer = newer.iter().map(|name| named("", name)).collect();
    let kept = old.rows_kept(&rows(newer));
    let ids: Vec<&str> = kept.rows("materials").iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, expected);
}

#[test]
fn rows_keep_their_ids_when_a_list_is_brought_in_again() {
    ids_kept(&["甲", "乙", "丙"], &["r1", "r2", "r5"]);
    ids_kept(&["丙", "甲", "乙"], &["r5", "r1", "r2"]);
    ids_kept(&["甲", "乙二", "丙"], &["r1", "r2", "r5"]);
    ids_kept(&["甲", "丙"], &["r1", "r5"]);
    ids_kept(&["甲", "乙", "丙", "丁"], &["r1", "r2", "r5", "r6"]);
    ids_kept(&["丁", "甲", "乙", "丙"], &["r6", "r1", "r2", "r5"]);
    ids_kept(&["甲", "甲"], &["r1", "r2"]);
}

#[test]
fn the_public_sees_public_elements_and_fields_only() {
    let steps = vec![
        row("r1", &[("name", "受理"), ("officer", "不公开的人")]),
        row("r2", &[("officer", "另一个不公开的人")]),
    ];
    let content = Content::new()
        .with("name", text("事项"))
        .with("internal_note", text("不公开的话"))
        .with("unheard_of", text("没有的要素"))
        .with("steps", Value::Rows(steps));
    let expected = Content::new()
        .with("name", text("事项"))
        .with("steps", Value::Rows(vec![row("r1", &[("name", "受理")])]));
    assert_eq!(content.public(STANDARDS.national()), expected);
}

proptest! {
    #[test]
    fn a_limit_reads_back_as_it_shows(amount in 0_u32..100_000, unit in 0_usize..6) {
        let limit = Limit::new(amount, LimitUnit::ALL[unit]);
        prop_assert_eq!(Limit::read(&limit.to_string(), LimitUnit::Year), Some(limit));
    }

    #[test]
    fn reading_a_cell_never_fails_and_never_loses_it(cell in "\\PC{0,30}") {
        for key in ["conditions", "visits", "cancel_on", "limits.promised", "service.objects"] {
            let value = read(key, &cell);
            let blank = STANDARDS.national().is_blank(&cell);
            prop_assert!(value.is_some() || blank, "{}", key);
        }
        for key in ["basis", "materials", "windows"] {
            let rows = read_rows(&cell, element(key), STANDARDS.national());
            let blank = STANDARDS.national().is_blank(&cell);
            prop_assert!(!rows.is_empty() || blank, "{}", key);
        }
    }

    #[test]
    fn rows_brought_in_again_have_ids_of_their_own(names in prop::collection::vec("[甲乙丙丁]", 0..6), newer in prop::collection::vec("[甲乙丙丁]", 1..6)) {
        let rows = |names: &[String]| {
            let rows = names.iter().enumerate();
            let rows = rows.map(|(at, name)| row(&format!("r{}", at + 1), &[("name", name)]));
            Content::new().with("materials", Value::Rows(rows.collect()))
        };
        let kept = rows(&names).rows_kept(&rows(&newer));
        let ids: std::collections::BTreeSet<&str> =
            kept.rows("materials").iter().map(|row| row.id.as_str()).collect();
        prop_assert_eq!(ids.len(), newer.len());
    }
}

#[test]
fn a_value_is_known_by_its_form_and_anything_else_is_refused() {
    let same = [
        "true",
        "-3",
        "\"无\"",
        "[]",
        r#"["1","2"]"#,
        r#"[{"id":"r1","exempt":true,"name":"身份证"}]"#,
        r#"{"date":"2026-03-02"}"#,
        r#"{"limit":20,"unit":"working_day"}"#,
        r#"{"fen":1500}"#,
    ];
    for text in same {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
    let refused = [
        "null",
        "1.5",
        "18446744073709551615",
        "{}",
        r#"["1",{"id":"r1"}]"#,
        r#"[{"name":"身份证"}]"#,
        r#"{"date":"2026-13-02"}"#,
        r#"{"limit":20}"#,
        r#"{"fen":1,"date":"2026-03-02"}"#,
        r#"{"fen":1,"of":2}"#,
    ];
    for text in refused {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn separators_alone_are_no_codes_and_stay_as_they_came() {
    let element = arbitrary::wushan().element("service.objects").unwrap();
    let read = read_value("、，", element, LimitUnit::WorkingDay, arbitrary::wushan());
    assert_eq!(read, Some(Value::Text("、，".into())));
}
