use time::Duration;

use crate::testkit::{NOW, Site, full_record};

#[tokio::test]
async fn a_site_with_nothing_to_do_is_ready() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    assert_eq!(site.get("/healthz").await.body, "ok\n");
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, 200, "{}", ready.body);
    let expected = r#"{"ready":true,"database":{"ready":true,"publications":1},"index":{"ready":true,"publications":1}}"#;
    assert_eq!(ready.body, expected);
}

#[tokio::test]
async fn an_index_that_stays_behind_is_named_and_one_that_is_catching_up_is_not() {
    let site = Site::start().await;
    site.publishes_unseen(full_record()).await;
    let lagging = |seconds| {
        site.state.following.caught_up(NOW - Duration::seconds(seconds));
        site.get("/readyz")
    };
    let busy = lagging(60).await;
    assert_eq!(busy.status, 200, "{}", busy.body);
    let behind = lagging(61).await;
    assert_eq!(behind.status, 503);
    assert!(behind.body.starts_with(r#"{"ready":false,"database":{"ready":true"#));
    let index = r#""index":{"ready":false,"publications":0,"behind_seconds":61}"#;
    assert!(behind.body.contains(index), "{}", behind.body);
    assert_eq!(site.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named_and_the_process_lives() {
    let site = Site::start().await;
    site.state.store.close().await;
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, 503);
    assert!(
        ready.body.starts_with(r#"{"ready":false,"database":{"ready":false},"#),
        "{}",
        ready.body
    );
    assert_eq!(site.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn while_the_index_is_built_anew_guides_are_read_and_searches_say_what_they_lack() {
    let site = Site::start().await;
    site.publishes_unseen(full_record()).await;
    site.state.following.rebuilds();
    assert_eq!(site.get("/readyz").await.status, 503);
    site.get("/items/62052400MZ-XK-0001").await.check(200, &["社会团体成立登记"]);
    for page in ["/", "/search?q=社会团体"] {
        site.get(page).await.check(200, &["正在重建检索库"]);
    }
    site.index_follows().await;
    site.state.following.caught_up(NOW);
    assert_eq!(site.get("/readyz").await.status, 200);
    let found = site.get("/search?q=社会团体").await;
    assert!(found.body.contains("62052400MZ-XK-0001") && !found.body.contains("正在重建"));
}
