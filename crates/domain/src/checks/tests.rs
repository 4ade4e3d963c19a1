use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use time::macros::date;

use super::*;
use crate::{
    content::{Content, LimitUnit, Row, Value, number_rows, read_field, read_rows, read_value},
    item::{BodyRef, ItemRecord},
    library::{Article, ArticleNumber, Law, Laws},
    standard::{SourceFile, Standard, Standards, ValueKind},
};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

const CODE: &str = "11440000006939756B2440101007000";

fn national() -> &'static Standard {
    STANDARDS.national()
}

/// Writes an element as a person would write it in a cell; an empty text takes it away.
fn set(record: &mut ItemRecord, key: &str, text: &str) {
    let standard = STANDARDS.get(&record.standard).unwrap();
    let element = standard.element(key).unwrap();
    if element.kind == ValueKind::Rows {
        record.content.put(key, Value::Rows(read_rows(text, element, standard)));
        return;
    }
    match read_value(text, element, LimitUnit::WorkingDay, standard) {
        Some(value) => record.content.put(key, value),
        None => drop(record.content.remove(key)),
    }
}

fn set_all(record: &mut ItemRecord, cells: &[(&str, &str)]) {
    cells.iter().for_each(|(key, text)| set(record, key, text));
}

/// Writes the rows of an element, a list of (field, text) a row.
fn set_rows(record: &mut ItemRecord, key: &str, rows: &[&[(&str, &str)]]) {
    let standard = STANDARDS.get(&record.standard).unwrap();
    let element = standard.element(key).unwrap();
    let read = |row: &&[(&str, &str)]| -> BTreeMap<String, Value> {
        let cells = row.iter().filter_map(|(field, text)| {
            let value = read_field(text, element.field(field).unwrap(), standard)?;
            Some(((*field).to_owned(), value))
        });
        cells.collect()
    };
    record.content.put(key, Value::Rows(number_rows(rows.iter().map(read).collect())));
}

/// A licence in which nothing is wrong.
fn sound() -> ItemRecord {
    let mut record = ItemRecord {
        standard: "national".into(),
        region: "440000".parse().unwrap(),
        body: BodyRef {
            name: "示例省发展和改革委员会".into(),
            credit_code: Some("11440000006939756B".into()),
            letters: None,
        },
        code: Some(CODE.into()),
        kind: "01".into(),
        parent: None,
        position: None,
        effective_on: None,
        content: Content::new(),
    };
    set_all(
        &mut record,
        &[
            ("name", "提价申报"),
            ("catalogue.code", "440101007000"),
            ("service.objects", "自然人、企业法人"),
            ("body.nature", "法定机关"),
            ("authority.level", "省级"),
            ("authority.source", "法定本级行使"),
            ("basis", "《示例条例》（示例令第1号）第二十九条：经营者提价应当申报。"),
            ("conditions", "在本省经营列入目录的商品，拟提高价格。申请人持有营业执照。"),
            ("materials", "提价申报申请报告\n营业执照复印件"),
            ("limits.statutory", "30个工作日"),
            ("limits.promised", "7个工作日"),
            ("fees.charged", "否"),
            ("handling.type", "承诺件"),
            ("handling.review", "前审后批"),
            ("handling.forms", "窗口办理"),
            ("handling.hall", "是"),
            ("handling.express", "否"),
            ("visits", "1"),
            ("visits.reason", "须核对原件"),
            ("online.available", "否"),
            ("online.payment", "否"),
            ("windows", "示例路305号5号楼808房；时间：工作日9:00—17:00"),
            ("contacts.consult", "020-34121084"),
            ("contacts.complaint", "020-83134173"),
            ("procedure", "申请人到窗口提交材料，工作人员当面核对后受理。"),
            ("themes.person", "准营准办"),
            ("themes.enterprise", "准营准办"),
        ],
    );
    set_rows(
        &mut record,
        "outcomes",
        &[&[("name", "提价申报决定书"), ("kind", "批文"), ("sample", "样本一")]],
    );
    set_rows(&mut record, "faq", &[&[("question", "可以代交吗"), ("answer", "可以，带委托书。")]]);
    let step = |name| [("name", name), ("standard", "由经办人按规定的时间办完并登记")];
    let steps = ["受理", "审核", "审批", "办结", "送达"].map(step);
    set_rows(&mut record, "steps", &steps.each_ref().map(|it| &it[..]));
    record
}

