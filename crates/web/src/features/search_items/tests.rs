use domain::region::RegionCode;

use super::PER_PAGE;
use crate::testkit::{Site, bare_record, full_record, named};

#[tokio::test]
async fn words_find_items_with_their_marks_and_four_facts() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let page = site.get("/search?q=社会团体").await;
    page.check(200, &["找到 1 项与“社会团体”有关的事"]);
    assert_eq!(page.all("article h2 mark").concat(), "社会团体");
    assert_eq!(page.links("article h2 a"), ["/items/62052400MZ-XK-0001"]);
    let facts = page.all("article dl div");
    assert_eq!(facts[..3], ["承诺时限 20 个工作日", "跑动次数 1 次", "收费 不收费"]);
    assert!(facts.len() <= 4, "{facts:?}");
    assert_eq!(page.all("form.from-md legend"), ["办理部门", "事项类型", "主题", "服务对象"]);
}

#[tokio::test]
async fn ticks_narrow_the_results_and_stay_ticked() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let mut other = named("62052400GA-QR-0012", "居民身份证登记");
    other.body.name = "武山县公安局".to_owned();
    other.body.letters = Some("GA".to_owned());
    site.publishes(other).await;
    let page = site.get("/search?q=登记&department=武山县公安局").await;
    assert_eq!(page.all("article h2"), ["居民身份证登记"]);
    assert_eq!(page.all("form.from-md [checked] + label"), ["武山县公安局"]);
    assert_eq!(page.all("form.from-md fieldset:first-of-type .n"), ["1", "1"]);
    let both = site.get("/search?q=登记&department=武山县公安局&department=武山县民政局").await;
    assert_eq!(both.all("article").len(), 2);
}

#[tokio::test]
async fn a_parameter_that_a_page_does_not_know_is_passed_over() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let page = site.get("/search?q=登记&utm_source=x&page=abc&region=%FF").await;
    page.check(200, &["社会团体成立登记"]);
}

#[tokio::test]
async fn where_nothing_is_found_there_are_ways_on() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes(bare_record()).await;
    let page = site.get("/search?q=延缓入学&region=620524").await;
    page.check(200, &["没有找到“延缓入学”", "换个平常的说法"]);
    assert_eq!(page.all(".sx-actions a")[0], "在全部地区查找，有 1 项");
    assert_eq!(page.all(".sx-chips a"), ["社会团体成立登记"]);
    let page = site.get("/search?q=登记&region=620524&kind=行政确认").await;
    assert_eq!(page.all(".sx-actions a")[0], "去掉筛选，有 1 项");
    let href = &page.links(".sx-actions a")[0];
    assert_eq!(site.get(href).await.all("article").len(), 1);
}

#[tokio::test]
async fn many_results_are_leafed_through_with_everything_kept() {
    let site = Site::start().await;
    for n in 0..=PER_PAGE {
        site.publishes(named(&format!("62052400MZ-XK-{n:04}"), &format!("第{n}种登记"))).await;
    }
    let first = site.get("/search?q=登记&kind=行政许可&region=620524").await;
    assert_eq!(first.all("article").len(), PER_PAGE);
    let next = first.links("a[rel=next]").remove(0);
    assert!(next.contains("kind=%E8%A1%8C") && next.ends_with("&page=2"), "{next}");
    let second = site.get(&next).await;
    assert_eq!(second.all("article").len(), 1);
    assert_eq!((second.all("a[rel=prev]").len(), second.all("a[rel=next]").len()), (1, 0));
    let beyond = site.get("/search?q=登记&region=620524&page=99").await;
    beyond.check(200, &["没有这么多页", "回到第 1 页"]);
}

#[tokio::test]
async fn what_was_typed_is_never_taken_for_markup() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let typed = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let page = site.get(&format!("/search?q={typed}&department={typed}&kind={typed}")).await;
    assert_eq!(page.all("script:not([src^='/assets/'])").len(), 0, "{}", page.body);
    page.check(200, &["没有找到"]);
}

#[tokio::test]
async fn a_search_engine_may_keep_a_list_and_not_an_empty_one() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let robots = async |path| site.get(path).await.all("meta[name=robots]").len();
    assert_eq!(robots("/search?region=620524&theme=设立变更").await, 0);
    assert_eq!(robots("/search?q=无此事项").await, 1);
}

#[tokio::test]
async fn what_the_offices_above_do_comes_after_what_the_countys_own_do() {
    let site = Site::start().await;
    let mut above = named("62050000MZ-XK-0001", "社会团体成立登记");
    above.region = RegionCode::parse("620500").unwrap();
    above.body.name = "天水市民政局".to_owned();
    site.publishes(above).await;
    site.publishes(full_record()).await;
    let page = site.get("/search?q=社会团体&region=620524").await;
    assert_eq!(
        page.links("article h2 a"),
        ["/items/62052400MZ-XK-0001", "/items/62050000MZ-XK-0001"]
    );
    assert!(page.all("article p")[2].contains("天水市"), "{:?}", page.all("article p"));
    assert_eq!(site.get("/search?region=620524").await.all("article").len(), 1);
}
