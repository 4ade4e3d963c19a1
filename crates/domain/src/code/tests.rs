use proptest::prelude::*;
use serde::Deserialize;

use super::credit::{CreditVerdict, check_char, examine, organization_check_char};
use super::*;

const NATIONAL: &str = include_str!("../../../../standards/national/codes.toml");
const WUSHAN: &str = include_str!("../../../../standards/wushan/codes.toml");
const GUANGDONG: &str = include_str!("../../../../standards/guangdong/codes.toml");
const SICHUAN: &str = include_str!("../../../../standards/sichuan/codes.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    scheme: Vec<Scheme>,
    #[serde(default)]
    translation: Vec<Translation>,
}

fn file(text: &str) -> File {
    toml::from_str(text).unwrap()
}

fn schemes() -> Vec<Scheme> {
    [NATIONAL, WUSHAN, SICHUAN].into_iter().flat_map(|text| file(text).scheme).collect()
}

fn scheme(id: &str) -> Scheme {
    schemes().into_iter().find(|scheme| scheme.id == id).unwrap()
}

fn label(list: &str, code: &str) -> Option<String> {
    let label = match (list, code) {
        ("kind", "01" | "XK") => "行政许可",
        ("kind", "DL") => "代理事项",
        ("kind", "05") => "行政给付",
        ("kind", "08") => "行政奖励",
        ("kind", "20") => "其他行政权力",
        ("kind", "21") => "公共服务",
        ("level", "2") => "省级",
        ("level", "3") => "市级",
        ("level", "4") => "县级",
        _ => return None,
    };
    Some(label.to_owned())
}

/// A registry as a county would have it.
struct Registry;

impl Lookup for Registry {
    fn label(&self, list: &str, code: &str) -> Option<String> {
        label(list, code)
    }

    fn township(&self, area: &str) -> Option<String> {
        (area == "62052401").then(|| "城关镇".to_owned())
    }

    fn body_by_letters(&self, area: &str, letters: &str) -> Option<String> {
        ((area, letters) == ("62052400", "MZ")).then(|| "武山县民政局".to_owned())
    }

    fn body_by_credit_code(&self, code: &str) -> Option<String> {
        (code == "11440000006939756B").then(|| "广东省发展和改革委员会".to_owned())
    }
}

fn explained(code: &str) -> Explanation {
    let schemes = schemes();
    let found = explain(code, &schemes.iter().collect::<Vec<_>>(), &Registry);
    found.into_iter().next().unwrap()
}

/// Checks the best explanation, one line a segment: `name text meaning`, `?` if unexplained.
fn check(code: &str, scheme: &str, expected: &[&str]) {
    let found = explained(code);
    assert!(found.fits, "{code}: {:?}", found.faults);
    assert_eq!(found.scheme, scheme, "{code}");
    let lines: Vec<String> = found
        .segments
        .iter()
        .map(|segment| {
            let meaning = segment.meaning.as_deref().unwrap_or("");
            let meaning = if segment.explained { meaning } else { "?" };
            format!("{} {} {meaning}", segment.name, segment.text).trim_end().to_owned()
        })
        .collect();
    assert_eq!(lines, expected, "{code}");
    assert_eq!(found.all_faults().next(), None, "{code}");
}

fn faults(code: &str, expected: &[&str]) {
    let found = explained(code);
    assert!(found.fits, "{code}: {:?}", found.faults);
    let faults: Vec<&str> = found.all_faults().collect();
    assert_eq!(faults.len(), expected.len(), "{code}: {faults:?}");
    for (fault, words) in faults.iter().zip(expected) {
        assert!(fault.contains(words), "{code}: {fault}");
    }
}

fn departs(code: &str, at: usize, words: &str) {
    let found = explained(code);
    assert!(!found.fits, "{code} fits {}", found.scheme);
    assert_eq!(found.departs_at, Some(at), "{code}: {:?}", found.faults);
    assert!(found.faults[0].contains(words), "{code}: {:?}", found.faults);
}

#[test]
fn every_shipped_rule_can_be_read_and_holds_together() {
    for scheme in schemes() {
        assert_eq!(scheme.validate(), Ok(()), "{}", scheme.id);
    }
    let issuing: Vec<String> =
        schemes().into_iter().filter(|scheme| scheme.issues).map(|scheme| scheme.id).collect();
    assert_eq!(issuing, ["county-item"]);
}