fn found_in(record: &ItemRecord, surroundings: &dyn Surroundings) -> Vec<Finding> {
    let standard = STANDARDS.get(&record.standard).unwrap();
    run(&Subject { record, standard, surroundings })
}

/// Changes the sound item and checks what one rule says of it.
fn check(rule: &str, change: impl Fn(&mut ItemRecord), expected: &[&str]) {
    let mut record = sound();
    change(&mut record);
    let found = found_in(&record, &BTreeSet::from([CODE.to_owned()]));
    let own: Vec<&Finding> = found.iter().filter(|it| it.rule == rule).collect();
    let messages: Vec<&str> = own.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, expected, "{rule}");
    assert!(own.iter().all(|it| !it.mend.is_empty()), "{rule} says how to mend it");
}

/// Changes elements of the sound item and checks what one rule says of it.
fn check_cells(rule: &str, cells: &[(&str, &str)], expected: &[&str]) {
    check(rule, |record| set_all(record, cells), expected);
}

#[test]
fn nothing_is_wrong_with_a_sound_item() {
    let expected: Vec<Finding> = Vec::new();
    assert_eq!(found_in(&sound(), &BTreeSet::new()), expected);
}

#[test]
fn every_rule_has_its_own_id_and_every_parameter_a_value() {
    let ids: BTreeSet<&str> = all().iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), all().len());
    for rule in all() {
        let setting = national().check(rule.id).unwrap_or_else(|| panic!("{} is set", rule.id));
        let given: BTreeSet<&str> = setting.parameters.keys().map(String::as_str).collect();
        let asked: BTreeSet<&str> = rule.parameters.iter().map(|it| it.name).collect();
        assert_eq!(given, asked, "{}", rule.id);
    }
}

#[test]
fn errors_are_only_what_makes_an_item_wrong() {
    let errors: Vec<&str> =
        all().iter().filter(|it| it.severity == Severity::Error).map(|it| it.id).collect();
    assert_eq!(errors, ["Q0", "Q0b", "Q2", "Q17", "Q18", "Q15b", "Q15e"]);
}

#[test]
fn q0_names_each_required_element_that_is_empty_and_why() {
    check_cells("Q0", &[("name", "")], &["没有填“事项名称”"]);
    check_cells("Q0", &[("conditions", "无")], &["没有填“受理条件”，事项类型是行政许可时必填"]);
    check(
        "Q0",
        |it| it.content.put("conditions", Value::Text("详见".into())),
        &["没有填“受理条件”，事项类型是行政许可时必填"],
    );
    check_cells(
        "Q0",
        &[("authority.source", "上级下放")],
        &["没有填“上级主管部门”，“权力来源”是“上级下放”时必填"],
    );
    check("Q0", |it| it.kind = "06".into(), &[]);
    check(
        "Q0",
        |it| {
            it.kind = "06".into();
            set_all(it, &[("conditions", ""), ("materials", ""), ("windows", "")]);
        },
        &[],
    );
}

#[test]
fn q0_names_the_rows_that_lack_a_required_field() {
    let rows: &[&[(&str, &str)]] =
        &[&[("name", "申请书")], &[("name", "无"), ("quantity", "1")], &[("quantity", "2")]];
    check("Q0", |it| set_rows(it, "materials", rows), &["“申请材料”第 2、3 行没有填“材料名称”"]);
}

