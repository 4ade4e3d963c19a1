use crate::testkit::{Site, full_record, named};

const PAGE: &str = "/items/62052400MZ-XK-0001";

#[tokio::test]
async fn a_page_that_was_read_before_is_the_same_page() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let (first, again) = (site.get(PAGE).await, site.get(PAGE).await);
    assert_eq!(again.body, first.body);
    for name in ["etag", "content-type", "content-security-policy", "cache-control"] {
        assert!(!first.header(name).is_empty(), "{name}");
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    let known = site.ask(PAGE, &[("if-none-match", first.header("etag"))]).await;
    assert_eq!((known.status, known.body.as_str()), (304, ""));
}

#[tokio::test]
async fn a_browser_is_sent_the_page_compressed_and_anyone_else_as_it_is() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let plain = site.get(PAGE).await;
    for accepted in ["gzip, deflate, br", "br;q=1.0, gzip;q=0.8"] {
        let page = site.ask(PAGE, &[("accept-encoding", accepted)]).await;
        assert_eq!(page.header("content-encoding"), "gzip", "{accepted}");
        assert_eq!(page.header("vary"), "accept-encoding");
        let n_bytes: usize = page.header("content-length").parse().unwrap();
        assert!(n_bytes < plain.body.len() / 2, "{n_bytes} of {}", plain.body.len());
    }
    for accepted in ["identity", "gzip;q=0", "br"] {
        let page = site.ask(PAGE, &[("accept-encoding", accepted)]).await;
        assert_eq!((page.header("content-encoding"), &page.body), ("", &plain.body), "{accepted}");
    }
}

#[tokio::test]
async fn who_comes_after_a_change_reads_the_change() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes(named("62052400MZ-XK-0002", "农药经营许可")).await;
    let other = "/items/62052400MZ-XK-0002";
    site.get(PAGE).await.check(200, &["社会团体成立登记"]);
    site.get(other).await.check(200, &["农药经营许可"]);
    site.withdraws("62052400MZ-XK-0001", "设备检修").await;
    site.get(PAGE).await.check(410, &["设备检修"]);
    site.get(other).await.check(200, &["农药经营许可"]);
}

#[tokio::test]
async fn a_region_with_its_first_item_is_in_the_switch_of_every_page() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    assert!(!site.get(PAGE).await.links("header a").iter().any(|it| it.contains("511603")));
    site.publishes(crate::testkit::bare_record()).await;
    assert!(site.get(PAGE).await.links("header a").iter().any(|it| it.contains("511603")));
}
