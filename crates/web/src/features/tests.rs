use crate::{
    Settings,
    map::Who,
    testkit::{Site, full_record},
};

/// Every place of the site, as a stranger.
#[tokio::test]
async fn every_place_is_open_to_those_it_is_for() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    for (path, who) in site.places().iter().chain(site.operator_places()) {
        // A file is there only as long as a guide refers to it.
        let expected = if path.ends_with("{name}") { 404 } else { 200 };
        let path = path
            .replace("{code}", "62052400MZ-XK-0001")
            .replace("{page}", "import")
            .replace("{standard}", "wushan")
            .replace("{hash}", "old")
            .replace("{*path}", "css/base.css");
        match who {
            Who::Anyone => assert_eq!(site.get(&path).await.status, expected, "{path}"),
            // Tried by everyone in `doors`.
            Who::Officer(_) => {}
            Who::Operator => assert_eq!(site.get(&path).await.status, 404, "{path}"),
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_helps() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    for path in ["/nothing/here", "/items/%FF", "/assets/x/css/none.css", "/items/a/b"] {
        let page = site.get(path).await;
        page.check(404, &["没有这一页", "错误编号 404"]);
        assert_eq!(page.links("main ul a").len(), 3, "{path}");
        assert_eq!(page.all("main form[role=search] button"), ["搜索"], "{path}");
    }
}

#[tokio::test]
async fn who_loses_the_way_in_the_workbench_is_led_back_there() {
    let site = Site::start().await;
    let page = site.get("/workbench/nothing").await;
    page.check(404, &["没有这一页"]);
    assert_eq!(page.links("main ul a")[0], "/workbench");
}

#[tokio::test]
async fn a_place_that_only_reads_says_so_when_written_to() {
    let site = Site::start().await;
    site.post("/").await.check(405, &["这个地址只供阅读"]);
}

#[tokio::test]
async fn every_answer_tells_the_browser_to_take_nothing_from_elsewhere() {
    let site = Site::start().await;
    for path in ["/", "/search", "/nothing", "/healthz", "/assets/x/css/base.css"] {
        let page = site.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert!(!page.body.contains(" style=") && !page.body.contains("<style"), "{path}");
    }
}

#[tokio::test]
async fn who_has_the_page_already_is_not_sent_it_again() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let guide = "/items/62052400MZ-XK-0001";
    for path in ["/", "/search?q=登记", guide, &format!("{guide}.json"), &format!("{guide}.docx")]
    {
        let first = site.get(path).await;
        let tag = first.header("etag");
        assert!(tag.starts_with("W/\""), "{path}: {tag}");
        assert_eq!(first.header("cache-control"), "no-cache", "{path}");
        let again = site.ask(path, &[("if-none-match", tag)]).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(again.header("etag"), tag, "{path}");
        let other = site.ask(path, &[("if-none-match", "\"other\", W/\"one\"")]).await;
        assert_eq!(other.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_page_is_squeezed_for_who_can_read_it_so() {
    let site = Site::start().await;
    let page = site.ask("/search", &[("accept-encoding", "gzip")]).await;
    assert_eq!(page.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_own_hash_only() {
    let site = Site::start().await;
    let sheets = site.get("/").await.links("link[rel=stylesheet]");
    assert_eq!(sheets.len(), 5);
    for sheet in sheets {
        let asset = site.get(&sheet).await;
        assert_eq!(asset.status, 200, "{sheet}");
        assert_eq!(asset.header("content-type"), "text/css; charset=utf-8");
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let old = site.get("/assets/0123/css/base.css").await;
    assert_eq!(old.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn demo_data_is_called_so_on_every_page_and_other_data_is_not() {
    let demo = Site::with(Settings { demo: true, ..Settings::default() }).await;
    let real = Site::start().await;
    for path in ["/", "/search", "/nothing"] {
        assert_eq!(demo.get(path).await.all(".sx-demo").len(), 1, "{path}");
        assert_eq!(real.get(path).await.all(".sx-demo").len(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_gives_a_number_and_no_inner_words() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.state.store.close().await;
    let page = site.get("/items/62052400MZ-XK-0001").await;
    page.check(500, &["系统出错了", "错误编号 500，记录编号"]);
    assert_eq!(page.all(".code")[0].len(), 8);
    assert!(!page.body.contains("pool"), "{}", page.body);
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(page.header("etag"), "");
}