#[test]
fn q0b_says_what_the_value_should_be() {
    check_cells(
        "Q0b",
        &[("limits.statutory", "3-5天")],
        &["“法定办结时限”写的是“3-5天”，不是时限，如 20个工作日、即办"],
    );
    check_cells(
        "Q0b",
        &[("service.objects", "自然人、外星人")],
        &["“服务对象”的“外星人”不在代码表里"],
    );
    check_cells(
        "Q0b",
        &[("handling.type", "即办件、承诺件")],
        &["“办件类型”只能选一项，现有 即办件、承诺件"],
    );
    check_cells("Q0b", &[("visits", "-1")], &["“到办事现场次数”写的是“-1”，不是不小于 0 的数"]);
    check("Q0b", |it| it.kind = "77".into(), &["事项类型“77”不在本规范的类型里"]);
    check(
        "Q0b",
        |it| it.content.put("colour", Value::Text("红".into())),
        &["本规范没有要素 colour"],
    );
    let rows: &[&[(&str, &str)]] = &[&[("name", "申请书"), ("quantity", "若干")]];
    check(
        "Q0b",
        |it| set_rows(it, "materials", rows),
        &["“申请材料”第 1 行“份数”写的是“若干”，不是不小于 0 的数"],
    );
    check(
        "Q0b",
        |it| {
            let fields = [("taste".to_owned(), Value::Text("甜".into()))].into();
            it.content.put("faq", Value::Rows(vec![Row { id: "r1".into(), fields }]));
        },
        &["“常见问题”第 1 行：本规范没有这一列 taste"],
    );
}

#[test]
fn q1_immediate_is_said_in_all_three_places_or_in_none() {
    check_cells("Q1", &[], &[]);
    check_cells(
        "Q1",
        &[
            ("limits.promised", "即办"),
            ("handling.type", "即办件"),
            ("handling.review", "即审即办"),
        ],
        &[],
    );
    check_cells(
        "Q1",
        &[("limits.promised", "即办")],
        &["承诺办结时限是即办，办件类型却是“承诺件”", "承诺办结时限是即办，审查类型却是“前审后批”"],
    );
    check_cells(
        "Q1",
        &[("handling.type", "即办件"), ("handling.review", "")],
        &["办件类型是“即办件”，承诺办结时限却是 7个工作日"],
    );
    check_cells(
        "Q1",
        &[("limits.promised", "30分钟"), ("handling.type", "即办件"), ("handling.review", "")],
        &[],
    );
}

#[test]
fn q2_the_promised_limit_is_not_longer_than_the_statutory_one() {
    let check = |promised, statutory, expected: &[&str]| {
        check_cells(
            "Q2",
            &[("limits.promised", promised), ("limits.statutory", statutory)],
            expected,
        );
    };
    check("20个工作日", "20个工作日", &[]);
    check("30个工作日", "20个工作日", &["承诺 30个工作日 长于法定 20个工作日"]);
    check("即办", "20个工作日", &[]);
    check("1个工作日", "即办", &["承诺 1个工作日 长于法定 即办"]);
    check("30日", "20个工作日", &["承诺 30日 长于法定 20个工作日"]);
    check("20个工作日", "30日", &[]);
    check("22个工作日", "1个月", &[]);
    check("23个工作日", "1个月", &["承诺 23个工作日 长于法定 1个月"]);
    check("31日", "1个月", &[]);
    check("32日", "1个月", &["承诺 32日 长于法定 1个月"]);
    check("12个月", "1年", &[]);
    check("365日", "1年", &[]);
    check("13个月", "1年", &["承诺 13个月 长于法定 1年"]);
    check("2小时", "1个工作日", &[]);
    check("", "20个工作日", &[]);
}

