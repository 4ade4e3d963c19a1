use std::sync::LazyLock;

use time::macros::date;

use super::*;
use crate::{
    content::{Content, Limit, Row, Value},
    standard::{Place, Standards},
};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

fn record() -> ItemRecord {
    let window = |id: &str, address: &str, hours: Option<&str>| {
        let hours = hours.map(|it| ("hours".to_owned(), Value::Text(it.to_owned())));
        let address = ("address".to_owned(), Value::Text(address.to_owned()));
        Row { id: id.to_owned(), fields: [address].into_iter().chain(hours).collect() }
    };
    let windows = vec![
        window("r1", "城关镇解放路1号", Some("工作日")),
        window("r2", "洛门镇文化路2号", None),
    ];
    ItemRecord {
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
        position: Some(3),
        effective_on: Some(date!(2026 - 03 - 02)),
        content: Content::new()
            .with("name", Value::Text("示例许可".into()))
            .with("service.objects", Value::Codes(vec!["1".into(), "2".into()]))
            .with("limits.promised", Value::Limit(Limit::working_days(20)))
            .with("fees.charged", Value::Flag(false))
            .with("windows", Value::Rows(windows)),
    }
}

#[test]
fn a_cell_shows_what_stands_at_its_place() {
    let check = |place: &str, expected: &str| {
        let standard = STANDARDS.get("wushan").unwrap();
        let place: Place = place.parse().unwrap();
        assert_eq!(cell_text(&record(), &place, standard), expected, "{place}");
    };
    check("row_number", "");
    check("item.code", "62052400MZ-XK-0001");
    check("item.kind", "行政许可");
    check("item.parent", "");
    check("item.position", "3");
    check("item.effective_on", "2026-03-02");
    check("body.name", "武山县民政局");
    check("body.credit_code", "");
    check("body.letters", "MZ");
    check("region.code", "620524");
    check("region.name", "武山县");
    check("name", "示例许可");
    check("service.objects", "自然人、企业法人");
    check("limits.promised", "20个工作日");
    check("fees.charged", "否");
    check("windows", "城关镇解放路1号；时间：工作日\n洛门镇文化路2号");
    check("windows[].address", "城关镇解放路1号\n洛门镇文化路2号");
    check("windows[].hours", "工作日");
    check("windows[].phone", "");
    check("conditions", "");
}

#[test]
fn a_form_s_title_names_the_office() {
    let standard = STANDARDS.get("wushan").unwrap();
    let title = title_text(standard.form("table1").unwrap(), "武山县民政局", "武山县");
    assert_eq!(title, "武山县民政局政务服务事项内容目录");
}

#[test]
fn an_item_is_one_line_of_json_and_back() {
    let json = serde_json::to_string(&record()).unwrap();
    assert_eq!(
        json,
        r#"{"standard":"wushan","region":"620524","body":{"name":"武山县民政局","letters":"MZ"},"code":"62052400MZ-XK-0001","kind":"XK","position":3,"effective_on":"2026-03-02","content":{"fees.charged":false,"limits.promised":{"limit":20,"unit":"working_day"},"name":"示例许可","service.objects":["1","2"],"windows":[{"id":"r1","address":"城关镇解放路1号","hours":"工作日"},{"id":"r2","address":"洛门镇文化路2号"}]}}"#
    );
    assert_eq!(serde_json::from_str::<ItemRecord>(&json).unwrap(), record());
}

#[test]
fn a_line_with_an_unknown_name_is_no_item() {
    let json = serde_json::to_string(&record()).unwrap();
    let wrong = json.replacen("\"kind\"", "\"colour\":\"红\",\"kind\"", 1);
    let error = serde_json::from_str::<ItemRecord>(&wrong).unwrap_err();
    assert!(error.to_string().contains("colour"), "{error}");
}
