use super::{
    samples, write_record,
    xml::{el, legible},
};

#[test]
fn what_xml_can_not_hold_shows_as_a_box() {
    assert_eq!(legible("甲\u{0}乙\u{b}丙\u{1f}丁\u{ffff}"), "甲□乙□丙□丁□");
    assert_eq!(legible("甲\t乙\n丙𠮷"), "甲\t乙\n丙𠮷");
}

#[test]
fn text_and_attributes_are_escaped() {
    let bytes = el("a").attr("b", "\"<&>").text("<&>\u{1}").to_file();
    let xml = String::from_utf8(bytes).unwrap();
    assert!(xml.ends_with(r#"<a b="&quot;&lt;&amp;&gt;">&lt;&amp;&gt;□</a>"#), "{xml}");
}

#[test]
fn an_item_is_one_line_and_reads_back_the_same() {
    let item = samples::registration();
    let mut bytes = Vec::new();
    write_record(&mut bytes, &item).unwrap();
    write_record(&mut bytes, &item).unwrap();

    let lines: Vec<&str> = std::str::from_utf8(&bytes).unwrap().lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], lines[1]);
    assert!(lines[0].starts_with(
        r#"{"standard":"wushan","region":"620524","body":{"name":"武山县民政局","letters":"MZ"}"#
    ));
    let back: domain::item::ItemRecord = serde_json::from_str(lines[0]).unwrap();
    assert_eq!(back, item);
}
// TEMP-PICTURES
#[test]
fn temp_pictures() {
    use domain::content::{Value, keys};
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let mut items = vec![samples::registration()];
    for n in 2..12 {
        let mut item = samples::registration();
        item.code = Some(format!("62052400MZ-XK-{n:04}"));
        item.position = Some(n);
        let law = |clause: &str, text: &str| [("law", samples::text("中华人民共和国行政许可法")), ("number", samples::text("主席令第七号")), ("clause", samples::text(clause)), ("text", samples::text(text))];
        let long = "公民、法人或者其他组织从事特定活动，依法需要取得行政许可的，应当向行政机关提出申请。申请书需要采用格式文本的，行政机关应当向申请人提供行政许可申请书格式文本。".repeat(n as usize % 5 + 1);
        item.content.put(keys::BASIS, samples::rows(vec![law("第二十九条", &long), law("第三十二条", "行政机关对申请人提出的行政许可申请，应当根据下列情况分别作出处理。")]));
        item.content.put(keys::CHARGED, Value::Flag(true));
        item.content.put(keys::FEES, samples::rows(vec![[("name", samples::text("工本费")), ("standard", samples::text("40 元／证")), ("basis", samples::text("示例文件〔2000〕1号"))]]));
        item.content.put(keys::OBJECTS, samples::codes(&["1", "2", "4"]));
        let material = |at: usize| [("name", samples::text(&format!("第 {at} 种材料：居民户口簿、身份证明或者其他能够证明身份的有效文件（示例）"))), ("form", samples::codes(&["3"])), ("originals", Value::Number(1)), ("copies", Value::Number(2)), ("quantity", Value::Number(3)), ("source", samples::codes(&["20"])), ("condition", samples::text("委托他人办理的")), ("paper", samples::text("A4"))];
        item.content.put(keys::MATERIALS, samples::rows((1..=20).map(material).collect()));
        item.content.put("steps", samples::rows(vec![[("name", samples::text("受理")), ("post", samples::text("窗口受理岗")), ("limit", Value::Limit(domain::content::Limit::working_days(1))), ("standard", samples::text("材料齐全、符合法定形式的，当场受理，出具受理通知书。"))],[("name", samples::text("审查")), ("post", samples::text("审查岗")), ("limit", Value::Limit(domain::content::Limit::working_days(12))), ("standard", samples::text("核对会员、住所、资金和章程。"))]]));
        item.content.put("online.address", samples::text("https://zwfw.example.gov.cn/wushan/items/62052400MZ-XK-0001?from=guide&very-long-query=abcdefghijklmnopqrstuvwxyz0123456789"));
        if n == 5 { item.content.put(keys::NAME, samples::text(&"名称特别长的事项（示例）".repeat(8))); item.code = Some("11440000006939801C244010300100104".into()); }
        if n == 6 { item.content.put(keys::BASIS, samples::rows(vec![law("第二十九条", &"公民、法人或者其他组织从事特定活动，依法需要取得行政许可的，应当向行政机关提出申请。".repeat(40))])); }
        items.push(item);
    }
    let dir = std::path::Path::new("/tmp/write-out");
    std::fs::create_dir_all(dir).unwrap();
    for id in ["table1", "table2"] {
        std::fs::write(dir.join(format!("{id}.docx")), super::form_docx(standard.form(id).unwrap(), standard, &items, "武山县民政局", "武山县")).unwrap();
        std::fs::write(dir.join(format!("{id}-one.docx")), super::form_docx(standard.form(id).unwrap(), standard, &items[..1], "武山县民政局", "武山县")).unwrap();
    }
    for (name, at) in [("guide", 0), ("guide-long", 2)] {
        let item = domain::publication::PublicItem { edition: 3, from: time::macros::date!(2026-03-02), standard_hash: String::new(), item: items[at].clone() };
        std::fs::write(dir.join(format!("{name}.docx")), super::guide_docx(&item, standard)).unwrap();
    }
    let mut catalogue = super::CatalogueXlsx::new(std::fs::File::create(dir.join("catalogue.xlsx")).unwrap(), &[standard]).unwrap();
    for item in &items { catalogue.item(item, standard).unwrap(); }
    catalogue.finish().unwrap();
    let mut report = super::Report::new(std::fs::File::create(dir.join("report.xlsx")).unwrap(), &["事项名称".into(), "事项编码".into()]).unwrap();
    for (n, item) in items.iter().enumerate() {
        let cell = |h: &str, t: &str| domain::intake::Cell { header: h.into(), value: domain::intake::CellValue::Text(t.into()) };
        let row = domain::intake::RawRow { number: n as u64, place: format!("第 {} 行", n + 2), data: domain::intake::RawData::Cells(vec![cell("事项名称", item.name()), cell("事项编码", item.code.as_deref().unwrap()), cell("领导批示", "同意")]) };
        report.row(&row, if n % 3 == 0 { "有问题" } else { "导入" }, if n % 3 == 0 { "承诺时限“快办”读不懂，已按原样保留。请改为时限，如 20个工作日、即办\n咨询电话与监督电话相同。请核对后分别填写" } else { "" }).unwrap();
    }
    report.finish(&super::ReportSummary { source: "民政局.csv".into(), standard: "武山县".into(), counts: vec![("读入".into(), 11), ("导入".into(), 7), ("有问题".into(), 4), ("退回".into(), 0)], unknown_columns: vec!["领导批示".into()], new_bodies: vec!["武山县民政局（字母 MZ）".into()], remarks: vec![] }).unwrap();
}