#[test]
fn q3_the_name_of_an_outcome_tells_its_kind() {
    let check = |name, kind, expected: &[&str]| {
        let row = [("name", name), ("kind", kind), ("sample", "样本一")];
        check("Q3", |it| set_rows(it, "outcomes", &[&row]), expected);
    };
    check("食品经营许可证", "证照", &[]);
    check(
        "《食品经营许可证》（副本）",
        "批文",
        &["结果“《食品经营许可证》（副本）”的类型是“批文”，按名称应是“证照”"],
    );
    check("建设项目批复", "证照", &["结果“建设项目批复”的类型是“证照”，按名称应是“批文”"]);
    check("检验结论", "其他", &[]);
    check("食品经营许可证", "", &[]);
}

#[test]
fn q3b_an_outcome_has_a_sample_where_the_region_asks() {
    let rows: &[&[(&str, &str)]] =
        &[&[("name", "许可证")], &[("name", "批复"), ("sample", "样本")]];
    check("Q3b", |it| set_rows(it, "outcomes", rows), &["办理结果“许可证”没有样本"]);
    let in_wushan = |it: &mut ItemRecord| {
        it.standard = "wushan".into();
        set_rows(it, "outcomes", rows);
    };
    check("Q3b", in_wushan, &[]);
}

#[test]
fn q4_a_visit_has_a_reason_and_no_visit_has_none() {
    check_cells("Q4", &[("visits.reason", "无")], &["要到现场 1 次，没有写“必须现场办理的原因”"]);
    check_cells(
        "Q4",
        &[("visits", "0")],
        &["到现场次数是 0，却写了“必须现场办理的原因”：“须核对原件”"],
    );
    check_cells("Q4", &[("visits", "0"), ("visits.reason", "")], &[]);
    check_cells("Q4", &[("visits", "")], &[]);
}

#[test]
fn q5_who_neither_comes_nor_clicks_can_write() {
    let stay = [("visits", "0"), ("visits.reason", "")];
    check_cells(
        "Q5",
        &stay,
        &["到现场 0 次、又不能网办，办理形式里没有“快递申请”，办事人无从申请"],
    );
    check_cells("Q5", &[stay[0], ("handling.forms", "窗口办理、邮寄")], &[]);
    check_cells("Q5", &[stay[0], ("handling.express", "是")], &[]);
    check_cells("Q5", &[stay[0], ("online.available", "是")], &[]);
}

#[test]
fn q6_what_is_done_wholly_online_needs_no_visit() {
    check_cells(
        "Q6",
        &[("online.depth", "互联网收件、互联网办理")],
        &["网上办理深度有“互联网办理”，已是全程网办，却要到现场 1 次"],
    );
    check_cells("Q6", &[("online.depth", "互联网受理")], &[]);
    check_cells("Q6", &[("online.depth", "互联网办理"), ("visits", "0")], &[]);
}

#[test]
fn q7_a_fee_is_told_in_full() {
    check_cells("Q7", &[("online.payment", "是")], &["不收费，却写着支持网上支付"]);
    check_cells("Q7", &[("fees", "工本费：10元/本")], &["不收费，却列了收费项目：工本费：10元/本"]);
    // What the standard requires is the rule on required elements' matter.
    check_cells("Q7", &[("fees.charged", "是")], &[]);
    let county = |fees: &'static str| {
        move |it: &mut ItemRecord| {
            it.standard = "wushan".into();
            set_all(it, &[("fees.charged", "是"), ("fees", fees)]);
        }
    };
    check("Q7", county("工本费：10元/本；依据：示例价费〔2020〕1号"), &[]);
    check("Q7", county("工本费：10元/本"), &["收费事项没有写“收费依据”"]);
}

#[test]
fn q8_the_two_phones_differ() {
    let shared = "咨询电话和监督电话都是“020－34121084”";
    check_cells("Q8", &[("contacts.complaint", "020－34121084")], &[shared]);
    check_cells("Q8", &[("contacts.complaint", "无"), ("contacts.consult", "无")], &[]);
    let only_one = |it: &mut ItemRecord| {
        it.kind = "06".into();
        set(it, "contacts.complaint", "");
    };
    check("Q8", only_one, &["有咨询电话，没有监督电话"]);
}