#[test]
fn the_national_codes_name_each_segment() {
    check(
        "11440000006939756B2440101007000",
        "implementation-31",
        &[
            "实施主体统一社会信用代码 11440000006939756B 广东省发展和改革委员会",
            "行使层级 2 省级",
            "目录所属 44 广东省目录",
            "事项类型 01 行政许可",
            "主项 01007 第 01007 号主项",
            "子项 000 主项，不分子项",
        ],
    );
    check(
        "11440000006939801C244010300100104",
        "handling-33",
        &[
            "实施主体统一社会信用代码 11440000006939801C 校验位正确",
            "行使层级 2 省级",
            "目录所属 44 广东省目录",
            "事项类型 01 行政许可",
            "主项 03001 第 03001 号主项",
            "子项 001 第 1 个子项",
            "业务办理项序号 04 第 4 项",
        ],
    );
    check(
        "00010600100Y",
        "basic-12",
        &[
            "目录所属 00 国家目录",
            "事项类型 01 行政许可",
            "主项 06001 第 06001 号主项",
            "子项 00Y 主项，下设子项",
        ],
    );
    check(
        "XK0010100Y",
        "basic-10",
        &["事项类型 XK 行政许可", "主项 00101 第 00101 号主项", "子项 00Y 主项，下设子项"],
    );
}

#[test]
fn the_county_rule_names_each_segment() {
    check(
        "62052400MZ-XK-0001",
        "county-item",
        &[
            "行政区划 62052400 甘肃省天水市武山县（区县本级）",
            "部门业务代码 MZ 武山县民政局",
            "事项类型 XK 行政许可",
            "事项序号 0001 第 1 项",
        ],
    );
    check(
        "62052401GS-DL-0003",
        "county-item",
        &[
            "行政区划 62052401 甘肃省天水市武山县城关镇",
            "部门业务代码 GS",
            "事项类型 DL 代理事项",
            "事项序号 0003 第 3 项",
        ],
    );
    assert_eq!(
        explained("62000000MZ-XK-0001").segments[0].meaning.as_deref(),
        Some("甘肃省（省本级）")
    );
    assert_eq!(
        explained("62050000MZ-XK-0001").segments[0].meaning.as_deref(),
        Some("甘肃省天水市（市本级）")
    );
    faults("62052407MZ-XK-0001", &["乡镇两位“07”没有登记"]);
    faults("62052400MZ-ZZ-0000", &["“ZZ”不在本规范的事项类型代码表中", "不能全是 0"]);
    faults("99052400MZ-XK-0001", &["990524 不在行政区划表中"]);
}

#[test]
fn the_sichuan_codes_say_what_no_source_explains() {
    check(
        "511A0138000000-511602000000-000-115113010833722043-1-00",
        "sichuan-item",
        &[
            "省 51 四川省",
            "事项类别 1A 行政许可",
            "目录号 0138000000 ?",
            "行政区划 511602000000 四川省广安市广安区",
            "三位段 000 ?",
            "实施主体代码 115113010833722043 校验位正确",
            "一位段 1 ?",
            "末两位段 00 ?",
        ],
    );
    let fits = |code: &str, scheme: &str| {
        let found = explained(code);
        assert!(found.fits && found.scheme == scheme, "{code}: {found:?}");
    };
    fits("G-000007-001-511602000000-000-115113010833722043-1-00", "sichuan-letter");
    fits("A-005818-5818-511602000000-000-115113010087783353-1-00", "sichuan-letter");
    fits("H-000185-001-4444444444", "sichuan-letter-short");
    fits("1J-5100-00027-511602000000-000-11511301008778386B-1-00", "sichuan-1j");
    fits("513A0011200063-511602000000-000-1151130000877869M-1-00", "sichuan-item");
    let short = "511A0080800002-511602000000-000-1151130000877869M-1-00";
    faults(short, &["应为 18 位，这里是 17 位"]);
    let hyphen = "512C0107400001-511602000000-000-00877868-5-1-00";
    faults(hyphen, &["00877868-5 只是 9 位组织机构代码"]);
    let temporary = "511A62001004-511602000000-000-TE5116020105116050-1-00";
    faults(temporary, &["这是临时代码"]);
}

#[test]
fn a_credit_code_alone_is_explained_and_its_wrong_end_named() {
    check(
        "11511301008778183N",
        "credit-18",
        &[
            "登记管理部门和机构类别 11 机构编制：机关",
            "登记管理机关行政区划 511301 现行行政区划表中没有（可能是已调整的区划）",
            "主体标识码（组织机构代码） 008778183",
            "校验码 N",
        ],
    );
    faults("13440000515356094L", &["末位应为 A，现为 L", "515356094 的末位应为 X，现为 4"]);
    faults("TE440000GD030003VV", &["这是临时代码"]);
}

