use domain::{
    content::Value,
    people::{Role, Scope},
};

use crate::testkit::{Site, full_record, officer};

#[tokio::test]
async fn a_system_is_registered_corrected_and_shows_what_is_handled_in_it() {
    let site = Site::start().await;
    let mut record = full_record();
    record.content.put("online.system", Value::Text("示例审批系统".into()));
    site.publishes(record).await;
    site.queries_follow().await;
    let scope = Scope::Region("620524".parse().unwrap());
    let desk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
    desk.get("/workbench/systems").await.check(200, &["还没有登记"]);
    desk.post("/workbench/systems/new", &[("name", " ")]).await.check(422, &["写上名称"]);
    let fields = [("name", "示例审批系统"), ("owner", "示例局"), ("phone", "0938-0000001")];
    let done = desk.post("/workbench/systems/new", &fields).await;
    assert_eq!(done.status, 303);
    let path = done.header("location").to_owned();
    desk.get(&path).await.check(200, &["示例局", "社会团体成立登记"]);
    let edit = format!("{path}/edit");
    let changed = [("name", "示例审批系统"), ("owner", "另一局"), ("revision", "0")];
    assert_eq!(desk.post(&edit, &changed).await.status, 303);
    desk.get("/workbench/systems").await.check(200, &["另一局"]);
    desk.post(&edit, &changed).await.check(422, &["别人先保存了"]);
    let scope = Scope::Region("620525".parse().unwrap());
    let elsewhere = site.officer(officer("other", scope, &[Role::Editor])).await;
    assert_eq!(elsewhere.get(&path).await.status, 404);
    assert_eq!(elsewhere.post(&edit, &changed).await.status, 404);
}