#[test]
fn q8_a_phone_can_be_called_from_elsewhere() {
    let check =
        |phone, expected: &[&str]| check_cells("Q8", &[("contacts.consult", phone)], expected);
    for full in [
        "0938-3421234",
        "（0938）3421234",
        "0777—6428820",
        "02034121084",
        "020 - 12345",
        "020-12345-9-3",
        "13912345678",
        "400-700-0690",
        "电话咨询：020-87351468（工作日）、87351469",
    ] {
        check(full, &[]);
    }
    check("12345", &["咨询电话“12345”不是完整号码，外地拨不通"]);
    check("95598或12398", &["咨询电话“95598或12398”不是完整号码，外地拨不通"]);
    check("3421234", &["咨询电话“3421234”没有区号或位数不对"]);
    check("见门户网站", &["咨询电话“见门户网站”里没有电话号码"]);
}

#[test]
fn q9_themes_fit_whom_the_item_serves() {
    check_cells("Q9", &[("themes.person", "")], &["服务对象有自然人，没有选自然人主题"]);
    check_cells(
        "Q9",
        &[("service.objects", "自然人")],
        &[
            "选了法人主题“准营准办”，服务对象里没有企业法人、事业法人、社会组织法人、行政机关、其他组织",
        ],
    );
    check_cells("Q9", &[("themes.person", ""), ("themes.enterprise", "")], &[]);
    let in_guangdong = |it: &mut ItemRecord| {
        it.standard = "guangdong".into();
        set(it, "themes.enterprise", "");
    };
    check("Q9", in_guangdong, &[]);
}

#[test]
fn q10_a_licence_answers_questions_and_shows_its_steps() {
    check(
        "Q10",
        |it| drop(it.content.remove("faq")),
        &["行政许可至少要有 1 条有解答的常见问题，现有 0 条"],
    );
    check(
        "Q10b",
        |it| {
            set_rows(
                it,
                "steps",
                &[&[("name", "受理")], &[("name", "审查与决定")], &[("name", "颁证")]],
            );
        },
        &["行政许可至少要有 5 个办理环节，现有 3 个：受理、审查与决定、颁证；缺 办结"],
    );
    check(
        "Q10b",
        |it| drop(it.content.remove("steps")),
        &["行政许可至少要有 5 个办理环节，还没有列成表；缺 受理、审核、审批、办结、送达"],
    );
    let other_kind = |it: &mut ItemRecord| {
        it.kind = "07".into();
        it.content.remove("faq");
        it.content.remove("steps");
    };
    check("Q10", other_kind, &[]);
    check("Q10b", other_kind, &[]);
}

#[test]
fn q11_materials_are_named_one_by_one() {
    let check = |name, is_catch_all: bool| {
        let message = format!("申请材料“{name}”是兜底条款，办事人不知道要交什么");
        let expected: &[&str] = if is_catch_all { &[&message] } else { &[] };
        check("Q11", |it| set_rows(it, "materials", &[&[("name", name)]]), expected);
    };
    check("法律、法规规定的其他材料", true);
    check("审计报告、合同等材料", true);
    check("省奖附件-其他佐证材料", true);
    check("其它业务相应材料（因其它原因的）", true);
    check("变更其他登记事项的证明材料", false);
    check("有效护照或者其他国际旅行证件", false);
    check("食品安全管理制度", false);
}

#[test]
fn q12_steps_say_what_is_done() {
    check(
        "Q12",
        |it| {
            set_rows(
                it,
                "steps",
                &[&[("name", "受理"), ("standard", "核对材料，当场给回执")], &[("name", "审核")]],
            );
        },
        &["办理环节 审核 只有名称，没有写办什么"],
    );
    let only_procedure = |text: &'static str| {
        move |it: &mut ItemRecord| {
            it.content.remove("steps");
            set(it, "procedure", text);
        }
    };
    check(
        "Q12",
        only_procedure("1.受理→2.审核→3.办结"),
        &["办理流程只写了环节名称：“1.受理→2.审核→3.办结”"],
    );
    check("Q12", only_procedure("受理：窗口核对材料，五日内告知是否受理。"), &[]);
}