#[test]
fn a_code_copied_from_print_is_normalised_and_that_is_told() {
    let found = explained(" ６２０５２４００mz一ＸＫ—0001");
    assert!(found.fits);
    assert_eq!(found.code, "62052400MZ-XK-0001");
    assert_eq!(
        found.changes,
        ["去掉了空格", "全角字符改成了半角", "分隔符改成了“-”", "小写字母改成了大写"]
    );
    assert_eq!(explained("62052400MZ-XK-0001").changes, [] as [&str; 0]);
    let parsed = scheme("county-item").parse("62052400MZ一XK一0001").unwrap();
    assert_eq!((parsed.code(), parsed.changes().len()), ("62052400MZ-XK-0001", 1));
}

#[test]
fn a_code_that_fits_no_rule_is_told_where_it_departs_from_the_nearest() {
    departs("62052400M1-XK-0001", 10, "武山县政务服务事项编码");
    departs("62052400MZXK-0001", 11, "应为“-”，这里是“X”");
    departs("62052400MZ-XK-001", 18, "事项序号应为 4 位数字，这里已没有字符");
    departs("62052400MZ-XK-00011", 19, "多出“1”");
    departs("1144000000693975", 17, "统一社会信用代码");
    departs("4401010070000", 13, "多出“0”");
    departs("", 1, "这里已没有字符");
    departs("许可-00001", 1, "这里是“许”");
    let none: Vec<&Scheme> = Vec::new();
    assert!(explain("62052400MZ-XK-0001", &none, &Registry).is_empty());
}

#[test]
fn explanations_of_several_standards_are_put_together_best_first() {
    let national = scheme("implementation-31");
    let silent = Labels(|_: &str, _: &str| None);
    let code = "11440000006939756B2440101007000";
    let mut all = explain(code, &[&national], &silent);
    all.extend(explain(code, &[&national, &scheme("basic-12")], &Labels(label)));
    let ordered = best_first(all);
    assert_eq!(ordered.len(), 2);
    assert_eq!(ordered[0].all_faults().count(), 0);
    assert_eq!(ordered[1].all_faults().count(), 2);
    let json = serde_json::to_value(&ordered[0]).unwrap();
    assert_eq!(json["segments"][1]["meaning"], "省级");
    assert_eq!(json["departs_at"], serde_json::Value::Null);
}

#[test]
fn real_guangdong_codes_are_read_as_31_or_33_digits() {
    let rows = [
        "11440000006939756B2440101007000",
        "11440000006940116U2440102002002",
        "11440000006940116U244010200300103",
        "11440000006941354C244212406200002",
        "11440000006939801C244010300100201",
        "114400007251072272244010500800101",
        "TE440000GD030003VV2442199806003",
    ];
    for code in rows {
        let id = if code.len() == 31 { "implementation-31" } else { "handling-33" };
        let parsed = scheme(id).parse(code).unwrap();
        assert_eq!(parsed.get("credit_code"), Some(&code[..18]));
        assert_eq!(parsed.between("authority", "sub_item"), Some(&code[19..31]));
        assert_eq!(explained(code).scheme, id);
    }
    let handling = scheme("handling-33");
    let parsed = handling.parse("11440000006940116U244010200300103").unwrap();
    assert_eq!(handling.serial_scope(&parsed), Some("11440000006940116U2440102003001"));
}

#[test]
fn the_check_characters_agree_with_real_codes() {
    let check = |code: &str, expected: CreditVerdict| {
        assert_eq!(examine(code).verdict, expected, "{code}");
    };
    let valid = [
        "91350100M000100Y43",
        "11440000006939756B",
        "11440000006940116U",
        "114507210081153718",
        "11511301008778183N",
        "12441500196720244T",
    ];
    for code in valid {
        check(code, CreditVerdict::Valid);
        assert_eq!(organization_check_char(&code[8..16]), code[16..17].chars().next(), "{code}");
        assert!(credit::faults(code).is_empty(), "{code}");
    }
    check("13440000515356094L", CreditVerdict::WrongCheck { expected: 'A' });
    check("TE440000GD030003VV", CreditVerdict::Temporary);
    check("TE5116020105116050", CreditVerdict::Temporary);
    assert_eq!(check_char("1144000000693975"), None);
    assert_eq!(check_char("1144000000693975O"), None);
    assert_eq!(organization_check_char("00693975").into_iter().next(), Some('6'));

    let lower = examine("１1511301452259996u");
    assert_eq!(lower.code, "11511301452259996U");
    assert_eq!(lower.changes.len(), 2);
    assert_eq!(lower.verdict, CreditVerdict::Valid);
}

