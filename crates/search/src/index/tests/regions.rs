use domain::region::RegionCode;

use super::sample::{item, standards};
use crate::{Index, Query, Results};

/// One item of one name in a province, its city, its county, a town, and elsewhere.
fn everywhere() -> Index {
    let places = ["620000", "620500", "620524", "620524100", "620525", "440000"];
    let publications: Vec<_> = (1..)
        .zip(places)
        .map(|(at, place)| {
            let name =
                if place == "620524" { "取水许可证延续申请" } else { "取水许可" };
            item(&format!("QS-{place}"), "水务局", name).region(place).published(at, at)
        })
        .collect();
    let index = Index::in_memory().unwrap();
    index.apply(&publications, &standards()).unwrap();
    index
}

fn search(words: &str, region: &str, and_above: bool) -> Results {
    let region = Some(RegionCode::parse(region).unwrap());
    let query = Query { words: words.into(), region, and_above, ..Query::default() };
    everywhere().search(&query).unwrap()
}

fn places(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.region.to_string()).collect()
}

#[test]
fn what_the_regions_above_offer_comes_after_all_of_the_region_itself() {
    let check = |words: &str, region: &str, expected: &[&str]| {
        let results = search(words, region, true);
        assert_eq!(places(&results), expected, "{words} in {region}");
        assert_eq!(results.total, expected.len(), "{words} in {region}");
    };
    check("取水许可", "620524", &["620524100", "620524", "620500", "620000"]);
    check("取水许可", "620524100", &["620524100", "620524", "620500", "620000"]);
    check("取水许可", "620000", &["620524100", "620525", "620500", "620000", "620524"]);
    check("", "620500", &["620500", "620524", "620524100", "620525", "620000"]);
}

#[test]
fn without_the_regions_above_only_the_region_is_searched() {
    assert_eq!(places(&search("取水许可", "620524", false)), ["620524100", "620524"]);
    assert_eq!(places(&search("", "620500", false)).len(), 4);
}

#[test]
fn of_like_items_the_one_nearest_to_the_people_comes_first() {
    let query = Query { words: "取水许可".into(), ..Query::default() };
    let results = everywhere().search(&query).unwrap();
    let found = places(&results);
    assert_eq!(found[0], "620524100");
    assert!(found[3..].iter().all(|place| place != "620525"), "{found:?}");
}