#[test]
fn q13_empty_words_count_as_empty() {
    let check = |text, what: &str| {
        let message = format!("“受理条件”写的是“{text}”，{what}");
        let expected: &[&str] = if what.is_empty() { &[] } else { &[&message] };
        check_cells("Q13", &[("conditions", text)], expected);
    };
    check("符合条件的个人可以申请。", "等于没有写");
    check("详见办事指南", "等于没有写");
    check("无。", "等于没有写");
    check("自然人", "太短，说不清楚");
    check("无条件", "");
    check("按照有关规定取得从业资格满两年，并且没有不良记录的", "");
}

#[test]
fn q14_words_agree_with_each_other() {
    check_cells(
        "Q14",
        &[("procedure", "材料齐全的，当场办结。")],
        &["办理流程里说“当场办结”，承诺办结时限却是 7个工作日"],
    );
    check_cells("Q14", &[("procedure", "不能当场办结的，七日内办结。")], &[]);
    check_cells("Q14", &[("procedure", "当场办结。"), ("limits.promised", "即办")], &[]);
    check_cells(
        "Q14b",
        &[("procedure", "受理后进行现场勘验。"), ("limits.promised", "3个工作日")],
        &["办理流程里有“现场勘验”，承诺办结时限只有 3个工作日，少于 5 个工作日"],
    );
    check_cells("Q14b", &[("procedure", "无需现场勘验。"), ("limits.promised", "3个工作日")], &[]);
    check_cells(
        "Q14c",
        &[("conditions", "须本人到场签字。"), ("procedure", "申请人可委托他人办理。")],
        &["受理条件里说“本人到场”，办理流程里又说“可委托他人”"],
    );
    check_cells(
        "Q14c",
        &[("conditions", "无需本人到场。"), ("procedure", "申请人可委托他人办理。")],
        &[],
    );
    check_cells(
        "Q14d",
        &[("conditions", "已领取营业执照，有户口本。")],
        &["受理条件里提到“户口本”，申请材料里没有"],
    );
    check_cells("Q14d", &[("conditions", "凭户口本办理。"), ("materials", "户口簿复印件")], &[]);
}

#[test]
fn q15_a_code_that_no_scheme_fits_is_told_where_it_departs() {
    check(
        "Q15",
        |it| it.code = Some("11440000006939756B24401010070".into()),
        &[
            "编码 11440000006939756B24401010070：不合任何一种编码规则；最接近“实施编码（31 位）”，从第 30 位起不合：子项应为 3 位字符（限 0123456789Y），这里已没有字符",
        ],
    );
    check(
        "Q15",
        |it| it.code = Some(CODE.to_lowercase()),
        &["编码“11440000006939756b2440101007000”写得不规范：小写字母改成了大写"],
    );
    check(
        "Q15",
        |it| it.code = Some("11440000006939756B9440101007000".into()),
        &["编码 11440000006939756B9440101007000：“9”不在本规范的行使层级代码表中"],
    );
    check("Q15", |it| it.code = None, &["没有事项编码，本规范也不发放编码"]);
    let in_wushan = |it: &mut ItemRecord| {
        it.standard = "wushan".into();
        it.code = None;
    };
    check("Q15", in_wushan, &[]);
}

