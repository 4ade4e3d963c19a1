use super::*;

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

fn count(level: Level) -> usize {
    regions::all().filter(|region| region.level == level).count()
}

#[test]
fn a_code_is_read_in_every_length_that_offices_write() {
    let check = |text: &str, expected: &str, level: Level| {
        assert_eq!(code(text).to_string(), expected, "{text}");
        assert_eq!(code(text).level(), level, "{text}");
    };
    check("62", "620000", Level::Province);
    check("6205", "620500", Level::City);
    check("620524", "620524", Level::County);
    check("620524000", "620524", Level::County);
    check("511602000000", "511602", Level::County);
    check("620524100", "620524100", Level::Township);
    check("620524100000", "620524100", Level::Township);
    check("441900003", "441900003", Level::Township);
}

#[test]
fn a_code_that_cannot_be_is_refused_with_the_reason() {
    let check = |text: &str, expected: &str| {
        let fault = RegionCode::parse(text).expect_err(text).to_string();
        assert!(fault.contains(expected), "{fault}");
    };
    check("", "应全部是数字");
    check("62O524", "应全部是数字");
    check("62052400", "应为 6 位");
    check("620024", "市级两位是 00");
    check("000000", "从 11 起");
    check("620524100001", "村（社区）一级");
}

#[test]
fn a_code_knows_what_lies_above_and_below_it() {
    let county = code("620524");
    assert_eq!(county.parent(), Some(code("6205")));
    assert_eq!(code("620500").parent(), Some(code("62")));
    assert_eq!(code("62").parent(), None);
    assert_eq!(code("620524100").parent(), Some(county));
    assert!(county.contains(&county) && county.contains(&code("620524100")));
    assert!(code("62").contains(&county) && !county.contains(&code("6205")));
    assert!(!county.contains(&code("620525")));
    let prefixes = ["62", "6205", "620524", "620524100"].map(|text| code(text).subtree_prefix());
    assert_eq!(prefixes, ["62", "6205", "620524", "620524100"]);
}

#[test]
fn a_code_travels_as_text() {
    let text = serde_json::to_string(&code("6205")).unwrap();
    assert_eq!(text, "\"620500\"");
    assert_eq!(serde_json::from_str::<RegionCode>(&text).unwrap(), code("620500"));
    assert!(serde_json::from_str::<RegionCode>("\"武山\"").is_err());
}

#[test]
fn the_table_holds_the_whole_country() {
    assert_eq!(count(Level::Province), 31);
    assert_eq!(count(Level::City), 342);
    assert_eq!(count(Level::County), 2_975);
    assert_eq!(count(Level::Township), 41_351);
}

#[test]
fn every_region_comes_after_the_one_it_lies_in() {
    let mut last = None;
    for region in regions::all() {
        assert!(last < Some(region.code), "{}", region.code);
        assert_eq!(region.parent, region.code.parent());
        assert_eq!(RegionCode::parse(&region.code.to_string()), Ok(region.code));
        if let Some(parent) = region.parent {
            assert!(regions::name(&parent).is_some(), "{} has no parent", region.code);
        }
        last = Some(region.code);
    }
}

#[test]
fn a_region_is_named_with_all_that_lies_above_it() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(regions::full_name(&code(text)).as_deref(), expected, "{text}");
    };
    check("620524", Some("甘肃省天水市武山县"));
    check("620524100", Some("甘肃省天水市武山县城关镇"));
    check("511603", Some("四川省广安市前锋区"));
    check("110101", Some("北京市东城区"));
    check("110100", Some("北京市"));
    check("500235", Some("重庆市云阳县"));
    check("429004", Some("湖北省仙桃市"));
    check("659001", Some("新疆维吾尔自治区石河子市"));
    check("441900003", Some("广东省东莞市东城街道"));
    check("511699", None);
    check("81", None);
    assert_eq!(regions::name(&code("1101")), Some("市辖区"));
}
