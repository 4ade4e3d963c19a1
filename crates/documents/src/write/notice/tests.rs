use domain::{
    content::{Value, keys},
    item::ItemRecord,
    publication::PublicItem,
};
use time::macros::date;

use super::notice_docx;
use crate::write::{outline, samples};

const ADDRESS: &str = "https://zwfw.example.gov.cn/items/62052400MZ-XK-0001";

fn notice(item: ItemRecord) -> Vec<u8> {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let standard_hash = standard.hash.clone();
    let item = PublicItem { edition: 3, from: date!(2026 - 03 - 02), standard_hash, item };
    notice_docx(&item, standard, ADDRESS)
}

#[test]
fn a_notice_says_at_once_what_to_bring_where_how_long_and_what_it_costs() {
    let expected = "\
社会团体成立登记（示例）一次性告知单
武山县民政局　62052400MZ-XK-0001　第 3 版，2026 年 3 月 2 日起生效
| 谁可以办 | 其他组织 |
| 申请条件 | 有规范的名称和相应的组织机构。／有固定的住所。／有合法的资产和经费来源。 |
| 要带什么 | [ 核对, 材料, 形式和份数, 来源,][ □, 1．社会团体成立登记申请书／填报须知：全体发起人签字。, 纸质／1 份, 申请人自备,][ □, 2．业务主管单位的批准文件／填报须知：写明同意成立、同意担任业务主管单位。, 纸质／1 份, 政府部门核发,][ □, 3．章程草案／填报须知：按示范文本起草。, 纸质／2 份, 申请人自备,] |
| 要多久 | 受理后 20个工作日内办结，法定期限是 60日 |
| 收不收费 | 不收费 |
| 在哪办 | 武山县政务服务中心二楼（演示地址）；8 号窗口（民政）；周一至周五 08:30—12:00，14:30—18:00 |
| 拿到什么 | 社会团体法人登记证书；有效期：五年 |
| 电话 | 咨询 0938-0000000；监督 0938-0000001 |

| ／扫码看完整的办事指南／https://zwfw.example.gov.cn/items/62052400MZ-XK-0001 | 告知单位（章）：________________／告知人：________________／申请人（签字）：________________／告知日期：________________ |";
    assert_eq!(outline::word(&notice(samples::registration())), expected);
}

#[test]
fn the_code_on_a_notice_is_a_picture_in_it() {
    let bytes = notice(samples::registration());
    let document = outline::part(&bytes, "word/document.xml");
    assert!(document.contains(r#"<a:blip r:embed="rId5"/>"#), "{document}");
    let relations = outline::part(&bytes, "word/_rels/document.xml.rels");
    assert!(relations.contains(r#"Id="rId5""#) && relations.contains(r#"Target="media/1.png""#));
}

/// An item with so many materials, each with a remark.
fn with_materials(n: usize) -> ItemRecord {
    let mut item = samples::registration();
    let material = |at| {
        let note = samples::text("由所在的社区（村）出具，写明用途，加盖公章，三个月内有效。");
        [
            ("name", samples::text(&format!("第 {at} 份证明材料的原件和复印件"))),
            ("filling_note", note),
        ]
    };
    item.content.put(keys::MATERIALS, samples::rows((1..=n).map(material).collect()));
    item
}

#[test]
fn a_notice_with_much_to_say_is_set_smaller_and_leaves_remarks_to_the_guide() {
    let sizes = |n| {
        let document = outline::part(&notice(with_materials(n)), "word/document.xml");
        let table = &document[document.find("<w:tbl>").unwrap()..];
        let at = table.find("<w:sz w:val=\"").unwrap() + "<w:sz w:val=\"".len();
        (table[at..at + 2].to_owned(), document.contains("三个月内有效"))
    };
    assert_eq!(sizes(3), ("24".to_owned(), true));
    assert_eq!(sizes(8), ("18".to_owned(), true));
    assert_eq!(sizes(25), ("18".to_owned(), false));
    let outline = outline::word(&notice(with_materials(25)));
    assert!(outline.contains("25．第 25 份证明材料") && outline.contains("填报说明见办事指南"));
}

#[test]
fn what_is_blank_or_not_public_is_not_told() {
    let mut item = samples::bare("BM", "62052400MZ-BM-0001", "高龄津贴查询（示例）");
    item.content.put(keys::CONDITIONS, Value::Text("无".into()));
    let outline = outline::word(&notice(item));
    assert!(!outline.contains("申请条件") && !outline.contains("要带什么"), "{outline}");
}

#[test]
fn a_notice_written_twice_is_the_same_file() {
    assert_eq!(notice(samples::registration()), notice(samples::registration()));
}
