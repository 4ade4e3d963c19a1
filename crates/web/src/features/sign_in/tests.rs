use crate::{
    Elsewhere, Settings,
    testkit::{NOW, Site},
};

const PASSWORD: &str = "Lvyou#7402";

/// A clerk who has their own password, at the sign-in page.
async fn site() -> Site {
    let site = Site::start().await;
    site.has_account("wsmz-01", PASSWORD, false).await;
    site
}

fn form(password: &str, next: &str) -> String {
    let password = password.replace('#', "%23");
    format!("account=wsmz-01&password={password}&next={next}")
}

#[tokio::test]
async fn a_clerk_signs_in_and_goes_on_to_the_page_that_was_asked_for() {
    let site = site().await;
    let asked = site.get("/workbench/password").await;
    assert_eq!(
        (asked.status, asked.header("location")),
        (303, "/sign-in?next=%2Fworkbench%2Fpassword")
    );
    let page = site.get(asked.header("location")).await;
    page.check(200, &["登录事项管理", "账号", "密码", "武山县政务服务事项规范"]);
    let done = site.send("/sign-in", &form(PASSWORD, "%2Fworkbench%2Fpassword")).await;
    assert_eq!((done.status, done.header("location")), (303, "/workbench/password"));
    let cookie = done.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let token = cookie.split(';').next().unwrap();
    let page = site.ask("/workbench/password", &[("cookie", token)]).await;
    page.check(200, &["修改密码", "录入岗"]);
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let forged = site.ask("/workbench/password", &[("cookie", "sx_session=abc")]).await;
    assert_eq!(forged.status, 303);
}

#[tokio::test]
async fn who_has_not_signed_in_gets_the_standards_the_manual_and_the_video() {
    let guide_video = Some(Elsewhere::parse("https://zwfw.example.gov.cn/video").unwrap());
    let site = Site::with(Settings { guide_video, ..Settings::default() }).await;
    let page = site.get("/sign-in").await;
    page.check(200, &["操作手册", "讲解视频"]);
    let links = page.links("main a");
    assert!(links.contains(&"https://zwfw.example.gov.cn/video".to_owned()), "{links:?}");
    let files: Vec<_> = links.iter().filter(|it| it.starts_with("/help/standards/")).collect();
    assert_eq!(files.len(), site.state.standards.iter().count());
    for file in files {
        let file = site.get(file).await;
        assert_eq!((file.status, &file.bytes[..2]), (200, &b"PK"[..]));
    }
    let page = Site::start().await.get("/sign-in").await;
    assert!(!page.body.contains("视频"), "nothing is said where there is none");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_told_alike() {
    let site = site().await;
    let wrong = site.send("/sign-in", &form("Lvyou#7403", "")).await;
    let unknown = site.send("/sign-in", "account=wsmz-02&password=x").await;
    wrong.check(422, &["账号或者密码不对"]);
    unknown.check(422, &["账号或者密码不对"]);
    assert_eq!(wrong.all("[role=alert]"), unknown.all("[role=alert]"));
    assert_eq!(wrong.attributes("#account", "value"), ["wsmz-01"], "what was typed stays");
    assert_eq!(wrong.header("set-cookie"), "");
}

#[tokio::test]
async fn after_five_wrong_passwords_the_right_one_waits_too() {
    let site = site().await;
    for _ in 0..5 {
        site.send("/sign-in", &form("wrong", "")).await.check(422, &["账号或者密码不对"]);
    }
    // 12:00 in the office, and a quarter of an hour.
    site.send("/sign-in", &form(PASSWORD, "")).await.check(422, &["账号已锁定，12:15 以后"]);
    let later = site.at(NOW + time::Duration::minutes(16)).await;
    assert_eq!(later.send("/sign-in", &form(PASSWORD, "")).await.status, 303);
}

#[tokio::test]
async fn a_link_can_not_lead_elsewhere_after_signing_in() {
    let site = site().await;
    for next in ["https:%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", ""] {
        let done = site.send("/sign-in", &form(PASSWORD, next)).await;
        assert_eq!(done.header("location"), "/workbench", "{next}");
    }
}

#[tokio::test]
async fn another_site_can_not_sign_a_browser_in() {
    let site = site().await;
    let headers = [("sec-fetch-site", "cross-site")];
    let page = site.send_with("/sign-in", &form(PASSWORD, ""), &headers).await;
    page.check(403, &["这一页已经过期"]);
}

#[tokio::test]
async fn a_closed_account_is_no_account() {
    let site = site().await;
    site.closes("wsmz-01").await;
    site.send("/sign-in", &form(PASSWORD, "")).await.check(422, &["账号或者密码不对"]);
}

#[tokio::test]
async fn too_many_tries_from_one_address_are_put_off() {
    let site = site().await;
    let mut last = 0;
    for n in 0..70 {
        last = site.send("/sign-in", &format!("account=nobody{n}&password=x")).await.status;
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
}