#[test]
fn a_malformed_credit_code_is_told_what_to_mend() {
    let check = |code: &str, words: &str| match examine(code).verdict {
        CreditVerdict::Malformed { reason } => assert!(reason.contains(words), "{reason}"),
        other => panic!("{code}: {other:?}"),
    };
    check("", "这里是 0 位");
    check("1144000000693975", "这里是 16 位");
    check("1144000000693975OB", "第 17 位“O”不该出现");
    check("1144000000693975武B", "第 17 位“武”不该出现");
    check("083372204", "只是 9 位组织机构代码");
}

#[test]
fn a_code_is_issued_for_an_office_a_kind_and_a_number() {
    let scheme = scheme("county-item");
    let facts = [("area", "62052400"), ("letters", "MZ"), ("kind", "XK"), ("level", "4")];
    assert_eq!(scheme.issue_scope(&facts).as_deref(), Ok("62052400MZ-XK-"));
    assert_eq!(scheme.issue(&facts, 1).as_deref(), Ok("62052400MZ-XK-0001"));
    assert_eq!(scheme.issue(&facts, 9_999).as_deref(), Ok("62052400MZ-XK-9999"));
    let parsed = scheme.parse("62052400MZ-XK-0001").unwrap();
    assert_eq!(scheme.serial_scope(&parsed), Some("62052400MZ-XK-"));
}