#[test]
fn q15b_credit_codes_are_checked_where_they_stand() {
    let body =
        |code: &'static str| move |it: &mut ItemRecord| it.body.credit_code = Some(code.into());
    check("Q15b", body("11440000006939756B"), &[]);
    check(
        "Q15b",
        body("13440000515356094L"),
        &["实施主体的统一社会信用代码 13440000515356094L 校验不符：末位应为 A"],
    );
    check(
        "Q15b",
        body("TE440000GD030003VV"),
        &["实施主体的代码 TE440000GD030003VV 是临时代码（TE 开头），没有校验位"],
    );
    check(
        "Q15b",
        body("006939756"),
        &["实施主体的代码不合规则：006939756 只是 9 位组织机构代码，请改为 18 位统一社会信用代码"],
    );
    check(
        "Q15b",
        |it| {
            it.body.credit_code = None;
            it.code = Some("TE440000GD030003VV2440101007000".into());
        },
        &["事项编码里的代码 TE440000GD030003VV 是临时代码（TE 开头），没有校验位"],
    );
}

#[test]
fn a_wrong_check_digit_is_an_error_and_a_temporary_code_a_warning() {
    let severity = |code: &str| {
        let mut record = sound();
        record.body.credit_code = Some(code.into());
        let found = found_in(&record, &BTreeSet::new());
        found.iter().find(|it| it.rule == "Q15b").map(|it| it.severity)
    };
    assert_eq!(severity("13440000515356094L"), Some(Severity::Error));
    assert_eq!(severity("TE440000GD030003VV"), Some(Severity::Warning));
}

#[test]
fn q15c_each_segment_says_what_the_item_says() {
    check_cells(
        "Q15c",
        &[("authority.level", "县级")],
        &["编码里的行使层级是 省级，事项填的是 县级"],
    );
    check_cells(
        "Q15c",
        &[("catalogue.code", "440101007001")],
        &["编码里的基本编码是 440101007000，事项填的是 440101007001"],
    );
    check(
        "Q15c",
        |it| it.kind = "07".into(),
        &["编码里的事项类型是 行政许可，事项填的是 行政确认"],
    );
    check(
        "Q15c",
        |it| it.body.credit_code = Some("11440000006940116U".into()),
        &["编码里的实施主体统一社会信用代码是 11440000006939756B，事项填的是 11440000006940116U"],
    );
    let county = |code: &'static str, region: &'static str| {
        move |it: &mut ItemRecord| {
            it.standard = "wushan".into();
            it.body.letters = Some("MZ".into());
            it.kind = "XK".into();
            it.region = region.parse().unwrap();
            it.code = Some(code.into());
        }
    };
    check("Q15c", county("62052400MZ-XK-0001", "620524"), &[]);
    check("Q15c", county("62052401MZ-XK-0001", "620524100"), &[]);
    check(
        "Q15c",
        county("62052300MZ-XK-0001", "620524"),
        &["编码里的行政区划是 620523，事项填的是 620524"],
    );
    check(
        "Q15c",
        county("62052400GS-XK-0001", "620524"),
        &["编码里的部门业务代码是 GS，事项填的是 MZ"],
    );
    check(
        "Q15c",
        county("62052400MZ-DL-0001", "620524"),
        &["编码里的事项类型是 代理事项，事项填的是 行政许可"],
    );
}

#[test]
fn q15d_the_item_above_is_in_the_catalogue() {
    let handling = |it: &mut ItemRecord| it.code = Some(format!("{CODE}01"));
    check("Q15d", handling, &[]);
    let orphan = |it: &mut ItemRecord| it.code = Some("11440000006939756B244010100800101".into());
    check(
        "Q15d",
        orphan,
        &["业务办理项“提价申报”的上级事项 11440000006939756B2440101008001 不在目录里"],
    );
    let misplaced = |it: &mut ItemRecord| {
        handling(it);
        it.parent = Some("11440000006939756B2440101008001".into());
    };
    check(
        "Q15d",
        misplaced,
        &[
            "填的上级事项是 11440000006939756B2440101008001，按编码应是 11440000006939756B2440101007000",
            "业务办理项“提价申报”的上级事项 11440000006939756B2440101008001 不在目录里",
        ],
    );
}

