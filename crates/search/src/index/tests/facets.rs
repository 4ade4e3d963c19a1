use domain::region::RegionCode;

use super::sample::{CIVIL, LABOUR, MARKET, POLICE, filled};
use crate::{Facet, Query, Results};

fn search(query: Query) -> Results {
    filled().search(&query).unwrap()
}

fn region(code: &str) -> Option<RegionCode> {
    Some(RegionCode::parse(code).unwrap())
}

fn list(values: &[&str]) -> Vec<String> {
    values.iter().map(|it| (*it).to_owned()).collect()
}

fn counts(facets: &[Facet]) -> Vec<(&str, usize)> {
    facets.iter().map(|it| (it.label.as_str(), it.count)).collect()
}

#[test]
fn each_filter_narrows_and_its_values_widen() {
    fn check(query: Query, total: usize) {
        assert_eq!(search(query.clone()).total, total, "{query:?}");
    }
    check(Query { departments: list(&[CIVIL]), ..Query::default() }, 3);
    check(Query { departments: list(&[CIVIL, POLICE]), ..Query::default() }, 6);
    check(Query { kinds: list(&["行政许可"]), ..Query::default() }, 4);
    check(Query { kinds: list(&["行政许可"]), departments: list(&[CIVIL]), ..Query::default() }, 1);
    check(Query { themes: list(&["证件办理"]), ..Query::default() }, 3);
    check(Query { themes: list(&["社会保障"]), ..Query::default() }, 4);
    check(Query { objects: list(&["企业法人"]), ..Query::default() }, 3);
    check(Query { frequent: true, ..Query::default() }, 3);
    check(Query { region: region("620524"), ..Query::default() }, 11);
    check(Query { region: region("620000"), ..Query::default() }, 11);
    check(Query { region: region("620524100"), ..Query::default() }, 1);
    check(Query { region: region("110000"), ..Query::default() }, 0);
    check(Query { words: "登记".into(), region: region("620524"), ..Query::default() }, 5);
    check(Query { departments: list(&["没有这个局"]), ..Query::default() }, 0);
}

#[test]
fn facets_are_counted_under_the_other_filters() {
    let results = search(Query {
        region: region("620524"),
        departments: list(&[POLICE]),
        kinds: list(&["行政确认"]),
        ..Query::default()
    });
    assert_eq!(results.total, 3);
    let facets = &results.facets;
    assert_eq!(counts(&facets.departments), [(POLICE, 3), (CIVIL, 1)]);
    assert_eq!(counts(&facets.kinds), [("行政确认", 3)]);
    assert_eq!(counts(&facets.objects), [("自然人", 3)]);
    assert_eq!(counts(&facets.person_themes), [("证件办理", 2), ("户籍办理", 1), ("生育收养", 1)]);
}

#[test]
fn facets_without_filters_count_all_that_was_found() {
    let results = search(Query { words: "登记".into(), ..Query::default() });
    let facets = &results.facets;
    assert_eq!(counts(&facets.kinds), [("行政许可", 3), ("行政确认", 2), ("公共服务", 1)]);
    assert_eq!(counts(&facets.enterprise_themes), [("设立变更", 3), ("社会保障", 1)]);
    assert_eq!(results.facets.departments.iter().map(|it| it.count).sum::<usize>(), results.total);
}

#[test]
fn a_theme_of_persons_and_enterprises_is_counted_once() {
    let results = search(Query { departments: list(&[LABOUR, MARKET]), ..Query::default() });
    let facets = &results.facets;
    let of =
        |facets: &[Facet], label| facets.iter().find(|it| it.label == label).map(|it| it.count);
    assert_eq!(of(&facets.themes, "准营准办"), Some(1));
    assert_eq!(of(&facets.person_themes, "准营准办"), Some(1));
    assert_eq!(of(&facets.enterprise_themes, "准营准办"), Some(1));
    assert_eq!(of(&facets.themes, "社会保障"), Some(2));
}

#[test]
fn a_chosen_value_stays_to_be_unchosen() {
    let chosen = list(&["行政裁决"]);
    let results = search(Query { words: "结婚".into(), kinds: chosen, ..Query::default() });
    assert_eq!(results.total, 0);
    assert_eq!(counts(&results.facets.kinds), [("行政确认", 1), ("行政裁决", 0)]);
}

#[test]
fn the_regions_below_the_one_asked_for_are_offered() {
    fn check(asked: Option<RegionCode>, expected: &[(&str, &str, usize)]) {
        let facets = search(Query { region: asked, ..Query::default() }).facets;
        let below =
            facets.regions.iter().map(|it| (it.value.as_str(), it.label.as_str(), it.count));
        assert_eq!(below.collect::<Vec<_>>(), expected, "{asked:?}");
    }
    check(None, &[("620000", "甘肃省", 11), ("440000", "广东省", 1)]);
    check(region("620000"), &[("620500", "天水市", 11)]);
    check(region("620500"), &[("620524", "武山县", 11)]);
    check(region("620524"), &[("620524100", "城关镇", 1)]);
    check(region("620524100"), &[]);
}