#[test]
fn a_code_is_not_issued_without_its_facts_or_beyond_its_digits() {
    let county = scheme("county-item");
    let check = |facts: &[(&str, &str)], serial: u32, words: &str| {
        let error = county.issue(facts, serial).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    let facts = [("area", "62052400"), ("letters", "MZ"), ("kind", "XK")];
    check(&facts, 10_000, "62052400MZ-XK- 的流水号已用到 9999");
    check(&facts, 0, "从 1 起");
    check(&facts[..1], 1, "缺少部门业务代码（letters）");
    check(&[("area", "62052400"), ("letters", ""), ("kind", "XK")], 1, "缺少部门业务代码");
    check(&[("area", "620524"), ("letters", "MZ"), ("kind", "XK")], 1, "行政区划应为 8 位数字");
    check(&[("area", "62052400"), ("letters", "mz"), ("kind", "XK")], 1, "不该有“m”");
    let error = scheme("implementation-31").issue(&facts, 1).unwrap_err();
    assert!(matches!(error, IssueError::NotIssuing { .. }));
}

#[test]
fn a_code_is_composed_of_exactly_its_fields() {
    let scheme = scheme("basic-10");
    let parts = [("kind", "XK"), ("main_item", "00101"), ("sub_item", "00Y")];
    assert_eq!(scheme.compose(&parts).as_deref(), Ok("XK0010100Y"));
    assert!(scheme.compose(&parts[..2]).unwrap_err().contains("缺少子项"));
    assert!(scheme.compose(&[("office", "MZ")]).unwrap_err().contains("没有 office 这一段"));
}

#[test]
fn codes_are_translated_by_the_table_and_not_by_rule() {
    let file = file(GUANGDONG);
    assert!(file.scheme.is_empty());
    let table = &file.translation[0];
    let (local, national) =
        ("11440000006939801C244010300100104", "11440000006939801C200010600100001");
    assert_eq!(table.translate(local), Some(national));
    assert_eq!(table.translate_back(national), Some(local));
    assert_eq!(table.translate(national), None);
    let rule = scheme(&table.from);
    for (left, right) in table.pairs() {
        assert!(rule.parse(left).is_ok() && rule.parse(right).is_ok(), "{left} {right}");
    }
    assert_eq!(table.pairs().count(), 208);
}

#[test]
fn a_table_that_writes_a_code_twice_is_refused() {
    let head = "title = \"t\"\nsource = \"s\"\nfrom = \"a\"\nto = \"b\"\n";
    let check = |pairs: &str, words: &str| {
        let error = toml::from_str::<Translation>(&format!("{head}pairs = {pairs}")).unwrap_err();
        assert!(error.message().contains(words), "{error}");
    };
    check("[[\"A\", \"B\"], [\"A\", \"C\"]]", "A 写了两次");
    check("[[\"A\", \"B\"], [\"C\", \"B\"]]", "B 写了两次");
}

#[test]
fn a_broken_rule_says_what_to_mend() {
    let check = |segments: &str, words: &str| {
        let text = format!(
            "id = \"x\"\ntitle = \"t\"\nsource = \"s\"\nissues = true\nsegments = [{segments}]"
        );
        let fault = match toml::from_str::<Scheme>(&text) {
            Ok(scheme) => scheme.validate().expect_err(segments),
            Err(error) => error.message().to_owned(),
        };
        assert!(fault.contains(words), "{segments}: {fault}");
    };
    let field = |key: &str, rest: &str| {
        format!("{{ key = \"{key}\", name = \"n\", alphabet = \"digits\", {rest} }}")
    };
    let serial = field("s", "length = 4, meaning = \"serial\"");
    check("", "至少有一段");
    check(&field("a", ""), "长度要写 length");
    check(&field("a", "min = 3, max = 2"), "min 不大于 max");
    check(&field("a", "length = 2, meaning = \"label\""), "有 list 或 labels");
    check(&field("a", "length = 2, labels = { X1 = \"一\" }"), "不该有“X”");
    check(&field("a", "length = 2, colour = 1"), "colour");
    check("{ literal = \"一\" }", "应是半角字符");
    check("{ literal = \"-\", key = \"a\" }", "既有 literal 又有 key");
    check("{ key = \"a\", name = \"n\", length = 1 }", "要写 alphabet");
    check("{ key = \"a\", name = \"n\", length = 1, characters = \"ab\" }", "要写 alphabet");
    check(&format!("{serial}, {serial}"), "有两段都叫 s");
    check(&format!("{}, {serial}", field("a", "min = 1, max = 2")), "之间要有分隔符");
    check(&format!("{serial}, {}", field("a", "length = 2")), "最后一段应是数字流水号");
    check(&format!("{serial}, {{ literal = \"-\" }}"), "最后一段应是流水号");
    check(&field("a", "min = 2, max = 4, meaning = \"serial\""), "位数应固定");
    check(&field("a", "length = 2, meaning = \"body_letters\""), "meaning = \"region8\"");
}

fn text_for(field: &CodeField) -> BoxedStrategy<String> {
    let characters: Vec<char> =
        (' '..='~').filter(|c| field.alphabet.contains(*c) && *c != '-').collect();
    prop::collection::vec(prop::sample::select(characters), field.min..=field.max)
        .prop_map(|characters| characters.into_iter().collect())
        .boxed()
}

fn scheme_with_parts() -> impl Strategy<Value = (Scheme, Vec<(String, String)>)> {
    prop::sample::select(schemes()).prop_flat_map(|scheme| {
        let parts: Vec<_> =
            scheme.fields().map(|field| (Just(field.key.clone()), text_for(field))).collect();
        (Just(scheme), parts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_composed_is_parsed_back((scheme, parts) in scheme_with_parts()) {
        let given: Vec<(&str, &str)> =
            parts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        let code = scheme.compose(&given).unwrap();
        let parsed = scheme.parse(&code).unwrap();
        prop_assert_eq!(parsed.iter().collect::<Vec<_>>(), given);
        prop_assert_eq!(parsed.code(), code);
    }

    #[test]
    fn one_changed_character_of_a_credit_code_is_caught(
        first in prop::collection::vec(prop::sample::select(credit::ALPHABET.as_bytes()), 17),
        at in 0..18_usize,
        shift in 1..31_usize,
    ) {
        let mut code = String::from_utf8(first).unwrap();
        code.push(check_char(&code).unwrap());
        prop_assume!(!code.starts_with("TE"));
        prop_assert_eq!(examine(&code).verdict, CreditVerdict::Valid);
        let value = credit::ALPHABET.find(code.as_bytes()[at] as char).unwrap();
        let other = (value + shift) % 31;
        code.replace_range(at..=at, &credit::ALPHABET[other..=other]);
        prop_assume!(!code.starts_with("TE"));
        let caught = matches!(examine(&code).verdict, CreditVerdict::WrongCheck { .. });
        prop_assert!(caught, "{}", code);
    }

    #[test]
    fn no_text_at_all_makes_the_reader_stumble(text in "\\PC{0,60}") {
        let found = explained(&text);
        prop_assert!(found.fits || found.departs_at.is_some());
    }
}