#[test]
fn q15e_a_code_belongs_to_one_item() {
    struct Crowded;
    impl Surroundings for Crowded {
        fn knows_code(&self, _: &str) -> bool {
            true
        }
        fn is_taken(&self, code: &str) -> bool {
            code == CODE
        }
    }
    let messages: Vec<String> =
        found_in(&sound(), &Crowded).into_iter().map(|it| it.message).collect();
    assert_eq!(messages, [format!("编码 {CODE} 已属于另一个事项")]);
}

#[test]
fn a_region_makes_a_check_stricter_or_puts_it_off() {
    let severities = |setting: &str| {
        let text = format!("[[check]]\nid = \"Q4\"\n{setting}\n");
        let files = vec![SourceFile { path: "guangdong/checks.toml".into(), text }];
        let standards = Standards::with_overlay(files).unwrap();
        let mut record = sound();
        set(&mut record, "visits.reason", "");
        let standard = standards.get("guangdong").unwrap();
        let subject = Subject { record: &record, standard, surroundings: &BTreeSet::new() };
        let found = run(&subject).into_iter().filter(|it| it.rule == "Q4");
        found.map(|it| it.severity).collect::<Vec<_>>()
    };
    assert_eq!(severities(""), [Severity::Warning]);
    assert_eq!(severities("severity = \"error\""), [Severity::Error]);
    assert_eq!(severities("severity = \"off\""), []);
    assert_eq!(severities("kinds = [\"07\"]"), []);
}

/// What the rules on cited laws say of `law` and `clause`, the library holding one law.
fn said_of_cited(known: Law, law: &str, clause: &str) -> Vec<(String, String)> {
    let mut record = sound();
    set_rows(&mut record, "basis", &[&[("law", law), ("clause", clause)]]);
    let laws = Some(Laws::new(date!(2026 - 11 - 20), vec![known]));
    let mut found = found_in(&record, &Around { laws, ..Around::default() });
    found.retain(|it| it.rule.starts_with("Q17"));
    found.into_iter().map(|it| (it.rule, it.message)).collect()
}

#[test]
fn q17_what_is_cited_is_in_force_and_in_the_library() {
    let article = |number: &str, repealed_on| Article {
        number: ArticleNumber::parse(number).unwrap(),
        text: String::new(),
        effective_on: None,
        repealed_on,
    };
    let known = Law {
        title: "示例条例".into(),
        articles: vec![article("第九条", None), article("第十条", Some(date!(2020 - 1 - 1)))],
        ..Law::default()
    };
    let check = |known: &Law, law: &str, clause: &str, expected: &[(&str, &str)]| {
        let said = said_of_cited(known.clone(), law, clause);
        let said: Vec<_> = said.iter().map(|(rule, it)| (rule.as_str(), it.as_str())).collect();
        assert_eq!(said, expected, "{law} {clause}");
    };
    check(&known, "《示例条例》", "第九条第二款", &[]);
    check(&known, "示例条例", "", &[]);
    check(&known, "示例条例", "第十条", &[("Q17", "“示例条例”的第十条已于 2020-01-01 废止")]);
    check(&known, "示例条例", "第十一条", &[("Q17b", "文库里的“示例条例”没有第十一条")]);
    check(&known, "别的条例", "第九条", &[("Q17b", "文库里没有“别的条例”")]);
    let titled = Law { articles: Vec::new(), ..known.clone() };
    check(&titled, "示例条例", "第十一条", &[]);
    let repealed = Law { repealed_on: Some(date!(2026 - 11 - 20)), ..known.clone() };
    check(&repealed, "示例条例", "第九条", &[("Q17", "《示例条例》已于 2026-11-20 废止")]);
    let later = Law { effective_on: Some(date!(2027 - 1 - 1)), ..known };
    check(&later, "示例条例", "第九条", &[("Q17", "《示例条例》到 2027-01-01 才施行")]);
}

#[test]
fn q17_says_nothing_where_no_library_is_kept() {
    let found = found_in(&sound(), &Around::default());
    assert!(found.iter().all(|it| !it.rule.starts_with("Q17")));
}
