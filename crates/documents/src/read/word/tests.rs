use std::fmt::Write;

use domain::{
    intake::{Defaults, Intake, Mapping, RawRow},
    item::ItemRecord,
    standard::Standards,
};

use crate::{
    read::{
        Entry, ReadError,
        tests::{options, outline, read as read_file},
    },
    write::form_docx,
};

/// A cell of a test document: `a|b` in a row, properties after `#`.
fn cell(text: &str) -> String {
    let (text, properties) = text.split_once('#').unwrap_or((text, ""));
    let mut xml = String::from("<w:tc><w:tcPr>");
    for property in properties.split(',').filter(|it| !it.is_empty()) {
        match property.split_once('=') {
            Some((name, value)) => write!(xml, r#"<w:{name} w:val="{value}"/>"#).unwrap(),
            None => write!(xml, "<w:{property}/>").unwrap(),
        }
    }
    xml.push_str("</w:tcPr>");
    if text.starts_with("<w:tbl>") {
        return xml + text + "<w:p/></w:tc>";
    }
    for line in text.split('⏎') {
        xml.push_str(&paragraph(line));
    }
    xml + "</w:tc>"
}

fn paragraph(text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    )
}

fn table(rows: &[&str]) -> String {
    let row = |row: &&str| format!("<w:tr>{}</w:tr>", row.split('|').map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn read(body: &str) -> Result<(Vec<String>, Vec<String>), ReadError> {
    let xml = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#
    );
    let opened = super::open(xml.as_bytes(), Vec::new(), false, &options())?;
    let rows: Vec<RawRow> = opened
        .items
        .map(|Entry { place, data, trace }| RawRow { number: 0, place, data, trace })
        .collect();
    Ok((outline(&rows), opened.source.notes))
}

fn check(body: &str, expected: &[&str]) {
    let (rows, notes) = read(body).unwrap();
    assert_eq!(rows, expected);
    assert_eq!(notes, [] as [&str; 0]);
}

#[test]
fn a_list_gives_a_row_an_item() {
    let list = table(&[
        "序号|事 项 名 称|事项类型|承诺时限",
        "1|低保⏎（城市）|行政给付|20个工作日",
        "序号|事项名称|事项类型|承诺时限",
        "2|收养&amp;登记|行政确认|",
        "|||",
        "共 2 项：其中行政许可 0 项#gridSpan=4",
    ]);
    let title = paragraph("表一：")
        + &paragraph("武山县民政局 政务服务事项内容目录")
        + &paragraph("共 2 项");
    check(
        &(title + &list),
        &[
            "表 1 第 2 行: 序号=1 | 事项名称=低保⏎（城市） | 事项类型=行政给付 | 承诺时限=20个工作日 | 实施主体=武山县民政局",
            "表 1 第 4 行: 序号=2 | 事项名称=收养&登记 | 事项类型=行政确认 | 承诺时限= | 实施主体=武山县民政局",
        ],
    );
}

#[test]
fn cells_of_a_list_that_are_merged_downward_hold_for_each_row() {
    let list = table(&[
        "部门#vMerge=restart|事项名称#vMerge=restart|时限#gridSpan=2|备注#vMerge=restart",
        "#vMerge|#vMerge|法定时限|承诺时限|#vMerge",
        "民政局#vMerge=restart|低保|60|30|甲",
        "#vMerge|收养|30|10|乙",
        "|救助|两项同为 5#gridSpan=2|",
    ]);
    check(
        &list,
        &[
            "表 1 第 3 行: 部门=民政局 | 事项名称=低保 | 法定时限=60 | 承诺时限=30 | 备注=甲",
            "表 1 第 4 行: 部门=民政局 | 事项名称=收养 | 法定时限=30 | 承诺时限=10 | 备注=乙",
            "表 1 第 5 行: 部门= | 事项名称=救助 | 法定时限=两项同为 5 | 承诺时限= | 备注=",
        ],
    );
}

#[test]
fn a_sheet_gives_an_item_a_table() {
    let materials = table(&["序号|材料名称|份数", "1|申请书|2", "||", "2|户口簿|1"]);
    let sheet = |name: &str| {
        let name = format!("事 项 名 称|{name}|事项编码|62052400MZ-XK-0001");
        let rows = [
            "政务服务事项内容信息表#gridSpan=4",
            &name,
            "受理条件|一、甲⏎二、乙#gridSpan=3",
            "申请材料|MATERIALS",
            "备注：无",
        ];
        let with_nested =
            table(&rows).replace(&cell("MATERIALS"), &cell(&materials).replace('|', ""));
        with_nested + &paragraph("")
    };
    check(
        &(sheet("低保") + &sheet("收养")),
        &[
            "表 1: 事项名称=低保 | 事项编码=62052400MZ-XK-0001 | 受理条件=一、甲⏎二、乙 | 申请材料=[序号:1 材料名称:申请书 份数:2 / 序号:2 材料名称:户口簿 份数:1] | 备注=无",
            "表 2: 事项名称=收养 | 事项编码=62052400MZ-XK-0001 | 受理条件=一、甲⏎二、乙 | 申请材料=[序号:1 材料名称:申请书 份数:2 / 序号:2 材料名称:户口簿 份数:1] | 备注=无",
        ],
    );
}

#[test]
fn rows_beside_a_merged_label_are_its_table_or_its_lines() {
    let sheet = table(&[
        "事项名称|低保#gridSpan=3",
        "申请材料#vMerge=restart|材料名称|份数|来源",
        "#vMerge|申请书|1|自备",
        "#vMerge|||",
        "受理条件#vMerge=restart|一、甲#gridSpan=3",
        "#vMerge|二、乙#gridSpan=3",
        "时限#vMerge=restart|法定时限|60#gridSpan=2",
        "#vMerge|承诺时限|30#gridSpan=2",
    ]);
    check(
        &sheet,
        &[
            "表 1: 事项名称=低保 | 申请材料=[材料名称:申请书 份数:1 来源:自备] | 受理条件=一、甲⏎二、乙 | 法定时限=60 | 承诺时限=30",
        ],
    );
}

#[test]
fn sheets_that_word_joined_are_told_apart() {
    let sheet = table(&["事项名称|低保", "备注|甲", "事项名称|收养", "备注|乙"]);
    check(
        &sheet,
        &[
            "表 1（第 1 个事项）: 事项名称=低保 | 备注=甲",
            "表 1（第 2 个事项）: 事项名称=收养 | 备注=乙",
        ],
    );
}

#[test]
fn deleted_text_is_gone_and_line_breaks_stay() {
    let name = "<w:tc><w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>\
        <w:ins><w:r><w:t>新</w:t><w:br/><w:t>名</w:t><w:tab/><w:t>&#20013;</w:t></w:r></w:ins></w:p></w:tc>";
    let list = table(&["事项名称|备注", "NAME|甲"]).replace(&cell("NAME"), name);
    check(&list, &["表 1 第 2 行: 事项名称=新⏎名\t中 | 备注=甲"]);
}

#[test]
fn a_table_that_is_not_ours_is_told_when_others_are_read() {
    let body = table(&["甲|乙", "1|2"]) + &table(&["事项名称|备注", "低保|丙"]);
    let (rows, notes) = read(&body).unwrap();
    assert_eq!(rows, ["表 2 第 2 行: 事项名称=低保 | 备注=丙"]);
    let left = "表 1的文字没有放进任何事项：“甲 乙 1 2”";
    assert_eq!(notes, ["表 1没有认得的表头，没有读", left]);
    let err = read(&table(&["事项编码|事项类型|备注", "1|2|3"])).err().unwrap().to_string();
    assert!(err.starts_with("表 1缺少“事项名称”一列"), "{err}");
}

#[test]
fn tables_nested_without_end_are_refused() {
    let body = "<w:tbl><w:tr><w:tc>".repeat(2000);
    assert!(matches!(read(&body), Err(ReadError::Broken { .. })));
}

#[test]
fn the_forms_that_we_write_give_the_same_items() {
    let item = |name: &str, number: u32| -> ItemRecord {
        let line = format!(
            r#"{{"standard":"wushan","region":"620524","body":{{"name":"武山县民政局","letters":"MZ"}},
            "code":"62052400MZ-XK-000{number}","kind":"XK","content":{{"name":"{name}",
            "conditions":"一、有章程\n二、有住所","limits.promised":{{"limit":20,"unit":"working_day"}},
            "materials":[{{"id":"r1","name":"申请书"}},{{"id":"r2","name":"章程（草案）"}}]}}}}"#
        );
        serde_json::from_str(&line).unwrap()
    };
    let standards = Standards::shipped().unwrap();
    let standard = standards.get("wushan").unwrap();
    let items = [item("社会团体登记（示例）", 1), item("基金会登记（示例）", 2)];
    let defaults = Defaults { region: Some(items[0].region), body: None };
    let intake = Intake { standard, mapping: &Mapping::default(), defaults: &defaults };
    for (form, keys) in [
        ("table1", vec!["name", "limits.promised"]),
        ("table2", vec!["name", "conditions", "limits.promised", "materials"]),
    ] {
        let docx =
            form_docx(standard.form(form).unwrap(), standard, &items, "武山县民政局", "武山县");
        let (source, rows) = read_file("表.docx", docx);
        assert_eq!((rows.len(), source.notes.len()), (2, 0), "{form}: {:?}", outline(&rows));
        for (row, item) in rows.into_iter().zip(&items) {
            let read = intake.read(row).unwrap();
            assert_eq!(read.findings, [], "{form}");
            assert_eq!((&read.record.body, &read.record.code), (&item.body, &item.code), "{form}");
            for key in &keys {
                assert_eq!(read.record.content.get(key), item.content.get(key), "{form} {key}");
            }
        }
    }
}
