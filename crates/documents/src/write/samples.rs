//! Items for the tests of this folder: demo data, no office's own.

use std::collections::BTreeMap;

use domain::{
    content::{Content, Limit, LimitUnit, Row, Value, keys},
    item::{BodyRef, ItemRecord},
    region::RegionCode,
    standard::{Standard, Standards},
};

pub(super) fn standards() -> Standards {
    Standards::shipped().unwrap()
}

pub(super) fn wushan(standards: &Standards) -> &Standard {
    standards.get("wushan").unwrap()
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn codes(codes: &[&str]) -> Value {
    Value::Codes(codes.iter().map(|code| (*code).to_owned()).collect())
}

pub(super) fn rows<const N: usize>(rows: Vec<[(&str, Value); N]>) -> Value {
    let row = |(at, fields): (usize, [(&str, Value); N])| {
        let fields: BTreeMap<String, Value> =
            fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Row { id: format!("r{}", at + 1), fields }
    };
    Value::Rows(rows.into_iter().enumerate().map(row).collect())
}

/// An item with a name and nothing else.
pub(super) fn bare(kind: &str, code: &str, name: &str) -> ItemRecord {
    ItemRecord {
        standard: "wushan".into(),
        region: RegionCode::parse("620524").unwrap(),
        body: BodyRef {
            name: "武山县民政局".into(),
            credit_code: None,
            letters: Some("MZ".into()),
        },
        code: Some(code.into()),
        kind: kind.into(),
        parent: None,
        position: None,
        effective_on: None,
        content: Content::new().with(keys::NAME, text(name)),
    }
}

/// An item with every cell of both forms filled.
pub(super) fn registration() -> ItemRecord {
    let mut item = bare("XK", "62052400MZ-XK-0001", "社会团体成立登记（示例）");
    item.position = Some(1);
    item.content = item
        .content
        .with(keys::SUMMARY, text("在武山县成立协会、学会、商会等社会团体，先到县民政局登记。"))
        .with(keys::OBJECTS, codes(&["6"]))
        .with(keys::OFFICE, text("社会组织管理股"))
        .with(
            keys::BASIS,
            rows(vec![[
                ("law", text("社会团体登记管理条例")),
                ("clause", text("第九条")),
                ("text", text("申请成立社会团体，应当经其业务主管单位审查同意，由发起人向登记管理机关申请登记。")),
            ]]),
        )
        .with(keys::CONDITIONS, text("有规范的名称和相应的组织机构。\n有固定的住所。\n有合法的资产和经费来源。"))
        .with(keys::MATERIALS, materials())
        .with(keys::PROCEDURE, text("申请人提交材料。\n窗口受理岗核对材料。\n审查岗审查。\n决定岗作出决定。"))
        .with(keys::STATUTORY_LIMIT, limit(60, LimitUnit::Day))
        .with(keys::PROMISED_LIMIT, limit(20, LimitUnit::WorkingDay))
        .with(keys::CHARGED, Value::Flag(false))
        .with(keys::VISITS, Value::Number(1))
        .with(
            keys::WINDOWS,
            rows(vec![[
                ("name", text("8 号窗口（民政）")),
                ("address", text("武山县政务服务中心二楼（演示地址）")),
                ("hours", text("周一至周五 08:30—12:00，14:30—18:00")),
            ]]),
        )
        .with(keys::CONSULT, text("0938-0000000"))
        .with(keys::COMPLAINT, text("0938-0000001"))
        .with(keys::OUTCOMES, rows(vec![[("name", text("社会团体法人登记证书")), ("validity", text("五年"))]]))
        .with(keys::APPEAL_REVIEW, text("知道决定之日起 60 日内，向武山县人民政府申请。"))
        .with(keys::APPEAL_LITIGATION, text("知道决定之日起 6 个月内，向有管辖权的人民法院起诉。"))
        .with(
            keys::FAQ,
            rows(vec![[
                ("question", text("可以委托别人去交材料吗？")),
                ("answer", text("可以。带上委托书和受托人身份证。")),
            ]]),
        )
        .with(keys::REMARKS, text("演示数据，不能作为办事依据。"));
    item
}

fn limit(amount: u32, unit: LimitUnit) -> Value {
    Value::Limit(Limit::new(amount, unit))
}

fn materials() -> Value {
    let material = |name: &str, n: i64, source: &str, note: &str| {
        [
            ("name", text(name)),
            ("form", codes(&["1"])),
            ("quantity", Value::Number(n)),
            ("source", codes(&[source])),
            ("filling_note", text(note)),
        ]
    };
    rows(vec![
        material("社会团体成立登记申请书", 1, "10", "全体发起人签字。"),
        material("业务主管单位的批准文件", 1, "20", "写明同意成立、同意担任业务主管单位。"),
        material("章程草案", 2, "10", "按示范文本起草。"),
    ])
}
