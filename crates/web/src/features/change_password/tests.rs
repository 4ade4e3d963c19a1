use crate::testkit::Site;

const FIRST: &str = "abcd-efgh#234";
const OWN: &str = "Lvyou#7402";

#[tokio::test]
async fn a_first_password_opens_no_page_but_that_for_a_new_one() {
    let site = Site::start().await;
    site.has_account("wsmz-01", FIRST, true).await;
    let clerk = site.signs_in_with("wsmz-01", FIRST).await;
    let sent = clerk.get("/workbench/officers").await;
    assert_eq!(sent.status, 404, "no administrator");
    let page = clerk.get("/workbench/password").await;
    page.check(200, &["这个密码是别人给的"]);
    let change = [("old", FIRST), ("new", OWN), ("again", OWN)];
    let done = clerk.post("/workbench/password", &change).await;
    assert_eq!((done.status, done.header("location")), (303, "/workbench"));
    assert_eq!(clerk.get("/workbench/password").await.status, 303, "older sessions ended");
    let clerk = site.signs_in_with("wsmz-01", OWN).await;
    assert!(!clerk.get("/workbench/password").await.body.contains("这个密码是别人给的"));
}

#[tokio::test]
async fn a_bad_password_is_told_all_that_is_wrong_with_it() {
    let site = Site::start().await;
    let clerk = site.signs_in("wsmz-01").await;
    let change = [("old", "nonsense"), ("new", "wsmz-01"), ("again", "wsmz-02")];
    let page = clerk.post("/workbench/password", &change).await;
    page.check(422, &["现在的密码不对", "至少 8 个字符", "不能含有账号", "两次输的新密码不一样"]);
    assert_eq!(page.all("[aria-invalid=true]").len(), 3);
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let site = Site::start().await;
    site.has_account("wsmz-01", FIRST, true).await;
    let clerk = site.signs_in_with("wsmz-01", FIRST).await;
    let forged = format!("old={FIRST}&new={OWN}&again={OWN}").replace('#', "%23");
    let headers = [("cookie", clerk.cookie())];
    site.send_with("/workbench/password", &forged, &headers).await.check(403, &["已经过期"]);
    let with_other = format!("{forged}&csrf={}", "0".repeat(32));
    site.send_with("/workbench/password", &with_other, &headers).await.check(403, &[]);
    assert_eq!(
        site.signs_in_with("wsmz-01", FIRST).await.get("/workbench/password").await.status,
        200
    );
}
