use roxmltree::Document;

use crate::{
    Settings,
    origin::Origin,
    testkit::{Page, Site, full_record, named},
};

/// Returns the text of each element of this name, after a look at the whole.
fn texts(page: &Page, root: &str, name: &str) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.header("content-type"), "application/xml; charset=utf-8");
    let document = Document::parse(&page.body).unwrap();
    let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(document.root_element().has_tag_name((space, root)), "{}", page.body);
    let found = document.descendants().filter(|it| it.has_tag_name((space, name)));
    found.map(|it| it.text().unwrap_or_default().to_owned()).collect()
}

async fn known_as(address: &str) -> Site {
    let public_url = Some(Origin::parse(address).unwrap());
    Site::with(Settings { public_url, ..Settings::default() }).await
}

#[tokio::test]
async fn a_search_engine_finds_every_guide_from_robots_txt() {
    let site = known_as("https://zwfw.example.gov.cn").await;
    site.publishes(full_record()).await;
    site.publishes(named("甲/1 &2", "农药经营许可")).await;
    site.publishes(named("62052400MZ-XK-0003", "收养登记")).await;
    site.publishes(named("62052400MZ-XK-0004", "殡葬登记")).await;
    site.withdraws("62052400MZ-XK-0003", "依据废止").await;
    site.suspends("62052400MZ-XK-0004", "检修").await;

    let robots = site.get("/robots.txt").await;
    assert!(robots.header("content-type").starts_with("text/plain"));
    let lines: Vec<_> = robots.body.lines().filter(|line| !line.is_empty()).collect();
    let host = "https://zwfw.example.gov.cn";
    assert_eq!(lines, ["User-agent: *", "Allow: /", &format!("Sitemap: {host}/sitemap.xml")]);

    let index = site.get("/sitemap.xml").await;
    let parts = texts(&index, "sitemapindex", "loc");
    assert_eq!(parts, [format!("{host}/sitemap.xml?part=1")]);
    let part = site.get(parts[0].strip_prefix(host).unwrap()).await;
    let expected =
        [format!("{host}/items/62052400MZ-XK-0001"), format!("{host}/items/%E7%94%B2%2F1%20%262")];
    assert_eq!(texts(&part, "urlset", "loc"), expected);
    assert_eq!(texts(&part, "urlset", "lastmod"), ["2026-03-02", "2026-03-02"]);
}

#[tokio::test]
async fn without_a_setting_the_address_is_that_by_which_one_came() {
    let site = Site::start().await;
    let robots = site.ask("/robots.txt", &[("host", "zwfw.test:8080")]).await;
    robots.check(200, &["Sitemap: http://zwfw.test:8080/sitemap.xml"]);
    let forged = [("host", "zwfw.test"), ("x-forwarded-host", "elsewhere.test")];
    site.ask("/robots.txt", &forged).await.check(200, &["Sitemap: http://zwfw.test/sitemap.xml"]);
    for host in ["a@b", "a b", ""] {
        site.ask("/robots.txt", &[("host", host)]).await.check(400, &["没有写明站点的地址"]);
    }
}

#[tokio::test]
async fn a_part_that_is_not_there_is_told() {
    let site = Site::start().await;
    assert_eq!(texts(&site.get("/sitemap.xml").await, "sitemapindex", "loc").len(), 0);
    site.publishes(full_record()).await;
    assert_eq!(texts(&site.get("/sitemap.xml").await, "sitemapindex", "loc").len(), 1);
    for part in ["0", "-1", "2", "922337203685478", "9223372036854775807"] {
        site.get(&format!("/sitemap.xml?part={part}")).await.check(404, &["没有这一页"]);
    }
    site.get("/sitemap.xml?part=x").await.check(400, &["参数 part 的值 x"]);
    site.get("/sitemap.xml?page=1").await.check(400, &["不认识的参数", "page"]);
}
