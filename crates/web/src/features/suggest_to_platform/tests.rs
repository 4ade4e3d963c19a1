use domain::people::{Role, Scope};

use crate::testkit::{Desk, Site, officer};

async fn desk(site: &Site, account: &str, region: &str, role: Role) -> Desk {
    let scope = Scope::Region(region.parse().unwrap());
    site.officer(officer(account, scope, &[role])).await
}

#[tokio::test]
async fn a_clerk_writes_to_the_platform_and_reads_the_answer() {
    let site = Site::start().await;
    let clerk = desk(&site, "clerk", "620524100", Role::Editor).await;
    let administrator = desk(&site, "admin", "620524", Role::Administrator).await;
    let list = "/workbench/suggestions";
    let empty = clerk.post(list, &[("title", "慢"), ("text", " ")]).await;
    empty.check(422, &["标题和内容都写上"]);
    assert_eq!(empty.attributes("#title", "value"), ["慢"], "what was typed stays");
    let done = clerk.post(list, &[("title", "慢"), ("text", "打开事项很慢")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let path = done.header("location").to_owned();
    clerk.get(&path).await.check(200, &["打开事项很慢", "还没有答复"]);
    administrator.get(list).await.check(200, &["慢", "待答复"]);
    let answer = format!("{path}/answer");
    assert_eq!(clerk.post(&answer, &[("text", "自己答")]).await.status, 404);
    administrator.post(&answer, &[("text", " ")]).await.check(422, &["写上答复"]);
    assert_eq!(administrator.post(&answer, &[("text", "已经加快")]).await.status, 303);
    clerk.get(&path).await.check(200, &["已经加快", "录入岗"]);
    clerk.get(list).await.check(200, &["已答复"]);
    let again = administrator.post(&answer, &[("text", "另一个")]).await;
    again.check(422, &["别人已经先答复了", "另一个"]);
}

#[tokio::test]
async fn what_one_county_writes_another_does_not_see() {
    let site = Site::start().await;
    let clerk = desk(&site, "clerk", "620524", Role::Editor).await;
    let elsewhere = desk(&site, "admin", "620525", Role::Administrator).await;
    let fields = [("title", "慢"), ("text", "打开事项很慢")];
    let done = clerk.post("/workbench/suggestions", &fields).await;
    let path = done.header("location").to_owned();
    assert_eq!(elsewhere.get(&path).await.status, 404);
    assert_eq!(elsewhere.post(&format!("{path}/answer"), &[("text", "x")]).await.status, 404);
    elsewhere.get("/workbench/suggestions").await.check(200, &["还没有"]);
}
