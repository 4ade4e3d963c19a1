use domain::{
    content::{Value, keys},
    item::ItemRecord,
    standard::{SourceFile, Standards},
};

use super::form_docx;
use crate::write::{outline, samples};

/// Writes 表一 or 表二 of the county for the civil affairs bureau.
fn form(id: &str, items: &[ItemRecord]) -> Vec<u8> {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    form_docx(standard.form(id).unwrap(), standard, items, "武山县民政局", "武山县")
}

fn check(id: &str, items: &[ItemRecord], expected: &str) {
    assert_eq!(outline::word(&form(id, items)), expected.trim());
}

fn county_items() -> Vec<ItemRecord> {
    vec![
        samples::registration(),
        samples::bare("BM", "62052400MZ-BM-0001", "高龄津贴查询（示例）"),
        samples::bare("BM", "62052400MZ-BM-0002", "婚姻登记预约（示例）"),
    ]
}

#[test]
fn the_list_has_its_title_its_totals_and_a_row_an_item() {
    check(
        "table1",
        &county_items(),
        "\
武山县民政局政务服务事项内容目录
共 3 项：其中行政许可 1 项；行政征收 0 项；非行政许可的行政审批 0 项；行政确认 0 项；代理事项 0 项；其他 0 项；便民服务事项 2 项
| 序号 | 事项编码 | 事项名称 | 事项类型 | 设定依据 | 承办科室 | 服务对象 | 法定时限 | 承诺时限 | 收费 | 备注 |
| 1 | 62052400MZ-XK-0001 | 社会团体成立登记（示例） | 行政许可 | 《社会团体登记管理条例》第九条 | 社会组织管理股 | 其他组织 | 60日 | 20个工作日 | 否 | 演示数据，不能作为办事依据。 |
| 2 | 62052400MZ-BM-0001 | 高龄津贴查询（示例） | 便民服务事项 |  |  |  |  |  |  |  |
| 3 | 62052400MZ-BM-0002 | 婚姻登记预约（示例） | 便民服务事项 |  |  |  |  |  |  |  |",
    );
}

#[test]
fn a_sheet_has_a_label_and_a_value_a_row_and_the_materials_as_a_table() {
    check(
        "table2",
        &[samples::registration()],
        "\
政务服务事项内容信息表
| 事项名称 | 社会团体成立登记（示例） |
| 事项编码 | 62052400MZ-XK-0001 |
| 事项类型 | 行政许可 |
| 实施主体 | 武山县民政局 |
| 承办科室 | 社会组织管理股 |
| 设定依据 | 《社会团体登记管理条例》第九条：申请成立社会团体，应当经其业务主管单位审查同意，由发起人向登记管理机关申请登记。 |
| 服务对象 | 其他组织 |
| 受理条件 | 有规范的名称和相应的组织机构。／有固定的住所。／有合法的资产和经费来源。 |
| 申请材料 | [ 序号, 材料名称, 形式, 份数, 来源,][ 1, 社会团体成立登记申请书, 纸质, 1, 申请人自备,][ 2, 业务主管单位的批准文件, 纸质, 1, 政府部门核发,][ 3, 章程草案, 纸质, 2, 申请人自备,] |
| 办理程序 | 申请人提交材料。／窗口受理岗核对材料。／审查岗审查。／决定岗作出决定。 |
| 法定时限 | 60日 |
| 承诺时限 | 20个工作日 |
| 是否收费 | 否 |
| 收费标准及依据 |  |
| 办理地点 | 武山县政务服务中心二楼（演示地址） |
| 办理时间 | 周一至周五 08:30—12:00，14:30—18:00 |
| 咨询电话 | 0938-0000000 |
| 监督电话 | 0938-0000001 |
| 审批证件或结果 | 社会团体法人登记证书；有效期：五年 |
| 备注 | 演示数据，不能作为办事依据。 |",
    );
}

#[test]
fn each_item_has_a_page_of_its_own() {
    let outline = outline::word(&form("table2", &county_items()));
    assert_eq!(outline.matches("政务服务事项内容信息表").count(), 3);
    assert_eq!(outline.matches("⇟政务服务事项内容信息表").count(), 2);
    assert!(outline.contains("| 申请材料 |  |"));
}

#[test]
fn a_sheet_without_items_is_a_blank_one() {
    let outline = outline::word(&form("table2", &[]));
    assert!(outline.starts_with("政务服务事项内容信息表\n| 事项名称 |  |\n"), "{outline}");
}

#[test]
fn a_kind_that_the_totals_do_not_name_is_counted_too() {
    let items = [samples::bare("公文", "", "来文办理（示例）")];
    let outline = outline::word(&form("table1", &items));
    assert!(outline.contains("共 1 项：其中行政许可 0 项；"), "{outline}");
    assert!(outline.contains("便民服务事项 0 项；不属以上类型 1 项\n"), "{outline}");
}

