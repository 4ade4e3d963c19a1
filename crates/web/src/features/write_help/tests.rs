use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, officer};

async fn desk(site: &Site, account: &str, region: &str, role: Role) -> Desk {
    let scope = Scope::Region(region.parse().unwrap());
    site.officer(officer(account, scope, &[role])).await
}

#[tokio::test]
async fn an_administrator_writes_for_the_officers_of_the_county() {
    let site = Site::start().await;
    let administrator = desk(&site, "admin", "620524", Role::Administrator).await;
    let clerk = desk(&site, "clerk", "620524", Role::Editor).await;
    let elsewhere = desk(&site, "other", "620525", Role::Administrator).await;
    let new = "/workbench/help-documents/new";
    administrator.post(new, &[("title", " "), ("text", "正文")]).await.check(422, &["写上标题"]);
    let fields = [("title", "本县要求"), ("text", "## 怎么写\n\n<b>全称</b>"), ("position", "1")];
    let done = administrator.post(new, &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let path = done.header("location").to_owned();
    let page = clerk.get(&path).await;
    page.check(200, &["本县要求", "怎么写", "<b>全称</b>"]);
    assert!(!page.body.contains("/edit"));
    clerk.get("/workbench/help-documents").await.check(200, &["本县要求", "打开操作手册"]);
    let edit = format!("{path}/edit");
    assert_eq!(clerk.get(&edit).await.status, 404);
    assert_eq!((elsewhere.get(&path).await.status, elsewhere.get(&edit).await.status), (404, 404));

    let changed = [("title", "本县要求"), ("text", "改过"), ("revision", "0")];
    assert_eq!(administrator.post(&edit, &changed).await.status, 303);
    administrator.post(&edit, &changed).await.check(422, &["别人先保存了", "改过"]);
    let stale = administrator.post(&format!("{path}/remove"), &[("revision", "0")]).await;
    stale.check(422, &["别人先保存了"]);
    let removed = administrator.post(&format!("{path}/remove"), &[("revision", "1")]).await;
    assert_eq!(removed.status, 303);
    assert_eq!(clerk.get(&path).await.status, 404);
}
