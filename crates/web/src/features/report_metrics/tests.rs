use crate::testkit::{Site, full_record};

const GUIDE: &str = "/items/62052400MZ-XK-0001";

/// Returns the value of a line that begins so.
fn value(text: &str, line: &str) -> f64 {
    let found = text.lines().find_map(|it| it.strip_prefix(line)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {line} in {text}")).parse().unwrap()
}

#[tokio::test]
async fn an_operator_reads_what_was_served_by_place_and_never_what_was_asked() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.get(GUIDE).await;
    site.get("/items/13800000000").await;
    site.get("/search?q=张三").await;
    site.get("/nowhere/13800000000").await;
    let answer = site.ask_as_operator("/metrics").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    let text = &answer.body;
    assert!(text.ends_with("# EOF\n"), "{text}");
    let count = |place: &str, status: u16| {
        let labels = format!(r#"{{method="GET",place="{place}",status="{status}"}}"#);
        value(text, &format!("shixiang_http_request_duration_seconds_count{labels}"))
    };
    assert_eq!(count("/items/{code}", 200), 1.0);
    assert_eq!(count("/items/{code}", 404), 1.0);
    assert_eq!(count("/search", 200), 1.0);
    assert_eq!(count("none", 404), 1.0);
    assert!(value(text, "shixiang_search_duration_seconds_count") >= 1.0);
    for asked in ["13800000000", "张三", "62052400MZ", "%E5"] {
        assert!(!text.contains(asked), "{text}");
    }
}

#[tokio::test]
async fn an_operator_reads_whether_the_index_follows_and_what_the_process_needs() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    site.publishes_unseen(crate::testkit::bare_record()).await;
    let text = site.ask_as_operator("/metrics").await.body;
    assert_eq!(value(&text, "shixiang_publication_seq"), 2.0);
    assert_eq!(value(&text, "shixiang_index_seq"), 1.0);
    assert_eq!(value(&text, "shixiang_database_up"), 1.0);
    for pool in ["readers", "writers"] {
        let n_open: f64 = ["idle", "used"]
            .map(|state| format!(r#"{{pool="{pool}",state="{state}"}}"#))
            .map(|labels| value(&text, &format!("shixiang_database_connections{labels}")))
            .iter()
            .sum();
        assert!((1.0..=8.0).contains(&n_open), "{pool}: {n_open}");
    }
    assert!(value(&text, "process_resident_memory_bytes") > 1_000_000.0);
    assert!(value(&text, "process_start_time_seconds") > 1.7e9);

    site.state.store.close().await;
    let text = site.ask_as_operator("/metrics").await.body;
    assert_eq!(value(&text, "shixiang_database_up"), 0.0);
}

#[tokio::test]
async fn the_public_does_not_reach_the_figures_and_the_operator_no_page() {
    let site = Site::start().await;
    site.get("/metrics").await.check(404, &["没有这一页"]);
    site.ask_as_operator(GUIDE).await.check(404, &["没有这一页"]);
    for path in ["/healthz", "/readyz"] {
        assert_eq!(site.ask_as_operator(path).await.status, 200, "{path}");
    }
}
