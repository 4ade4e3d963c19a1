use domain::{content::Value, publication::PublicItem};
use time::macros::date;

use super::guide_docx;
use crate::write::{outline, samples};

fn public(item: domain::item::ItemRecord) -> PublicItem {
    let standards = samples::standards();
    let hash = samples::wushan(&standards).hash.clone();
    PublicItem { edition: 3, from: date!(2026 - 03 - 02), standard_hash: hash, item }
}

fn guide(item: &PublicItem) -> Vec<u8> {
    let standards = samples::standards();
    guide_docx(item, samples::wushan(&standards))
}

#[test]
fn a_guide_answers_in_the_order_in_which_people_ask() {
    let outline = outline::word(&guide(&public(samples::registration())));
    let expected = "\
社会团体成立登记（示例）
在武山县成立协会、学会、商会等社会团体，先到县民政局登记。
武山县民政局　行政许可　62052400MZ-XK-0001　第 3 版，2026 年 3 月 2 日起生效
| 承诺时限 | 到现场 | 收费 | 材料 | 咨询电话 |
| 20个工作日 | 1 次 | 不收费 | 3 份 | 0938-0000000 |
能不能办
谁可以办：其他组织
申请条件：
1．有规范的名称和相应的组织机构。
2．有固定的住所。
3．有合法的资产和经费来源。
要带什么
| 序号 | 材料名称 | 形式和份数 | 来源 | 说明 |
| 1 | 社会团体成立登记申请书 | 纸质／1 份 | 申请人自备 | 填报须知：全体发起人签字。 |
| 2 | 业务主管单位的批准文件 | 纸质／1 份 | 政府部门核发 | 填报须知：写明同意成立、同意担任业务主管单位。 |
| 3 | 章程草案 | 纸质／2 份 | 申请人自备 | 填报须知：按示范文本起草。 |

要多久
受理后 20个工作日内办结，法定期限是 60日。
收不收费
不收费。
在哪办、何时办
| 窗口名称 | 办理地点 | 办理时间 |
| 8 号窗口（民政） | 武山县政务服务中心二楼（演示地址） | 周一至周五 08:30—12:00，14:30—18:00 |

咨询电话：0938-0000000
怎么办
1．申请人提交材料。
2．窗口受理岗核对材料。
3．审查岗审查。
4．决定岗作出决定。
到办事现场次数：1 次
拿到什么
| 结果名称 | 有效期 |
| 社会团体法人登记证书 | 五年 |

不服怎么办
行政复议：知道决定之日起 60 日内，向武山县人民政府申请。
行政诉讼：知道决定之日起 6 个月内，向有管辖权的人民法院起诉。
投诉：0938-0000001
法律依据
《社会团体登记管理条例》
第九条　申请成立社会团体，应当经其业务主管单位审查同意，由发起人向登记管理机关申请登记。
常见问题
问：可以委托别人去交材料吗？
答：可以。带上委托书和受托人身份证。
其他信息
承办科室：社会组织管理股
备注：演示数据，不能作为办事依据。";
    assert_eq!(outline, expected);
}

#[test]
fn a_chapter_with_nothing_to_say_is_left_out() {
    let outline = outline::word(&guide(&public(samples::bare("BM", "1", "高龄津贴查询（示例）"))));
    let expected =
        "高龄津贴查询（示例）\n武山县民政局　便民服务事项　1　第 3 版，2026 年 3 月 2 日起生效";
    assert_eq!(outline, expected);
}

#[test]
fn every_public_element_is_said_once() {
    let standards = samples::standards();
    let standard = samples::wushan(&standards);
    let mut item = samples::bare("XK", "1", "样例");
    for (at, element) in standard.elements().iter().enumerate() {
        item.content.put(&element.key, Value::Text(format!("〔{at}〕")));
    }
    let outline = outline::word(&guide(&public(item)));
    for (at, element) in standard.elements().iter().enumerate() {
        let n = outline.matches(&format!("〔{at}〕")).count();
        // The telephone stands among the facts at the head as well.
        let expected = match element.key.as_str() {
            "contacts.consult" => 2,
            "visits" => 1,
            _ => usize::from(element.public),
        };
        assert_eq!(n, expected, "{}", element.key);
    }
}

#[test]
fn a_line_that_brings_its_number_gets_no_other() {
    let mut item = samples::bare("BM", "1", "样例");
    item.content.put("conditions", Value::Text("一、年满六十周岁；\n二、户籍在本县。".into()));
    let outline = outline::word(&guide(&public(item)));
    assert!(outline.contains("申请条件：\n一、年满六十周岁；\n二、户籍在本县。"), "{outline}");
}

#[test]
fn the_foot_of_a_guide_says_which_item_it_is() {
    let footer = outline::part(&guide(&public(samples::registration())), "word/footer.xml");
    assert!(footer.contains("62052400MZ-XK-0001　以政务服务网公布的最新版为准"), "{footer}");
}

#[test]
fn a_guide_written_twice_is_the_same_file() {
    let item = public(samples::registration());
    assert_eq!(guide(&item), guide(&item));
}