#[test]
fn every_run_in_the_table_is_small_four_fangsong() {
    for id in ["table1", "table2"] {
        let xml = outline::part(&form(id, &county_items()[..1]), "word/document.xml");
        let table = &xml[xml.find("<w:tbl>").unwrap()..xml.rfind("</w:tbl>").unwrap()];
        let n_runs = table.matches("<w:r>").count();
        let font = r#"<w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:cs="仿宋_GB2312"/>"#;
        assert!(n_runs > 20);
        assert_eq!(table.matches(font).count(), n_runs);
        let size = r#"<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr><w:t "#;
        assert_eq!(table.matches(size).count(), n_runs);
    }
}

#[test]
fn the_list_lies_across_the_page_and_repeats_its_header() {
    let xml = outline::part(&form("table1", &county_items()), "word/document.xml");
    assert!(xml.contains(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#));
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(xml.matches("<w:cantSplit/>").count(), 4);
    let grid = &xml[xml.find("<w:tblGrid>").unwrap()..xml.find("</w:tblGrid>").unwrap()];
    let widths = grid.split("w:w=\"").skip(1).map(|it| it[..it.find('"').unwrap()].parse::<u32>());
    assert_eq!(widths.map(|it| it.unwrap()).sum::<u32>(), 16838 - 2 * 1134);
}

#[test]
fn the_foot_of_each_page_numbers_it() {
    let footer = outline::part(&form("table1", &[]), "word/footer.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "), "{footer}");
}

#[test]
fn nothing_that_an_item_says_breaks_the_file() {
    let mut item = samples::registration();
    let name = format!("<w:p>&\"'\u{0}\u{b}\u{1f}{}", "很长的名称".repeat(200));
    item.content.put(keys::NAME, Value::Text(name));
    item.content.put(keys::CONDITIONS, Value::Text("一\t二\r\n\n三]]>&amp;".into()));
    let outline = outline::word(&form("table2", &[item]));
    assert!(outline.contains("| 事项名称 | <w:p>&\"'□□□很长的名称"), "{outline}");
    assert!(outline.contains("| 受理条件 | 一⇥二／／三]]>&amp; |"), "{outline}");
}

#[test]
fn columns_side_by_side_keep_their_lines_level() {
    let mut item = samples::bare("BM", "62052400MZ-BM-0001", "两处窗口（示例）");
    let window = |address: &str, hours: &str| {
        [("address", samples::text(address)), ("hours", samples::text(hours))]
    };
    let windows = vec![window("甲处", "上午"), window("乙处", " "), window("丙处", "下午")];
    item.content.put(keys::WINDOWS, samples::rows(windows));
    let outline = outline::word(&form("table2", &[item]));
    assert!(
        outline.contains("| 办理地点 | 甲处／乙处／丙处 |\n| 办理时间 | 上午／／下午 |"),
        "{outline}"
    );
}

#[test]
fn a_form_says_its_own_font_and_a_width_left_out_is_an_average_one() {
    let forms = r#"
[[form]]
id = "short"
title = "{region}清单（{body}）"
font = "楷体_GB2312"
size_pt = 14
layout = "list"
[[form.cell]]
label = "序号"
source = "row_number"
width = 1
[[form.cell]]
label = "名称"
source = "name"
width = 3
[[form.cell]]
label = "类型"
source = "item.kind"
"#;
    let file = SourceFile { path: "wushan/forms.toml".into(), text: forms.into() };
    let standards = Standards::with_overlay(vec![file]).unwrap();
    let standard = samples::wushan(&standards);
    let items = [samples::bare("BM", "1", "甲（示例）")];
    let short = standard.form("short").unwrap();
    let bytes = form_docx(short, standard, &items, "武山县民政局", "武山县");
    let expected =
        "武山县清单（武山县民政局）\n| 序号 | 名称 | 类型 |\n| 1 | 甲（示例） | 便民服务事项 |";
    assert_eq!(outline::word(&bytes), expected);
    let xml = outline::part(&bytes, "word/document.xml");
    assert!(
        xml.contains(r#"<w:gridCol w:w="2428"/><w:gridCol w:w="7285"/><w:gridCol w:w="4857"/>"#),
        "{xml}"
    );
    assert!(xml.contains(r#"w:eastAsia="楷体_GB2312""#) && xml.contains(r#"<w:sz w:val="28"/>"#));
}

#[test]
fn a_form_written_twice_is_the_same_file() {
    for id in ["table1", "table2"] {
        assert_eq!(form(id, &county_items()), form(id, &county_items()));
    }
}
